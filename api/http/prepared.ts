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

/** The answer's body as JSON, plain and compressed. */
export async function made(content: unknown): Promise<Made> {
  const plain = Buffer.from(JSON.stringify(content))
  return { plain, gzipped: await compress(plain) }
}

const isKnown = (request: FastifyRequest, etag: string) =>
  request.headers['if-none-match']?.split(/, */).includes(etag) === true

/** Sends it as the asker understands it, or nothing when they have it. `cache` is the header cache-control. */
export async function sendMade(
  request: FastifyRequest,
  reply: FastifyReply,
  { etag, cache, content }: { etag: string; cache: string; content: () => Promise<Made> },
): Promise<FastifyReply> {
  reply.header('etag', etag).header('cache-control', cache).header('vary', 'accept-encoding')
  if (isKnown(request, etag)) return reply.code(304).send()
  const { plain, gzipped } = await content()
  const isZipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  if (isZipped) reply.header('content-encoding', 'gzip')
  return reply.type('application/json; charset=utf-8').send(isZipped ? gzipped : plain)
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
  const known = new Map<string, { version: number; content: Promise<Made> }>()
  return {
    async send(request, reply, { key, version, make }) {
      let entry = known.get(key)
      if (entry?.version !== version) {
        entry = { version, content: made(make()) }
        known.set(key, entry)
      }
      const { content } = entry
      return sendMade(request, reply, {
        etag: `W/"${key}-${version}"`,
        cache: 'no-cache',
        content: () => content,
      })
    },
  }
}
