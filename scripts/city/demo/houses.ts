// What stands in a block: a wall of houses along the street, rows of slabs that face south, sheds, the packed houses of
// the old town. Scenery for the map, without names or addresses.
import { area, distanceToLine } from './curve.ts'
import type { Use } from './fabric.ts'
import { areApart, frameAlong, frameAt, rect, shapeIn } from './frame.ts'
import type { Frame } from './frame.ts'
import { roads } from './layout.ts'
import type { Line, Point } from './plane.ts'
import { distance, random } from './plane.ts'
import { boxesMeet, boxOf, forward, leftPieces, longBox, shrink } from './ring.ts'
import { streets } from './streets.ts'

/** Rows of houses, in metres: pairs are from … to. */
interface Rows {
  depth: [number, number]
  length: [number, number]
  /** Between two houses of a row, and between two rows. */
  beside: number
  between: [number, number]
  /** Kept free along the block's edge. */
  edge: number
  /** Share of places left empty. */
  empty: number
  /** Share of slabs whose two halves stand a little apart. */
  stepped?: number
}

const ROWS: Partial<Record<Use, Rows>> = {
  shops: { depth: [13, 18], length: [26, 48], beside: 6, between: [9, 14], edge: 4, empty: 0.14 },
  compound: {
    depth: [10.5, 12.5],
    length: [28, 54],
    beside: 8,
    between: [13, 18],
    edge: 5,
    empty: 0.13,
    stepped: 0.12,
  },
  estate: {
    depth: [12.5, 14.5],
    length: [44, 70],
    beside: 13,
    between: [24, 31],
    edge: 9,
    empty: 0.05,
    stepped: 0.55,
  },
  tower: { depth: [20, 24], length: [22, 30], beside: 30, between: [34, 44], edge: 12, empty: 0.08 },
  village: { depth: [9, 11.5], length: [16, 46], beside: 4, between: [5, 9], edge: 3, empty: 0.17 },
  works: { depth: [28, 58], length: [62, 128], beside: 14, between: [14, 20], edge: 12, empty: 0.14 },
}

/** Streets that have houses in a row along them. */
const fronts = [...Object.values(roads), ...Object.values(streets)]
  .filter((r) => r.class !== 'trunk')
  .map((r) => ({ line: r.line, box: boxOf(r.line), within: r.class === 'main' ? 34 : 24 }))

/** Closed outlines, counter-clockwise. */
export function housesIn({ ring, use }: { ring: Line; use: Use }, seed: number): Point[][] {
  const next = random(seed)
  if (use === 'field' || use === 'grove') return []
  if (use === 'old') return parcels(ring, next).flatMap((p) => oldHouse(p, next))
  const rows = ROWS[use]
  if (!rows) return []
  const front = use === 'works' || use === 'village' ? [] : frontage(ring, use === 'shops', next)
  return [...front, ...inRows(ring, rows, front, next)]
}

const between = ([from, to]: [number, number], next: () => number) => from + (to - from) * next()

/** Houses along the edges that lie at a street; `all` also along lanes. */
function frontage(ring: Line, all: boolean, next: () => number): Point[][] {
  const houses: Point[][] = []
  const loop = forward(ring)
  for (let i = 0; i + 1 < loop.length; i++) {
    const [a, b]: [Point, Point] = [loop[i] ?? [0, 0], loop[i + 1] ?? [0, 0]]
    const whole = distance(a, b)
    if (whole < 22 || !(all || isFront([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]))) continue
    const frame = frameAlong(a, b)
    const deep = 10.5 + next() * 3
    for (let x = 3 + next() * 5; x < whole - 14; ) {
      const length = Math.min(16 + next() * 34, whole - 3 - x)
      const house = rect(frame, x, 3.5, x + length, 3.5 + deep)
      if (length >= 12 && next() > 0.1 && fits(house, ring, 2.5, houses, 2)) houses.push(house)
      x += length + (next() < 0.4 ? 0.6 : 5 + next() * 6)
    }
  }
  return houses
}

const isFront = (p: Point) =>
  fronts.some(
    (f) => boxesMeet(f.box, [p[0], p[1], p[0], p[1]], f.within) && distanceToLine(f.line, p) < f.within,
  )

/** Corners and middles of the sides inside, off the edge; and off what stands there. */
const fits = (house: Line, ring: Line, edge: number, others: Line[], gap: number) =>
  others.every((o) => areApart(o, house, gap)) &&
  house.every((p, i) => {
    const q = house[i + 1] ?? p
    return isClear(ring, p, edge) && isClear(ring, [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2], edge)
  })

function isClear(ring: Line, [x, y]: Point, edge: number): boolean {
  let inside = false
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i] ?? [0, 0], ring[i + 1] ?? [0, 0]]
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  }
  return inside && distanceToLine(ring, [x, y]) >= edge - 0.01
}

