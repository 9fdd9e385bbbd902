// An .xlsx workbook as sheets of raw rows: dates and times as text, codes with the zeros their number format shows,
// percentages as written, merged cells filled down and remembered. The only place that knows the spreadsheet library.
import { readXlsx } from 'hucre/xlsx'
import type { Cell, CellValue, Sheet } from 'hucre/xlsx'
import { isRemark } from './raw-table.ts'
import type { Oddity, RawRow, RawTable } from './raw-table.ts'

export interface WorkbookSheet {
  name: string
  table: RawTable
}

export type WorkbookRead = { ok: true; sheets: WorkbookSheet[] } | { ok: false; reason: string }

/** Hidden sheets are left out. Anything that is no workbook is a refusal with the library's own words. */
export async function readWorkbook(bytes: Uint8Array): Promise<WorkbookRead> {
  try {
    const { sheets } = await readXlsx(bytes, {
      readStyles: true,
      sheets: (info) => !info.hidden && !info.veryHidden,
    })
    return { ok: true, sheets: sheets.map((s) => ({ name: s.name, table: rawTable(s) })) }
  } catch (error) {
    if (error instanceof Error) return { ok: false, reason: error.message }
    throw error
  }
}

function rawTable(sheet: Sheet): RawTable {
  const rows = sheet.rows.map((values, r): RawRow => {
    const odd = new Map<number, Oddity>()
    const cells = values.map((value, c) => {
      const shown = show(value, sheet.cells?.get(`${r},${c}`))
      if (shown.odd) odd.set(c, shown.odd)
      return shown.text
    })
    return { line: r + 1, cells, ...(odd.size > 0 ? { odd } : {}) }
  })
  for (const { startRow, endRow, startCol } of sheet.merges ?? []) fillDown(rows, startRow, endRow, startCol)
  return { kind: 'sheet', rows: rows.filter(hasOwnText).filter((row) => !isRemark(row)) }
}

/** Only the first column of a merged block is filled: what is merged sideways belongs to the first of its columns. */
function fillDown(rows: RawRow[], from: number, to: number, column: number): void {
  const first = rows[from]
  const text = first?.cells[column] ?? ''
  if (text === '') return
  const oddity = first?.odd?.get(column)
  for (const row of rows.slice(from + 1, to + 1)) {
    while (row.cells.length <= column) row.cells.push('')
    row.cells[column] = text
    row.merged = new Map([...(row.merged ?? []), [column, from + 1]])
    if (oddity) row.odd = new Map([...(row.odd ?? []), [column, oddity]])
  }
}

/** A row that holds nothing but what merged cells of other rows say is no row. */
const hasOwnText = (row: RawRow) => row.cells.some((text, i) => text.trim() !== '' && !row.merged?.has(i))

/** Numbers of more digits than this are not kept exactly by a spreadsheet. */
const EXACT_DIGITS = 15

function show(value: CellValue, cell: Cell | undefined): { text: string; odd?: Oddity } {
  if (cell?.type === 'error') return { text: String(value ?? cell.value ?? ''), odd: 'error' }
  if (value === null) {
    // A formula that was never computed has no value to read.
    return cell?.type === 'formula' ? { text: `=${cell.formula ?? ''}`, odd: 'error' } : { text: '' }
  }
  if (value instanceof Date) return { text: showDate(value), odd: 'date' }
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE' }
  if (typeof value === 'number') return showNumber(value, cell?.style?.numFmt)
  return { text: value }
}

/** Spreadsheet dates carry no zone; the library gives them as UTF instants of the same reading. */
function showDate(date: Date): string {
  const [day = '', time = ''] = date.toISOString().split('T')
  const clock = time.slice(0, 5)
  const isTimeOnly = date.getUTCFullYear() < 1901
  if (isTimeOnly) return clock
  return clock === '00:00' ? day : `${day} ${clock}`
}

function showNumber(value: number, format = ''): { text: string; odd?: Oddity } {
  if (/^0+$/.test(format) && Number.isInteger(value) && value >= 0)
    return { text: String(value).padStart(format.length, '0') }
  if (/^[0#.,]*%$/.test(format)) return { text: `${plain(value * 100)}%` }
  const text = plain(value)
  const isLong = Number.isInteger(value) && text.replace('-', '').length > EXACT_DIGITS
  return isLong ? { text, odd: 'digits' } : { text }
}

/** Without exponent, and without the tail that binary fractions leave (10.000000000000002). */
function plain(value: number): string {
  const rounded = Number(value.toPrecision(EXACT_DIGITS))
  return Number.isInteger(rounded) && Math.abs(rounded) < 1e21 ? BigInt(rounded).toString() : String(rounded)
}
