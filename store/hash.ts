// The chain: hash = SHA-256(previous hash ‖ canonical JSON of the event, RFC 8785). Words are in it only as salted digests.
import { hash, randomBytes } from 'node:crypto'
import type { CaseEvent } from '#domain/event.ts'

export const GENESIS = Buffer.alloc(0)

/**
 * Canonical JSON (RFC 8785): keys in order of their UTF-16 code units, numbers and strings as ECMAScript writes them,
 * members without a value left out. @throws for what is not JSON.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    const text = typeof value === 'number' && !Number.isFinite(value) ? undefined : JSON.stringify(value)
    if (text === undefined) throw new Error('an event must be JSON')
    return text
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = value as Record<string, unknown>
  let text = ''
  for (const key of Object.keys(members).sort()) {
    const member = members[key]
    if (member !== undefined)
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

const digest = (...parts: (string | Uint8Array)[]): Buffer =>
  hash('sha256', Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p) : p))), 'buffer')

/** @param previous hash of the event before, or GENESIS. @returns 32 bytes. */
export function eventHash(previous: Uint8Array, event: CaseEvent): Buffer {
  const body = {
    caseId: event.caseId,
    no: event.no,
    type: event.type,
    schema: event.schema,
    at: event.at,
    actor: event.actor,
    nth: event.nth,
    payload: event.payload,
    ...(event.privateDigests === undefined ? {} : { privateDigests: event.privateDigests }),
  }
  return digest(previous, canonicalJson(body))
}

/** Running hash over the feed: `content` is the event's hash, or the canonical JSON of a time fact. */
export function feedHash(previous: Uint8Array, seq: number, content: Uint8Array | string): Buffer {
  return digest(previous, String(seq), content)
}

export const newSalt = () => randomBytes(16)

export function privateDigest(salt: Uint8Array, words: Record<string, unknown>): Buffer {
  return digest(salt, canonicalJson(words))
}

export const sha256 = (data: string | Uint8Array): Buffer => digest(data)
