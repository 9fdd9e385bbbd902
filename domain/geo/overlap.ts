// Common ground of two shapes in square metres, and what a set of shapes leaves uncovered. Shapes that only share
// borders cost little: the exact clipper is asked only when edges really cross or one shape lies in the other.
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import Flatbush from 'flatbush'
import * as clip from 'polyclip-ts'
import { type Shape, areaOf, boundsMeet, boundsOf, polygonsOf, ringArea, shapeOf } from './geometry.ts'

type Edge = [number, number, number, number]

const toClip = (shape: Shape) =>
  polygonsOf(shape).map((rings) =>
    rings.map((ring) => ring.map(([x = 0, y = 0]): [number, number] => [x, y])),
  )

const fromClip = (polygons: [number, number][][][]): Shape | undefined =>
  polygons.length === 0 ? undefined : shapeOf(polygons)

export function intersectionOf(a: Shape, b: Shape): Shape | undefined {
  return fromClip(clip.intersection(toClip(a), toClip(b)))
}

export function differenceOf(a: Shape, others: readonly Shape[]): Shape | undefined {
  return fromClip(clip.difference(toClip(a), ...others.map(toClip)))
}

/** What both cover; undefined, and quickly so, when that is nothing. */
export function commonGround(a: Shape, b: Shape): Shape | undefined {
  if (!boundsMeet(boundsOf([a]), boundsOf([b]))) return undefined
  return mayOverlap(a, b) ? intersectionOf(a, b) : undefined
}

/** Square metres that both cover. */
export function overlapArea(a: Shape, b: Shape): number {
  const both = commonGround(a, b)
  return both ? areaOf(both) : 0
}

/** Square metres of `whole` that none of `parts` covers. */
export function uncoveredArea(whole: Shape, parts: readonly Shape[]): number {
  if (tiles(whole, parts)) return 0
  const rest = differenceOf(whole, parts)
  return rest ? areaOf(rest) : 0
}

/** Do the parts' outlines, inner borders cancelled, come to exactly the whole's outline? */
export function tiles(whole: Shape, parts: readonly Shape[]): boolean {
  const open = new Set<string>()
  for (const part of parts)
    for (const e of directedEdges(part)) {
      if (!open.delete(keyOf(e[2], e[3], e[0], e[1]))) open.add(keyOf(...e))
    }
  const outline = directedEdges(whole).map((e) => keyOf(...e))
  return outline.length === open.size && outline.every((k) => open.has(k))
}

const keyOf = (ax: number, ay: number, bx: number, by: number) => `${ax},${ay},${bx},${by}`

function directedEdges(shape: Shape): Edge[] {
  const edges: Edge[] = []
  for (const rings of polygonsOf(shape))
    rings.forEach((ring, i) => {
      const ccw = ringArea(ring) > 0
      const forward = i === 0 ? ccw : !ccw
      for (let k = 0; k + 1 < ring.length; k++) {
        const [ax = 0, ay = 0] = ring[k] ?? []
        const [bx = 0, by = 0] = ring[k + 1] ?? []
        if (ax === bx && ay === by) continue
        edges.push(forward ? [ax, ay, bx, by] : [bx, by, ax, ay])
      }
    })
  return edges
}

/**
 * False when the shapes have no common ground for certain: no edge passes through or ends within another's, and
 * every edge that isn't a common border runs outside the other shape.
 */
function mayOverlap(a: Shape, b: Shape): boolean {
  const edgesA = directedEdges(a)
  const edgesB = directedEdges(b)
  const reversedB = new Set(edgesB.map(([ax, ay, bx, by]) => keyOf(bx, by, ax, ay)))
  const reversedA = new Set(edgesA.map(([ax, ay, bx, by]) => keyOf(bx, by, ax, ay)))
  const ownA = edgesA.filter((e) => !reversedB.has(keyOf(...e)))
  const ownB = edgesB.filter((e) => !reversedA.has(keyOf(...e)))
  if (ownB.length > 0) {
    const index = new Flatbush(ownB.length)
    for (const [ax, ay, bx, by] of ownB)
      index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    index.finish()
    for (const e of ownA) {
      const [ax, ay, bx, by] = e
      const near = index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
      if (near.some((i) => entangled(e, ownB[i] ?? e))) return true
    }
  }
  return runsInside(ownA, b) || runsInside(ownB, a)
}

const side = (px: number, py: number, qx: number, qy: number, x: number, y: number) =>
  (qx - px) * (y - py) - (qy - py) * (x - px)

/** Edges that cross, overlap, or touch elsewhere than end to end. */
function entangled([ax, ay, bx, by]: Edge, [cx, cy, dx, dy]: Edge): boolean {
  const c = side(ax, ay, bx, by, cx, cy)
  const d = side(ax, ay, bx, by, dx, dy)
  const a = side(cx, cy, dx, dy, ax, ay)
  const b = side(cx, cy, dx, dy, bx, by)
  if (c * d < 0 && a * b < 0) return true
  return (
    (c === 0 && strictlyWithin(ax, ay, bx, by, cx, cy)) ||
    (d === 0 && strictlyWithin(ax, ay, bx, by, dx, dy)) ||
    (a === 0 && strictlyWithin(cx, cy, dx, dy, ax, ay)) ||
    (b === 0 && strictlyWithin(cx, cy, dx, dy, bx, by)) ||
    (ax === cx && ay === cy && bx === dx && by === dy)
  )
}

function strictlyWithin(ax: number, ay: number, bx: number, by: number, x: number, y: number): boolean {
  const t = (x - ax) * (bx - ax) + (y - ay) * (by - ay)
  return t > 0 && t < (bx - ax) ** 2 + (by - ay) ** 2
}

function runsInside(edges: readonly Edge[], shape: Shape): boolean {
  const [w, s, e, n] = boundsOf([shape])
  return edges.some(([ax, ay, bx, by]) => {
    const x = (ax + bx) / 2
    const y = (ay + by) / 2
    return w < x && x < e && s < y && y < n && booleanPointInPolygon([x, y], shape, { ignoreBoundary: true })
  })
}
