// A few shapes as SVG text, for the drawn photos of the demo. Coordinates are pixels of a 480 × 360 picture.
import { dice } from '../chance.ts'

export const WIDTH = 480
export const HEIGHT = 360
/** Where the pavement ends and the carriageway begins. */
export const KERB = 246

export type Colour = string

export const rect = (x: number, y: number, w: number, h: number, fill: Colour, more = '') =>
  `<rect x="${r(x)}" y="${r(y)}" width="${r(w)}" height="${r(h)}" fill="${fill}" ${more}/>`
export const oval = (x: number, y: number, rx: number, ry: number, fill: Colour, more = '') =>
  `<ellipse cx="${r(x)}" cy="${r(y)}" rx="${r(rx)}" ry="${r(ry)}" fill="${fill}" ${more}/>`
export const shape = (points: string, fill: Colour, more = '') =>
  `<path d="${points}" fill="${fill}" ${more}/>`
export const line = (points: string, stroke: Colour, width: number, more = '') =>
  `<path d="${points}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" ${more}/>`

const r = (n: number) => Math.round(n * 10) / 10

/** Chance fixed by the picture's seed. */
export interface Hand {
  /** `low` ≤ x < `high` */
  (low: number, high: number, ...name: (string | number)[]): number
  pick<T>(items: readonly T[], ...name: (string | number)[]): T
  times(n: number, make: (i: number) => string): string
}

export function openHand(seed: string): Hand {
  const between = (low: number, high: number, ...name: (string | number)[]) =>
    low + (high - low) * dice(seed, ...name)
  return Object.assign(between, {
    pick: <T>(items: readonly T[], ...name: (string | number)[]): T =>
      items[Math.floor(dice(seed, ...name) * items.length)] as T,
    times: (n: number, make: (i: number) => string) =>
      Array.from({ length: Math.floor(n) }, (_, i) => make(i)).join(''),
  })
}
