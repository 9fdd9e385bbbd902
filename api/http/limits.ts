// How often somebody may do what costs us or could be guessed at. Counted in this process: several api processes allow
// that many times as much, which is meant.
import type {} from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import type { App } from '../deps.ts'
import { Problem } from './problem.ts'

export interface Limit {
  max: number
  windowMs: number
}

const MINUTE = 60_000

export const LIMITS = {
  /** Reports without a login, an address. */
  anonymousReports: { max: 20, windowMs: MINUTE },
  anonymousUploads: { max: 60, windowMs: MINUTE },
  /** Logins of any kind, an address: a whole street office may sit behind one. */
  logins: { max: 120, windowMs: MINUTE },
  /** Failed logins, an address and username. */
  loginFailures: { max: 10, windowMs: 5 * MINUTE },
  /** Receipt numbers can be counted through; the page asks a few times a minute. */
  tracking: { max: 60, windowMs: MINUTE },
  /** Cases near a place, without a login: a report form asks when the pin has been moved. */
  nearby: { max: 60, windowMs: MINUTE },
  /** Addresses that don't exist: what a scanner asks for. */
  notFound: { max: 120, windowMs: MINUTE },
} satisfies Record<string, Limit>

export type Limits = { [K in keyof typeof LIMITS]: Limit }

type Key = (request: FastifyRequest) => string
const byAddress: Key = (request) => request.ip

/** @returns a check that counts the request and throws 429 beyond the limit; `{ increment: false }` only looks. */
export function limiter(app: App, { max, windowMs }: Limit, key: Key = byAddress) {
  const limit = app.createRateLimit({ max, timeWindow: windowMs, keyGenerator: key })
  return async (request: FastifyRequest, options: { increment: boolean } = { increment: true }) => {
    const found = await limit(request, options)
    if (found.isAllowed) return
    const isOver = options.increment ? found.isExceeded : found.remaining === 0
    if (!isOver) return
    throw new Problem(429, 'too-many-requests', `too often; try again in ${found.ttlInSeconds} s`, {
      headers: { 'retry-after': String(found.ttlInSeconds) },
    })
  }
}
