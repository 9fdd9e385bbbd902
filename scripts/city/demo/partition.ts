// Cuts the town into streets, communities and grids, so that they tile exactly: neighbours share every vertex of their
// common border, and an upper area is the union of its grids.
import * as clip from 'polyclip-ts'
import { area } from './curve.ts'
import type { Line, Point } from './plane.ts'
import { toMicro } from './plane.ts'

const FAR = 20_000
type Side = 'north' | 'west'

const toClip = (ring: Line) => [ring.map(([x, y]): [number, number] => [x, y])]

/**
 * Parts an outline along a line that crosses it: `north` of one that runs from west to east, or `west` of one that
 * runs from north to south, and the rest. The line may be drawn from either end.
 */
export function cut(ring: Line, drawn: Line, side: Side): [Point[], Point[]] {
  const axis = side === 'north' ? 0 : 1
  const rises = (drawn[0]?.[axis] ?? 0) < (drawn[drawn.length - 1]?.[axis] ?? 0)
  const line = rises === (side === 'north') ? drawn : [...drawn].reverse()
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

/** Micro-degrees of about 0.1 m: vertices this close become one, and vertices this close to an edge lie on it. */
const MERGED = 8
const ON_EDGE = 8

type Micro = [number, number]
const keyOf = ([x, y]: Micro) => `${x},${y}`

/**
 * The outlines in whole micro-degrees with every vertex of a neighbour that lies on an edge put into that edge; vertices
 * closer than MERGED units become one.
 */
export function shareVertices(rings: Line[]): Micro[][] {
  const vertices: Micro[] = []
  const near = new Map<string, Micro>()
  const settle = (p: Point): Micro => {
    const [x, y] = toMicro(p)
    for (let dx = -MERGED; dx <= MERGED; dx++)
      for (let dy = -MERGED; dy <= MERGED; dy++) {
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
  return away <= ON_EDGE ? t : undefined
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
