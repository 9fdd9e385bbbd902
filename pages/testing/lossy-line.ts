// A line to a server that loses answers: the server has what was sent, whoever sent it hears nothing.
import { createServer, request as ask, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export interface LossyLine {
  url: string
  /** Paths whose answers were lost, in order. */
  lost: string[]
  close(): Promise<void>
}

/** @param loses whether the answer to this request is to be lost */
export async function lossyLine(
  target: string,
  loses: (request: { method: string; path: string; nth: number }) => boolean,
): Promise<LossyLine> {
  const { hostname, port } = new URL(target)
  const seen = new Map<string, number>()
  const lost: string[] = []
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url: path = '/', headers } = incoming
    const nth = (seen.get(`${method} ${path}`) ?? 0) + 1
    seen.set(`${method} ${path}`, nth)
    const onward = ask({ hostname, port, method, path, headers }, (answer: IncomingMessage) => {
      if (loses({ method, path, nth })) {
        lost.push(path)
        // Its head comes through: of a line that breaks before it, a browser asks again by itself.
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        outgoing.flushHeaders()
        answer.resume()
        answer.once('end', () => outgoing.destroy())
        return
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lost,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
