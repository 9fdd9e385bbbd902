// The country round the town, thinning out: fields in strips, villages, ponds and the roads that lead there. What the town
// has of fields inside its border is drawn with the same strips.
import * as clip from 'polyclip-ts'
import { area, distanceToLine, grow, isInside, smooth, smoothRing } from './curve.ts'
import { frameAt, rect } from './frame.ts'
import { cityOutline, riverBody } from './layout.ts'
import { points, random } from './plane.ts'
import type { Line, Point } from './plane.ts'
import { boxesMeet, boxOf, centreOf, leftPieces, longBox, shrink } from './ring.ts'
import type { Box } from './ring.ts'

export type Crop = 'field' | 'paddy' | 'garden'

/** Roads on from the town's, and to the villages. */
export const countryRoads: {
  name: string
  class: 'trunk' | 'main' | 'secondary' | 'minor' | 'lane'
  line: Line
}[] = [
  {
    name: '沿江高速',
    class: 'trunk',
    line: smooth(points('5300,5200 4950,3300 4720,1900 4700,700 4820,-900 5150,-2600 5900,-4300')),
  },
  { name: '环城公路', class: 'trunk', line: smooth(points('-6200,4400 -4900,3560 -4100,3180 -3700,3020')) },
  { name: '环城公路', class: 'trunk', line: smooth(points('2600,-2850 2430,-3150 2380,-3500 2480,-4300')) },
  {
    name: '人民路',
    class: 'main',
    line: smooth(points('-3200,170 -3650,260 -4300,-140 -5000,-180 -6200,150')),
  },
  {
    name: '人民路',
    class: 'main',
    line: smooth(points('3700,-215 4200,-330 4700,-310 5500,-480 6400,-380')),
  },
  { name: '建设路', class: 'secondary', line: smooth(points('3480,830 3660,860 3815,850')) },
  { name: '金桥大道', class: 'main', line: smooth(points('2560,-2500 2590,-2680 2600,-2850')) },
  { name: '金桥大道', class: 'secondary', line: smooth(points('2540,2500 2590,2900 2450,3400 2500,4100')) },
  { name: '迎宾大道', class: 'main', line: smooth(points('860,2750 900,3300 1020,4300')) },
  {
    name: '迎宾大道',
    class: 'main',
    line: smooth(points('800,-2560 740,-2880 760,-3200 560,-3900 520,-4400')),
  },
  {
    name: '工业大道',
    class: 'secondary',
    line: smooth(points('3520,1090 3815,1075 4300,1120 4700,1080 5600,1260 6400,1200')),
  },
  {
    name: '',
    class: 'minor',
    line: smooth(
      points(
        '-3200,-780 -3450,-1100 -3420,-1600 -3200,-1950 -2700,-2250 -2350,-2750 -1700,-2900 -900,-2880 -200,-3010 740,-2980',
      ),
    ),
  },
  {
    name: '',
    class: 'minor',
    line: smooth(points('-3350,1660 -3650,1720 -4100,1500 -4800,1700 -6200,1650')),
  },
  { name: '', class: 'minor', line: smooth(points('-3500,200 -3480,-350 -3300,-780')) },
  { name: '', class: 'minor', line: smooth(points('-1500,2690 -1560,3150 -1900,3600 -1800,4400')) },
  { name: '', class: 'minor', line: smooth(points('215,2480 240,2720 120,3200 300,3700')) },
  { name: '', class: 'minor', line: smooth(points('3450,-880 3690,-960 4100,-1150 4400,-1600 4350,-2200')) },
  { name: '', class: 'minor', line: smooth(points('3620,1750 3900,2150 4350,2350')) },
  { name: '', class: 'minor', line: smooth(points('2480,-1760 2900,-1850 3400,-2000 3900,-2080')) },
]

/** `x,y,radius` of villages. */
const VILLAGES = `
  -3480,620,95 -3560,1180,105 -3700,1760,120 -3420,-380,90 -3440,-1240,110 -3150,-2000,90 -2420,-2680,100
  -1560,-2920,85 -760,-2900,80 200,-2960,75 940,-3050,95 -2350,2900,90 -1640,3230,120 -700,2900,80 150,3190,105
  1250,3080,100 1980,2960,70 3080,2700,90 3960,2200,120 4120,420,85 4080,-620,95 4330,-1640,110 3560,-2150,100
  3000,-2780,75 4300,1500,70 -4300,2300,90 300,3800,90
`

const villages = points(VILLAGES.replace(/(-?\d+,-?\d+),\d+/g, '$1')).map((at, i) => {
  const radius = Number(VILLAGES.trim().split(/\s+/)[i]?.split(',')[2])
  const next = random(7_000 + i)
  const ring = smoothRing(
    points('1,0 0.7,0.7 0,1 -0.7,0.7 -1,0 -0.7,-0.7 0,-1 0.7,-0.7').map(([x, y]): Point => {
      const r = radius * (0.72 + next() * 0.5)
      return [at[0] + x * r, at[1] + y * r]
    }),
    3,
  )
  return { at, radius, ring }
})

