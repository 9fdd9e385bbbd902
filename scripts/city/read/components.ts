// components.csv, optional: the register of components 部件库 with their owners.
import type { CityPack } from '#domain/city/types.ts'
import type { PackCrs } from '#domain/city/schema.ts'
import { toWgs84 } from '#domain/geo/crs.ts'
import { findDuplicates } from './findings.ts'
import type { Findings, Known, Placed } from './findings.ts'
import { readTable } from './table.ts'

export const COMPONENTS = 'components.csv'

export type Component = CityPack['components'][number]

export const COMPONENT_COLUMNS = [
  { name: 'code', zh: '部件编码', required: true },
  { name: 'category', zh: '类别编码', required: true },
  { name: 'owner', zh: '权属单位' },
  { name: 'lng', zh: '经度', required: true },
  { name: 'lat', zh: '纬度', required: true },
] as const

export async function readComponents(
  dir: string,
  crs: PackCrs,
  known: { categories: Known; departments: Known },
  findings: Findings,
): Promise<Placed<Component>[]> {
  const rows = await readTable(dir, COMPONENTS, COMPONENT_COLUMNS, findings, { optional: true })
  const components: Placed<Component>[] = []
  for (const { line, cells } of rows ?? []) {
    const at = (field: string) => ({ file: COMPONENTS, row: line, field })
    if (known.categories && !known.categories.has(cells.category))
      findings.fault(at('category'), `unknown category "${cells.category}"`, `未知类别“${cells.category}”`)
    if (cells.owner !== '' && known.departments && !known.departments.has(cells.owner))
      findings.fault(at('owner'), `unknown department "${cells.owner}"`, `未知单位“${cells.owner}”`)
    const [lng, lat] = [Number(cells.lng), Number(cells.lat)]
    if (!(Math.abs(lng) <= 180))
      findings.fault(at('lng'), `"${cells.lng}" is no longitude`, `“${cells.lng}”不是经度`)
    else if (!(Math.abs(lat) <= 90))
      findings.fault(
        at('lat'),
        `"${cells.lat}" is no latitude; are longitude and latitude swapped?`,
        `“${cells.lat}”不是纬度，经纬度是否写反？`,
      )
    else
      components.push({
        row: line,
        value: {
          code: cells.code,
          category: cells.category,
          ...(cells.owner === '' ? {} : { owner: cells.owner }),
          ...toWgs84(lng, lat, crs === 'gcj02' ? 'gcj02' : 'wgs84'),
        },
      })
  }
  findDuplicates(COMPONENTS, 'code', components, (c) => c.code, findings)
  return components
}
