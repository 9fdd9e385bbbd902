// How like two photos are, on drawn numbers; pictures themselves are in api/photos/fingerprint.test.ts.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashDistance, photoLikeness, SKETCH_SIDE } from './photo-likeness.ts'

const values = (at: (x: number, y: number) => number) =>
  Uint8Array.from({ length: SKETCH_SIDE ** 2 }, (_, i) => at(i % SKETCH_SIDE, Math.floor(i / SKETCH_SIDE)))
/** Light above, dark below, a post on the left. */
const street = (x: number, y: number) => (y < 10 ? 190 : 90) + (x > 3 && x < 7 && y > 4 ? -60 : 0)
const print = (at: (x: number, y: number) => number, hash = 0n) => ({ hash, sketch: values(at) })

describe('the distance of two hashes', () => {
  it.each([
    [0n, 0n, 0],
    [-1n, 0n, 64],
    [-1n, -2n, 1],
    [0x0fn, -1n, 60],
    [-(2n ** 63n), 2n ** 63n - 1n, 64],
  ])('of %s and %s is %i', (a, b, bits) => {
    expect(hashDistance(a, b)).toBe(bits)
    expect(hashDistance(b, a)).toBe(bits)
  })
  it('is the number of flipped bits', () => {
    const bits = fc.uniqueArray(fc.integer({ min: 0, max: 63 }))
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), bits, (hash, flipped) => {
        const other = flipped.reduce((h, bit) => h ^ (1n << BigInt(bit)), hash)
        expect(hashDistance(hash, BigInt.asIntN(64, other))).toBe(flipped.length)
      }),
    )
  })
})

describe('two pictures', () => {
  const verdict = (other: (x: number, y: number) => number, hash = 0n) =>
    photoLikeness(print(street), print(other, hash)).verdict

  it('are the same when brighter and of more contrast', () => {
    expect(verdict((x, y) => 0.7 * street(x, y) + 70)).toBe('same')
  })
  it('are the same with a little noise', () => {
    expect(verdict((x, y) => street(x, y) + ((x * 7 + y * 3) % 5) - 2)).toBe('same')
  })
  it('are similar when something small lies there', () => {
    expect(verdict((x, y) => (x > 14 && x < 19 && y > 17 && y < 21 ? 200 : street(x, y)))).toBe('similar')
  })
  it('are different when half of it is', () => {
    expect(verdict((x, y) => (x > 11 ? 255 - street(x, y) : street(x, y)))).toBe('different')
  })
  it('are different when their hashes are far apart, whatever the sketches', () => {
    expect(verdict(street, 0x7ffn)).toBe('different')
    expect(verdict(street, 0x3ffn)).toBe('same')
  })
  it('cannot be compared with half a sketch', () => {
    const half = { hash: 0n, sketch: new Uint8Array(12) }
    expect(() => photoLikeness(print(street), half)).toThrow('576 values')
  })
})
