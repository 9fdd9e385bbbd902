// A reverse proxy as those in use: asks /readyz in rounds, spreads requests over who is ready, keeps connections for a
// while, hands WebSockets through, and tries another one only where no connection came about. It never repeats a request
// that was sent: what fails, fails in front of the client.
import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'

export interface ReverseProxy {
  url: string
  /** Failures that a client would have seen, each in a sentence. */
  faults: string[]
  /** Answers by port. */
  answers: Map<number, number>
  close(): Promise<void>
}

const ROUND_MS = 250
/** Connections that nothing goes over are let go long before an api that drains ends. */
const KEPT_MS = 500

export async function startProxy(ports: readonly number[]): Promise<ReverseProxy> {
  const agent = new Agent({ keepAlive: true, timeout: KEPT_MS })
  const ready = new Set<number>()
  const faults: string[] = []
  const answers = new Map<number, number>()
  let turn = 0

  const ask = (port: number) =>
    fetch(`http://127.0.0.1:${port}/readyz`, { headers: { connection: 'close' } }).then(
      (answer) => (answer.ok ? ready.add(port) : ready.delete(port)),
      () => ready.delete(port),
    )
  const round = async () => void (await Promise.all(ports.map(ask)))
  await round()
  const timer = setInterval(() => void round(), ROUND_MS)

  const inTurn = (): number[] => {
    const list = [...ready]
    turn += 1
    return list.map((_, i) => list[(turn + i) % list.length] as number)
  }
  /** With what this hop adds. */
  const headersOf = (from: IncomingMessage) => ({
    ...from.headers,
    'x-forwarded-for': from.socket.remoteAddress ?? '',
  })

  const server = createServer((from, to) => {
    const chunks: Buffer[] = []
    from.on('data', (chunk: Buffer) => chunks.push(chunk))
    from.on('end', () => send(inTurn()))
    function send([port, ...others]: number[]): void {
      if (port === undefined) {
        faults.push(`${from.method} ${from.url}: nobody is ready`)
        to.writeHead(502).end()
        return
      }
      const onward = request(
        { host: '127.0.0.1', port, agent, method: from.method, path: from.url, headers: headersOf(from) },
        (answer) => {
          const { statusCode = 502 } = answer
          answers.set(port, (answers.get(port) ?? 0) + 1)
          if (statusCode >= 500) faults.push(`${from.method} ${from.url}: ${statusCode} from ${port}`)
          const { connection: _, 'keep-alive': __, ...headers } = answer.headers
          to.writeHead(statusCode, headers)
          answer.on('error', (error) => {
            faults.push(`${from.method} ${from.url}: ${error.message} within the answer of ${port}`)
            to.destroy()
          })
          answer.pipe(to)
        },
      )
      onward.on('error', (error: NodeJS.ErrnoException) => {
        // No connection: it has seen nothing of the request.
        if (error.code === 'ECONNREFUSED') {
          ready.delete(port)
          return send(others)
        }
        faults.push(`${from.method} ${from.url}: ${error.message} from ${port}`)
        if (!to.headersSent) to.writeHead(502)
        to.end()
      })
      onward.end(Buffer.concat(chunks))
    }
  })

  const sockets = new Set<Socket>()
  server.on('upgrade', (from, client: Socket, head: Buffer) => {
    const [port] = inTurn()
    if (port === undefined) return client.destroy()
    const onward = connect(port, '127.0.0.1', () => {
      const lines = Object.entries(headersOf(from)).map(([name, value]) => `${name}: ${String(value)}`)
      onward.write(`${from.method} ${from.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      onward.write(head)
      onward.pipe(client).pipe(onward)
    })
    for (const [one, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    answers,
    async close() {
      clearInterval(timer)
      for (const socket of sockets) socket.destroy()
      agent.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
