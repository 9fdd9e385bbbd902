// Properties of a feature by English or Chinese names, as strings, numbers and lists; each complaint names the field. Geographic tools write numbers
// as text and lists as text, so both are taken.
import type { PackFeature } from './features.ts'
import type { Findings, Place } from './findings.ts'
import { trim } from './raw-table.ts'
import { dateMeant, listOf } from './table.ts'

export interface Properties {
  place(field: string): Place
  /** Empty string when absent; reports when required. */
  text(field: string, required?: boolean): string
  list(field: string): string[]
  /** `YYYY-MM-DD` however it was written; what is no date comes as it is. */
  date(field: string): string
  /** Undefined when absent (reports when required) or no number (reports). */
  number(field: string, required?: boolean): number | undefined
}

const ALSO: Readonly<Record<string, readonly string[]>> = {
  code: ['编码', '代码', '编号', 'BM', 'DM'],
  name: ['名称', 'MC'],
  level: ['层级', '级别'],
  parent: ['上级', '上级编码', '所属'],
  grid: ['网格', '所属网格'],
  kind: ['类型', '类别'],
  department: ['责任单位', '单位'],
  coDepartments: ['协办单位'],
  priority: ['优先级'],
  categories: ['适用类别'],
  validFrom: ['起始日期'],
  validTo: ['截止日期'],
  class: ['等级'],
}

const plainKey = (key: string) => key.trim().toLowerCase()

/** What a person finds a feature by: its code, else its name. */
export function labelOf(properties: Record<string, unknown>): string | undefined {
  const raw = lookUp(properties)
  const label = [raw('code'), raw('name')].find(
    (v) => (typeof v === 'string' && v !== '') || typeof v === 'number',
  )
  return label === undefined ? undefined : String(label)
}

function lookUp(properties: Record<string, unknown>): (field: string) => unknown {
  const given = new Map(Object.entries(properties).map(([key, value]) => [plainKey(key), value]))
  return (field) => {
    const names = [field, ...(ALSO[field] ?? [])].map(plainKey)
    // A shapefile cuts names after ten characters.
    const name = [...names, ...names.map((n) => n.slice(0, 10))].find((n) => given.has(n))
    return name === undefined ? undefined : given.get(name)
  }
}

export function readProperties(file: string, feature: PackFeature, findings: Findings): Properties {
  const place = (field: string): Place => ({ file, row: feature.index, field })
  const raw = lookUp(feature.properties)
  const text = (field: string, required = false): string => {
    const value = raw(field)
    const given = typeof value === 'number' ? String(value) : typeof value === 'string' ? trim(value) : ''
    if (value !== null && value !== undefined && typeof value !== 'string' && typeof value !== 'number')
      findings.fault(place(field), 'must be text', '须为文字')
    else if (given === '' && required) findings.empty(place(field), `${field}不能为空`)
    return given
  }
  return {
    place,
    text,
    list(field) {
      const value = raw(field)
      if (Array.isArray(value)) {
        if (value.every((v) => typeof v === 'string')) return value
        findings.fault(place(field), 'must be a list of texts', '须为文字列表')
        return []
      }
      return listOf(text(field))
    },
    date: (field) => dateMeant(text(field).replace(/T.*$/, '')),
    number(field, required = false) {
      const given = text(field, required)
      if (given === '') return undefined
      const value = Number(given)
      if (Number.isFinite(value)) return value
      findings.fault(place(field), `"${given}" is not a number`, `“${given}”不是数字`)
      return undefined
    },
  }
}
