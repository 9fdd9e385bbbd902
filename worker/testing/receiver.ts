// A receiver on this machine for what is sent to the outside: keeps every request, and answers as the test says.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** Status and body; `hang` never answers. */
export type Reply = { status?: number; body?: string; headers?: Record<string, string> } | 'hang'

export interface Receiver {
  url: string
  received: Received[]
  /** For each request from now on. */
  answer(reply: (request: Received, nth: number) => Reply): void
  close(): Promise<void>
}

export async function openReceiver(first: Reply = {}): Promise<Receiver> {
  const received: Received[] = []
  let reply: (request: Received, nth: number) => Reply = () => first
  const hanging = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const one = { method, path, headers, body: Buffer.concat(parts).toString('utf8') }
      received.push(one)
      const said = reply(one, received.length)
      if (said === 'hang') return void hanging.add(response)
      response.writeHead(said.status ?? 200, said.headers)
      response.end(said.body ?? '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer(next) {
      reply = next
    },
    async close() {
      for (const response of hanging) response.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
