// The Idempotency-Key of a request, with the digest of what was asked. It covers the body as it came, before unknown
// properties are dropped: another body is another request, but for the time at which it was sent.
import { createHmac, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdempotencyKey } from '#store/append.ts'
import { requestDigest } from '#store/commander.ts'
import { canonicalJson } from '#store/hash.ts'
import { invalid } from './problem.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on routes with `takeIdempotencyKey`, when the header is there. */
    idempotency: IdempotencyKey | undefined
  }
}

export type ScopeOf = (request: FastifyRequest) => string

/** A name that a page has made for its device and tells nobody else; long enough not to be guessed. */
const DEVICE = /^[\w-]{32,64}$/

/**
 * An account, or a device without a login: by the name it gives itself, which stays while its address changes on the road;
 * else by address and browser. Keyed, so that a stored scope gives neither away.
 */
export function openScopes(secret: string | undefined): ScopeOf {
  const key = secret ?? randomBytes(32)
  return (request) => {
    if (request.login) return request.login.account.id
    const named = request.headers['x-device']
    const device =
      typeof named === 'string' && DEVICE.test(named)
        ? named
        : `${request.ip}\n${request.headers['user-agent'] ?? ''}`
    return `anonymous:${createHmac('sha256', key).update(device).digest('base64url')}`
  }
}

export function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
    throw invalid([{ path: 'idempotency-key', message: 'must be 1 to 200 visible ASCII characters' }])
  return key
}

/** What a repeated request says again: when it was sent, it cannot. */
function lasting(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body ?? null
  const { sentAt: _, ...rest } = body as Record<string, unknown>
  return rest
}

/** preValidation hook. */
export const takeIdempotencyKey = (scopeOf: ScopeOf) => async (request: FastifyRequest) => {
  const key = keyOf(request)
  if (key === undefined) return
  const [path = ''] = request.url.split('?')
  const digest = requestDigest(request.method, path, canonicalJson(lasting(request.body)))
  request.idempotency = { scope: scopeOf(request), key, digest }
}

export const markReplayed = (reply: FastifyReply) => reply.header('idempotency-replayed', 'true')
