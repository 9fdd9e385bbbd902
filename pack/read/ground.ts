// What shapes of one kind share or leave free, each piece with its size and a place to look at. A sliver is what two
// hands drawing the same border make of it; anything wider is a real overlap.
import Flatbush from 'flatbush'
import type { Position } from 'geojson'
import { areaOf, boundsOf, metresPerDegree, polygonsOf } from '#domain/geo/geometry.ts'
import type { Shape } from '#domain/geo/geometry.ts'
import { interiorPoint } from '#domain/geo/interior.ts'
import { commonGround } from '#domain/geo/overlap.ts'
import type { Findings, Place } from './findings.ts'

/** Square metres below which nothing is said: rounding of coordinates makes as much. */
const NOTHING_M2 = 1
/** A piece no wider than this, in metres, is a sliver … */
const SLIVER_M = 3
/** … unless it takes this share of the smaller shape. */
const SLIVER_SHARE = 0.02
/** Of the smaller shape: less is inaccuracy, however wide. */
const OVERLAP_SHARE = 0.001

export const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`
export const squareMetres = (v: number) => `${Math.round(v)} m²`

/** Names a place in the coordinates of the file. */
export type PlaceName = (lng: number, lat: number) => readonly [number, number]

/** `[113.9, 29.7]` in the largest part of a shape. */
export function whereIs(shape: Shape, name: PlaceName): string {
  const at = interiorPoint(shape) ?? firstOf(shape)
  const [x, y] = name(at.lng, at.lat)
  return `[${x}, ${y}]`
}

function firstOf(shape: Shape) {
  const [lng = 0, lat = 0] = polygonsOf(shape)[0]?.[0]?.[0] ?? []
  return { lng, lat }
}

/** Mean width in metres: area over half the outline. */
export function widthOf(shape: Shape): number {
  const [, s, , n] = boundsOf([shape])
  const m = metresPerDegree((s + n) / 2)
  const length = (ring: readonly Position[]) =>
    ring.reduce((sum, [x = 0, y = 0], i) => {
      const [px = x, py = y] = ring[i - 1] ?? []
      return sum + Math.hypot((x - px) * m.x, (y - py) * m.y)
    }, 0)
  const outline = polygonsOf(shape)
    .flat()
    .reduce((sum, ring) => sum + length(ring), 0)
  return outline === 0 ? 0 : (2 * areaOf(shape)) / outline
}

export interface Ground {
  place: Place
  code: string
  geometry: Shape
}

/** Every pair with common ground: slivers are warnings, real overlaps faults, at the later of the two. */
export function checkOverlaps(grounds: readonly Ground[], name: PlaceName, findings: Findings): void {
  if (grounds.length < 2) return
  const boxes = grounds.map((g) => boundsOf([g.geometry]))
  const index = new Flatbush(grounds.length)
  for (const box of boxes) index.add(...box)
  index.finish()
  grounds.forEach((one, i) => {
    const box = boxes[i]
    if (!box) return
    for (const j of index.search(...box).sort((a, b) => a - b)) {
      const other = grounds[j]
      if (j <= i || !other) continue
      const common = commonGround(one.geometry, other.geometry)
      const size = common ? areaOf(common) : 0
      if (!common || size <= NOTHING_M2) continue
      const share = size / Math.min(areaOf(one.geometry), areaOf(other.geometry))
      const isSliver = share <= OVERLAP_SHARE || (widthOf(common) <= SLIVER_M && share <= SLIVER_SHARE)
      const where = whereIs(common, name)
      const size2 = `${squareMetres(size)} (${percent(share)} of the smaller)`
      const sizeZh = `${squareMetres(size)}（占较小者${percent(share)}）`
      if (isSliver)
        findings.warn(
          other.place,
          `${other.code} and ${one.code} overlap by a sliver of ${size2} at ${where}`,
          `${other.code}与${one.code}在${where}处有细缝重叠${sizeZh}`,
        )
      else
        findings.fault(
          other.place,
          `${other.code} and ${one.code} overlap by ${size2} at ${where}`,
          `${other.code}与${one.code}在${where}处重叠${sizeZh}`,
        )
    }
  })
}
