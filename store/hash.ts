// The chain: hash = SHA-256(previous hash ‖ canonical JSON of the event, RFC 8785). Words are in it only as salted digests.
import { createHash, randomBytes } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { CaseEvent } from '#domain/event.ts'

export const GENESIS = Buffer.alloc(0)

const canonical = (value: unknown): string => {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('an event must be JSON')
  return text
}

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
  return createHash('sha256').update(previous).update(canonical(body)).digest()
}

/** Running hash over the feed: `content` is the event's hash, or the canonical JSON of a time fact. */
export function feedHash(previous: Uint8Array, seq: number, content: Uint8Array | string): Buffer {
  return createHash('sha256').update(previous).update(String(seq)).update(content).digest()
}

export const canonicalJson = canonical

export const newSalt = () => randomBytes(16)

export function privateDigest(salt: Uint8Array, words: Record<string, unknown>): Buffer {
  return createHash('sha256').update(salt).update(canonical(words)).digest()
}

export const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()
