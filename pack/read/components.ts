// components.csv, optional: the register of components 部件库 with their owners.
import type { CityPack } from '#domain/city/types.ts'
import type { Crs } from './crs.ts'
import { findDuplicates } from './findings.ts'
import type { Findings, Placed } from './findings.ts'
import { CATEGORY_WORDS, codeMeant, DEPARTMENT_WORDS } from './known.ts'
import type { Known } from './known.ts'
import { readTable } from './table.ts'
import { readPosition } from './position.ts'
import type { PackSource } from './source.ts'

export const COMPONENTS = 'components.csv'

export type Component = CityPack['components'][number]

export const COMPONENT_COLUMNS = [
  {
    name: 'code',
    zh: '部件编码',
    also: ['编码', '部件标识码'],
    required: true,
    unique: true,
    hint: '16位，设为文本格式',
  },
  { name: 'category', zh: '类别编码', also: ['类别', '小类'], required: true },
  { name: 'owner', zh: '权属单位', hint: '单位编码或名称；不明留空' },
  { name: 'lng', zh: '经度', also: ['X', '东坐标'], required: true, reads: 'number' },
  { name: 'lat', zh: '纬度', also: ['Y', '北坐标'], required: true, reads: 'number' },
] as const

export async function readComponents(
  source: PackSource,
  crs: Crs,
  known: { categories: Known; departments: Known },
  findings: Findings,
): Promise<Placed<Component>[]> {
  const rows = await readTable(source, COMPONENTS, COMPONENT_COLUMNS, findings, { optional: true })
  const components: Placed<Component>[] = []
  for (const { line, cells } of rows ?? []) {
    const at = (field: string) => ({ file: COMPONENTS, row: line, field })
    const category = codeMeant(cells.category, known.categories, at('category'), CATEGORY_WORDS, findings)
    const owner = codeMeant(cells.owner, known.departments, at('owner'), DEPARTMENT_WORDS, findings)
    const position = readPosition(cells, crs, at, findings)
    if (position)
      components.push({
        row: line,
        value: { code: cells.code, category, ...(owner === '' ? {} : { owner }), ...position },
      })
  }
  findDuplicates(COMPONENTS, 'code', components, (c) => c.code, findings)
  return components
}
