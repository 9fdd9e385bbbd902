// Rows of a table before anything is read into them: texts with the row number that the person sees, whether they come
// from a CSV file or from a sheet of a workbook.

/**
 * What a spreadsheet did to a cell that text alone would not show: `date` is the text of a date or time cell, `error` a
 * formula without a value (#N/A), `digits` a number so long that its last digits are lost.
 */
export type Oddity = 'date' | 'error' | 'digits'

export interface RawRow {
  /** The line an editor shows, or the row of the sheet. */
  line: number
  cells: string[]
  /** By column, counting from 0. */
  odd?: ReadonlyMap<number, Oddity>
  /** Columns whose text comes from a merged cell, with the row that the merge begins in. */
  merged?: ReadonlyMap<number, number>
}

export interface RawTable {
  /** A sheet says which of its cells are merged; a CSV saved from it only leaves them empty. */
  kind: 'csv' | 'sheet'
  rows: RawRow[]
}

/** Blanks of all widths and byte order marks off both ends. */
export const trim = (cell: string) => cell.replace(/^[\s\u3000\uFEFF]+|[\s\u3000]+$/gu, '')

/** A row whose first text begins with # is a remark, in whatever quotes a spreadsheet has put it. */
export const isRemark = (row: RawRow) =>
  (row.cells.map(trim).find((text) => text !== '') ?? '').startsWith('#')
