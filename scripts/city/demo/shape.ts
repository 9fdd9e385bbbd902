// From plane outlines to what the pack's files hold: clipped to the city, wound the GeoJSON way, in micro-degrees.
import type { MultiPolygon, Polygon, Position } from 'geojson'
import * as clip from 'polyclip-ts'
import { area } from './curve.ts'
import { cityOutline } from './layout.ts'
import type { Line, Point } from './plane.ts'
import { toMicro } from './plane.ts'

type Rings = Point[][]

const toClip = (ring: Line) => [ring.map(([x, y]): [number, number] => [x, y])]

/** What of the outline lies in the city and outside `without`, as polygons of rings. */
export function within(ring: Line, without: Line[] = []): Rings[] {
  const inCity = clip.intersection(toClip(ring), toClip(cityOutline))
  return without.length === 0 ? inCity : clip.difference(inCity, ...without.map(toClip))
}

const SMALLEST = 60

/** Polygons smaller than 60 m² are crumbs of clipping and left out. */
export function toShape(polygons: Rings[]): Polygon | MultiPolygon {
  const kept = polygons
    .filter((rings) => Math.abs(area(rings[0] ?? [])) > SMALLEST)
    .map((rings) => rings.map((ring, i) => toRing(ring, i === 0)))
  const [only] = kept
  if (!only) throw new Error('nothing left of a shape')
  return kept.length === 1
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: kept }
}

/** Closed ring: counter-clockwise when outer, clockwise when a hole; no vertex twice in a row. */
export function toRing(ring: Line, outer: boolean): Position[] {
  const wound = area(ring) > 0 === outer ? ring : [...ring].reverse()
  return toPositions(wound)
}

export const toPositions = (line: Line): Position[] =>
  line
    .map(toMicro)
    .filter((p, i, all) => i === 0 || p[0] !== all[i - 1]?.[0] || p[1] !== all[i - 1]?.[1])
    .map(microToPosition)

export const microToPosition = ([lng, lat]: readonly [number, number]): Position => [lng / 1e6, lat / 1e6]
