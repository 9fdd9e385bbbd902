// Hills as contour lines and woods, from a few bumps put by hand. Only sums, products and quotients, so that every machine
// draws the same.
import { area } from './curve.ts'
import type { Point } from './plane.ts'
import { boxOf } from './ring.ts'

interface Hill {
  at: Point
  /** Metres above the plain, and metres from the top to where a quarter is left. */
  high: number
  wide: number
}

const range = (cell: number, step: number, hills: [x: number, y: number, high: number, wide: number][]) => ({
  cell,
  step,
  hills: hills.map(([x, y, high, wide]): Hill => ({ at: [x, y], high, wide })),
})

const RANGES = [
  // 凤凰山, in the town.
  range(18, 10, [
    [1230, -2085, 62, 150],
    [1060, -2055, 40, 110],
    [1310, -2190, 34, 95],
    [1130, -2190, 26, 80],
  ]),
  // South of the river.
  range(60, 20, [
    [-650, -3420, 120, 300],
    [-180, -3560, 150, 330],
    [-1150, -3330, 70, 230],
    [320, -3480, 80, 230],
    [1650, -3720, 130, 300],
    [2150, -3900, 150, 330],
  ]),
  // Across the river in the west.
  range(60, 20, [
    [-4150, 250, 110, 290],
    [-4480, -120, 150, 330],
    [-4050, -420, 70, 220],
    [-4300, 760, 70, 240],
    [-3650, -2500, 90, 290],
    [-4050, -2750, 130, 320],
  ]),
]

const height = (hills: Hill[], x: number, y: number) =>
  hills.reduce((sum, { at, high, wide }) => {
    const d = ((x - at[0]) ** 2 + (y - at[1]) ** 2) / (wide * wide)
    return sum + high / ((1 + d) * (1 + d))
  }, 0)

export interface Relief {
  /** Closed contour lines; every fifth is `index`. */
  contours: { ring: Point[]; index: boolean }[]
  woods: Point[][]
}

/** The first level, in steps, from which the ground is wooded. */
const WOODED = 1

export function drawRelief(): Relief {
  const relief: Relief = { contours: [], woods: [] }
  for (const { cell, step, hills } of RANGES) {
    const reach = 2.4 * Math.max(...hills.map((h) => h.wide))
    const [w, s, e, n] = boxOf(hills.map((h) => h.at))
    const grid = {
      x: w - reach,
      y: s - reach,
      cell,
      columns: Math.ceil((e - w + 2 * reach) / cell),
      rows: Math.ceil((n - s + 2 * reach) / cell),
    }
    const top = Math.max(...hills.map((h) => height(hills, h.at[0], h.at[1])))
    for (let k = WOODED; k * step < top; k++) {
      for (const ring of level(grid, (x, y) => height(hills, x, y) - k * step)) {
        if (Math.abs(area(ring)) < 6 * cell * cell) continue
        if (k === WOODED) relief.woods.push(ring)
        else relief.contours.push({ ring, index: k % 5 === 0 })
      }
    }
  }
  return relief
}

interface Grid {
  x: number
  y: number
  cell: number
  columns: number
  rows: number
}

/** Closed lines where the field is zero, by marching squares; lines that leave the grid are left out. */
function level(
  { x: x0, y: y0, cell, columns, rows }: Grid,
  field: (x: number, y: number) => number,
): Point[][] {
  const values = Array.from({ length: rows + 1 }, (_, r) =>
    Array.from({ length: columns + 1 }, (_, c) => field(x0 + c * cell, y0 + r * cell)),
  )
  const at = (c: number, r: number) => values[r]?.[c] ?? -1
  // Each edge of the grid that the line crosses has one point; a piece of line leads from edge to edge.
  const pointOn = (c: number, r: number, up: boolean): Point => {
    const [a, b] = [at(c, r), up ? at(c, r + 1) : at(c + 1, r)]
    const t = a / (a - b)
    return up ? [x0 + c * cell, y0 + (r + t) * cell] : [x0 + (c + t) * cell, y0 + r * cell]
  }
  const next = new Map<string, { to: string; p: Point }>()
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const corners: [number, number][] = [
        [c, r],
        [c + 1, r],
        [c + 1, r + 1],
        [c, r + 1],
      ]
      const sides: [string, Point][] = [
        [`h${c},${r}`, pointOn(c, r, false)],
        [`v${c + 1},${r}`, pointOn(c + 1, r, true)],
        [`h${c},${r + 1}`, pointOn(c, r + 1, false)],
        [`v${c},${r}`, pointOn(c, r, true)],
      ]
      const signs = corners.map(([i, k]) => at(i, k) > 0)
      // Walking round the cell, the line enters where the ground rises above the level and leaves where it falls.
      const enters = sides.filter((_, i) => !signs[i] && signs[(i + 1) % 4])
      const leaves = sides.filter((_, i) => signs[i] && !signs[(i + 1) % 4])
      leaves.forEach(([from, p], i) => {
        const to = enters[i]?.[0]
        if (to !== undefined) next.set(from, { to, p })
      })
    }
  return loops(next)
}

function loops(next: Map<string, { to: string; p: Point }>): Point[][] {
  const rings: Point[][] = []
  for (const start of [...next.keys()]) {
    const ring: Point[] = []
    let key: string = start
    for (let step = next.get(key); step; step = next.get(key)) {
      next.delete(key)
      ring.push(step.p)
      key = step.to
    }
    if (key === start && ring.length > 3) rings.push([...ring, ring[0] ?? [0, 0]])
  }
  return rings
}
