// CSV text as raw rows: separated by commas, semicolons or tabs, as spreadsheets in different settings write it.
import { CsvError, parse } from 'csv-parse/sync'
import type { Findings } from './findings.ts'
import { isRemark } from './raw-table.ts'
import type { RawRow, RawTable } from './raw-table.ts'

interface ParsedRecord {
  record: string[]
  info: { lines: number }
}

/** Undefined, with a fault, when it is no table. Lines that begin with # and empty lines are left out. */
export function readCsv(file: string, text: string, findings: Findings): RawTable | undefined {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  try {
    // `info` changes the shape of records in a way that the package's types don't follow. Line ends are made one kind
    // first: the parser counts a CRLF inside a cell as two lines.
    const records = parse(withoutSeparatorLine(plain), {
      comment: '#',
      comment_no_infix: true,
      delimiter: delimiterOf(plain),
      info: true,
      relax_column_count: true,
      record_delimiter: '\n',
      skip_empty_lines: true,
    }) as unknown as ParsedRecord[]
    return {
      kind: 'csv',
      rows: records
        .map(({ record, info }): RawRow => {
          return { line: info.lines - lineBreaks(record), cells: record.map(withoutTricks) }
        })
        .filter((row) => !isRemark(row)),
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const row = typeof error.lines === 'number' ? error.lines : undefined
    findings.fault(
      { file, row },
      `not a CSV table: ${error.message}`,
      '不是规范的CSV表格（引号不成对，或分隔符有误）',
    )
    return undefined
  }
}

/** `sep=;` tells Excel which separator follows; the line is kept empty so that lines count as an editor's do. */
const SEPARATOR_LINE = /^sep=(.)(?=\n)/i

const withoutSeparatorLine = (text: string) => text.replace(SEPARATOR_LINE, '')

const DELIMITERS = [',', ';', '\t'] as const

/** The one that the header has most of, outside quotes. */
function delimiterOf(text: string): string {
  const stated = SEPARATOR_LINE.exec(text)?.[1]
  if (stated !== undefined) return stated
  const header = text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? ''
  const bare = header.replace(/"[^"]*"/g, '')
  const counts = DELIMITERS.map((d) => bare.split(d).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

/** Lines that a record takes beyond its first. The record's own line is its first, as an editor counts. */
const lineBreaks = (record: string[]) => record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)

/** What people put around a code so that a spreadsheet leaves it alone: `="0012"` and `'0012`. */
const withoutTricks = (cell: string) => /^="([^"]*)"$/.exec(cell)?.[1] ?? cell.replace(/^'(?=\d)/, '')
