// Rows of a filing-condition catalogue 立案条件 to the categories and conditions of a city pack. Each row is either
// converted or listed with what is odd about it; nothing is guessed, so units and risks stay for the city to fill in.
import { parseLimit } from '#domain/limit.ts'
import type { RawTable } from '#pack/read/raw-table.ts'
import { sourceOfCsv, sourceRows } from './source.ts'
import type { SourceRow, SourceTable } from './source.ts'

export { SOURCE_COLUMNS } from './source.ts'

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
  photoRule: string
}

export interface OddRow {
  /** The line an editor shows, or the row of the sheet. */
  row: number
  /** Of a workbook. */
  sheet?: string
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

export const convertConditions = (csv: string): Converted => convertTables([{ table: sourceOfCsv(csv) }])

export interface Sheet {
  name: string
  table: RawTable
}

/** Sheets without the columns are passed over; none with them is a refusal. Their names may say 部件 or 事件. */
export function convertSheets(sheets: readonly Sheet[]): Converted {
  const read = sheets.map(({ name, table }) => ({ sheet: name, table: sourceRows(table, kindNamed(name)) }))
  const fitting = read.filter((r) => r.table.ok)
  return convertTables(fitting.length > 0 ? fitting : read.slice(0, 1))
}

const kindNamed = (sheet: string) =>
  /部件/.test(sheet) ? 'component' : /事件/.test(sheet) ? 'event' : undefined

function convertTables(tables: readonly { sheet?: string; table: SourceTable }[]): Converted {
  const conversion: Conversion = { ok: true, rows: 0, parsed: 0, categories: [], conditions: [], odd: [] }
  const classes = new Map<string, { first: number; name: string; majorName: string; rows: number }>()
  const texts = new Map<string, number>()
  const categories = new Map<string, CategoryRow>()

  const rows: (SourceRow & { sheet?: string; width: number })[] = []
  for (const { sheet, table } of tables) {
    if (!table.ok) return table
    const of = sheet === undefined ? {} : { sheet }
    rows.push(...table.rows.map((r) => ({ ...r, ...of, width: table.width })))
  }
  for (const line of rows) {
    const { row, source, sheet } = line
    conversion.rows += 1
    const reasons = rowFaults(line)
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
      conversion.odd.push({
        row,
        ...(sheet === undefined ? {} : { sheet }),
        about: `${code} ${source.small_name}`.trim(),
        reasons,
      })
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
      photoRule: source.photo_rule,
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
function rowFaults({
  source,
  wrongLength,
  isSpoilt,
  width,
}: SourceRow & { width: number }): OddRow['reasons'] {
  const reasons: OddRow['reasons'] = []
  if (wrongLength !== undefined) {
    reasons.push({
      message: `${wrongLength} cells instead of ${width}`,
      zh: `有${wrongLength}列，应为${width}列`,
    })
  }
  if (isSpoilt) reasons.push({ message: 'a formula has no value', zh: '公式没有结果' })
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
