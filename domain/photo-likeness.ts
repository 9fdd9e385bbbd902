// Whether two photos are the same picture. A 64-bit perceptual hash finds candidates among all earlier photos; a sketch of
// 24 × 24 grey values then compares two pictures place by place, which tells a copy from another picture of the same
// scene. Fingerprints are made in api/photos/fingerprint.ts; where they are kept and searched is store/photo-hash.ts.

/** Width and height of a sketch. */
export const SKETCH_SIDE = 24

export interface Fingerprint {
  /** 64 bits, as a signed integer: what the database keeps. */
  hash: bigint
  /** Grey values, row by row. */
  sketch: Uint8Array
}

/** How far apart the hashes of candidates may be: a search for more would cost more than reading all of them. */
export const MOST_BITS = 11

export interface PhotoPolicy {
  /** Hashes that differ in no more bits make two photos candidates; at most MOST_BITS. */
  withinBits: number
  /** The same picture: no place differs by more than this, in standard deviations of the picture's brightness. */
  sameWithin: number
  /** A similar picture: no more than this share of the places differs by more than `sameWithin`. */
  similarShare: number
  /** Whether a similar picture in another case is told at all, e.g. an old one with a new stamp on it. */
  tellsSimilar: boolean
}

/**
 * Measured. A picture written anew, made smaller, brighter or darker: at most 6 bits and, but for pictures of mere texture, a
 * difference under 0.16. Two of 3,000 drawn scenes of the demo: a difference from 0.20, so that of 4.5 million pairs none was
 * the same; 3 in 10,000 were similar.
 */
export const PHOTO_POLICY: PhotoPolicy = {
  withinBits: 10,
  sameWithin: 0.17,
  similarShare: 0.15,
  tellsSimilar: true,
}

/** How many of the 64 bits differ. */
export function hashDistance(a: bigint, b: bigint): number {
  let n = 0
  for (let rest = BigInt.asUintN(64, a ^ b); rest > 0n; rest &= rest - 1n) n += 1
  return n
}

export interface PhotoLikeness {
  /** `same` a copy, though re-encoded, resized or cropped; `similar` mostly the same, e.g. with a stamp or the same scene. */
  verdict: 'same' | 'similar' | 'different'
  bits: number
  /** The greatest difference at any place, in standard deviations of brightness. Absent when the hashes are far apart. */
  difference?: number
  /** Share of the places that differ, 0 to 1; absent like `difference`. */
  differing?: number
}

/** @throws RangeError when a sketch has not SKETCH_SIDE² values. */
export function photoLikeness(
  a: Fingerprint,
  b: Fingerprint,
  policy: PhotoPolicy = PHOTO_POLICY,
): PhotoLikeness {
  const bits = hashDistance(a.hash, b.hash)
  for (const { sketch } of [a, b])
    if (sketch.length !== SKETCH_SIDE ** 2) throw new RangeError(`a sketch has ${SKETCH_SIDE ** 2} values`)
  if (bits > policy.withinBits) return { verdict: 'different', bits }
  const { difference, differing } = compareSketches(a.sketch, b.sketch, policy.sameWithin)
  const verdict =
    difference <= policy.sameWithin ? 'same' : differing <= policy.similarShare ? 'similar' : 'different'
  return { verdict, bits, difference, differing }
}

/** Shares of the width and height by which one may have been cropped on every side. */
const CROPS = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06]
/** Places are squares of so many sketch values a side, so that the shift of an edge is no difference. */
const PLACE = 3

function compareSketches(a: Uint8Array, b: Uint8Array, limit: number) {
  let best = { difference: Infinity, differing: 1 }
  const better = (x: ArrayLike<number>, y: ArrayLike<number>) => {
    const found = compareAligned(x, y, limit)
    if (found.differing < best.differing || found.difference < Math.min(best.difference, limit)) best = found
  }
  better(a, b)
  for (const crop of CROPS) {
    if (best.difference <= limit) break
    better(cropped(a, crop), b)
    better(a, cropped(b, crop))
  }
  return best
}

/** The inner part of a sketch, drawn to the full size. */
function cropped(sketch: ArrayLike<number>, crop: number): Float64Array {
  const side = SKETCH_SIDE
  const out = new Float64Array(side * side)
  const at = (i: number) => crop * side + (i + 0.5) * (1 - 2 * crop) - 0.5
  const value = (x: number, y: number) => sketch[y * side + x] ?? 0
  for (let y = 0; y < side; y++) {
    const y0 = Math.min(side - 2, Math.max(0, Math.floor(at(y))))
    const v = at(y) - y0
    for (let x = 0; x < side; x++) {
      const x0 = Math.min(side - 2, Math.max(0, Math.floor(at(x))))
      const u = at(x) - x0
      out[y * side + x] =
        (1 - v) * ((1 - u) * value(x0, y0) + u * value(x0 + 1, y0)) +
        v * ((1 - u) * value(x0, y0 + 1) + u * value(x0 + 1, y0 + 1))
    }
  }
  return out
}

/** Brightness and contrast taken away: mean 0, standard deviation 1. */
function levelled(sketch: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(sketch)
  const mean = values.reduce((s, v) => s + v, 0) / values.length
  const deviation = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length) || 1
  return values.map((v) => (v - mean) / deviation)
}

function compareAligned(a: ArrayLike<number>, b: ArrayLike<number>, limit: number) {
  const x = levelled(a)
  const y = levelled(b)
  let difference = 0
  let differing = 0
  const places = (SKETCH_SIDE - PLACE + 1) ** 2
  for (let top = 0; top + PLACE <= SKETCH_SIDE; top++)
    for (let left = 0; left + PLACE <= SKETCH_SIDE; left++) {
      let sum = 0
      for (let j = top; j < top + PLACE; j++)
        for (let i = left; i < left + PLACE; i++)
          sum += (x[j * SKETCH_SIDE + i] ?? 0) - (y[j * SKETCH_SIDE + i] ?? 0)
      const here = Math.abs(sum) / PLACE ** 2
      if (here > difference) difference = here
      if (here > limit) differing += 1
    }
  return { difference, differing: differing / places }
}
