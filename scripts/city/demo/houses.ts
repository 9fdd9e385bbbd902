// Blocks between the streets and the houses in them: scenery for the map, without names or addresses.
import { area, distanceToLine, isInside } from './curve.ts'
import { lanes, openGround, parks, roads, sites } from './layout.ts'
import { leftOf } from './partition.ts'
import type { Line, Point } from './plane.ts'
import { distance, random } from './plane.ts'

/** How a street's part of town is built, in metres and square metres. */
interface Fabric {
  block: number
  depth: number
  length: number
  gap: number
  most: number
}

const FABRIC: Record<string, Fabric> = {
  '001': { block: 13_000, depth: 13, length: 38, gap: 15, most: 6 },
  '002': { block: 21_000, depth: 14, length: 52, gap: 24, most: 5 },
  '003': { block: 21_000, depth: 14, length: 52, gap: 24, most: 5 },
  '401': { block: 46_000, depth: 46, length: 104, gap: 34, most: 3 },
}

export interface Built {
  /** Lines between blocks. */
  lanes: Point[][]
  /** Closed house outlines. */
  houses: Point[][]
}

export function build(grid: Line, street: string, seed: number): Built {
  const fabric = FABRIC[street]
  if (!fabric) throw new Error(`no fabric for street ${street}`)
  const next = random(seed)
  const built: Built = { lanes: [], houses: [] }
  for (const block of blocks(grid, fabric.block, next, built.lanes))
    built.houses.push(...housesIn(block, fabric, next))
  return built
}

function blocks(ring: Line, target: number, next: () => number, drawn: Point[][]): Line[] {
  const size = Math.abs(area(ring))
  if (size < target * (1 + next() * 0.5)) return [ring]
  const box = longestEdgeBox(ring)
  const t = 0.42 + next() * 0.16
  const lean = (next() - 0.5) * 0.08
  const at: Point = [box.at[0] + box.u[0] * box.length * t, box.at[1] + box.u[1] * box.length * t]
  const v: Point = [box.v[0] + box.u[0] * lean, box.v[1] + box.u[1] * lean]
  const a: Point = [at[0] - v[0] * 40, at[1] - v[1] * 40]
  const b: Point = [at[0] + v[0] * (box.width + 40), at[1] + v[1] * (box.width + 40)]
  const one = leftOf(ring, a, b)
  const other = leftOf(ring, b, a)
  const smaller = Math.min(Math.abs(area(one)), Math.abs(area(other)))
  if (smaller < size / 5) return [ring]
  const edge = commonEdge(one, a, b)
  if (edge) drawn.push(edge)
  return [...blocks(one, target, next, drawn), ...blocks(other, target, next, drawn)]
}

/** Where the cut a → b runs inside: its outermost points on the ring that was cut. */
function commonEdge(ring: Line, a: Point, b: Point): Point[] | undefined {
  const length = distance(a, b)
  const on = ring.filter(
    (p) => Math.abs((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])) / length < 0.01,
  )
  const sorted = [...on].sort((p, q) => distance(a, p) - distance(a, q))
  const [first, last] = [sorted[0], sorted[sorted.length - 1]]
  return first && last && distance(first, last) > 20 ? [first, last] : undefined
}

interface Box {
  at: Point
  /** Unit vectors along and across. */
  u: Point
  v: Point
  length: number
  width: number
}

/** Bounding box turned to the longest edge; `length` is its longer side. */
function longestEdgeBox(ring: Line): Box {
  let best: [Point, Point] = [ring[0] ?? [0, 0], ring[1] ?? [1, 0]]
  for (let i = 0; i + 1 < ring.length; i++) {
    const edge: [Point, Point] = [ring[i] ?? [0, 0], ring[i + 1] ?? [0, 0]]
    if (distance(...edge) > distance(...best)) best = edge
  }
  const d = distance(...best) || 1
  const along: Point = [(best[1][0] - best[0][0]) / d, (best[1][1] - best[0][1]) / d]
  const across: Point = [-along[1], along[0]]
  const dot = (p: Point, q: Point) => p[0] * q[0] + p[1] * q[1]
  const us = ring.map((p) => dot(p, along))
  const vs = ring.map((p) => dot(p, across))
  const [u0, u1, v0, v1] = [Math.min(...us), Math.max(...us), Math.min(...vs), Math.max(...vs)]
  const at: Point = [along[0] * u0 + across[0] * v0, along[1] * u0 + across[1] * v0]
  return u1 - u0 >= v1 - v0
    ? { at, u: along, v: across, length: u1 - u0, width: v1 - v0 }
    : { at, u: across, v: along, length: v1 - v0, width: u1 - u0 }
}

const EDGE = 11

function housesIn(block: Line, fabric: Fabric, next: () => number): Point[][] {
  const box = longestEdgeBox(block)
  const houses: Point[][] = []
  const rows = Math.floor((box.width - 2 * EDGE + fabric.gap) / (fabric.depth + fabric.gap))
  const columns = Math.max(1, Math.floor((box.length - 2 * EDGE + 10) / (fabric.length + 10)))
  const length = Math.min(fabric.length * 1.25, (box.length - 2 * EDGE - (columns - 1) * 10) / columns)
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const skipped = next() < 0.16
      const shrink = 0.72 + next() * 0.28
      const deep = fabric.depth * (0.85 + next() * 0.35)
      if (skipped || houses.length >= fabric.most) continue
      const u0 = EDGE + c * (length + 10) + ((1 - shrink) * length) / 2
      const v0 = EDGE + r * (fabric.depth + fabric.gap)
      const corner = (u: number, v: number): Point => [
        box.at[0] + box.u[0] * u + box.v[0] * v,
        box.at[1] + box.u[1] * u + box.v[1] * v,
      ]
      const u1 = u0 + length * shrink
      const first = corner(u0, v0)
      const house = [first, corner(u1, v0), corner(u1, v0 + deep), corner(u0, v0 + deep), first]
      if (isBuildable(house, block)) houses.push(area(house) > 0 ? house : house.reverse())
    }
  return houses
}

const noHouses: Line[] = [...openGround, ...parks.map((p) => p.ring), ...sites.map((s) => s.ring)]

function isBuildable(house: Line, block: Line): boolean {
  return house.every(
    (p) =>
      isInside(block, p) &&
      !noHouses.some((ring) => isInside(ring, p)) &&
      Object.values(roads).every((r) => distanceToLine(r.line, p) > (r.class === 'main' ? 27 : 18)) &&
      lanes.every((l) => distanceToLine(l.line, p) > 7),
  )
}
