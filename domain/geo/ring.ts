// Is a ring a ring? Closed, long enough, without crossing or touching itself. Says where it fails, repairs nothing.
import Flatbush from 'flatbush'
import type { Position } from 'geojson'

export type RingFault =
  | { kind: 'too-short'; positions: number }
  | { kind: 'unclosed' }
  | { kind: 'no-area' }
  | { kind: 'crosses-itself'; at: { lng: number; lat: number } }

export function ringFault(ring: readonly Position[]): RingFault | undefined {
  if (ring.length < 4) return { kind: 'too-short', positions: ring.length }
  const first = ring[0]
  const last = ring[ring.length - 1]
  if (!first || !last || first[0] !== last[0] || first[1] !== last[1]) return { kind: 'unclosed' }
  const points = withoutRepeats(ring)
  if (points.length < 4) return { kind: 'no-area' }
  const at = selfCrossing(points)
  return at && { kind: 'crosses-itself', at }
}

const withoutRepeats = (ring: readonly Position[]) =>
  ring.filter((p, i) => i === 0 || p[0] !== ring[i - 1]?.[0] || p[1] !== ring[i - 1]?.[1])

/** First place where two edges that aren't neighbours meet. Points: closed, no repeats. */
function selfCrossing(points: readonly Position[]): { lng: number; lat: number } | undefined {
  const edges = points.length - 1
  const index = new Flatbush(edges)
  for (let i = 0; i < edges; i++) {
    const [ax, ay, bx, by] = edge(points, i)
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  }
  index.finish()
  for (let i = 0; i < edges; i++) {
    const [ax, ay, bx, by] = edge(points, i)
    const near = index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    for (const j of near) {
      if (j <= i) continue
      const other = edge(points, j)
      const neighbours = j === i + 1 || (i === 0 && j === edges - 1)
      const at = neighbours ? foldsBack([ax, ay, bx, by], other, j === i + 1) : meet([ax, ay, bx, by], other)
      if (at) return at
    }
  }
  return undefined
}

type Edge = [number, number, number, number]
const edge = (points: readonly Position[], i: number): Edge => {
  const [ax = 0, ay = 0] = points[i] ?? []
  const [bx = 0, by = 0] = points[i + 1] ?? []
  return [ax, ay, bx, by]
}

const side = (ax: number, ay: number, bx: number, by: number, px: number, py: number) =>
  Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax))

/** Do two edges share a point, ends included? */
export function meet(e: Edge, f: Edge): { lng: number; lat: number } | undefined {
  const [ax, ay, bx, by] = e
  const [cx, cy, dx, dy] = f
  const c = side(ax, ay, bx, by, cx, cy)
  const d = side(ax, ay, bx, by, dx, dy)
  const a = side(cx, cy, dx, dy, ax, ay)
  const b = side(cx, cy, dx, dy, bx, by)
  if (c * d < 0 && a * b < 0) {
    const t =
      ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / ((bx - ax) * (dy - cy) - (by - ay) * (dx - cx))
    return { lng: ax + t * (bx - ax), lat: ay + t * (by - ay) }
  }
  if (c === 0 && within(e, cx, cy)) return { lng: cx, lat: cy }
  if (d === 0 && within(e, dx, dy)) return { lng: dx, lat: dy }
  if (a === 0 && within(f, ax, ay)) return { lng: ax, lat: ay }
  if (b === 0 && within(f, bx, by)) return { lng: bx, lat: by }
  return undefined
}

const within = ([ax, ay, bx, by]: Edge, x: number, y: number) =>
  Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by)

/** Neighbouring edges share one end; they are at fault only when the second runs back over the first. */
function foldsBack(e: Edge, f: Edge, inOrder: boolean): { lng: number; lat: number } | undefined {
  const [fromX, fromY, pivotX, pivotY] = inOrder ? e : ([e[2], e[3], e[0], e[1]] as Edge)
  const [toX, toY] = inOrder ? [f[2], f[3]] : [f[0], f[1]]
  if (side(fromX, fromY, pivotX, pivotY, toX, toY) !== 0) return undefined
  const forward = (pivotX - fromX) * (toX - pivotX) + (pivotY - fromY) * (toY - pivotY)
  return forward < 0 ? { lng: pivotX, lat: pivotY } : undefined
}
