// The component register 部件库 of the demo town: parts strung along its roads, lanes and banks, with their owners. Lamps
// of 人民路 and 鼓楼大道 are all there, pole by pole; elsewhere it holds what the survey has come to.
import { CITY_CODE } from './areas.ts'
import { distanceToLine, isInside } from './curve.ts'
import { cityOutline, lake, railway, roads, water, wet } from './layout.ts'
import type { Road } from './layout.ts'
import { distance, toPosition } from './plane.ts'
import type { Line, Point } from './plane.ts'
import { lanes, streets } from './streets.ts'

/** Metres between two of a kind by class of road, and metres off its middle. No entry: none there. */
type Spacing = Partial<Record<Road['class'], [every: number, aside: number]>>

interface Kind {
  category: string
  along: Spacing
  /** Owner of the n-th of its kind on a road; empty where nobody knows. */
  owner: (n: number, place: { road: number; way: Road['class']; isEast: boolean }) => string
}

const of = (unit: string) => () => unit

const CARRIERS = ['telecom-mobile', 'telecom-unicom', 'telecom-dianxin', 'telecom-tower', 'telecom-cable']
/** Covers without a mark, and whose they turned out to be: every other one is still nobody's. */
const TURNED_OUT = [
  'telecom-mobile',
  'power',
  'gas',
  'telecom-unicom',
  'watersupply',
  'municipal',
  'telecom-dianxin',
]
const cycle = (list: readonly string[], n: number) => list[n % list.length] ?? ''
/** On smaller roads every so many covers have no owner on record. */
const mostly = (unit: string, n: number, every: number) => (n % every === every - 1 ? '' : unit)

const KINDS: readonly Kind[] = [
  {
    category: 'C0101',
    along: { main: [560, 4], secondary: [1000, 3] },
    owner: of('watersupply'),
  },
  {
    // The sewers of the development zone were handed to the water company; the town's are the municipal centre's.
    category: 'C0102',
    along: { main: [440, 5], secondary: [800, 3], minor: [800, 2], lane: [260, 1] },
    owner: (n, { isEast, way }) =>
      isEast ? 'watersupply' : mostly('municipal', n, way === 'lane' ? 3 : way === 'minor' ? 2 : 40),
  },
  {
    category: 'C0103',
    along: { main: [360, 7], secondary: [760, 4], minor: [900, 2] },
    owner: (n) => mostly('municipal', n, 16),
  },
  { category: 'C0104', along: { main: [400, 11], secondary: [900, 6] }, owner: of('municipal') },
  {
    category: 'C0123',
    along: { main: [2200, 8], secondary: [1100, 5], minor: [900, 3], lane: [450, 1] },
    owner: (n, { road, way }) => (way === 'lane' || n % 2 === 1 ? '' : cycle(TURNED_OUT, road + n / 2)),
  },
  {
    category: 'C0127',
    along: { main: [900, 17], secondary: [1800, 10] },
    owner: (n, { road }) => cycle(CARRIERS, road + n),
  },
  { category: 'C0128', along: { main: [1000, 18], secondary: [2200, 11] }, owner: of('power') },
  { category: 'C0137', along: { main: [240, 14], secondary: [520, 9] }, owner: of('municipal') },
  { category: 'C0204', along: { main: [900, 13] }, owner: of('transport-bus') },
  { category: 'C0217', along: { main: [800, 0] }, owner: of('traffic') },
  { category: 'C0284', along: { main: [900, 15], secondary: [1800, 9] }, owner: of('municipal') },
  { category: 'C0301', along: { main: [2600, 19], lane: [800, 4] }, owner: of('sanitation') },
  {
    category: 'C0305',
    along: { main: [520, 15], secondary: [1300, 9], minor: [1100, 5], lane: [600, 3] },
    owner: of('sanitation'),
  },
  { category: 'C0402', along: { main: [420, 16], secondary: [1000, 10] }, owner: of('greening') },
]

const LAMPS = 'C0137'
/** Roads whose lamps are all on record, and how far apart they stand. */
const LIT: readonly string[] = [roads.people.name, roads.drumTower.name]
const POLE_TO_POLE = 40

const RAILS = 'C0507'
const BANKS: readonly { name: string; line: Line; every: number; aside: number }[] = [
  { name: lake.name, line: lake.shore, every: 260, aside: 0 },
  { name: water.northCanal.name, line: water.northCanal.line, every: 420, aside: water.northCanal.half + 3 },
  { name: water.eastCanal.name, line: water.eastCanal.line, every: 600, aside: water.eastCanal.half + 3 },
]

const pad = (n: number, width: number) => String(n).padStart(width, '0')

/** Codes: 6 digits division + 2 大类 + 2 小类 + 6, of which two are the road's number and four count along it. */
export function componentTable(): string[][] {
  const rows: string[][] = [['code', 'category', 'owner', 'lng', 'lat']]
  const add = (category: string, road: number, n: number, owner: string, at: Point) => {
    const [lng = 0, lat = 0] = toPosition(at)
    rows.push([
      `${CITY_CODE}${category.slice(1)}${pad(road, 2)}${pad(n, 4)}`,
      category,
      owner,
      String(lng),
      String(lat),
    ])
  }
  const all: Road[] = [
    ...Object.values(roads),
    ...Object.values(streets),
    ...lanes.map((l): Road => ({ ...l, class: 'lane' })),
  ]
  for (const { category, along, owner } of KINDS)
    all.forEach((road, r) => {
      const [usual, aside] = along[road.class] ?? []
      if (usual === undefined || aside === undefined) return
      const every = category === LAMPS && LIT.includes(road.name) ? POLE_TO_POLE : usual
      strung(road.line, every, aside)
        .filter(isGround)
        .forEach((at, n) => {
          add(category, r + 1, n + 1, owner(n, { road: r, way: road.class, isEast: isEast(at) }), at)
        })
    })
  BANKS.forEach(({ line, every, aside }, b) => {
    strung(line, every, aside)
      .filter((p) => isInside(cityOutline, p))
      .forEach((at, n) => {
        add(RAILS, 90 + b, n + 1, 'water', at)
      })
  })
  return rows
}

/** Behind the east canal lies the development zone. */
const isEast = ([x, y]: Point) => {
  const { line } = water.eastCanal
  const bank = line.find((p, i) => (p[1] - y) * ((line[i + 1] ?? p)[1] - y) <= 0)
  return bank !== undefined && x > bank[0]
}

const isGround = (p: Point) =>
  isInside(cityOutline, p) && !wet.some((ring) => isInside(ring, p)) && distanceToLine(railway, p) > 24

/** Points along a line, now on its left and now on its right. The first stands half a gap in. */
function strung(line: Line, every: number, aside: number): Point[] {
  const found: Point[] = []
  let next = every / 2
  let gone = 0
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b]: [Point, Point] = [line[i] ?? [0, 0], line[i + 1] ?? [0, 0]]
    const length = distance(a, b)
    for (; next <= gone + length; next += every) {
      const t = (next - gone) / length
      const by = (found.length % 2 === 0 ? aside : -aside) / length
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
      found.push([a[0] + t * dx - by * dy, a[1] + t * dy + by * dx])
    }
    gone += length
  }
  return found
}
