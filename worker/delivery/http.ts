// One HTTP request to an address that an administrator entered: names are looked up here and every address held against
// what is allowed (so that a name cannot turn to another address in between), redirects are not followed, time and the
// size of the answer are bounded.
import { lookup as lookUp } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { type Allowed, addressIn } from '#store/outside-address.ts'
import type { Unsent } from './outcome.ts'

export interface HttpRequest {
  method: 'POST' | 'PUT' | 'GET'
  url: string
  headers: Readonly<Record<string, string>>
  body?: string | undefined
}
export interface HttpLimits {
  allowed: Allowed
  /** For everything together, from the look-up to the end of the answer. */
  timeoutMs: number
  /** Bytes of the answer. */
  mostAnswer: number
}
export interface HttpAnswer {
  status: number
  text: string
  /** Milliseconds, from Retry-After. */
  retryAfterMs?: number | undefined
}

/** Thrown by the look-up; turned into an outcome below. */
class Forbidden extends Error {}

/** A look-up that answers allowed addresses alone. */
export const guardedLookup =
  (allowed: Allowed): LookupFunction =>
  (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const good = addresses.filter(({ address }) => allowed.refusal(address) === undefined)
      const [first] = good
      if (!first) return callback(new Forbidden(hostname), '', 0)
      if (options.all) callback(null, good)
      else callback(null, first.address, first.family)
    })
  }

const unsent = (code: Unsent['code'], more: Partial<Unsent> = {}): Unsent => ({ ok: false, code, ...more })

/** Retry-After in seconds or as a date. */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  const ms = /^\d{1,6}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now
  return ms > 0 ? ms : undefined
}

/** @returns the answer whatever its status, or why there was none. */
export function httpSend(
  { method, url, headers, body }: HttpRequest,
  { allowed, timeoutMs, mostAnswer }: HttpLimits,
): Promise<HttpAnswer | Unsent> {
  const target = new URL(url)
  const literal = addressIn(target.hostname)
  // The look-up is not asked where there is nothing to look up.
  if (literal !== undefined && allowed.refusal(literal) !== undefined)
    return Promise.resolve(unsent('forbidden-address'))
  const signal = AbortSignal.timeout(timeoutMs)
  const answered = new Promise<HttpAnswer | Unsent>((resolve) => {
    const { request: ask, Agent } = target.protocol === 'https:' ? https : http
    const request = ask(target, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      lookup: guardedLookup(allowed),
      signal,
      // No connection is kept: a receiver is asked seldom, and its name may have moved.
      agent: new Agent({ keepAlive: false }),
    })
    request.on('error', (error) => resolve(failure(error, signal)))
    request.on('response', (response) => {
      const parts: Buffer[] = []
      let size = 0
      response.on('data', (part: Buffer) => {
        size += part.length
        if (size <= mostAnswer) return void parts.push(part)
        resolve(unsent('answer-too-long', { status: response.statusCode }))
        request.destroy()
      })
      response.on('error', (error) => resolve(failure(error, signal)))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString('utf8'),
          retryAfterMs: retryAfter(response.headers['retry-after'], Date.now()),
        }),
      )
    })
    request.end(body)
  })
  // What cannot even be written as a request is thrown at once.
  return answered.catch((error: unknown) => failure(error, signal))
}

/** What broke, in a code; the engine's own words may hold the address, and are not kept. */
export function failure(error: unknown, signal?: AbortSignal): Unsent {
  if (error instanceof Forbidden) return unsent('forbidden-address')
  if (signal?.aborted) return unsent('timeout', { rests: true })
  const { code = '', name = '' } = error as { code?: string; name?: string }
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') return unsent('timeout', { rests: true })
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return unsent('name', { rests: true })
  if (/CERT|TLS|SSL|SELF_SIGNED|ISSUER/.test(code)) return unsent('tls', { rests: true, text: code })
  return unsent('connect', { rests: true, text: code || undefined })
}

/** What a status other than success says of the receiver. */
export function statusFailure({ status, text, retryAfterMs }: HttpAnswer): Unsent {
  const isBusy = status === 429 || status >= 500
  return unsent(status === 429 ? 'rate-limited' : 'status', {
    status,
    text,
    askedMs: retryAfterMs,
    rests: isBusy,
  })
}
