// Plane geometry on WGS-84 degrees for city-sized shapes: areas, bounds, containment. No geodesy: within a city the
// error of treating degrees as a plane of metres is under 0.1 %.
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { MultiPolygon, Polygon, Position } from 'geojson'

export type Shape = Polygon | MultiPolygon
/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number]
export interface LngLat {
  lng: number
  lat: number
}

/** Metres of one degree at a latitude. */
export function metresPerDegree(lat: number): { x: number; y: number } {
  return { x: 111_320 * Math.cos((lat * Math.PI) / 180), y: 110_946 }
}

/** Every polygon of a shape as its rings, outer first. */
export const polygonsOf = (shape: Shape): Position[][][] =>
  shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates

export function shapeOf(polygons: Position[][][]): Shape {
  const [only] = polygons
  return polygons.length === 1 && only
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: polygons }
}

export function boundsOf(shapes: Iterable<Shape>): Bounds {
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity]
  for (const shape of shapes)
    for (const rings of polygonsOf(shape))
      for (const [x = 0, y = 0] of rings[0] ?? []) {
        if (x < box[0]) box[0] = x
        if (y < box[1]) box[1] = y
        if (x > box[2]) box[2] = x
        if (y > box[3]) box[3] = y
      }
  return box
}

export const boundsMeet = (a: Bounds, b: Bounds) =>
  a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]

/** Signed, in square degrees; positive = counter-clockwise. Works on open and closed rings. */
export function ringArea(ring: readonly Position[]): number {
  const [x0 = 0, y0 = 0] = ring[0] ?? []
  let twice = 0
  for (let i = 0; i < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[i] ?? []
    const [bx = 0, by = 0] = ring[(i + 1) % ring.length] ?? []
    twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
  }
  return twice / 2
}

/** Square metres, holes taken off. */
export function areaOf(shape: Shape): number {
  const [, s, , n] = boundsOf([shape])
  const m = metresPerDegree((s + n) / 2)
  let sum = 0
  for (const rings of polygonsOf(shape))
    rings.forEach((ring, i) => {
      sum += Math.abs(ringArea(ring)) * (i === 0 ? 1 : -1)
    })
  return sum * m.x * m.y
}

/** A point on the edge counts as inside. */
export const contains = (shape: Shape, lng: number, lat: number) => booleanPointInPolygon([lng, lat], shape)
