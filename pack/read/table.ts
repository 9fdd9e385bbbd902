// Tables as rows of named cells: finds the header, fills merged cells down where people write them, and undoes what
// spreadsheets do to codes, dates and numbers. Says what is wrong with the table itself; reads no meaning into the cells.
import { parseDay } from '#domain/days.ts'
import type { Findings, Place } from './findings.ts'
import { trim } from './raw-table.ts'
import type { RawRow, RawTable } from './raw-table.ts'
import type { PackSource, SourceOptions } from './source.ts'

export interface Column {
  /** English header, also the field named in faults. */
  name: string
  /** Chinese header, accepted too. */
  zh: string
  /** Other headers in use. */
  also?: readonly string[]
  /** The cell must not be empty. */
  required?: boolean
  /** Each row has a value of its own: a cell merged over several rows is a fault. */
  unique?: boolean
  /** An empty cell at the beginning of a row stands for the one above, as merged cells are saved in a CSV. */
  fill?: boolean
  /** `code` is the default; `text` may be anything. */
  reads?: 'code' | 'text' | 'date' | 'number'
  /** What the template says about it, in Chinese. */
  hint?: string
}

export interface Row<Name extends string> {
  line: number
  cells: Record<Name, string>
}

type NameOf<C extends readonly Column[]> = C[number]['name']

/**
 * Undefined when the table is missing or none. Empty required cells are reported here, and nothing said about them
 * later adds to it. Dates come as `YYYY-MM-DD` however the spreadsheet wrote them; what is no date comes as it is.
 */
export async function readTable<const C extends readonly Column[]>(
  source: PackSource,
  file: string,
  columns: C,
  findings: Findings,
  options: SourceOptions = {},
): Promise<Row<NameOf<C>>[] | undefined> {
  findings.headers(file, new Map(columns.map((c) => [c.name, c.zh])))
  const table = await source.table(file, options)
  if (!table) return undefined
  const head = findHeader(table, columns)
  if (!head) {
    findings.fault({ file }, 'the table has no header row', '表格没有表头行')
    return undefined
  }
  const places = placeColumns({ file, row: head.line }, head.header, columns, findings)
  if (!places) return undefined
  const body = table.rows.slice(head.index + 1).filter(({ cells }) => cells.some((c) => trim(c) !== ''))
  const rows: Row<NameOf<C>>[] = []
  for (const row of fillContinuations(file, body, places, columns, findings)) {
    if (hasStrayCells(file, row, head.header, table.kind, findings)) continue
    const cells = Object.fromEntries(
      columns.map((c) => [
        c.name,
        readCell(row, places.get(c.name), c, { file, row: row.line, field: c.name }, findings),
      ]),
    )
    rows.push({ line: row.line, cells: cells as Record<NameOf<C>, string> })
  }
  return rows
}

const headerText = (cell: string) =>
  trim(cell)
    .normalize('NFKC')
    .replace(/[\s*]+|\((必填|选填|可空)\)/gu, '')
    .toLowerCase()

const isHeaderOf = (header: string, c: Column) =>
  [c.name, c.zh, ...(c.also ?? [])].some((word) => headerText(word) === header)

/** Names of the columns that the table has. */
export const columnsIn = (table: RawTable, columns: readonly Column[]): ReadonlySet<string> => {
  const header = (findHeader(table, columns)?.header ?? []).map(headerText)
  return new Set(columns.filter((c) => header.some((h) => isHeaderOf(h, c))).map((c) => c.name))
}

/** People put a title above the table: the header is the first of these rows that names the columns. */
const HEADER_WITHIN = 10

function findHeader(
  { rows }: RawTable,
  columns: readonly Column[],
): { header: string[]; index: number; line: number } | undefined {
  const headers = rows.slice(0, HEADER_WITHIN).map((r) => r.cells.map(trim))
  const known = headers.map(
    (cells) => columns.filter((c) => cells.some((cell) => isHeaderOf(headerText(cell), c))).length,
  )
  const wanted = Math.max(2, Math.ceil(columns.filter((c) => c.required).length / 2))
  const index = Math.max(
    0,
    known.findIndex((n) => n >= wanted),
  )
  const header = headers[index]
  return header && { header, index, line: rows[index]?.line ?? 1 }
}

function placeColumns(
  at: { file: string; row: number },
  header: string[],
  columns: readonly Column[],
  findings: Findings,
): Map<string, number> | undefined {
  const places = new Map<string, number>()
  let isComplete = true
  for (const c of columns) {
    const column = header.findIndex((h) => isHeaderOf(headerText(h), c))
    if (column >= 0) places.set(c.name, column)
    else if (c.required) {
      isComplete = false
      findings.fault({ ...at, field: c.name }, 'the column is missing', `缺少“${c.name}”（${c.zh}）列`)
    }
  }
  const used = new Set(places.values())
  header.forEach((h, i) => {
    const twin = columns.find((c) => isHeaderOf(headerText(h), c))
    if (h === '' || used.has(i)) return
    if (twin) findings.fault({ ...at, field: twin.name }, `the column "${h}" is there twice`, `“${h}”列重复`)
    else findings.warn({ ...at, field: h }, 'unknown column, not read', `未知的列“${h}”，不读取`)
  })
  return isComplete ? places : undefined
}

