// zones.geojson: responsibility zones 责任区 that cut across areas. Their centres are found later, when all are known.
import type { Zone } from '#domain/city/types.ts'
import { parseDay } from '#domain/days.ts'
import type { Crs } from './crs.ts'
import { readFeatures } from './features.ts'
import { findDuplicates } from './findings.ts'
import type { Findings, Placed } from './findings.ts'
import { codeMeant, DEPARTMENT_WORDS, noSuchCategory } from './known.ts'
import type { Known } from './known.ts'
import { readProperties } from './properties.ts'
import type { Properties } from './properties.ts'
import type { PackSource } from './source.ts'

export const ZONES = 'zones.geojson'

export type ZoneRow = Omit<Zone, 'centre'>

export async function readZones(
  source: PackSource,
  crs: Crs,
  known: { departments: Known; categories: Known },
  findings: Findings,
): Promise<Placed<ZoneRow>[] | undefined> {
  const read = await readFeatures(source, ZONES, crs, ['Polygon', 'MultiPolygon'], findings)
  if (!read) return undefined
  const zones: Placed<ZoneRow>[] = []
  for (const feature of read.features) {
    const properties = readProperties(ZONES, feature, findings)
    const { geometry } = feature
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') continue
    const code = properties.text('code', true)
    const name = properties.text('name', true)
    const kind = properties.text('kind', true)
    const priority = properties.number('priority', true)
    if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0))
      findings.fault(
        properties.place('priority'),
        `${priority} is not a whole number from 0 on`,
        `${priority}不是非负整数`,
      )
    const unitOf = (text: string, field: string) =>
      codeMeant(text, known.departments, properties.place(field), DEPARTMENT_WORDS, findings)
    const department = unitOf(properties.text('department'), 'department')
    const coDepartments = properties.list('coDepartments').map((unit) => unitOf(unit, 'coDepartments'))
    const categories = properties.list('categories')
    checkCategories(categories, known.categories, properties, findings)
    const validity = readValidity(properties, findings)
    if (code === '') continue
    zones.push({
      row: feature.index,
      value: {
        code,
        name,
        kind,
        ...(department === '' ? {} : { department }),
        coDepartments,
        priority: priority ?? 0,
        categories,
        ...validity,
        geometry,
      },
    })
  }
  findDuplicates(ZONES, 'code', zones, (z) => z.code, findings)
  return zones
}

function checkCategories(rules: string[], known: Known, properties: Properties, findings: Findings): void {
  if (!known) return
  for (const rule of rules)
    if (!known.covers(rule)) findings.fault(properties.place('categories'), ...noSuchCategory(rule))
}

function readValidity(properties: Properties, findings: Findings): Pick<Zone, 'validFrom' | 'validTo'> {
  const validity: Pick<Zone, 'validFrom' | 'validTo'> = {}
  for (const field of ['validFrom', 'validTo'] as const) {
    const date = properties.date(field)
    if (date === '') continue
    if (parseDay(date) === undefined)
      findings.fault(
        properties.place(field),
        `"${date}" is not a date YYYY-MM-DD`,
        `“${date}”不是日期（年-月-日，如2026-03-01）`,
      )
    else validity[field] = date
  }
  const { validFrom, validTo } = validity
  if (validFrom !== undefined && validTo !== undefined && validTo < validFrom)
    findings.fault(
      properties.place('validTo'),
      `ends on ${validTo}, before it begins`,
      `截止日期${validTo}早于起始日期`,
    )
  return validity
}
