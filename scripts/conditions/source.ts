// A catalogue of filing conditions 立案条件 as cities keep it, row by row: from a CSV or a workbook, with English or Chinese
// headers, codes and names in columns of their own or together (01公用设施), merged cells of a class filled down.
import { openFindings } from '#pack/read/findings.ts'
import { readCsv } from '#pack/read/csv.ts'
import { trim } from '#pack/read/raw-table.ts'
import type { RawRow, RawTable } from '#pack/read/raw-table.ts'

/** Columns of the usual export; `photo_rule` may be missing, as may the units. */
export const SOURCE_COLUMNS = [
  'kind',
  'big_code',
  'big_name',
  'small_code',
  'small_name',
  'handler_units',
  'supervising_units',
  'filing_condition',
  'close_condition',
  'time_limit',
] as const

export type Source = Record<(typeof SOURCE_COLUMNS)[number] | 'photo_rule', string>

export interface SourceRow {
  /** The line an editor shows, or the row of the sheet. */
  row: number
  source: Source
  /** Cells that the row has, where a CSV row has more or fewer than its header. */
  wrongLength?: number
  /** A formula without a value stands in the row. */
  isSpoilt: boolean
}

export type SourceTable = { ok: true; width: number; rows: SourceRow[] } | { ok: false; reason: string }

const HEADERS: Readonly<Record<keyof Source, readonly string[]>> = {
  kind: ['类型', '种类', '部件/事件'],
  big_code: ['大类代码', '大类编码', '大类编号'],
  big_name: ['大类名称'],
  small_code: ['小类代码', '小类编码', '小类编号'],
  small_name: ['小类名称'],
  handler_units: ['责任主体', '责任单位', '处置单位'],
  supervising_units: ['监管主体', '监管单位', '主管部门'],
  filing_condition: ['立案条件', '立案标准'],
  close_condition: ['结案条件', '结案标准'],
  time_limit: ['处置时限', '时限', '处理时限', '办理时限'],
  photo_rule: ['采集要求', '拍照要求'],
}

/** Code and name in one cell. */
const TOGETHER: readonly [
  header: string,
  code: 'big_code' | 'small_code',
  name: 'big_name' | 'small_name',
][] = [
  ['大类', 'big_code', 'big_name'],
  ['小类', 'small_code', 'small_name'],
]

/** Merged over the rows of a class, and then empty in a CSV saved from it. */
const CLASS_COLUMNS: readonly (keyof Source)[] = ['kind', 'big_code', 'big_name', 'small_code', 'small_name']

const HEADER_WITHIN = 10

export function sourceOfCsv(text: string): SourceTable {
  const findings = openFindings()
  const table = readCsv('', text, findings)
  if (table) return sourceRows(table)
  return { ok: false, reason: findings.faults[0]?.message.replace('not a CSV table', 'not a CSV file') ?? '' }
}

/** `kind` is what rows are that don't say it themselves: `component` or `event`. */
export function sourceRows(table: RawTable, kind?: string): SourceTable {
  const heads = table.rows.slice(0, HEADER_WITHIN).map((r) => placesOf(r.cells.map(trim)))
  const missing = heads.map((places) =>
    REQUIRED.filter((name) => !places.has(name) && !(name === 'kind' && kind !== undefined)),
  )
  const at = missing.findIndex((m) => m.length === 0)
  const head = heads[at]
  if (!head) {
    const [fewest = REQUIRED] = missing.toSorted((a, b) => a.length - b.length)
    return { ok: false, reason: `columns missing: ${fewest.join(', ')}` }
  }
  const width = table.rows[at]?.cells.length ?? 0
  let above: Source | undefined
  const rows = table.rows
    .slice(at + 1)
    .filter((r) => r.cells.some((c) => trim(c) !== ''))
    .map((raw): SourceRow => {
      const source = cellsOf(raw, head, kind)
      if (above) fillDown(source, above)
      above = source
      const { length } = raw.cells
      return {
        row: raw.line,
        source,
        isSpoilt: [...(raw.odd?.values() ?? [])].includes('error'),
        ...(table.kind === 'csv' && length !== width ? { wrongLength: length } : {}),
      }
    })
  return { ok: true, width, rows }
}

const REQUIRED: readonly (keyof Source)[] = [
  ...CLASS_COLUMNS,
  'filing_condition',
  'close_condition',
  'time_limit',
]

function placesOf(header: readonly string[]): Map<keyof Source, number> {
  const places = new Map<keyof Source, number>()
  for (const [name, words] of Object.entries(HEADERS) as [keyof Source, readonly string[]][]) {
    const at = header.findIndex((h) => h.toLowerCase() === name || words.includes(h))
    if (at >= 0) places.set(name, at)
  }
  for (const [word, code, name] of TOGETHER) {
    const at = header.indexOf(word)
    // Beside a column of codes, 大类 is the name alone.
    if (at >= 0 && !places.has(name)) places.set(name, at)
    if (at >= 0 && !places.has(code)) places.set(code, at)
  }
  return places
}

function cellsOf(raw: RawRow, places: ReadonlyMap<keyof Source, number>, kind: string | undefined): Source {
  const cell = (name: keyof Source) => {
    const at = places.get(name)
    return at === undefined ? '' : trim(raw.cells[at] ?? '')
  }
  const names = [...SOURCE_COLUMNS, 'photo_rule'] as const
  const source = Object.fromEntries(names.map((name) => [name, cell(name)])) as Source
  if (source.kind === '' && kind !== undefined) source.kind = kind
  for (const [, code, name] of TOGETHER)
    if (places.get(code) === places.get(name)) {
      const [first, second] = splitClass(source[name])
      source[code] = first
      source[name] = second
    }
  return source
}

/** `01公用设施`, `01-公用设施`, `公用设施（01）` as code and name; what is neither is all name. */
function splitClass(text: string): [code: string, name: string] {
  const before = /^(\d{1,3})[\s\-—_.、:：]*(\D.*)$/u.exec(text)
  if (before) return [before[1] ?? '', before[2] ?? '']
  const behind = /^(.*\D)[（(](\d{1,3})[)）]$/u.exec(text)
  return behind ? [behind[2] ?? '', behind[1] ?? ''] : ['', text]
}

/** Fills the empty columns that a row of the same class begins with; a new small class begins a row of its own. */
function fillDown(source: Source, above: Source): void {
  for (const name of CLASS_COLUMNS) {
    if (name !== 'kind' && source[name] !== '') return
    if (source[name] === '') source[name] = above[name]
  }
}
