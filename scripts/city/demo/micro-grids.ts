// Micro-grids 微网格 under the grids, and the layer of cells 单元网格 of about a hectare (万米) beneath both. Every level
// tiles the next, vertex by vertex.
import type { drawAreas } from './areas.ts'
import { area } from './curve.ts'
import { openMesh } from './mesh.ts'
import type { Mesh, Micro, Ring } from './mesh.ts'
import { fromMicro } from './plane.ts'

export interface TownArea {
  code: string
  name: string
  level: 'street' | 'community' | 'grid' | 'micro-grid'
  parent?: string
  /** Closed. */
  outline: Micro[]
}

export interface TownCell {
  /** 15 digits: the community's twelve and a number in it. */
  code: string
  grid: string
  /** Closed. */
  outline: Micro[]
}

const OLD_TOWN = '001'
/** Old-town grids have more households and are divided in three; elsewhere only the first of a community, its centre. */
const parts = (grid: string) => (grid.slice(6, 9) === OLD_TOWN || grid.endsWith('001') ? 3 : 2)

const CELL_M2 = 10_000
/** Cells are numbered from 101 in their community, so that none has the code of a grid. */
const FIRST_CELL = 101

const pad = (n: number, width: number) => String(n).padStart(width, '0')
const closed = (ring: Ring): Micro[] => [...ring, ring[0] ?? [0, 0]]
const open = (outline: readonly Micro[]): Ring => outline.slice(0, -1)

interface Part {
  code: string
  name: string
  grid: string
  ring: Ring
}

export function divideGrids({ areas }: Pick<ReturnType<typeof drawAreas>, 'areas'>): {
  areas: TownArea[]
  cells: TownCell[]
} {
  const mesh = openMesh()
  const micro = areas
    .filter((a) => a.level === 'grid')
    .flatMap(({ code, name, outline }) =>
      mesh.part(open(outline), parts(code), Number(code.slice(6))).map((ring, i): Part => {
        const n = pad(i + 1, 2)
        return { code: `${code}${n}`, name: `${name}微网格${n}`, grid: code, ring }
      }),
    )
  const cells = divideParts(micro, mesh)
  return {
    areas: [
      ...areas.map((a): TownArea => ({ ...a, outline: closed(mesh.full(open(a.outline))) })),
      ...micro.map(
        ({ code, name, grid, ring }): TownArea => ({
          code,
          name,
          level: 'micro-grid',
          parent: grid,
          outline: closed(mesh.full(ring)),
        }),
      ),
    ],
    cells: cells.map(({ ring, ...c }) => ({ ...c, outline: closed(mesh.full(ring)) })),
  }
}

/** Cells stay inside their micro-grid. */
function divideParts(micro: readonly Part[], mesh: Mesh): { code: string; grid: string; ring: Ring }[] {
  const numbers = new Map<string, number>()
  return micro.flatMap(({ code, grid, ring }) => {
    const size = Math.abs(area(ring.map(fromMicro)))
    const community = grid.slice(0, 12)
    return mesh.part(ring, Math.round(size / CELL_M2), Number(code.slice(6))).map((cell) => {
      const n = numbers.get(community) ?? FIRST_CELL
      numbers.set(community, n + 1)
      return { code: `${community}${pad(n, 3)}`, grid, ring: cell }
    })
  })
}