export interface Country {
  fields: Record<Crop, Point[][]>
  villages: Point[][]
  houses: Point[][]
  ponds: Point[][]
}

/** Fields thin out from here to there, in metres from the town. */
const NEAR = 500
const FAR = 1_700
const TILE = 620
const REGION: Box = [-5_400, -4_000, 5_600, 4_200]

export function drawCountry(inTown: Point[][]): Country {
  const country: Country = {
    fields: { field: [], paddy: [], garden: [] },
    villages: [],
    houses: [],
    ponds: [],
  }
  const next = random(4_711)
  for (const tract of inTown) strips(tract, next, country, 1)
  for (const tile of tiles(next)) {
    const away = distanceToLine(cityOutline, centreOf(tile))
    const share = isInside(cityOutline, centreOf(tile)) ? 1 : 1 - (away - NEAR) / (FAR - NEAR)
    if (share > 0) strips(tile, next, country, Math.min(1, share))
  }
  villages.forEach((v, i) => {
    country.villages.push(v.ring)
    country.houses.push(...villageHouses(v.ring, v.at, 300 + i))
  })
  return country
}

/** The region in tiles, less the town, the river and the villages. */
function tiles(next: () => number): Point[][] {
  const taken = [cityOutline, grow(riverBody, 10), ...villages.map((v) => v.ring)].map((ring) => ({
    ring,
    box: boxOf(ring),
  }))
  const all: Point[][] = []
  for (let x = REGION[0]; x < REGION[2]; x += TILE)
    for (let y = REGION[1]; y < REGION[3]; y += TILE) {
      const frame = frameAt([x + TILE / 2, y + TILE / 2], (next() - 0.5) * 0.5)
      // Turned tiles would lie over each other; shrunk, they leave rough ground between.
      const tile = rect(frame, -TILE / 2 + 40, -TILE / 2 + 40, TILE / 2 - 40, TILE / 2 - 40)
      const box = boxOf(tile)
      if (!isNearTown(tile)) continue
      const others = taken
        .filter((t) => boxesMeet(t.box, box))
        .map((t) => [t.ring.map(([a, b]): [number, number] => [a, b])])
      const left =
        others.length === 0
          ? [[tile]]
          : clip.difference([tile.map(([a, b]): [number, number] => [a, b])], ...others)
      for (const [ring] of left) if (ring && Math.abs(area(ring)) > 4_000) all.push([...ring])
    }
  return all
}

const isNearTown = (tile: Line) =>
  tile.some((p) => distanceToLine(cityOutline, p) < FAR || isInside(cityOutline, p))

/** Long narrow fields; neighbours differ in crop. `share` of them are drawn. */
function strips(ring: Point[], next: () => number, country: Country, share: number): void {
  const size = Math.abs(area(ring))
  if (size < 900) return
  if (size > 10_000 + next() * 19_000) {
    const box = longBox(ring)
    // Broad tracts are cut across, narrow ones along: strips.
    const across = box.length > 2.6 * box.width || (size > 60_000 && next() < 0.6)
    const [u, v, length, width] = across
      ? [box.u, box.v, box.length, box.width]
      : [box.v, box.u, box.width, box.length]
    const t = length * (0.38 + next() * 0.24)
    const tilt = (next() - 0.5) * 0.07
    const [dx, dy] = [v[0] + u[0] * tilt, v[1] + u[1] * tilt]
    const at: Point = [box.at[0] + u[0] * t, box.at[1] + u[1] * t]
    const [a, b]: [Point, Point] = [
      [at[0] - dx * 80, at[1] - dy * 80],
      [at[0] + dx * (width + 80), at[1] + dy * (width + 80)],
    ]
    const halves = [...leftPieces(ring, a, b), ...leftPieces(ring, b, a)]
    if (halves.length > 1) {
      for (const half of halves) strips(half, next, country, share)
      return
    }
  }
  const [kept, crop, pond] = [next(), next(), next()]
  if (kept > share) return
  const field = shrink(ring, 1.6)
  if (!field) return
  if (pond < 0.035 && share < 1) {
    const water = shrink(ring, 9)
    if (water) country.ponds.push(water)
    return
  }
  country.fields[crop < 0.5 ? 'field' : crop < 0.85 ? 'paddy' : 'garden'].push(field)
}

function villageHouses(ring: Line, at: Point, seed: number): Point[][] {
  const next = random(seed)
  const frame = frameAt(at, (next() - 0.5) * 0.5)
  const [w, s, e, n] = boxOf(ring)
  const reach = Math.max(e - w, n - s) / 2 + 20
  const houses: Point[][] = []
  for (let y = -reach; y < reach; y += 17 + next() * 6)
    for (let x = -reach + next() * 14; x < reach; ) {
      const length = 11 + Math.floor(next() * 3) * 9
      const deep = 9 + next() * 2.5
      const dy = (next() - 0.5) * 5
      const house = rect(frame, x, y + dy, x + length, y + dy + deep)
      if (next() < 0.8 && house.every((p) => isInside(ring, p) && distanceToLine(ring, p) > 4))
        houses.push(house)
      x += length + 5 + next() * 8
    }
  return houses
}
