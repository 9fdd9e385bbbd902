// Texts of a case that was really lived, cut where another case differs: instants, ids, numbers, the place, a phone. Filled
// in again they are the texts of that other case, without being made from objects anew.

/** What differs from case to case. `id` is one of a template's own ids, by index; 0 is the case's. */
export type Slot =
  | { kind: 'ms' | 'iso'; at: number }
  | { kind: 'id' | 'digest'; n: number }
  | { kind: 'receiptNo' | 'caseNo' | 'lng' | 'lat' | 'house' | 'phone' }

/** The values of one case. */
export interface Values {
  /** Added to every instant, ms. */
  shift: number
  ids: readonly string[]
  /** Hex, by part: 0 = words, 1 = person; of the event that is being written. */
  digests: readonly string[]
  receiptNo: string
  caseNo: string
  lng: string
  lat: string
  house: string
  phone: string
}

export type Text = readonly (string | Slot)[]

/** As in the texts themselves: epoch ms, or ISO 8601 in UTC with milliseconds. */
const INSTANT = String.raw`(?<![\d.])1[5-9]\d{11}(?![\d.])|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** @param known what stands in the text for a slot. */
export function cut(text: string, known: ReadonlyMap<string, Slot>): Text {
  const words = [...known.keys()].sort((a, b) => b.length - a.length).map(literal)
  const parts: (string | Slot)[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(new RegExp([...words, INSTANT].join('|'), 'g'))) {
    if (index > from) parts.push(text.slice(from, index))
    const isIso = found.endsWith('Z') && found.includes('T')
    parts.push(
      known.get(found) ??
        (isIso ? { kind: 'iso', at: Date.parse(found) } : { kind: 'ms', at: Number(found) }),
    )
    from = index + found.length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

export function fill(text: Text, v: Values): string {
  let out = ''
  for (const part of text) out += typeof part === 'string' ? part : slotText(part, v)
  return out
}

function slotText(slot: Slot, v: Values): string | number {
  switch (slot.kind) {
    case 'ms':
      return slot.at + v.shift
    case 'iso':
      return new Date(slot.at + v.shift).toISOString()
    case 'id':
      return v.ids[slot.n] ?? ''
    case 'digest':
      return v.digests[slot.n] ?? ''
    default:
      return v[slot.kind]
  }
}

/** Every instant of a text, epoch ms. */
export const instantsOf = (text: Text): number[] =>
  text.flatMap((p) => (typeof p !== 'string' && 'at' in p ? [p.at] : []))

/** A value as COPY's text format takes it. */
export const escaped = (text: string): string =>
  text.replace(/[\\\t\n\r]/g, (c) => (c === '\\' ? '\\\\' : c === '\t' ? '\\t' : c === '\n' ? '\\n' : '\\r'))

/** One line of COPY's text format; null is \N, an array PostgreSQL's own notation, an object JSON. */
export function copyLine(values: readonly unknown[]): string {
  return `${values.map(copyValue).join('\t')}\n`
}

function copyValue(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (Array.isArray(value)) return escaped(`{${value.map((v) => JSON.stringify(String(v))).join(',')}}`)
  return escaped(typeof value === 'object' ? JSON.stringify(value) : String(value))
}
