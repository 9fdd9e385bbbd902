// The drawing board of the demo town: metres east and north of a point, and the only place where metres become degrees.
// Arithmetic is limited to + − × ÷ and square roots, so that every machine draws the same bytes.
import type { Position } from 'geojson'

export type Point = readonly [x: number, y: number]
export type Line = readonly Point[]

/** `x,y` pairs, separated by blanks. */
export const points = (text: string): Point[] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [x = Number.NaN, y = Number.NaN] = pair.split(',').map(Number)
      return [x, y]
    })

const ORIGIN = { lng: 113.9, lat: 29.7 }
const METRES_PER_DEGREE = { lng: 96_696, lat: 110_860 }

/** Micro-degrees as whole numbers: about 0.1 m, the finest the pack writes. */
export const toMicro = ([x, y]: Point): [number, number] => [
  Math.round((ORIGIN.lng + x / METRES_PER_DEGREE.lng) * 1e6),
  Math.round((ORIGIN.lat + y / METRES_PER_DEGREE.lat) * 1e6),
]

export const toPosition = (p: Point): Position => {
  const [lng, lat] = toMicro(p)
  return [lng / 1e6, lat / 1e6]
}

export const distance = (a: Point, b: Point) => Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)

/** Deterministic numbers in [0, 1): a small counter-based mixer on 32-bit integers. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32
  }
}

/** Back to plane metres, for measuring what is in micro-degrees already. */
export const fromMicro = ([lng, lat]: readonly [number, number]): Point => [
  (lng / 1e6 - ORIGIN.lng) * METRES_PER_DEGREE.lng,
  (lat / 1e6 - ORIGIN.lat) * METRES_PER_DEGREE.lat,
]
