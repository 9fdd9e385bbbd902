// Plain HTTP beside TLS: the page that helps phones trust the certificate, and the way to TLS for everything else. Nothing
// of the system itself: no login travels unencrypted.
import { createServer } from 'node:http'
import type { Log } from '#store/log.ts'
import { addressFor, trustAnswer, type TrustOptions } from './page.ts'

export interface HttpPort {
  port: number
  close(): Promise<void>
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
}

/** @throws what `listen` throws, e.g. when the port is taken. */
export async function openHttpPort(
  options: TrustOptions & { port: number; host: string; log: Log },
): Promise<HttpPort> {
  const { host, log } = options
  const server = createServer((request, response) => {
    const { method = '', url = '/' } = request
    const { host: named, 'accept-language': acceptLanguage } = request.headers
    const isRead = method === 'GET' || method === 'HEAD'
    // A bare address typed into a phone is the question that this page answers.
    const path = url === '/' ? '/trust' : url
    const answer =
      isRead && URL.canParse(path, 'http://localhost')
        ? trustAnswer(options, { url: path, host: named, acceptLanguage })
        : undefined
    if (answer) {
      response.writeHead(200, {
        ...HEADERS,
        'content-type': answer.type,
        ...(answer.disposition === undefined ? {} : { 'content-disposition': answer.disposition }),
      })
      return response.end(method === 'HEAD' ? undefined : answer.body)
    }
    if (isRead && url.startsWith('/')) {
      response.writeHead(307, { ...HEADERS, location: `${addressFor(options, named)}${url}` })
      return response.end()
    }
    response.writeHead(403, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' })
    response.end(`Use ${addressFor(options, named)}: nothing is taken without TLS.\n`)
  })
  server.requestTimeout = 30_000
  server.on('error', (error) => log.warn({ err: error }, 'the plain HTTP port has a fault'))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: options.port, host }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
