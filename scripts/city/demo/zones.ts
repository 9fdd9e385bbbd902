// Responsibility zones 责任区 of the demo town: where they lie. Who answers there and for what is in zone-duties.ts.
import type { Feature, MultiPolygon, Polygon } from 'geojson'
import { grow, offset, widen } from './curve.ts'
import { canalPark, estates, parks, sites } from './grounds.ts'
import { lake, railway, riverBody, roads, water } from './layout.ts'
import { lanes } from './streets.ts'
import type { Line, Point } from './plane.ts'
import { toShape, within } from './shape.ts'
import { dutyOf } from './zone-duties.ts'
import type { Duty, ZoneKind } from './zone-duties.ts'

interface ZoneProperties extends Duty {
  code: string
  name: string
  kind: ZoneKind
  validFrom?: string
  validTo?: string
}

type ZoneFeature = Feature<Polygon | MultiPolygon, ZoneProperties>

interface Ground {
  name: string
  shape: Polygon | MultiPolygon
  /** Street office of the place. */
  office?: string
  valid?: { validFrom: string; validTo: string }
}

/** Zones of a kind, numbered behind `prefix`. */
const zonesOf = (kind: ZoneKind, prefix: string, grounds: readonly Ground[]): ZoneFeature[] =>
  grounds.map(({ name, shape, office, valid }, i) => ({
    type: 'Feature',
    properties: {
      code: `${prefix}${String(i + 1).padStart(2, '0')}`,
      name,
      kind,
      ...dutyOf(kind, name, office),
      ...valid,
    },
    geometry: shape,
  }))

const BANK = 6
const lakeGround = grow(lake.shore, 10)
const canalGround = widen(water.northCanal.line, water.northCanal.half + BANK)

export function drawZones(): ZoneFeature[] {
  return [
    ...railwayZones(),
    ...siteZones(),
    ...waterZones(),
    ...parkZones(),
    ...estateZones(),
    ...roadZones(),
    ...laneZones(),
  ]
}

/** Land of the railway: nobody here manages it 不纳管. */
const railwayZones = () =>
  zonesOf('railway', 'RW', [{ name: '铁桥铁路用地', shape: toShape(within(widen(railway, 22))) }])

const siteZones = () =>
  zonesOf(
    'construction',
    'CS',
    sites.map(({ name, ring, validFrom, validTo }) => ({
      name,
      shape: toShape(within(ring)),
      valid: { validFrom, validTo },
    })),
  )

function waterZones(): ZoneFeature[] {
  const grounds: [name: string, ring: Line][] = [
    [water.northCanal.name, canalGround],
    [water.eastCanal.name, widen(water.eastCanal.line, water.eastCanal.half + BANK)],
    [water.river.name, grow(riverBody, 12)],
    [`${lake.name}岸线`, lakeGround],
    [water.moat.name, widen(water.moat.line, water.moat.half + BANK)],
  ]
  return zonesOf(
    'water',
    'WA',
    grounds.map(([name, ring]) => ({ name, shape: toShape(within(ring)) })),
  )
}

/** The strip on the north bank, from the canal's ground outwards. */
export function canalParkRing(): Point[] {
  const line = water.northCanal.line.filter(([x]) => x >= canalPark.from && x <= canalPark.to)
  const near = offset(line, water.northCanal.half + BANK)
  const far = offset(line, water.northCanal.half + BANK + canalPark.width).reverse()
  return [...near, ...far, near[0] ?? [0, 0]]
}

const parkZones = () =>
  zonesOf(
    'park',
    'PK',
    [...parks, { name: canalPark.name, ring: canalParkRing() }].map(({ name, ring }) => ({
      name,
      shape: toShape(within(ring, [lakeGround, canalGround])),
    })),
  )

const estateZones = () =>
  zonesOf(
    'estate',
    'ES',
    estates.map(({ name, ring, unit }) => ({ name, shape: toShape(within(ring)), office: unit })),
  )

const ROAD_HALF = 22

/** Swept by the sanitation office; routing.csv gives the surface of these roads to the municipal centre. */
const roadZones = () =>
  zonesOf(
    'main-road',
    'MR',
    Object.values(roads)
      .filter((road) => road.class === 'main')
      .map(({ name, line }) => ({ name, shape: toShape(within(widen(line, ROAD_HALF))) })),
  )

const laneZones = () =>
  zonesOf(
    'back-lane',
    'BL',
    lanes.map(({ name, line }) => ({ name, shape: toShape(within(widen(line, 5))) })),
  )
