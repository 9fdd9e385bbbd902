// Rectangles and round shapes on the drawing board: a turned frame, boxes and circles in it, and whether two convex
// outlines keep their distance. Plane metres.
import type { Line, Point } from './plane.ts'

/** A place with two unit directions at right angles: `u` along, `v` to the left of it. */
export interface Frame {
  at: Point
  u: Point
  v: Point
}

/** `lean` is how far the frame rises along its first axis, as a share: 0.1 = 10 m in 100 m. */
export function frameAt(at: Point, lean: number): Frame {
  const d = Math.sqrt(1 + lean * lean)
  const u: Point = [1 / d, lean / d]
  return { at, u, v: [-u[1], u[0]] }
}

export const frameAlong = (a: Point, b: Point): Frame => {
  const d = Math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) || 1
  const u: Point = [(b[0] - a[0]) / d, (b[1] - a[1]) / d]
  return { at: a, u, v: [-u[1], u[0]] }
}

export const inFrame = ({ at, u, v }: Frame, x: number, y: number): Point => [
  at[0] + u[0] * x + v[0] * y,
  at[1] + u[1] * x + v[1] * y,
]

/** Closed, counter-clockwise: corners (x0, y0) and (x1, y1) of the frame. */
export function rect(frame: Frame, x0: number, y0: number, x1: number, y1: number): Point[] {
  const first = inFrame(frame, x0, y0)
  return [first, inFrame(frame, x1, y0), inFrame(frame, x1, y1), inFrame(frame, x0, y1), first]
}

/** Closed outline through corners given in the frame. */
export function shapeIn(frame: Frame, corners: Line): Point[] {
  const ring = corners.map(([x, y]) => inFrame(frame, x, y))
  return [...ring, ring[0] ?? [0, 0]]
}

export const boxAt = (at: Point, width: number, depth: number, lean: number): Point[] =>
  rect(frameAt(at, lean), -width / 2, -depth / 2, width / 2, depth / 2)

/** A quarter of the unit circle in `steps`, from (1, 0) up to but without (0, 1); rational points, so exact everywhere. */
const quarter = (steps: number): Point[] =>
  Array.from({ length: steps }, (_, i): Point => {
    // Halving the parameter's growth towards the end keeps the points about evenly apart.
    const t = (i / steps) * (0.8 + (0.2 * i) / steps)
    return [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)]
  })

/** Closed circle or, with `stretch`, two half circles with a straight of that length between them along the frame. */
export function round(frame: Frame, radius: number, stretch = 0, steps = 6): Point[] {
  const arc = quarter(steps)
  const turned: Point[] = [
    ...arc,
    ...arc.map(([x, y]): Point => [-y, x]),
    ...arc.map(([x, y]): Point => [-x, -y]),
    ...arc.map(([x, y]): Point => [y, -x]),
  ]
  return shapeIn(
    frame,
    turned.flatMap(([x, y], i): Point[] => {
      const half = i <= steps || i > 3 * steps ? stretch / 2 : -stretch / 2
      const p: Point = [x * radius + half, y * radius]
      // The top and the bottom of the circle stand at both ends of a straight.
      if (stretch > 0 && i === steps) return [p, [x * radius - stretch / 2, y * radius]]
      if (stretch > 0 && i === 3 * steps)
        return [
          [x * radius - stretch / 2, y * radius],
          [x * radius + stretch / 2, y * radius],
        ]
      return [p]
    }),
  )
}

/** Whether some straight line keeps the two convex outlines at least `gap` apart. */
export function areApart(a: Line, b: Line, gap: number): boolean {
  return hasGap(a, b, gap) || hasGap(b, a, gap)
}

function hasGap(from: Line, to: Line, gap: number): boolean {
  for (let i = 0; i + 1 < from.length; i++) {
    const [p, q] = [from[i] ?? [0, 0], from[i + 1] ?? [0, 0]]
    const d = Math.sqrt((q[0] - p[0]) ** 2 + (q[1] - p[1]) ** 2)
    if (d < 1e-6) continue
    // Outward normal of a counter-clockwise outline.
    const n: Point = [(q[1] - p[1]) / d, (p[0] - q[0]) / d]
    const mine = p[0] * n[0] + p[1] * n[1]
    if (to.every((r) => r[0] * n[0] + r[1] * n[1] >= mine + gap)) return true
  }
  return false
}
