// The blocks of the town: what streets, water, rails, parks and compounds leave of each grid, parted by lanes until a block
// has the size of its part of town.
import * as clip from 'polyclip-ts'
import { area, clipLine, grow, widen } from './curve.ts'
import { FABRIC, fabricAt } from './fabric.ts'
import type { Use } from './fabric.ts'
import { boxAt } from './frame.ts'
import { estates, parks, places, ponds, sites } from './grounds.ts'
import { lake, railway, riverBody, roads, water } from './layout.ts'
import type { RoadClass } from './layout.ts'
import type { Line, Point } from './plane.ts'
import { random } from './plane.ts'
import { boxesMeet, boxOf, centreOf, leftPieces, longBox } from './ring.ts'
import type { Box } from './ring.ts'
import { lanes, streets } from './streets.ts'

export interface Block {
  ring: Point[]
  use: Use
}

export interface Alley {
  line: Point[]
  class: 'minor' | 'lane'
}

/** Metres from the middle of a road to the blocks beside it. */
export const ROAD_HALF: Record<RoadClass, number> = {
  trunk: 18,
  main: 17,
  secondary: 11.5,
  minor: 7,
  lane: 3,
}

interface Corridor {
  line: Line
  half: number
}

const corridors: Corridor[] = [
  ...[...Object.values(roads), ...Object.values(streets)].map((r) => ({
    line: r.line,
    half: ROAD_HALF[r.class],
  })),
  ...lanes.map((l) => ({ line: l.line, half: ROAD_HALF.lane })),
  ...[water.northCanal, water.eastCanal, water.moat, water.outlet].map((w) => ({
    line: w.line,
    half: w.half + 9,
  })),
  { line: railway, half: 30 },
]

const grounds: Line[] = [
  grow(riverBody, 14),
  grow(lake.shore, 12),
  ...ponds.map((p) => grow(p, 4)),
  ...[...parks, ...sites].map((p) => grow(p.ring, 3)),
  ...estates.map((e) => grow(e.ring, 5)),
  ...places.map((p) => boxAt(p.at, p.width + 8, p.depth + 8, p.lean)),
]

const groundBoxes = grounds.map(boxOf)

/** The stretches of a line near a box, each widened: a whole river would make every cut slow. */
function near({ line, half }: Corridor, box: Box): Point[][] {
  const stretches: Point[][] = []
  let open: Point[] | undefined
  line.forEach((p, i) => {
    const q = line[i + 1]
    if (!q) return
    if (!boxesMeet(boxOf([p, q]), box, half + 30)) {
      open = undefined
      return
    }
    if (!open) {
      open = [p]
      stretches.push(open)
    }
    open.push(q)
  })
  return stretches.map((s) => widen(s, half))
}

const toClip = (ring: Line) => [ring.map(([x, y]): [number, number] => [x, y])]

/** Parts of the outline that nothing else takes, without holes. */
function faces(ring: Line, alleys: Alley[]): Point[][] {
  const box = boxOf(ring)
  const taken = [
    ...corridors.flatMap((c) => near(c, box)),
    ...grounds.filter((_, i) => boxesMeet(groundBoxes[i] ?? box, box)),
  ]
  const open = taken.length === 0 ? [toClip(ring)] : clip.difference(toClip(ring), ...taken.map(toClip))
  return open.flatMap((rings) => withoutHoles(rings, alleys))
}

const FAR = 9_000

/** One with a hole, a compound in its middle, is parted by a street that leads there. */
function withoutHoles(rings: [number, number][][], alleys: Alley[]): Point[][] {
  const [outer, ...holes] = rings
  const [hole] = holes
  if (!outer) return []
  if (!hole) return [outer]
  const [x] = centreOf(hole)
  const half = (from: number, to: number) => [
    [
      [from, -FAR],
      [to, -FAR],
      [to, FAR],
      [from, FAR],
      [from, -FAR],
    ] as [number, number][],
  ]
  const streets = holes.reduce(
    (lines, h) => lines.flatMap((l) => clipLine(l, h, 'outside')),
    clipLine(
      [
        [x, FAR],
        [x, -FAR],
      ],
      outer,
      'inside',
    ),
  )
  for (const line of streets) alleys.push({ line, class: 'minor' })
  return [half(-FAR, x - STREET_GAP / 2), half(x + STREET_GAP / 2, FAR)]
    .flatMap((side) => clip.intersection(rings, side))
    .flatMap((part) => withoutHoles(part, alleys))
}

/** Metres between the blocks on both sides of a street without a name. */
const STREET_GAP = 12

const SMALLEST = 260

export function blocksOf(grid: Line, seed: number): { blocks: Block[]; alleys: Alley[] } {
  const next = random(seed)
  const alleys: Alley[] = []
  const blocks = faces(grid, alleys).flatMap((face) => part(face, next, alleys))
  return { blocks, alleys }
}

/** Above this a cut is a street with a name somewhere, not a lane between two blocks. */
const STREET_FROM = 70_000

function part(ring: Point[], next: () => number, alleys: Alley[]): Block[] {
  const size = Math.abs(area(ring))
  if (size < SMALLEST) return []
  const use = fabricAt(centreOf(ring))
  const { block, lane } = FABRIC[use]
  if (size < block * (1.1 + next() * 0.7)) return [{ ring, use }]
  const isStreet = size > STREET_FROM && use !== 'field' && use !== 'grove'
  const gap = isStreet ? STREET_GAP : lane
  const [a, b] = across(ring, next, use === 'old' || use === 'village' ? 0.26 : 0.08)
  const halves = [shifted(a, b, gap / 2), shifted(b, a, gap / 2)].flatMap(([p, q]) => leftPieces(ring, p, q))
  if (halves.length < 2) return [{ ring, use }]
  if (use !== 'field' && use !== 'grove')
    for (const line of clipLine([a, b], ring, 'inside'))
      alleys.push({ line, class: isStreet ? 'minor' : 'lane' })
  return halves.flatMap((half) => part(half, next, alleys))
}

/** A cut across the longer side, near the middle. */
function across(ring: Line, next: () => number, lean: number): [Point, Point] {
  const box = longBox(ring)
  const t = 0.41 + next() * 0.18
  const tilt = (next() - 0.5) * lean
  const at: Point = [box.at[0] + box.u[0] * box.length * t, box.at[1] + box.u[1] * box.length * t]
  const v: Point = [box.v[0] + box.u[0] * tilt, box.v[1] + box.u[1] * tilt]
  return [
    [at[0] - v[0] * 60, at[1] - v[1] * 60],
    [at[0] + v[0] * (box.width + 60), at[1] + v[1] * (box.width + 60)],
  ]
}

/** The directed line moved to its left. */
function shifted(a: Point, b: Point, by: number): [Point, Point] {
  const d = Math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2)
  const n: Point = [(-(b[1] - a[1]) / d) * by, ((b[0] - a[0]) / d) * by]
  return [
    [a[0] + n[0], a[1] + n[1]],
    [b[0] + n[0], b[1] + n[1]],
  ]
}
