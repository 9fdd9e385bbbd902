// Distances between places of one city, in metres.
import { type LngLat, metresPerDegree } from './geometry.ts'

/** Metres between two WGS-84 positions; the error within a city is under 0.1 %. */
export function metresBetween(a: LngLat, b: LngLat): number {
  const m = metresPerDegree((a.lat + b.lat) / 2)
  return Math.hypot((a.lng - b.lng) * m.x, (a.lat - b.lat) * m.y)
}
