// Where things happen: thousands of spots of the loaded city, on its roads and lanes, by its water, in its parks, estates
// and building sites, each with the area and zone it lies in. Read from the pack's own shapes; nothing of a certain city.
import type { LineString, MultiLineString, Position } from 'geojson'
import {
  type Bounds,
  boundsOf,
  contains,
  metresPerDegree,
  polygonsOf,
  type Shape,
} from '#domain/geo/geometry.ts'
import { dice } from './chance.ts'

export interface LngLat {
  lng: number
  lat: number
}

/** What is needed of a city: a CityPack fits, and so do the public API's areas, zones and map together. */
export interface TownSource {
  areas: readonly {
    code: string
    name: string
    level: string
    parent?: string | undefined
    geometry: Shape
    centre: LngLat
  }[]
  zones: readonly {
    code: string
    name: string
    kind: string
    priority: number
    validFrom?: string | undefined
    validTo?: string | undefined
    geometry: Shape
    centre: LngLat
  }[]
  mapLayers?: GeoJSON.FeatureCollection | undefined
  components?: readonly {
    code: string
    category: string
    lng: number
    lat: number
  }[]
}

/** `road` is a named road without a zone of its own, `alley` an unnamed one, `open` anywhere else in a grid. */
export const SPOT_KINDS = [
  'main-road',
  'road',
  'lane',
  'alley',
  'estate',
  'park',
  'water',
  'site',
  'open',
] as const
export type SpotKind = (typeof SPOT_KINDS)[number]

export interface Spot extends LngLat {
  kind: SpotKind
  /** Of the road, park, water … it belongs to. */
  name: string
  zone?: string | undefined
  grid: string
  community: string
  street: string
  /** Metres along the named road, and on which side of it. */
  along?: number | undefined
  side?: 0 | 1 | undefined
}

export interface NamedLine {
  name: string
  class: string
  /** Plane metres from the town's corner. */
  points: readonly (readonly [number, number])[]
}

/** Zone kinds of packs, and the kind of spot each makes; others (railway) make none. */
const ZONE_SPOTS: Readonly<Record<string, SpotKind>> = {
  'main-road': 'main-road',
  'back-lane': 'lane',
  estate: 'estate',
  park: 'park',
  water: 'water',
  construction: 'site',
}

export interface Ground {
  spots: readonly Spot[]
  roads: readonly NamedLine[]
  landmarks: readonly (LngLat & { name: string; class: string })[]
  names: ReadonlyMap<string, string>
  /** The spot that a position is, with whatever lies there; undefined outside all grids or on ground that is not managed. */
  spotAt(at: LngLat): Spot | undefined
  toPlane(at: LngLat): [number, number]
  toDegrees(p: readonly [number, number]): LngLat
}

const ALONG = 14
const BESIDE: Readonly<Record<string, number>> = { main: 9, secondary: 6.5, lane: 2 }
const ALLEY_STEP = 45
const IN_ZONE = 70
const IN_GRID = 10

