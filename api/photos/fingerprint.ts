// The fingerprint of a photo, by which a later copy of it is found: a 64-bit hash of its coarse shapes and a small sketch.
// A picture that shows next to nothing has none: all such pictures would be alike.
import phashModule from 'sharp-phash'
import sharp from 'sharp'
import { type Fingerprint, SKETCH_SIDE } from '#domain/photo-likeness.ts'

// The package's types describe an ES module; Node loads the CommonJS one, whose export is the function itself.
const phash = phashModule as unknown as typeof phashModule.default

/** A common multiple of both sides below, so that each of their values is the mean of whole squares. */
const SIDE = 96
/** What the hash is taken from. */
const HASH_SIDE = 32
/** Grey levels of 256. A wall in even light has about this much. */
const LEAST_DEVIATION = 3

/** @param picture anything that can be decoded, upright. Undefined for a picture that is all but one colour. */
export async function fingerprint(picture: Uint8Array): Promise<Fingerprint | undefined> {
  const grey = await sharp(picture).greyscale().resize(SIDE, SIDE, { fit: 'fill' }).raw().toBuffer()
  const sketch = reduced(grey, SKETCH_SIDE)
  if (deviation(sketch) < LEAST_DEVIATION) return undefined
  const raw = { width: HASH_SIDE, height: HASH_SIDE, channels: 1 } as const
  const bits = await phash(Buffer.from(reduced(grey, HASH_SIDE)), { raw })
  return { hash: BigInt.asIntN(64, BigInt(`0b${bits}`)), sketch }
}

/** Means of squares. */
function reduced(grey: Uint8Array, side: number): Uint8Array {
  const step = SIDE / side
  const out = new Uint8Array(side * side)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      let sum = 0
      for (let j = 0; j < step; j++)
        for (let i = 0; i < step; i++) sum += grey[(y * step + j) * SIDE + x * step + i] ?? 0
      out[y * side + x] = Math.round(sum / step ** 2)
    }
  return out
}

function deviation(values: Uint8Array): number {
  const mean = values.reduce((s, v) => s + v, 0) / values.length
  return Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length)
}
