// The chain: hash = SHA-256(previous hash ‖ canonical JSON of the event, RFC 8785). Words are in it only as salted digests.
import { hash, randomBytes } from 'node:crypto'
import type { CaseEvent } from '#domain/event.ts'

export const GENESIS = Buffer.alloc(0)

const MOST_NAMES = 1024
const names = new Map<string, string>()

/** A member's name as JSON; names come again and again. */
function quoted(name: string): string {
  const known = names.get(name)
  if (known !== undefined) return known
  const text = JSON.stringify(name)
  if (names.size < MOST_NAMES) names.set(name, text)
  return text
}

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
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

function digest(...parts: (string | Uint8Array)[]): Buffer {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return hash('sha256', only, 'buffer')
  return hash(
    'sha256',
    Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p) : p))),
    'buffer',
  )
}

/** @param previous hash of the event before, or GENESIS. @returns 32 bytes. */
export function eventHash(previous: Uint8Array, event: CaseEvent): Buffer {
  const { caseId, no, type, schema, at, actor, nth, payload, privateDigests } = event
  return digest(
    previous,
    canonicalJson({ caseId, no, type, schema, at, actor, nth, payload, privateDigests }),
  )
}

/** Running hash over the feed: `content` is the event's hash, or the canonical JSON of a time fact. */
export function feedHash(previous: Uint8Array, seq: number, content: Uint8Array | string): Buffer {
  return digest(previous, String(seq), content)
}

const SALT_BYTES = 16
const SALTS_AT_ONCE = 256
let salts = Buffer.alloc(0)

/** Random bytes, drawn many at once: a call of the system for each would cost more than the digest. */
export function newSalt(): Buffer {
  if (salts.length === 0) salts = randomBytes(SALT_BYTES * SALTS_AT_ONCE)
  const salt = salts.subarray(0, SALT_BYTES)
  salts = salts.subarray(SALT_BYTES)
  return salt
}

export function privateDigest(salt: Uint8Array, words: Record<string, unknown>): Buffer {
  return digest(salt, canonicalJson(words))
}

/** Of the parts one after another. */
export const sha256 = (...parts: (string | Uint8Array)[]): Buffer => digest(...parts)
