// What the wall map draws beside areas and cases: land by use, water, green, relief, roads by class with their bridges,
// rails, houses, names, the border. One feature holds many shapes of a kind: that keeps the file small.
import type { Feature, Geometry } from 'geojson'
import { ringFault } from '#domain/geo/ring.ts'
import type { drawAreas } from './areas.ts'
import { blocksOf } from './blocks.ts'
import type { Alley, Block } from './blocks.ts'
import { clipLine, distanceToLine, grow, isInside, offset, widen, withoutStub } from './curve.ts'
import { countryRoads, drawCountry } from './country.ts'
import { canalPark, estates, landmarks, parks, paths, places, ponds, sites, squares } from './grounds.ts'
import { housesIn } from './houses.ts'
import { causeway, lake, railway, riverBody, roads, water } from './layout.ts'
import type { RoadClass } from './layout.ts'
import { unite } from './partition.ts'
import { compound, estateGardens } from './places.ts'
import type { Line, Point } from './plane.ts'
import { toPosition } from './plane.ts'
import { platforms, sidings } from './rails.ts'
import { drawRelief } from './relief.ts'
import { centreOf } from './ring.ts'
import { microToPosition, toPositions, toRing, toShape, within } from './shape.ts'
import { lanes, streets } from './streets.ts'
import { canalParkRing } from './zones.ts'

type MapFeature = Feature<Geometry, { kind: string; name: string; class?: string }>

const feature = (kind: string, name: string, cls: string | undefined, geometry: Geometry): MapFeature => ({
  type: 'Feature',
  properties: cls === undefined ? { kind, name } : { kind, name, class: cls },
  geometry,
})

/** A narrow strip may cross itself once it is rounded to what a pack writes; such a one is left out. */
const polygons = (rings: readonly Line[]): Geometry => ({
  type: 'MultiPolygon',
  coordinates: rings
    .map((ring) => toRing(ring, true))
    .filter((ring) => ringFault(ring) === undefined)
    .map((ring) => [ring]),
})
const lines = (all: readonly Line[]): Geometry => ({
  type: 'MultiLineString',
  coordinates: all.map(toPositions).filter((l) => l.length > 1),
})
const line = (l: Line): Geometry => ({ type: 'LineString', coordinates: toPositions(l) })
const some = (rings: readonly Line[], make: (rings: readonly Line[]) => MapFeature) =>
  rings.length === 0 ? [] : [make(rings)]

export function drawMap({ areas, grids }: ReturnType<typeof drawAreas>): MapFeature[] {
  const border = unite(areas.filter((a) => a.level === 'street').map((a) => a.outline.slice(0, -1)))
  const built = grids.map((g, i) => blocksOf(g.ring, i + 1))
  const inTown = built.flatMap((b) => b.blocks.filter((k) => k.use === 'field').map((k) => k.ring))
  const country = drawCountry(inTown)
  const relief = drawRelief()
  return [
    feature('boundary', '云泽市', 'city', { type: 'Polygon', coordinates: [border.map(microToPosition)] }),
    ...Object.entries(country.fields).map(([crop, rings]) => feature('land', '', crop, polygons(rings))),
    feature('land', '', 'village', polygons(country.villages)),
    ...built.flatMap(({ blocks }) => landFeatures(blocks)),
    ...greenFeatures(
      relief.woods,
      built.flatMap((b) => b.blocks),
    ),
    feature('contour', '', undefined, lines(relief.contours.filter((c) => !c.index).map((c) => c.ring))),
    feature('contour', '', 'index', lines(relief.contours.filter((c) => c.index).map((c) => c.ring))),
    ...waterFeatures(country.ponds),
    ...sites.map((s) => feature('site', s.name, undefined, toShape(within(s.ring)))),
    ...compoundFeatures(),
    ...built.flatMap(({ blocks }, i) =>
      some(
        blocks.flatMap((b, k) => housesIn(b, (i + 1) * 1_000 + k)),
        (rings) => feature('building', '', isWorks(blocks) ? 'works' : 'house', polygons(rings)),
      ),
    ),
    feature('building', '', 'house', polygons(country.houses)),
    ...railFeatures(),
    ...roadFeatures(built.flatMap((b) => b.alleys)),
    ...bridgeFeatures(),
    ...nameFeatures(),
  ]
}

const isWorks = (blocks: Block[]) => blocks.filter((b) => b.use === 'works').length * 2 > blocks.length

function landFeatures(blocks: Block[]): MapFeature[] {
  const uses = [...new Set(blocks.map((b) => b.use))].filter((u) => u !== 'field' && u !== 'grove')
  return uses.map((use) =>
    feature('land', '', use, polygons(blocks.filter((b) => b.use === use).map((b) => b.ring))),
  )
}

function greenFeatures(woods: Line[], blocks: Block[]): MapFeature[] {
  const bank = offset(
    water.river.line.filter(([x, y]) => y < 2200 && y > -2700 && x < 1560),
    88,
  )
  const strip = [...bank, ...water.river.line.filter(([x, y]) => y < 2200 && y > -2700 && x < 1560).reverse()]
  const verges = [water.northCanal, water.eastCanal, water.moat].map((w) => widen(w.line, w.half + 7))
  return [
    feature(
      'green',
      '',
      'wood',
      polygons([...woods, ...blocks.filter((b) => b.use === 'grove').map((b) => b.ring)]),
    ),
    feature('green', '', 'bank', polygons([[...strip, strip[0] ?? [0, 0]], ...verges])),
    ...parks.map((p) => feature('green', p.name, 'park', toShape(within(p.ring, [lake.shore])))),
    feature('green', canalPark.name, 'park', toShape(within(canalParkRing()))),
    feature('land', '', 'estate', polygons(estates.map((e) => e.ring))),
    feature('green', '', 'lawn', polygons(estateGardens().map((g) => g.green))),
  ]
}

