// A point well inside a shape, for labels and for "somewhere in this place". Never on the edge of a shape with area.
import type { Position } from 'geojson'
import polylabel from 'polylabel'
import {
  type LngLat,
  type Shape,
  boundsOf,
  contains,
  metresPerDegree,
  polygonsOf,
  ringArea,
} from './geometry.ts'

const LARGEST = 8
/** About 0.01 m²: less is a line drawn as a shape. */
const NO_AREA = 1e-12

/**
 * The pole of inaccessibility of the roomiest part, to about a metre, and its distance from the edge in metres.
 * Holds for long thin buffers, holes and MultiPolygons; undefined when the shape has no area.
 */
export function interiorPoint(shape: Shape): (LngLat & { clearance: number }) | undefined {
  const [, s, , n] = boundsOf([shape])
  const m = metresPerDegree((s + n) / 2)
  const parts = polygonsOf(shape)
    .filter((rings) => rings[0] && Math.abs(ringArea(rings[0])) > NO_AREA)
    .sort((a, b) => Math.abs(ringArea(b[0] ?? [])) - Math.abs(ringArea(a[0] ?? [])))
    .slice(0, LARGEST)
  let best: (LngLat & { clearance: number }) | undefined
  for (const rings of parts) {
    const at = poleOf(rings, m)
    if (best && at.clearance <= best.clearance) continue
    const rounded = { lng: round6(at.lng), lat: round6(at.lat), clearance: at.clearance }
    const point = contains(shape, rounded.lng, rounded.lat) ? rounded : at
    if (contains(shape, point.lng, point.lat)) best = point
  }
  return best
}

const round6 = (v: number) => Math.round(v * 1e6) / 1e6

function poleOf(rings: Position[][], m: { x: number; y: number }): LngLat & { clearance: number } {
  const [ox = 0, oy = 0] = rings[0]?.[0] ?? []
  const plane = rings.map((ring) =>
    ring.map(([x = 0, y = 0]): [number, number] => [(x - ox) * m.x, (y - oy) * m.y]),
  )
  const outer = plane[0] ?? []
  const width = Math.max(...outer.map((p) => p[0])) - Math.min(...outer.map((p) => p[0]))
  const height = Math.max(...outer.map((p) => p[1])) - Math.min(...outer.map((p) => p[1]))
  const pole = polylabel(plane, Math.min(1, width / 100, height / 100))
  return { lng: ox + (pole[0] ?? 0) / m.x, lat: oy + (pole[1] ?? 0) / m.y, clearance: pole.distance }
}
