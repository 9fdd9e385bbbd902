// Closed outlines as blocks and parcels need them: boxes, centres, cutting in two by a straight line, drawing in the
// edges. Plane metres; rings are closed.
import { area } from './curve.ts'
import type { Line, Point } from './plane.ts'
import { distance } from './plane.ts'

export type Box = readonly [west: number, south: number, east: number, north: number]

export function boxOf(line: Line): Box {
  let [w, s, e, n] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  for (const [x, y] of line) {
    if (x < w) w = x
    if (x > e) e = x
    if (y < s) s = y
    if (y > n) n = y
  }
  return [w, s, e, n]
}

export const boxesMeet = (a: Box, b: Box, gap = 0) =>
  a[0] <= b[2] + gap && b[0] <= a[2] + gap && a[1] <= b[3] + gap && b[1] <= a[3] + gap

export const forward = (ring: Line): Point[] => (area(ring) > 0 ? [...ring] : [...ring].reverse())

/** Centre of gravity. */
export function centreOf(ring: Line): Point {
  const [ox, oy] = ring[0] ?? [0, 0]
  let [twice, x, y] = [0, 0, 0]
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i] ?? [0, 0], ring[i + 1] ?? [0, 0]]
    const cross = (a[0] - ox) * (b[1] - oy) - (b[0] - ox) * (a[1] - oy)
    twice += cross
    x += (a[0] + b[0] - 2 * ox) * cross
    y += (a[1] + b[1] - 2 * oy) * cross
  }
  return twice === 0 ? [ox, oy] : [ox + x / (3 * twice), oy + y / (3 * twice)]
}

/** Pieces of the outline left of a → b, for any shape that does not cross itself. */
export function leftPieces(ring: Line, a: Point, b: Point): Point[][] {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const side = (p: Point) => dx * (p[1] - a[1]) - dy * (p[0] - a[0])
  const open = forward(ring).slice(0, -1)
  const outside = open.findIndex((p) => side(p) < 0)
  if (outside < 0) return [[...ring]]
  return joinChains(chainsOnLeft([...open.slice(outside), ...open.slice(0, outside)], side), dx, dy)
}

/** Runs of vertices on the left, each from where the outline comes in to where it leaves; `open` begins on the right. */
function chainsOnLeft(open: Line, side: (p: Point) => number): Point[][] {
  const chains: Point[][] = []
  let chain: Point[] | undefined
  open.forEach((p, i) => {
    const q = open[(i + 1) % open.length] ?? p
    const [sp, sq] = [side(p), side(q)]
    if (chain) chain.push(p)
    if (sp >= 0 === sq >= 0) return
    const t = sp / (sp - sq)
    const crossing: Point = [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]
    if (chain) {
      chains.push([...chain, crossing])
      chain = undefined
    } else chain = [crossing]
  })
  return chains
}

/** Neighbouring crossings, two by two along the cut, bound the stretches of it that run inside; chains join along them. */
function joinChains(chains: Point[][], dx: number, dy: number): Point[][] {
  const at = (p: Point | undefined) => (p ? dx * p[0] + dy * p[1] : 0)
  const ends = chains
    .flatMap((c, chain) => [
      { chain, enters: true, at: at(c[0]) },
      { chain, enters: false, at: at(c[c.length - 1]) },
    ])
    .sort((p, q) => p.at - q.at)
  const after = new Map<number, number>()
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [p, q] = [ends[i], ends[i + 1]]
    if (!p || !q) continue
    const [leaving, entering] = p.enters ? [q, p] : [p, q]
    after.set(leaving.chain, entering.chain)
  }
  const done = new Set<number>()
  return chains.flatMap((_, first): Point[][] => {
    const ring: Point[] = []
    for (let i: number | undefined = first; i !== undefined && !done.has(i); i = after.get(i)) {
      done.add(i)
      ring.push(...(chains[i] ?? []))
    }
    return ring.length < 3 ? [] : [[...ring, ring[0] ?? [0, 0]]]
  })
}

/** Every edge moved inwards by `by`; undefined when nothing sound is left. For outlines that are nearly convex. */
export function shrink(ring: Line, by: number): Point[] | undefined {
  const open = withoutCrumbs(forward(ring).slice(0, -1))
  const n = open.length
  if (n < 3) return undefined
  const moved = open.map((p, i): Point => {
    const before = open[(i + n - 1) % n] ?? p
    const after = open[(i + 1) % n] ?? p
    const [d1, d2] = [distance(before, p), distance(p, after)]
    const n1: Point = [-(p[1] - before[1]) / d1, (p[0] - before[0]) / d1]
    const n2: Point = [-(after[1] - p[1]) / d2, (after[0] - p[0]) / d2]
    const cos = n1[0] * n2[0] + n1[1] * n2[1]
    // A sharp corner would move out of the outline: it moves by twice the distance at most.
    const reach = by / Math.max(0.5, 1 + cos)
    return [p[0] + (n1[0] + n2[0]) * reach, p[1] + (n1[1] + n2[1]) * reach]
  })
  const closed = [...moved, moved[0] ?? [0, 0]]
  const [whole, left] = [area(open), area(closed)]
  const turned = moved.some((p, i) => {
    const [q, a, b] = [moved[(i + 1) % n] ?? p, open[i] ?? p, open[(i + 1) % n] ?? p]
    return (q[0] - p[0]) * (b[0] - a[0]) + (q[1] - p[1]) * (b[1] - a[1]) < 0
  })
  return left > 0 && left < whole && !turned ? closed : undefined
}

/** Vertices closer than half a metre to the one before say nothing. */
const withoutCrumbs = (open: Line) =>
  open.filter((p, i) => distance(p, open[(i + open.length - 1) % open.length] ?? [0, 0]) > 0.5)

/** The narrow side and the wide side of the box turned to the longest edge, with that box's frame at its corner. */
export function longBox(ring: Line): { at: Point; u: Point; v: Point; length: number; width: number } {
  let [a, b]: [Point, Point] = [ring[0] ?? [0, 0], ring[1] ?? [1, 0]]
  for (let i = 0; i + 1 < ring.length; i++) {
    const [p, q] = [ring[i] ?? a, ring[i + 1] ?? a]
    if (distance(p, q) > distance(a, b)) [a, b] = [p, q]
  }
  const d = distance(a, b) || 1
  const u: Point = [(b[0] - a[0]) / d, (b[1] - a[1]) / d]
  const v: Point = [-u[1], u[0]]
  const us = ring.map((p) => p[0] * u[0] + p[1] * u[1])
  const vs = ring.map((p) => p[0] * v[0] + p[1] * v[1])
  const [u0, u1, v0, v1] = [Math.min(...us), Math.max(...us), Math.min(...vs), Math.max(...vs)]
  const at: Point = [u[0] * u0 + v[0] * v0, u[1] * u0 + v[1] * v0]
  if (u1 - u0 >= v1 - v0) return { at, u, v, length: u1 - u0, width: v1 - v0 }
  return { at, u: v, v: u, length: v1 - v0, width: u1 - u0 }
}