/**
 * The empty cells that a row begins with are filled from the row above, as far as their columns allow it. What was
 * filled is told, since a cell forgotten looks just the same.
 */
function fillContinuations(
  file: string,
  rows: readonly RawRow[],
  places: ReadonlyMap<string, number>,
  columns: readonly Column[],
  findings: Findings,
): RawRow[] {
  const inOrder = columns
    .flatMap((c) => (places.has(c.name) ? [{ c, at: places.get(c.name) ?? 0 }] : []))
    .sort((a, b) => a.at - b.at)
  const told = new Map<string, number[]>()
  let above: string[] = []
  const filled = rows.map((row) => {
    const cells = [...row.cells]
    for (const { c, at } of inOrder) {
      // Numbered rows of a merged block are numbered each.
      if (c.unique) continue
      if (trim(cells[at] ?? '') !== '') break
      if (!c.fill || trim(above[at] ?? '') === '') continue
      cells[at] = above[at] ?? ''
      told.set(c.name, [...(told.get(c.name) ?? []), row.line])
    }
    above = cells
    return { ...row, cells }
  })
  for (const [name, lines] of told) {
    const shown = lines.length > 8 ? [...lines.slice(0, 8), '…'] : lines
    findings.warn(
      { file, row: lines[0], field: name },
      `empty, taken from the row above as of merged cells: rows ${shown.join(', ')}`,
      `为空，按合并单元格取自上一行：第${shown.join('、')}行`,
    )
  }
  return filled
}

function hasStrayCells(
  file: string,
  row: RawRow,
  header: readonly string[],
  kind: RawTable['kind'],
  findings: Findings,
): boolean {
  const stray = row.cells.findLastIndex((c, i) => trim(c) !== '' && !row.merged?.has(i))
  if (stray < header.length) return false
  const [n, m] = [stray + 1, header.length]
  const place = { file, row: row.line }
  if (kind === 'sheet') {
    findings.warn(place, `column ${n} has no header and is not read`, `第${n}列没有表头，不读取`)
    return false
  }
  findings.fault(
    place,
    `${n} cells under ${m} headers: a cell that holds a comma needs quotes`,
    `本行有${n}格，表头只有${m}格（含逗号的内容须加引号）`,
  )
  return true
}

function readCell(
  row: RawRow,
  at: number | undefined,
  column: Column,
  place: Place,
  findings: Findings,
): string {
  const given = at === undefined ? '' : trim(row.cells[at] ?? '')
  if (given === '') {
    if (column.required) findings.empty(place, `${column.zh}不能为空`)
    return ''
  }
  const oddity = at === undefined ? undefined : row.odd?.get(at)
  const mergedFrom = at === undefined ? undefined : row.merged?.get(at)
  const reads = column.reads ?? 'code'
  if (column.unique && mergedFrom !== undefined) {
    findings.spoilt(
      place,
      `merged with row ${mergedFrom}: every row needs a value of its own`,
      `与第${mergedFrom}行合并单元格，此列每行须各有其值`,
    )
    return given
  }
  if (oddity === 'error') {
    findings.spoilt(place, `the formula has no value: ${given}`, `公式没有结果：${given}`)
    return given
  }
  if (reads === 'text') return given
  const text = given.normalize('NFKC')
  if (reads === 'date') return dateMeant(text)
  if (reads === 'number') return text.replace(/\s*%$/, '')
  if (oddity === 'date' || LOOKS_LIKE_DATE.test(text))
    findings.spoilt(
      place,
      `the spreadsheet made a date of it ("${text}"): format the column as text and type it again`,
      `已被表格软件变成日期（“${text}”）：请将此列设为“文本”格式后重新填写`,
    )
  else if (oddity === 'digits' || /^\d(\.\d+)?E\+\d+$/i.test(text))
    findings.spoilt(
      place,
      `"${text}" has lost its last digits: format the column as text and type it again`,
      `“${text}”的末几位已丢失（长数字）：请将此列设为“文本”格式后重新填写`,
    )
  return text
}

/** What Excel makes of 1-5 in a column of numbers: 1月5日, 5-Jan. */
const LOOKS_LIKE_DATE = /^(\d{1,2}月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{1,2})$/

/** `2026/5/1`, `2026.5.1`, `2026年5月1日`, `20260501`, with or without a time, as `2026-05-01`; anything else as it is. */
export function dateMeant(text: string): string {
  const found =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:\s+0?0:00(?::00)?)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (!found) return text
  const [, year = '', month = '', day = ''] = found
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return parseDay(date) === undefined ? text : date
}

/** Several codes in one cell: separated by ; ； 、 | commas of Chinese or blanks. */
export const listOf = (cell: string): string[] => cell.split(/[;；、,，|\s]+/u).filter((part) => part !== '')
