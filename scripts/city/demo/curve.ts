// Lines and outlines drawn through a few points by hand: smoothing, widening, clipping. Plane metres.
import type { Line, Point } from './plane.ts'
import { distance } from './plane.ts'

const round = (v: number) => Math.round(v * 100) / 100

/** A smooth line through the points (Catmull–Rom), `steps` pieces between two. */
export function smooth(points: Line, steps = 8): Point[] {
  const at = (i: number): Point => points[Math.min(Math.max(i, 0), points.length - 1)] ?? [0, 0]
  const line: Point[] = []
  for (let i = 0; i + 1 < points.length; i++)
    for (let k = 0; k < steps; k++) line.push(between(at(i - 1), at(i), at(i + 1), at(i + 2), k / steps))
  line.push(at(points.length - 1))
  return line
}

/** The same for an outline; the result is closed. */
export function smoothRing(points: Line, steps = 8): Point[] {
  const n = points.length
  const at = (i: number): Point => points[(i + n) % n] ?? [0, 0]
  const ring: Point[] = []
  for (let i = 0; i < n; i++)
    for (let k = 0; k < steps; k++) ring.push(between(at(i - 1), at(i), at(i + 1), at(i + 2), k / steps))
  ring.push(ring[0] ?? [0, 0])
  return ring
}

function between(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const axis = (k: 0 | 1) =>
    round(
      0.5 *
        (2 * b[k] +
          (c[k] - a[k]) * t +
          (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t +
          (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t * t * t),
    )
  return [axis(0), axis(1)]
}

/** The line moved sideways, to the left for a positive `by`. For bends much wider than `by`. */
export function offset(line: Line, by: number): Point[] {
  return line.map((p, i): Point => {
    const before = line[Math.max(i - 1, 0)] ?? p
    const after = line[Math.min(i + 1, line.length - 1)] ?? p
    const d = distance(before, after)
    return [round(p[0] - ((after[1] - before[1]) / d) * by), round(p[1] + ((after[0] - before[0]) / d) * by)]
  })
}

/** The line drawn on straight at both ends. */
export function reach(line: Line, by: number): Point[] {
  const on = (from: Point | undefined, to: Point | undefined): Point[] => {
    if (!from || !to) return []
    const d = distance(from, to)
    return [[round(to[0] + ((to[0] - from[0]) / d) * by), round(to[1] + ((to[1] - from[1]) / d) * by)]]
  }
  return [...on(line[1], line[0]), ...line, ...on(line[line.length - 2], line[line.length - 1])]
}

/** Without the stub, shorter than `stub` metres, by which a line runs on at its start past the first other it meets. */
export function withoutStub(line: Line, others: readonly Line[], stub: number): Point[] {
  let gone = 0
  for (let i = 0; i + 1 < line.length && gone < stub; i++) {
    const [a, b]: [Point, Point] = [line[i] ?? [0, 0], line[i + 1] ?? [0, 0]]
    const first = others.flatMap((o) => meetings(a, b, o)).sort((p, q) => p - q)[0]
    if (first !== undefined && gone + first * distance(a, b) < stub)
      return [along(a, b, first), ...line.slice(i + 1)]
    gone += distance(a, b)
  }
  return [...line]
}

/** A closed outline `half` to each side of the line. */
export function widen(line: Line, half: number): Point[] {
  const left = offset(line, half)
  const right = offset(line, -half).reverse()
  return [...left, ...right, left[0] ?? [0, 0]]
}

/** The same with a half width for each vertex. */
export function widenBy(line: Line, half: (i: number) => number): Point[] {
  const side = (sign: 1 | -1) =>
    line.map((p, i): Point => {
      const q = offset(line.slice(Math.max(i - 1, 0), i + 2), sign * half(i))[i === 0 ? 0 : 1]
      return q ?? p
    })
  const left = side(1)
  return [...left, ...side(-1).reverse(), left[0] ?? [0, 0]]
}

/** A closed outline grown outwards (it must run counter-clockwise or clockwise without tight bends). */
export function grow(ring: Line, by: number): Point[] {
  const open = ring.slice(0, -1)
  const n = open.length
  const outward = area(ring) > 0 ? -by : by
  const grown = open.map((p, i): Point => {
    const before = open[(i + n - 1) % n] ?? p
    const after = open[(i + 1) % n] ?? p
    const d = distance(before, after)
    return [
      round(p[0] - ((after[1] - before[1]) / d) * outward),
      round(p[1] + ((after[0] - before[0]) / d) * outward),
    ]
  })
  return [...grown, grown[0] ?? [0, 0]]
}

/** Signed square metres, positive = counter-clockwise; open or closed. */
export function area(ring: Line): number {
  let twice = 0
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] ?? a
    twice += a[0] * b[1] - b[0] * a[1]
  })
  return twice / 2
}

export function isInside(ring: Line, [x, y]: Point): boolean {
  let inside = false
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] ?? a
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  })
  return inside
}

export function distanceToLine(line: Line, p: Point): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i + 1 < line.length; i++) {
    const a = line[i] ?? p
    const b = line[i + 1] ?? p
    const length = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2
    const along = length === 0 ? 0 : ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / length
    const t = Math.min(1, Math.max(0, along))
    best = Math.min(best, distance(p, [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]))
  }
  return best
}

/** The stretches of a line inside (or outside) an outline, in order. */
export function clipLine(line: Line, ring: Line, keep: 'inside' | 'outside'): Point[][] {
  const stretches: Point[][] = []
  let open: Point[] | undefined
  for (let i = 0; i + 1 < line.length; i++) {
    const a = line[i] ?? [0, 0]
    const b = line[i + 1] ?? [0, 0]
    const cuts = [0, ...crossings(a, b, ring), 1]
    for (let k = 0; k + 1 < cuts.length; k++) {
      const [from = 0, to = 1] = [cuts[k], cuts[k + 1]]
      if (to - from < 1e-9) continue
      const middle = along(a, b, (from + to) / 2)
      if (isInside(ring, middle) !== (keep === 'inside')) {
        open = undefined
        continue
      }
      if (!open) {
        open = [along(a, b, from)]
        stretches.push(open)
      }
      open.push(along(a, b, to))
    }
  }
  return stretches
}

const along = (a: Point, b: Point, t: number): Point => [
  round(a[0] + t * (b[0] - a[0])),
  round(a[1] + t * (b[1] - a[1])),
]

const crossings = (a: Point, b: Point, ring: Line): number[] => meetings(a, b, [...ring, ring[0] ?? [0, 0]])

/** Where a → b meets a line, as shares of its length. */
function meetings(a: Point, b: Point, line: Line): number[] {
  const found: number[] = []
  line.forEach((c, i) => {
    const d = line[i + 1]
    if (!d) return
    const dx = b[0] - a[0]
    const dy = b[1] - a[1]
    const ex = d[0] - c[0]
    const ey = d[1] - c[1]
    const cross = dx * ey - dy * ex
    if (cross === 0) return
    const t = ((c[0] - a[0]) * ey - (c[1] - a[1]) * ex) / cross
    const u = ((c[0] - a[0]) * dy - (c[1] - a[1]) * dx) / cross
    if (t > 0 && t < 1 && u >= 0 && u < 1) found.push(t)
  })
  return found.sort((p, q) => p - q)
}
