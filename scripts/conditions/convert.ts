// Rows of a filing-condition catalogue 立案条件 to the categories and conditions of a city pack. Each row is either
// converted or listed with what is odd about it; nothing is guessed, so units and risks stay for the city to fill in.
import { CsvError, parse } from 'csv-parse/sync'
import { parseLimit } from '#domain/limit.ts'

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
type Source = Record<(typeof SOURCE_COLUMNS)[number], string>

/** Columns of the pack's categories.csv. `department` and `share` stay empty, `risk` is `normal`. */
export interface CategoryRow {
  code: string
  name: string
  kind: string
  major: string
  majorName: string
  risk: 'normal'
  /** The category's first converted condition. */
  defaultCondition: string
  department: ''
  share: ''
}

/** Columns of the pack's filing-conditions.csv. The id numbers the category's rows, odd ones included: `E0110-1`. */
export interface ConditionRow {
  id: string
  category: string
  text: string
  /** The original words. */
  limit: string
  closeCondition: string
  photoRule: ''
}

export interface OddRow {
  /** As a spreadsheet numbers it: the header is row 1. */
  row: number
  /** What the row is about, as far as it can be told. */
  about: string
  reasons: { message: string; zh: string }[]
}

/** `parsed` + `odd.length` = `rows`. */
export interface Conversion {
  ok: true
  rows: number
  parsed: number
  categories: CategoryRow[]
  conditions: ConditionRow[]
  odd: OddRow[]
}

export type Converted = Conversion | { ok: false; reason: string }

const KINDS: ReadonlyMap<string, string> = new Map([
  ['component', 'C'],
  ['部件', 'C'],
  ['event', 'E'],
  ['事件', 'E'],
])

export function convertConditions(csv: string): Converted {
  const table = readTable(csv)
  if (!table.ok) return table
  const conversion: Conversion = { ok: true, rows: 0, parsed: 0, categories: [], conditions: [], odd: [] }
  const classes = new Map<string, { first: number; name: string; majorName: string; rows: number }>()
  const texts = new Map<string, number>()
  const categories = new Map<string, CategoryRow>()

  for (const { row, source, cells } of table.rows) {
    conversion.rows += 1
    const reasons = rowFaults(source, cells, table.width)
    const kind = KINDS.get(source.kind) ?? ''
    const code = `${kind}${source.big_code}${source.small_code}`

    const known = classes.get(code) ?? {
      first: row,
      name: source.small_name,
      majorName: source.big_name,
      rows: 0,
    }
    known.rows += 1
    classes.set(code, known)
    if (known.name !== source.small_name || known.majorName !== source.big_name) {
      reasons.push({
        message: `${code} is named ${known.majorName} ${known.name} in row ${known.first}`,
        zh: `${code}在第${known.first}行的名称为${known.majorName}、${known.name}`,
      })
    }
    const twin = texts.get(`${code} ${source.filing_condition}`)
    if (twin !== undefined) {
      reasons.push({ message: `the same condition as row ${twin}`, zh: `立案条件与第${twin}行相同` })
    }
    texts.set(`${code} ${source.filing_condition}`, twin ?? row)

    if (reasons.length > 0) {
      conversion.odd.push({ row, about: `${code} ${source.small_name}`.trim(), reasons })
      continue
    }
    conversion.parsed += 1
    const id = `${code}-${known.rows}`
    conversion.conditions.push({
      id,
      category: code,
      text: source.filing_condition,
      limit: source.time_limit,
      closeCondition: source.close_condition,
      photoRule: '',
    })
    if (!categories.has(code)) {
      categories.set(code, {
        code,
        name: source.small_name,
        kind,
        major: source.big_code,
        majorName: source.big_name,
        risk: 'normal',
        defaultCondition: id,
        department: '',
        share: '',
      })
    }
  }
  conversion.categories = [...categories.values()]
  return conversion
}

/** What is wrong with a row by itself. */
function rowFaults(source: Source, cells: number, width: number): OddRow['reasons'] {
  const reasons: OddRow['reasons'] = []
  if (cells !== width) {
    reasons.push({ message: `${cells} cells instead of ${width}`, zh: `有${cells}列，应为${width}列` })
  }
  if (!KINDS.has(source.kind)) {
    reasons.push({
      message: `kind "${source.kind}" is neither component nor event`,
      zh: `类型“${source.kind}”既非部件也非事件`,
    })
  }
  if (!/^\d{2}$/.test(source.big_code)) {
    reasons.push({
      message: `major code "${source.big_code}" is not 2 digits (a spreadsheet drops leading zeros)`,
      zh: `大类代码“${source.big_code}”不是2位数字（表格软件会丢掉前导零）`,
    })
  }
  if (!/^\d{2,3}$/.test(source.small_code)) {
    reasons.push({
      message: `minor code "${source.small_code}" is not 2 or 3 digits (a spreadsheet drops leading zeros)`,
      zh: `小类代码“${source.small_code}”不是2或3位数字（表格软件会丢掉前导零）`,
    })
  }
  for (const field of ['big_name', 'small_name', 'filing_condition', 'close_condition'] as const) {
    if (source[field] === '') reasons.push({ message: `${field} is empty`, zh: `${field}为空` })
  }
  const limit = parseLimit(source.time_limit)
  if (!limit.ok) reasons.push({ message: `limit ${limit.reason}`, zh: `时限${limit.zh}` })
  return reasons
}

type Table =
  | { ok: true; width: number; rows: { row: number; cells: number; source: Source }[] }
  | { ok: false; reason: string }

/** Lines without any content are no rows, but keep their number. */
function readTable(csv: string): Table {
  let records: string[][]
  try {
    records = parse(csv, { bom: true, trim: true, relax_column_count: true, skip_empty_lines: false })
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, reason: `not a CSV file: ${error.message}` }
    throw error
  }
  const [header = [], ...body] = records
  const missing = SOURCE_COLUMNS.filter((name) => !header.includes(name))
  if (missing.length > 0) return { ok: false, reason: `columns missing: ${missing.join(', ')}` }
  const rows = body
    .map((record, i) => ({ row: i + 2, cells: record.length, source: pick(header, record) }))
    .filter((_, i) => body[i]?.some((cell) => cell !== ''))
  return { ok: true, width: header.length, rows }
}

function pick(header: string[], record: string[]): Source {
  const cell = (name: (typeof SOURCE_COLUMNS)[number]) => record[header.indexOf(name)] ?? ''
  return Object.fromEntries(SOURCE_COLUMNS.map((name) => [name, cell(name)])) as Source
}
