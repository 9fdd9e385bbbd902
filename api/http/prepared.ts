// Answers that only change with the city's version: made once, compressed once, and not sent again to a browser that
// has them.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const compress = promisify(gzip)

interface Made {
  plain: Buffer
  gzipped: Buffer
}

export interface Prepared {
  /** @param key names the answer; @param version of the city; `make` is called once for both. */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: { key: string; version: number; make: () => unknown },
  ): Promise<FastifyReply>
}

export function openPrepared(): Prepared {
  const made = new Map<string, { version: number; content: Promise<Made> }>()

  async function build(make: () => unknown): Promise<Made> {
    const plain = Buffer.from(JSON.stringify(make()))
    return { plain, gzipped: await compress(plain) }
  }

  return {
    async send(request, reply, { key, version, make }) {
      let entry = made.get(key)
      if (entry?.version !== version) {
        entry = { version, content: build(make) }
        made.set(key, entry)
      }
      const etag = `W/"${key}-${version}"`
      reply.header('etag', etag).header('cache-control', 'no-cache').header('vary', 'accept-encoding')
      if (request.headers['if-none-match']?.split(/, */).includes(etag)) return reply.code(304).send()
      const { plain, gzipped } = await entry.content
      const isZipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
      if (isZipped) reply.header('content-encoding', 'gzip')
      return reply.type('application/json; charset=utf-8').send(isZipped ? gzipped : plain)
    },
  }
}
