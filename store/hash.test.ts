// The chain's bytes: canonical JSON as RFC 8785 has it, checked against an independent implementation.
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CaseEvent } from '#domain/event.ts'
import { canonicalJson, eventHash, feedHash, GENESIS, privateDigest } from './hash.ts'

test('canonical JSON agrees with another implementation on any JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(canonicalJson(value)).toBe(canonicalize(value))
    }),
  )
})

test.each([
  [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
  [{ '\u20ac': 1, '\ud83d\ude00': 2, '\ufb33': 3, é: 4, '1': 5 }, '{"1":5,"é":4,"€":1,"😀":2,"\ufb33":3}'],
  [[56.0, 1e21, 1e-7, -0, 333333333.3333333], '[56,1e+21,1e-7,0,333333333.3333333]'],
  [{ gone: undefined, kept: null }, '{"kept":null}'],
])('%j', (value, text) => {
  expect(canonicalJson(value)).toBe(text)
})

test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [undefined], [[undefined]], [() => 1]])(
  'what is not JSON is a bug: %s',
  (value) => {
    expect(() => canonicalJson(value)).toThrow()
  },
)

const event: CaseEvent = {
  caseId: '0190a5b4-0000-7000-8000-000000000001',
  no: 1,
  type: 'reported',
  schema: 1,
  at: 1_569_709_020_000,
  actor: { kind: 'user', id: 'u1' },
  nth: 1,
  payload: { receiptNo: 'R201909290001', position: { lng: 113.9, lat: 29.7 } },
}

test('the bytes of the chain are for ever', () => {
  const hash = eventHash(GENESIS, event)
  expect(hash.toString('hex')).toBe('8070c5cdb26a62503c8a75728e39bfcea81eeff9d46b666aab791069447c9bc5')
  expect(feedHash(GENESIS, 1, hash).toString('hex')).toBe(
    '652d48066b061a110d698fbcdf52535b65159ecac7eccff9fb7588fe91f1110e',
  )
  expect(privateDigest(Buffer.from('salt'), { description: '垃圾' }).toString('hex')).toBe(
    '273f38041acb8bd46cd9ba16059c6b60d3bf4e5716cb40aa5d35936d7b43f35b',
  )
})

test('every field of an event is in its hash', () => {
  const changed: CaseEvent[] = [
    { ...event, caseId: '0190a5b4-0000-7000-8000-000000000002' },
    { ...event, no: 2 },
    { ...event, type: 'accepted' },
    { ...event, schema: 2 },
    { ...event, at: event.at + 1 },
    { ...event, actor: { kind: 'user', id: 'u2' } },
    { ...event, nth: 2 },
    { ...event, payload: { ...event.payload, receiptNo: 'R201909290002' } },
    { ...event, privateDigests: { words: '00' } },
  ]
  const hashes = [event, ...changed].map((e) => eventHash(GENESIS, e).toString('hex'))
  hashes.push(eventHash(Buffer.from('x'), event).toString('hex'))
  expect(new Set(hashes).size).toBe(hashes.length)
})
