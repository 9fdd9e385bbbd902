// Responsibility zones 责任区 of the demo town: kinds, units, priorities, and which categories each answers for.
import type { Feature, MultiPolygon, Polygon } from 'geojson'
import { grow, offset, widen } from './curve.ts'
import { canalPark, estates, lake, lanes, parks, railway, roads, sites, water } from './layout.ts'
import type { Line, Point } from './plane.ts'
import { toShape, within } from './shape.ts'

const LITTER = ['E0110', 'E0111', 'E0112', 'E0114', 'E0192']
const CATEGORIES = {
  construction: ['E0110', 'E0111', 'E0112', 'E0130', 'E0136', 'E0304', 'E0306', 'E0307'],
  water: [...LITTER, 'E0125', 'E0130', 'E0136', 'E0182', 'C0507'],
  park: [...LITTER, 'E0117', 'E0118', 'E0135', 'E0136', 'C0305', 'C0402'],
  estate: [...LITTER, 'E0117', 'E0118', 'E0135', 'E0136', 'E0196', 'E0201', 'C0305'],
  'main-road': [...LITTER, 'E0113', 'E0505', 'E0506', 'C0284', 'C0305'],
  'back-lane': [...LITTER, 'E0135', 'E0136', 'E0201'],
}

interface ZoneProperties {
  code: string
  name: string
  kind: string
  department?: string
  coDepartments?: string[]
  priority: number
  categories?: string[]
  validFrom?: string
  validTo?: string
}

type ZoneFeature = Feature<Polygon | MultiPolygon, ZoneProperties>

const zone = (properties: ZoneProperties, geometry: Polygon | MultiPolygon): ZoneFeature => ({
  type: 'Feature',
  properties,
  geometry,
})
const numbered = (prefix: string, i: number) => `${prefix}${String(i + 1).padStart(2, '0')}`

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
const railwayZones = () => [
  zone(
    { code: 'RW01', name: '铁桥铁路用地', kind: 'railway', priority: 1 },
    toShape(within(widen(railway, 22))),
  ),
]

const siteZones = () =>
  sites.map(({ name, ring, validFrom, validTo }, i) =>
    zone(
      {
        code: numbered('CS', i),
        name,
        kind: 'construction',
        department: 'housing',
        coDepartments: ['enforcement'],
        priority: 2,
        categories: CATEGORIES.construction,
        validFrom,
        validTo,
      },
      toShape(within(ring)),
    ),
  )

function waterZones(): ZoneFeature[] {
  const grounds: [name: string, ring: Line][] = [
    [water.northCanal.name, canalGround],
    [water.eastCanal.name, widen(water.eastCanal.line, water.eastCanal.half + BANK)],
    [water.river.name, widen(water.river.line, water.river.half + 12)],
    [`${lake.name}岸线`, lakeGround],
  ]
  return grounds.map(([name, ring], i) =>
    zone(
      {
        code: numbered('WA', i),
        name,
        kind: 'water',
        department: 'water',
        priority: 3,
        categories: CATEGORIES.water,
      },
      toShape(within(ring)),
    ),
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
  [...parks, { name: canalPark.name, ring: canalParkRing() }].map(({ name, ring }, i) =>
    zone(
      {
        code: numbered('PK', i),
        name,
        kind: 'park',
        department: 'greening',
        priority: 4,
        categories: CATEGORIES.park,
      },
      toShape(within(ring, [lakeGround, canalGround])),
    ),
  )

const estateZones = () =>
  estates.map(({ name, ring, unit }, i) =>
    zone(
      {
        code: numbered('ES', i),
        name,
        kind: 'estate',
        department: unit,
        priority: 5,
        categories: CATEGORIES.estate,
      },
      toShape(within(ring)),
    ),
  )

const ROAD_HALF = 22

/** Swept by the sanitation office; routing.csv gives the surface of these roads to the municipal centre. */
const roadZones = () =>
  Object.values(roads)
    .filter((road) => road.class === 'main')
    .map((road, i) =>
      zone(
        {
          code: numbered('MR', i),
          name: road.name,
          kind: 'main-road',
          department: 'sanitation',
          priority: 6,
          categories: CATEGORIES['main-road'],
        },
        toShape(within(widen(road.line, ROAD_HALF))),
      ),
    )

const laneZones = () =>
  lanes.map(({ name, line }, i) =>
    zone(
      {
        code: numbered('BL', i),
        name,
        kind: 'back-lane',
        department: 'st-xicheng',
        priority: 7,
        categories: CATEGORIES['back-lane'],
      },
      toShape(within(widen(line, 5))),
    ),
  )