export function openGround(source: TownSource): Ground {
  const box = boundsOf(source.areas.map((a) => a.geometry))
  const m = metresPerDegree((box[1] + box[3]) / 2)
  const toPlane = ({ lng, lat }: LngLat): [number, number] => [(lng - box[0]) * m.x, (lat - box[1]) * m.y]
  const toDegrees = ([x, y]: readonly [number, number]): LngLat => ({
    lng: Math.round((box[0] + x / m.x) * 1e6) / 1e6,
    lat: Math.round((box[1] + y / m.y) * 1e6) / 1e6,
  })
  const names = new Map(source.areas.map((a) => [a.code, a.name]))
  const parents = new Map(source.areas.map((a) => [a.code, a.parent]))
  const gridLevel = source.areas.some((a) => a.level === 'grid')
  const inner = new Set(source.areas.map((a) => a.parent))
  const grids = bounded(source.areas.filter((a) => (gridLevel ? a.level === 'grid' : !inner.has(a.code))))
  const zones = bounded(
    [...source.zones].sort((a, b) => a.priority - b.priority || (a.code < b.code ? -1 : 1)),
  )
  const features = source.mapLayers?.features ?? []
  const wet = bounded(
    features
      .filter((f) => f.properties?.kind === 'water' && /Polygon$/.test(f.geometry.type))
      .map((f) => ({ geometry: f.geometry as Shape })),
  )
  const roads = features.filter((f) => f.properties?.kind === 'road').flatMap((f) => linesOf(f, toPlane))

  function spotAt(at: LngLat): Spot | undefined {
    const grid = holding(grids, at)
    if (!grid) return undefined
    const community = parents.get(grid.code) ?? grid.code
    const place = { ...at, grid: grid.code, community, street: parents.get(community) ?? community }
    const zone = holding(zones, at)
    if (!zone) return { ...place, kind: 'open', name: names.get(community) ?? '' }
    const kind = ZONE_SPOTS[zone.kind]
    return kind && { ...place, kind, name: zone.name, zone: zone.code }
  }

  const spots: Spot[] = []
  for (const road of roads.filter((r) => r.name !== '')) {
    const beside = BESIDE[road.class] ?? 3
    walk(road.points, ALONG, (p, normal, along) => {
      for (const side of [0, 1] as const) {
        const off = side === 0 ? beside : -beside
        const spot = spotAt(toDegrees([p[0] + normal[0] * off, p[1] + normal[1] * off]))
        if (!spot || holding(wet, spot)) continue
        if (spot.kind === 'open')
          spots.push({ ...spot, kind: road.class === 'lane' ? 'lane' : 'road', name: road.name, along, side })
        else if (spot.kind === 'lane' || (spot.kind === 'main-road' && road.class !== 'lane'))
          spots.push({ ...spot, name: road.name, along, side })
      }
    })
  }
  for (const road of roads.filter((r) => r.name === ''))
    walk(road.points, ALLEY_STEP, (p, normal, along) => {
      const spot = spotAt(toDegrees([p[0] + normal[0] * 2, p[1] + normal[1] * 2]))
      if (spot?.kind === 'open' && !holding(wet, spot)) spots.push({ ...spot, kind: 'alley', along })
    })
  for (const zone of source.zones) {
    const kind = ZONE_SPOTS[zone.kind]
    // Roads and lanes with a line of their own have their spots already.
    if (
      kind === undefined ||
      ((kind === 'main-road' || kind === 'lane') && roads.some((r) => r.name === zone.name))
    )
      continue
    for (let i = 0; i < IN_ZONE; i++) {
      const spot = spotAt(inside(zone.geometry, zone.code, i))
      if (spot?.zone === zone.code) spots.push(spot)
    }
  }
  for (const grid of grids)
    for (let i = 0; i < IN_GRID; i++) {
      const spot = spotAt(inside(grid.item.geometry, grid.item.code, i))
      if (spot?.kind === 'open' && !holding(wet, spot)) spots.push(spot)
    }
  return {
    spots,
    roads: roads.filter((r) => r.name !== ''),
    landmarks: features.flatMap((f) =>
      f.properties?.kind === 'landmark' && f.geometry.type === 'Point'
        ? [
            {
              name: String(f.properties.name),
              class: String(f.properties.class ?? ''),
              lng: f.geometry.coordinates[0] ?? 0,
              lat: f.geometry.coordinates[1] ?? 0,
            },
          ]
        : [],
    ),
    names,
    spotAt,
    toPlane,
    toDegrees,
  }
}

interface Bounded<T> {
  item: T
  box: Bounds
}
const bounded = <T extends { geometry: Shape }>(items: readonly T[]): Bounded<T>[] =>
  items.map((item) => ({ item, box: boundsOf([item.geometry]) }))

function holding<T extends { geometry: Shape }>(
  all: readonly Bounded<T>[],
  { lng, lat }: LngLat,
): T | undefined {
  for (const { item, box } of all)
    if (lng >= box[0] && lng <= box[2] && lat >= box[1] && lat <= box[3] && contains(item.geometry, lng, lat))
      return item
  return undefined
}

function linesOf(feature: GeoJSON.Feature, toPlane: (at: LngLat) => [number, number]): NamedLine[] {
  const { geometry, properties } = feature
  if (geometry.type !== 'LineString' && geometry.type !== 'MultiLineString') return []
  const lines = (g: LineString | MultiLineString): Position[][] =>
    g.type === 'LineString' ? [g.coordinates] : g.coordinates
  return lines(geometry).map((line) => ({
    name: String(properties?.name ?? ''),
    class: String(properties?.class ?? ''),
    points: line.map(([lng = 0, lat = 0]) => toPlane({ lng, lat })),
  }))
}

type Point = readonly [number, number]

/** Calls `at` every `step` metres of a line, with the unit normal to its left. */
export function walk(
  points: readonly Point[],
  step: number,
  at: (p: Point, normal: Point, along: number) => void,
): void {
  let along = 0
  let next = step / 2
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point]
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    if (length === 0) continue
    const [dx, dy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
    for (; next <= along + length; next += step) {
      const t = next - along
      at([a[0] + dx * t, a[1] + dy * t], [-dy, dx], next)
    }
    along += length
  }
}

/** A point inside a shape: somewhere on a stretch that a random level line has in it, longer ones more often. */
function inside(shape: Shape, seed: string, n: number): LngLat {
  const [, south, , north] = boundsOf([shape])
  const lat = south + (north - south) * (0.02 + 0.96 * dice(seed, n, 'lat'))
  const cuts: number[] = []
  for (const rings of polygonsOf(shape))
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++) {
        const [ax = 0, ay = 0] = ring[i - 1] ?? []
        const [bx = 0, by = 0] = ring[i] ?? []
        if (ay > lat !== by > lat) cuts.push(ax + ((lat - ay) / (by - ay)) * (bx - ax))
      }
  cuts.sort((a, b) => a - b)
  const spans = cuts.flatMap((from, i) => (i % 2 === 0 ? [[from, cuts[i + 1] ?? from] as const] : []))
  let at = dice(seed, n, 'lng') * spans.reduce((sum, [a, b]) => sum + b - a, 0)
  for (const [a, b] of spans) {
    if (at <= b - a) return { lng: Math.round((a + at) * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 }
    at -= b - a
  }
  return { lng: spans[0]?.[0] ?? 0, lat }
}
