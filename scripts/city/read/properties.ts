// Properties of a feature as strings, numbers and lists; each complaint names the field. Geographic tools write numbers
// as text and lists as text, so both are taken.
import type { PackFeature } from './features.ts'
import type { Findings, Place } from './findings.ts'
import { listOf } from './table.ts'

export interface Properties {
  place(field: string): Place
  /** Empty string when absent; reports when required. */
  text(field: string, required?: boolean): string
  list(field: string): string[]
  /** Undefined when absent (reports when required) or no number (reports). */
  number(field: string, required?: boolean): number | undefined
}

export function readProperties(file: string, feature: PackFeature, findings: Findings): Properties {
  const place = (field: string): Place => ({ file, row: feature.index, field })
  const raw = (field: string) => feature.properties[field]
  const text = (field: string, required = false): string => {
    const value = raw(field)
    const given = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
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