function waterFeatures(dug: Line[]): MapFeature[] {
  const { northCanal, eastCanal, moat, outlet } = water
  const body = (l: Line, half: number): Geometry => ({
    type: 'Polygon',
    coordinates: [toRing(widen(l, half), true)],
  })
  return [
    feature('water', water.river.name, 'river', { type: 'Polygon', coordinates: [toRing(riverBody, true)] }),
    ...[northCanal, eastCanal, moat, outlet].map((w) => feature('water', '', 'canal', body(w.line, w.half))),
    feature('water', lake.name, 'lake', {
      type: 'Polygon',
      coordinates: [toRing(lake.shore, true), toRing(lake.island, false), toRing(lake.islet, false)],
    }),
    feature('water', '', 'pond', polygons([...ponds, ...dug])),
    feature('green', '湖心岛', 'island', polygons([lake.island, lake.islet])),
    // The name runs along the middle.
    ...[water.river, northCanal, eastCanal, moat].map((w) =>
      feature('water', w.name, 'course', line(w.line)),
    ),
  ]
}

function compoundFeatures(): MapFeature[] {
  const drawn = places.map(compound)
  const inside = drawn.flatMap((c) => c.inside)
  const groups = [...new Set(inside.map((i) => `${i.kind} ${i.class}`))].map((key) => key.split(' '))
  const grounds = [...new Set(drawn.map((c) => c.ground))]
  return [
    feature('land', '', 'square', polygons(squares)),
    ...grounds.map((g) =>
      feature('land', '', g, polygons(drawn.filter((c) => c.ground === g).map((c) => c.ring))),
    ),
    ...groups.map(([kind = '', cls = '']) =>
      feature(
        kind,
        '',
        cls,
        polygons(inside.filter((i) => i.kind === kind && i.class === cls).map((i) => i.ring)),
      ),
    ),
    feature('building', '', 'public', polygons(drawn.flatMap((c) => c.buildings))),
    ...some(
      estates.flatMap((e, i) => housesIn({ ring: e.ring, use: 'estate' }, 500 + i)).filter(isOffGardens),
      (rings) => feature('building', '', 'house', polygons(rings)),
    ),
  ]
}

const gardens = estateGardens().map((g) => grow(g.green, 4))
const isOffGardens = (house: Line) => !gardens.some((g) => house.some((p) => isInside(g, p)))

const railFeatures = (): MapFeature[] => [
  feature('land', '', 'platform', polygons(platforms)),
  feature('rail', '', 'siding', lines(sidings)),
  feature('rail', '铁路', undefined, line(railway)),
]

interface Way {
  name: string
  class: RoadClass
  line: Line
}
const through: Way[] = Object.values(roads)
const drawn: Way[] = [
  ...through,
  ...Object.values(streets),
  ...lanes.map((l): Way => ({ ...l, class: 'lane' })),
]

/** Where roads are borders they are drawn too long: on the map each ends at the road it comes to. In metres. */
const STUB = { main: 420, other: 130 }
const ways: Way[] = [...drawn.map((w) => ({ ...w, line: trimmed(w) })), ...countryRoads]

function trimmed(way: Way): Point[] {
  const others = through.filter(
    (o) => o.name !== way.name && (o.class !== 'secondary' || way.class !== 'main' || o === roads.riverside),
  )
  const atStart = (line: Line): Point[] => {
    const start = line[0] ?? [0, 0]
    const lines = others.map((o) => o.line)
    const endsWell = [...lines, ...countryRoads.map((c) => c.line)].some((o) => distanceToLine(o, start) < 8)
    return endsWell ? [...line] : withoutStub(line, lines, way.class === 'main' ? STUB.main : STUB.other)
  }
  return [...atStart([...atStart(way.line)].reverse())].reverse()
}

function roadFeatures(alleys: Alley[]): MapFeature[] {
  const of = (cls: Alley['class']) => lines(alleys.filter((a) => a.class === cls).map((a) => a.line))
  return [
    feature('road', '', 'path', lines([...paths, ...estateGardens().map((g) => g.path)])),
    feature('road', '', 'lane', of('lane')),
    feature('road', '', 'minor', of('minor')),
    feature('road', '长堤', 'lane', line(causeway)),
    ...ways.map((w) => feature('road', w.name, w.class, line(w.line))),
  ]
}

/** Stretches of roads and rails over water, drawn with parapets. */
function bridgeFeatures(): MapFeature[] {
  const courses = [water.northCanal, water.eastCanal, water.moat, water.outlet].map((w) =>
    widen(w.line, w.half + 5),
  )
  const over = [...courses, grow(riverBody, 6)]
  const crossing = [...ways, { name: '', class: 'rail', line: railway }]
  const classes = [...new Set(crossing.map((w) => w.class))]
  return classes.flatMap((cls) =>
    some(
      crossing
        .filter((w) => w.class === cls)
        .flatMap((w) => over.flatMap((ring) => clipLine(w.line, ring, 'inside')))
        .filter((l) => l.length > 1),
      (all) => feature('bridge', '', cls, lines(all)),
    ),
  )
}

const nameFeatures = (): MapFeature[] =>
  [
    ...landmarks,
    ...places.flatMap((p) => (p.landmark ? [{ name: p.name, at: p.at, class: p.landmark }] : [])),
    ...estates.map((e) => ({ name: e.name, at: centreOf(e.ring), class: 'estate' })),
    ...parks.map((p) => ({ name: p.name, at: centreOf(p.ring), class: 'park' })),
  ].map((l) => feature('landmark', l.name, l.class, { type: 'Point', coordinates: toPosition(l.at) }))
