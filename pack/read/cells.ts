// cells.geojson, optional: unit grid cells 单元网格 (万米网格) with their 15-digit codes. Grids are unions of cells.
import type { Area, PackCell } from '#domain/city/types.ts'
import { areaOf, contains, polygonsOf, shapeOf } from '#domain/geo/geometry.ts'
import type { Shape } from '#domain/geo/geometry.ts'
import { interiorPoint } from '#domain/geo/interior.ts'
import { differenceOf, tiles } from '#domain/geo/overlap.ts'
import type { Crs } from './crs.ts'
import { readFeatures } from './features.ts'
import { findDuplicates } from './findings.ts'
import type { Findings, Place, Placed } from './findings.ts'
import { checkOverlaps, percent, squareMetres, whereIs } from './ground.ts'
import type { PlaceName } from './ground.ts'
import { AREA_WORDS, codeMeant } from './known.ts'
import type { Known } from './known.ts'
import { readProperties } from './properties.ts'
import type { PackSource } from './source.ts'

export const CELLS = 'cells.geojson'

export interface ReadCells {
  cells: Placed<PackCell>[]
  /** The system that the file is in. */
  crs: Crs
}

/** Undefined when there is no such file. A cell that names no grid belongs to the one it lies in. */
export async function readCells(
  source: PackSource,
  crs: Crs,
  grids: { known: Known; areas: readonly Placed<Area>[]; level: string | undefined },
  findings: Findings,
): Promise<ReadCells | undefined> {
  const read = await readFeatures(source, CELLS, crs, ['Polygon', 'MultiPolygon'], findings, {
    optional: true,
  })
  if (!read) return undefined
  const byCode = new Map(grids.areas.map((a) => [a.value.code, a.value]))
  const placed = grids.areas.filter((a) => a.value.level === grids.level)
  const cells: Placed<PackCell>[] = []
  for (const feature of read.features) {
    const properties = readProperties(CELLS, feature, findings)
    const { geometry } = feature
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') continue
    const code = properties.text('code', true)
    const stated = properties.text('grid')
    const grid =
      stated === ''
        ? gridAround(geometry, placed, properties.place('grid'), findings)
        : codeMeant(stated, grids.known, properties.place('grid'), AREA_WORDS, findings)
    checkCode(code, byCode.get(grid ?? ''), properties.place('code'), findings)
    if (code !== '' && grid !== undefined) cells.push({ row: feature.index, value: { code, grid, geometry } })
  }
  findDuplicates(CELLS, 'code', cells, (c) => c.code, findings)
  return { cells, crs: read.crs }
}

function gridAround(
  geometry: Shape,
  grids: readonly Placed<Area>[],
  at: Place,
  findings: Findings,
): string | undefined {
  const inside = interiorPoint(geometry)
  const found = inside && grids.find((g) => contains(g.value.geometry, inside.lng, inside.lat))
  if (!found) findings.fault(at, 'lies in no grid, and names none', '不在任何网格内，也未填所属网格')
  return found?.value.code
}

/** 6 digits division + 3 street + 3 community + 3 sequence: the first 12 are the community's code. */
const CODE = /^\d{15}$/
const COMMUNITY = /^\d{12}$/

function checkCode(code: string, grid: Area | undefined, at: Place, findings: Findings): void {
  if (code === '') return
  if (!CODE.test(code)) {
    findings.fault(at, `"${code}" is not 15 digits`, `“${code}”不是15位数字（6区划＋3街道＋3社区＋3顺序号）`)
    return
  }
  if (code.endsWith('000'))
    findings.fault(at, `"${code}": sequences begin at 001`, `“${code}”的顺序号须从001起`)
  const community = grid?.parent
  if (community !== undefined && COMMUNITY.test(community) && !code.startsWith(community))
    findings.fault(
      at,
      `"${code}" does not begin with ${community}, the community of its grid ${grid?.code}`,
      `“${code}”不以所属网格${grid?.code}的社区编码${community}开头`,
    )
}

/** Of a grid: ground that its cells leave out or that they take beyond it. Up to this nothing is said … */
const EXACT_SHARE = 0.001
const EXACT_M2 = 1
/** … up to this it is remarked on, and beyond it a fault. */
const CLOSE_SHARE = 0.01

/** Cells lie side by side, and each grid that has cells is their union. `level` is that of the grids. */
export function checkCells(
  { cells, crs }: ReadCells,
  areas: readonly Placed<Area>[],
  level: string | undefined,
  findings: Findings,
): void {
  const name: PlaceName = (lng, lat) => crs.fromWgs84(lng, lat)
  checkOverlaps(
    cells.map(({ row, value }) => ({
      place: { file: CELLS, row, field: 'geometry' },
      code: value.code,
      geometry: value.geometry,
    })),
    name,
    findings,
  )
  const byGrid = Map.groupBy(cells, (c) => c.value.grid)
  const without: string[] = []
  for (const { value: grid } of areas) {
    const own = byGrid.get(grid.code)
    if (own) checkUnion(grid, own, name, findings)
    else if (grid.level === level) without.push(grid.code)
  }
  if (without.length > 0)
    findings.warn(
      { file: CELLS, field: 'grid' },
      `${without.length} grids have no cells: ${without.slice(0, 5).join(', ')}${without.length > 5 ? ', …' : ''}`,
      `${without.length}个网格没有单元网格：${without.slice(0, 5).join('、')}${without.length > 5 ? '等' : ''}`,
    )
}

function checkUnion(grid: Area, own: readonly Placed<PackCell>[], name: PlaceName, findings: Findings): void {
  const shapes = own.map((c) => c.value.geometry)
  if (tiles(grid.geometry, shapes)) return
  const [first] = own
  const at = { file: CELLS, row: first?.row, field: 'grid' }
  const left = differenceOf(grid.geometry, shapes)
  const beyond = differenceOf(shapeOf(shapes.flatMap(polygonsOf)), [grid.geometry])
  if (left)
    reportUnion(left, grid, at, findings, (size) => [
      `the cells leave ${size} of grid ${grid.code} out, most of it at ${whereIs(left, name)}`,
      `单元网格未覆盖网格${grid.code}的${size}，主要在${whereIs(left, name)}`,
    ])
  if (beyond)
    reportUnion(beyond, grid, at, findings, (size) => [
      `the cells of grid ${grid.code} reach ${size} beyond it, most of it at ${whereIs(beyond, name)}`,
      `网格${grid.code}的单元网格超出其边界${size}，主要在${whereIs(beyond, name)}`,
    ])
}

function reportUnion(
  piece: Shape,
  grid: Area,
  at: Place,
  findings: Findings,
  words: (size: string) => [message: string, zh: string],
): void {
  const size = areaOf(piece)
  const share = size / areaOf(grid.geometry)
  if (size <= EXACT_M2 || share <= EXACT_SHARE) return
  const report = share > CLOSE_SHARE ? findings.fault : findings.warn
  report(at, ...words(`${squareMetres(size)} (${percent(share)})`))
}
