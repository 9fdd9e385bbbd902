// Cuts the town into streets, communities and grids, so that they tile exactly: neighbours share every vertex of their
// common border, and an upper area is the union of its grids.
import * as clip from 'polyclip-ts'
import { area, clipLine } from './curve.ts'
import type { Line, Point } from './plane.ts'
import { random, toMicro } from './plane.ts'

const FAR = 20_000
type Side = 'north' | 'west'

const toClip = (ring: Line) => [ring.map(([x, y]): [number, number] => [x, y])]

/**
 * Parts an outline along a line that crosses it: `north` of a line drawn from west to east, or `west` of one drawn
 * from north to south, and the rest.
 */
export function cut(ring: Line, line: Line, side: Side): [Point[], Point[]] {
  const first = line[0] ?? [0, 0]
  const last = line[line.length - 1] ?? [0, 0]
  const region: Point[] =
    side === 'north'
      ? [[-FAR, first[1]], ...line, [FAR, last[1]], [FAR, FAR], [-FAR, FAR], [-FAR, first[1]]]
      : [[first[0], FAR], ...line, [last[0], -FAR], [-FAR, -FAR], [-FAR, FAR], [first[0], FAR]]
  return [
    largest(clip.intersection(toClip(ring), toClip(region))),
    largest(clip.difference(toClip(ring), toClip(region))),
  ]
}

function largest(parts: [number, number][][][]): Point[] {
  const [first, ...rest] = parts
    .flatMap((p) => p.slice(0, 1))
    .sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)))
  if (!first) throw new Error('a cut left nothing on one side')
  const stray = rest.reduce((sum, r) => sum + Math.abs(area(r)), 0)
  if (stray > 1) throw new Error(`a cut left ${Math.round(stray)} m² apart`)
  return first.map(([x, y]): Point => [Math.round(x * 100) / 100, Math.round(y * 100) / 100])
}

/** Part of the outline on the left of a → b; true areas even where the outline is not convex. */
export function leftOf(ring: Line, a: Point, b: Point): Point[] {
  const side = (p: Point) => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
  const open = ring.slice(0, -1)
  const kept: Point[] = []
  open.forEach((p, i) => {
    const q = open[(i + 1) % open.length] ?? p
    const [sp, sq] = [side(p), side(q)]
    if (sp >= 0) kept.push(p)
    if (sp >= 0 !== sq >= 0) {
      const t = sp / (sp - sq)
      kept.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])])
    }
  })
  return kept.length === 0 ? kept : [...kept, kept[0] ?? [0, 0]]
}

/** Halves by area along straight, slightly leaning lines until there are `n` parts. Adds the cuts to `drawn`. */
export function divide(ring: Line, n: number, seed: number, drawn: Point[][]): Point[][] {
  if (n === 1) return [[...ring]]
  const next = random(seed)
  const first = Math.floor(n / 2)
  const xs = ring.map((p) => p[0])
  const ys = ring.map((p) => p[1])
  const [w, e, s, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const wide = e - w >= north - s
  const lean = (next() - 0.5) * 0.16
  const at = (v: number): [Point, Point] =>
    wide
      ? [
          [v - lean * (north - s), north + 50],
          [v + lean * (north - s), s - 50],
        ]
      : [
          [w - 50, v - lean * (e - w)],
          [e + 50, v + lean * (e - w)],
        ]
  const whole = Math.abs(area(ring))
  let [low, high] = wide ? [w, e] : [s, north]
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2
    const [a, b] = at(middle)
    const share = Math.abs(area(leftOf(ring, b, a))) / whole
    if (share > (wide ? first / n : 1 - first / n)) high = middle
    else low = middle
  }
  const [a, b] = at(Math.round(low))
  const [one, other] = cut(ring, [a, b], wide ? 'west' : 'north')
  drawn.push(...clipLine([a, b], ring, 'inside'))
  return [...divide(one, first, seed * 2 + 1, drawn), ...divide(other, n - first, seed * 2 + 2, drawn)]
}

type Micro = [number, number]
const keyOf = ([x, y]: Micro) => `${x},${y}`

/**
 * The outlines in whole micro-degrees with every vertex of a neighbour that lies on an edge put into that edge; vertices
 * closer than two units become one.
 */
export function shareVertices(rings: Line[]): Micro[][] {
  const vertices: Micro[] = []
  const near = new Map<string, Micro>()
  const settle = (p: Point): Micro => {
    const [x, y] = toMicro(p)
    for (let dx = -2; dx <= 2; dx++)
      for (let dy = -2; dy <= 2; dy++) {
        const known = near.get(keyOf([x + dx, y + dy]))
        if (known) return known
      }
    const own: Micro = [x, y]
    near.set(keyOf(own), own)
    vertices.push(own)
    return own
  }
  const settled = rings.map((ring) => {
    const open = ring.slice(0, -1).map(settle)
    return open.filter((p, i) => p !== open[(i + 1) % open.length])
  })
  return settled.map((open) =>
    open.flatMap((a, i) => {
      const b = open[(i + 1) % open.length] ?? a
      const onEdge = vertices
        .map((v) => ({ v, t: positionOn(a, b, v) }))
        .filter((c): c is { v: Micro; t: number } => c.t !== undefined)
        .sort((p, q) => p.t - q.t)
      return [a, ...onEdge.map((c) => c.v)]
    }),
  )
}

function positionOn(a: Micro, b: Micro, v: Micro): number | undefined {
  if (v === a || v === b) return undefined
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = dx * dx + dy * dy
  const t = ((v[0] - a[0]) * dx + (v[1] - a[1]) * dy) / length
  if (t <= 0 || t >= 1) return undefined
  const away = Math.abs(dx * (v[1] - a[1]) - dy * (v[0] - a[0])) / Math.sqrt(length)
  return away <= 3 ? t : undefined
}

/** Outline of a set of open rings that share vertices: inner borders cancel. Closed; throws unless it is one piece. */
export function unite(rings: Micro[][]): Micro[] {
  const edges = new Map<string, [Micro, Micro]>()
  for (const ring of rings) {
    const forward = area(ring) > 0 ? ring : [...ring].reverse()
    forward.forEach((a, i) => {
      const b = forward[(i + 1) % forward.length] ?? a
      if (!edges.delete(`${keyOf(b)} ${keyOf(a)}`)) edges.set(`${keyOf(a)} ${keyOf(b)}`, [a, b])
    })
  }
  const next = new Map([...edges.values()].map(([a, b]) => [keyOf(a), b]))
  const [first] = edges.values()
  if (!first) throw new Error('nothing to unite')
  const outline: Micro[] = [first[0]]
  for (let at = next.get(keyOf(first[0])); at && at !== first[0]; at = next.get(keyOf(at))) outline.push(at)
  if (outline.length !== edges.size)
    throw new Error(`outline of ${edges.size} edges closes after ${outline.length}`)
  return [...outline, first[0]]
}
