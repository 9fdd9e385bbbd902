// Parts outlines that already share their vertices into pieces that share theirs too: a point that a cut puts on a border
// belongs to both sides, and is drawn by both. Straight cuts across the longer side; no clipper, so that thousands of
// pieces are a matter of moments.
import { area } from './curve.ts'
import { distance, fromMicro, random, toMicro } from './plane.ts'
import type { Point } from './plane.ts'

/** Whole micro-degrees. */
export type Micro = readonly [number, number]
/** An outline that is not closed. */
export type Ring = readonly Micro[]

export interface Mesh {
  /**
   * Parts an outline into `n` pieces of about equal area. `seed` fixes how the cuts lean.
   * @throws when no straight cut parts it in two
   */
  part(ring: Ring, n: number, seed: number): Ring[]
  /** The outline with all points that cuts have put on it by now. */
  full(ring: Ring): Micro[]
}

/** How far a cut leans off the right angle at most, as a share. */
const LEAN = 0.1
/** Directions tried besides, for outlines that bend away from the first. */
const DETOURS = [0, 0.15, -0.15, 0.3, -0.3, 0.5, -0.5]
const HALVINGS = 24
/** Metres within which a cut ends in a vertex that is there, rather than beside it. */
const SNAP = 15

/** A straight border between two vertices and the points that cuts have put on it. */
interface Border {
  from: Micro
  points: Micro[]
}

const keyOf = (a: Micro, b: Micro) =>
  a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? `${a} ${b}` : `${b} ${a}`
const isSame = (a: Micro, b: Micro) => a[0] === b[0] && a[1] === b[1]
const between = (a: Micro, b: Micro) => distance(fromMicro(a), fromMicro(b))

export const openMesh = (): Mesh => {
  /** Whole borders and all their stretches, by their ends. */
  const borders = new Map<string, Border>()

  function borderOf(a: Micro, b: Micro): Border {
    const known = borders.get(keyOf(a, b))
    if (known) return known
    const border: Border = { from: a, points: [] }
    borders.set(keyOf(a, b), border)
    return border
  }

  /** Points of the border strictly between two of its points, from the first to the second. */
  function pointsBetween(a: Micro, b: Micro): Micro[] {
    const { from, points } = borderOf(a, b)
    const [start, end] = [between(from, a), between(from, b)]
    const inside = points.filter((p) => {
      const at = between(from, p)
      return at > Math.min(start, end) && at < Math.max(start, end)
    })
    return inside.sort((p, q) => (between(from, p) - between(from, q)) * (start < end ? 1 : -1))
  }

  /** Where a cut meets the stretch a → b: one of its ends, a point that is there already, or a new one. */
  function meet(a: Micro, b: Micro, at: Micro): Micro {
    const near = [a, b, ...pointsBetween(a, b)]
      .map((p) => ({ p, d: between(p, at) }))
      .filter(({ d }) => d <= SNAP)
      .sort((p, q) => p.d - q.d)[0]
    if (near) return near.p
    borderOf(a, b).points.push(at)
    return at
  }

  /** The stretches a → p → b lie on the same border as a → b. */
  function inherit(a: Micro, b: Micro, p: Micro): void {
    const border = borderOf(a, b)
    for (const end of [a, b]) if (!isSame(end, p)) borders.set(keyOf(end, p), border)
  }

  /** `share` of the area and the rest; undefined when the cut makes more than two pieces. */
  function cutAt(ring: Ring, share: number, [dx, dy]: Point): [Ring, Ring] | undefined {
    const places = ring.map(fromMicro)
    const across = places.map(([x, y]) => dy * x - dx * y)
    const cut = balance(places, across, share)
    const low = across.map((v) => v < cut)
    const crossings = ring.flatMap((_, i) => (low[i] === low[(i + 1) % ring.length] ? [] : [i]))
    const [first, second] = crossings
    if (crossings.length !== 2 || first === undefined || second === undefined) return undefined
    const [p, q] = [first, second].map((i): Micro => {
      const j = (i + 1) % ring.length
      const [a, b] = [places[i] ?? [0, 0], places[j] ?? [0, 0]]
      const t = (cut - (across[i] ?? 0)) / ((across[j] ?? 0) - (across[i] ?? 0))
      const at = toMicro([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
      const [u, v] = [ring[i] ?? at, ring[j] ?? at]
      const met = meet(u, v, at)
      inherit(u, v, met)
      return met
    })
    if (!p || !q) return undefined
    const one = tidy([p, ...ring.slice(first + 1, second + 1), q])
    const other = tidy([q, ...ring.slice(second + 1), ...ring.slice(0, first + 1), p])
    const isSound = [one, other].every((r) => r.length >= 3 && area(r.map(fromMicro)) > 0)
    if (!isSound) return undefined
    return low[first] ? [other, one] : [one, other]
  }

  const mesh: Mesh = {
    part(ring, n, seed) {
      if (n <= 1) return [ring]
      const places = ring.map(fromMicro)
      const isWide = extent(places, 0) >= extent(places, 1)
      const lean = (random(seed)() - 0.5) * 2 * LEAN
      const first = Math.floor(n / 2)
      for (const across of [isWide, !isWide])
        for (const detour of DETOURS) {
          const slope = lean + detour
          const halves = cutAt(ring, first / n, across ? [slope, 1] : [1, slope])
          if (!halves) continue
          const [one, other] = halves
          return [...mesh.part(one, first, seed * 2 + 1), ...mesh.part(other, n - first, seed * 2 + 2)]
        }
      throw new Error(`no straight cut parts the outline at ${ring[0]?.join(', ')} into ${n}`)
    },
    full: (ring) => ring.flatMap((a, i) => [a, ...pointsBetween(a, ring[(i + 1) % ring.length] ?? a)]),
  }
  return mesh
}

/** Without vertices that follow themselves. */
const tidy = (ring: Ring): Ring => ring.filter((p, i) => !isSame(p, ring[(i + 1) % ring.length] ?? p))

function extent(places: readonly Point[], axis: 0 | 1): number {
  const values = places.map((p) => p[axis])
  return Math.max(...values) - Math.min(...values)
}

/** How far across the outline a cut leaves `share` of its area before it. */
function balance(places: readonly Point[], across: readonly number[], share: number): number {
  const whole = Math.abs(area(places))
  let [low, high] = [Math.min(...across), Math.max(...across)]
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (Math.abs(area(before(places, across, middle))) / whole > share) high = middle
    else low = middle
  }
  return (low + high) / 2
}

/** What of the outline lies before the cut; where it bends back its true area, though not its true shape. */
function before(places: readonly Point[], across: readonly number[], cut: number): Point[] {
  return places.flatMap((p, i): Point[] => {
    const j = (i + 1) % places.length
    const [q, v, w] = [places[j] ?? p, across[i] ?? 0, across[j] ?? 0]
    const kept = v < cut ? [p] : []
    if (v < cut === w < cut) return kept
    const t = (cut - v) / (w - v)
    return [...kept, [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]]
  })
}
