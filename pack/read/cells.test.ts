// Unit grid cells: their codes, and that each grid is the union of its own.
import type { Feature, Polygon, Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import {
  changeFeatures,
  changeRing,
  indexOf,
  makePackFolder,
  plantIn,
  readChanged,
  sample,
  setProperties,
  TODAY,
} from '../testing.ts'
import type { Change, Plant } from '../testing.ts'

makePackFolder()

const CELLS = 'cells.geojson'
const FIRST = '990191001001001'
const at = indexOf(CELLS, FIRST)
const set = (properties: Record<string, unknown>) => setProperties(CELLS, FIRST, properties)

const plantCells = (...plants: Plant[]) => plantIn(sample, CELLS, ...plants)

const read = (change: Change) => readChanged({ [CELLS]: change }, TODAY, sample)

/** Moves the east side of the cell by so many degrees. */
const widen = (by: number) =>
  changeRing(CELLS, FIRST, (ring) => {
    const east = Math.max(...ring.map(([x = 0]) => x))
    return ring.map(([x = 0, y = 0]): Position => [x === east ? x + by : x, y])
  })

describe('faults of cells', () => {
  plantCells(
    ['14 digits', set({ code: '99019100100101' }), [at, 'code']],
    ['a letter', set({ code: '99019100100100A' }), [at, 'code']],
    ['no code', set({ code: null }), [at, 'code']],
    ['a sequence of 000', set({ code: '990191001001000' }), [at, 'code']],
    ['another community’s code', set({ code: '990191001002099' }), [at, 'code']],
    ['a code given twice', set({ code: '990191001001002' }), [at + 1, 'code']],
    ['an unknown grid', set({ grid: '990191001001009' }), [at, 'grid']],
    ['a cell that overlaps its neighbour', widen(0.0005), [at + 1, 'geometry']],
    ['a grid with a cell missing', changeFeatures((all) => all.splice(at, 1)), [at, 'grid']],
    [
      'cells that lie in no grid',
      changeFeatures((all) => {
        const [cell] = all
        if (!cell) return
        cell.properties.grid = null
        cell.geometry.coordinates = cell.geometry.coordinates.map((r) =>
          r.map(([x = 0, y = 0]) => [x + 0.1, y]),
        )
      }),
      [at, 'grid'],
    ],
  )
})

describe('cells', () => {
  it('that leave a sliver of their grid are remarked on, with the place', async () => {
    const { faults, warnings } = await read(widen(-0.00001))
    expect(faults).toEqual([])
    expect(warnings.map((w) => [w.file, w.row, w.field])).toEqual([[CELLS, at, 'grid']])
    expect(warnings[0]?.message).toMatch(/leave \d+ m² \(0\.\d\d %\) of grid 990191001001001 out.*\[113\.90/)
  })

  it('of some grids only are remarked on', async () => {
    const { pack, warnings } = await read(
      changeFeatures((all) => all.splice(0, all.length, ...all.filter((f) => f.properties.grid === FIRST))),
    )
    expect(pack?.cells).toHaveLength(2)
    expect(warnings.map((w) => w.message)).toEqual([expect.stringContaining('5 grids have no cells')])
  })

  it('find their grid by where they lie', async () => {
    const { pack, faults } = await read(
      changeFeatures((all) => {
        for (const f of all) f.properties.grid = null
      }),
    )
    expect(faults).toEqual([])
    const { pack: named } = await read((t) => t)
    expect(pack?.cells).toEqual(named?.cells)
  })

  it('need no vertices in common with their grid, and may be thousands', async () => {
    const counts = new Map<string, number>()
    const next = (community: string) => {
      const n = (counts.get(community) ?? 0) + 1
      counts.set(community, n)
      return `${community}${String(n).padStart(3, '0')}`
    }
    const { pack, faults, warnings } = await read(
      changeFeatures((all) => {
        const cut = all.flatMap((f) =>
          pieces(f, 11).map((geometry) => {
            const code = next(String(f.properties.code).slice(0, 12))
            return { ...f, properties: { ...f.properties, code }, geometry }
          }),
        )
        all.splice(0, all.length, ...cut)
      }),
    )
    expect([faults, warnings]).toEqual([[], []])
    expect(pack?.cells).toHaveLength(16 * 11 * 11)
  })
})

/** A rectangle cut into n × n, without a vertex for the neighbours’ corners on its own border. */
function pieces({ geometry }: Feature<Polygon>, n: number): Polygon[] {
  const xs = geometry.coordinates[0]?.map(([x = 0]) => x) ?? []
  const ys = geometry.coordinates[0]?.map(([, y = 0]) => y) ?? []
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const x = (i: number) => Number((west + ((east - west) * i) / n).toFixed(7))
  const y = (j: number) => Number((south + ((north - south) * j) / n).toFixed(7))
  return Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [k % n, Math.floor(k / n)]
    const ring = [
      [x(i), y(j)],
      [x(i + 1), y(j)],
      [x(i + 1), y(j + 1)],
      [x(i), y(j + 1)],
      [x(i), y(j)],
    ]
    return { type: 'Polygon', coordinates: [ring] }
  })
}
