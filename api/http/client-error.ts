// What never becomes a request for the framework (a head too large, a line that is no HTTP, a sender who stops halfway):
// answered straight on the socket, in the shape of every other error.
import type { Socket } from 'node:net'
import { Problem, PROBLEM_TYPE } from './problem.ts'

const KNOWN: Record<string, [status: number, reason: string, detail: string]> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'Request Header Fields Too Large',
    'the address and headers together may have 16 KB',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'the request did not come to its end in time'],
}

/** For Fastify's `clientErrorHandler`. @param requestId unique, as those of requests */
export const clientErrors =
  (requestId: () => string) =>
  (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    const [status, reason, detail] = KNOWN[error.code ?? ''] ?? [400, 'Bad Request', 'this is not HTTP/1.1']
    const id = requestId()
    const body = JSON.stringify(new Problem(status, 'malformed-request', detail).body(id))
    if (socket.writable)
      socket.write(
        `HTTP/1.1 ${status} ${reason}\r\nContent-Type: ${PROBLEM_TYPE}; charset=utf-8\r\nX-Request-Id: ${id}\r\n` +
          `Cache-Control: no-store\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      )
    socket.destroySoon()
  }
