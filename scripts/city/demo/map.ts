// What the wall map draws beside areas and cases: water, roads by class, green, rails, houses, landmarks, the border.
import type { Feature, Geometry } from 'geojson'
import type { drawAreas } from './areas.ts'
import { clipLine, widen } from './curve.ts'
import { build } from './houses.ts'
import { canalPark, lake, landmarks, lanes, parks, railway, roads, sites, water } from './layout.ts'
import { unite } from './partition.ts'
import type { Line, Point } from './plane.ts'
import { toPosition } from './plane.ts'
import { microToPosition, toPositions, toRing, toShape, within } from './shape.ts'
import { canalParkRing } from './zones.ts'

type MapFeature = Feature<Geometry, { kind: string; name: string; class?: string }>

const feature = (kind: string, name: string, cls: string | undefined, geometry: Geometry): MapFeature => ({
  type: 'Feature',
  properties: cls === undefined ? { kind, name } : { kind, name, class: cls },
  geometry,
})

export function drawMap({ areas, sideStreets, grids }: ReturnType<typeof drawAreas>): MapFeature[] {
  const streets = areas.filter((a) => a.level === 'street').map((a) => a.outline.slice(0, -1))
  const border = unite(streets).map(microToPosition)
  const built = grids.map((g, i) => build(g.ring, g.street, i + 1))
  const alleys = built.flatMap((b) => b.lanes)
  return [
    feature('boundary', '云泽市', 'city', { type: 'Polygon', coordinates: [border] }),
    ...waterFeatures(),
    ...parks.map((p) => feature('green', p.name, 'park', toShape(within(p.ring, [lake.shore])))),
    feature('green', canalPark.name, 'park', toShape(within(canalParkRing()))),
    feature('green', '湖心岛', 'island', { type: 'Polygon', coordinates: [toRing(lake.island, true)] }),
    ...sites.map((s) => feature('site', s.name, undefined, toShape(within(s.ring)))),
    feature('rail', '铁路', undefined, { type: 'LineString', coordinates: toPositions(railway) }),
    ...Object.values(roads).map((r) =>
      feature('road', r.name, r.class, { type: 'LineString', coordinates: toPositions(r.line) }),
    ),
    feature('road', '', 'minor', lines(sideStreets)),
    ...lanes.map((l) =>
      feature('road', l.name, 'lane', { type: 'LineString', coordinates: toPositions(l.line) }),
    ),
    feature('road', '', 'lane', lines(alleys)),
    ...houseFeatures(grids, built),
    ...landmarks.map((l) =>
      feature('landmark', l.name, l.class, { type: 'Point', coordinates: toPosition(l.at) }),
    ),
  ]
}

function waterFeatures(): MapFeature[] {
  const { river, northCanal, eastCanal } = water
  const body = (line: Line, half: number): Geometry => ({
    type: 'Polygon',
    coordinates: [toRing(widen(line, half), true)],
  })
  return [
    feature('water', river.name, 'river', body(river.line, river.half)),
    feature('water', northCanal.name, 'canal', body(northCanal.line, northCanal.half)),
    feature('water', eastCanal.name, 'canal', body(eastCanal.line, eastCanal.half)),
    feature('water', lake.name, 'lake', {
      type: 'Polygon',
      coordinates: [toRing(lake.shore, true), toRing(lake.island, false)],
    }),
  ]
}

/** Streets and alleys end where water, parks and rails begin. */
function lines(all: Line[]): Geometry {
  const stops = [
    lake.shore,
    ...parks.map((p) => p.ring),
    widen(water.river.line, water.river.half),
    widen(railway, 22),
  ]
  const kept = stops.reduce<Line[]>((left, ring) => left.flatMap((l) => clipLine(l, ring, 'outside')), all)
  return { type: 'MultiLineString', coordinates: kept.map(toPositions).filter((l) => l.length > 1) }
}

/** One feature a street of the town keeps the file small. */
function houseFeatures(grids: { street: string }[], built: { houses: Point[][] }[]): MapFeature[] {
  return [...new Set(grids.map((g) => g.street))].map((street) =>
    feature('building', '', street === '401' ? 'works' : 'house', {
      type: 'MultiPolygon',
      coordinates: grids.flatMap((g, i) =>
        g.street === street ? (built[i]?.houses ?? []).map((house) => [toRing(house, true)]) : [],
      ),
    }),
  )
}