/** The way the block lies, if that is about east to west; else due east: houses face south. */
function facing(ring: Line): Frame {
  const { u, v } = longBox(ring)
  const along = Math.abs(u[0]) > Math.abs(v[0]) ? u : v
  const lean = along[1] / along[0]
  return frameAt([0, 0], Math.abs(lean) < 0.4 ? lean : 0)
}

function inRows(ring: Line, rows: Rows, taken: Line[], next: () => number): Point[][] {
  const frame = facing(ring)
  const turned = ring.map(
    ([x, y]): Point => [x * frame.u[0] + y * frame.u[1], x * frame.v[0] + y * frame.v[1]],
  )
  const [, south, , north] = boxOf(turned)
  const houses: Point[][] = []
  let y = south + rows.edge
  while (y < north - rows.edge) {
    const depth = between(rows.depth, next)
    for (const [from, to] of spans(turned, y, y + depth)) {
      const room = to - from - 2 * rows.edge
      const wish = between(rows.length, next)
      const n = Math.max(1, Math.round((room + rows.beside) / (wish + rows.beside)))
      const length = Math.min(rows.length[1], (room - (n - 1) * rows.beside) / n)
      if (length < rows.length[0] * 0.7) continue
      for (let i = 0; i < n; i++) {
        const x = from + rows.edge + (i * (room + rows.beside)) / n
        const [isEmpty, isStepped] = [next() < rows.empty, next() < (rows.stepped ?? 0)]
        if (isEmpty) continue
        const plain = rect(frame, x, y, x + length, y + depth)
        if (!fits(plain, ring, rows.edge * 0.8, taken, Math.min(rows.beside, 6))) continue
        houses.push(isStepped ? stepped(frame, x, y, length, depth) : plain)
      }
    }
    y += depth + between(rows.between, next)
  }
  return houses
}

/** Two halves of a slab, one 2.5 m forward. */
const stepped = (frame: Frame, x: number, y: number, length: number, depth: number): Point[] => {
  const m = x + length / 2
  return shapeIn(frame, [
    [x, y],
    [m, y],
    [m, y - 2.5],
    [x + length, y - 2.5],
    [x + length, y + depth - 2.5],
    [m, y + depth - 2.5],
    [m, y + depth],
    [x, y + depth],
  ])
}

/** Where a row from y0 to y1 lies inside. */
function spans(ring: Line, y0: number, y1: number): [number, number][] {
  const cuts = (y: number) => {
    const xs: number[] = []
    for (let i = 0; i + 1 < ring.length; i++) {
      const [a, b] = [ring[i] ?? [0, 0], ring[i + 1] ?? [0, 0]]
      if (a[1] > y !== b[1] > y) xs.push(a[0] + ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]))
    }
    xs.sort((p, q) => p - q)
    return xs.flatMap((x, i): [number, number][] => (i % 2 === 0 ? [[x, xs[i + 1] ?? x]] : []))
  }
  const upper = cuts(y1)
  return cuts(y0).flatMap(([a, b]) =>
    upper.flatMap(([c, d]): [number, number][] =>
      Math.min(b, d) > Math.max(a, c) ? [[Math.max(a, c), Math.min(b, d)]] : [],
    ),
  )
}

/** The old town's plots: cut across their longer side until there is room for one house. */
function parcels(ring: Line, next: () => number): Point[][] {
  const size = Math.abs(area(ring))
  if (size < 190 + next() * 440) return size < 34 ? [] : [[...ring]]
  const [a, b] = cutAcross(ring, 0.36 + next() * 0.28, (next() - 0.5) * 0.1)
  const halves = [...leftPieces(ring, a, b), ...leftPieces(ring, b, a)]
  return halves.length < 2 ? [[...ring]] : halves.flatMap((half) => parcels(half, next))
}

function cutAcross(ring: Line, share: number, tilt: number): [Point, Point] {
  const box = longBox(ring)
  const at: Point = [box.at[0] + box.u[0] * box.length * share, box.at[1] + box.u[1] * box.length * share]
  const v: Point = [box.v[0] + box.u[0] * tilt, box.v[1] + box.u[1] * tilt]
  return [
    [at[0] - v[0] * 30, at[1] - v[1] * 30],
    [at[0] + v[0] * (box.width + 30), at[1] + v[1] * (box.width + 30)],
  ]
}

/** A house on its plot, with a yard behind two in five; one plot in fourteen is empty. */
function oldHouse(plot: Line, next: () => number): Point[][] {
  const [empty, yard, share] = [next(), next(), 0.56 + next() * 0.24]
  if (empty < 0.07) return []
  const built = shrink(plot, 0.45 + next() * 0.7)
  if (!built || Math.abs(area(built)) < 26) return []
  if (yard > 0.42 || Math.abs(area(built)) < 120) return [built]
  const [a, b] = cutAcross(built, share, 0)
  const [front] = leftPieces(built, a, b)
  return front && front.length <= 8 ? [front] : [built]
}
