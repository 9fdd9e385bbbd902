// CSV files as rows of named, trimmed cells with the line an editor shows. Says what is wrong with the table itself:
// quotes, columns, empty cells. Reads nothing into the cells.
import { CsvError, parse } from 'csv-parse/sync'
import type { Findings } from './findings.ts'
import { readText } from './text-file.ts'

export interface Column {
  /** English header, also the field named in faults. */
  name: string
  /** Chinese header, accepted too. */
  zh: string
  /** The cell must not be empty. */
  required?: boolean
}

export interface Row<Name extends string> {
  line: number
  cells: Record<Name, string>
}

interface ParsedRecord {
  record: string[]
  info: { lines: number }
}

type NameOf<C extends readonly Column[]> = C[number]['name']

/**
 * Undefined when the file is missing or no table. Empty required cells are reported here, and nothing said about them
 * later adds to it.
 */
export async function readTable<const C extends readonly Column[]>(
  dir: string,
  file: string,
  columns: C,
  findings: Findings,
  options: { optional?: boolean } = {},
): Promise<Row<NameOf<C>>[] | undefined> {
  const text = await readText(dir, file, findings, options)
  if (text === undefined) return undefined
  const records = parseRecords(file, text, findings)
  if (!records) return undefined
  const [header, ...body] = records
  if (!header) {
    findings.fault({ file }, 'the file has no header line', '文件没有表头行')
    return undefined
  }
  const places = placeColumns(file, header.record.map(trim), columns, findings)
  if (!places) return undefined
  const rows: Row<NameOf<C>>[] = []
  for (const { record, info } of body) {
    if (record.every((cell) => trim(cell) === '')) continue
    const line = info.lines - lineBreaks(record)
    if (record.length > header.record.length) {
      const [n, m] = [record.length, header.record.length]
      findings.fault({ file, row: line }, `${n} cells under ${m} headers`, `本行有${n}格，表头只有${m}格`)
      continue
    }
    const cells = Object.fromEntries(
      columns.map((c) => [c.name, trim(record[places.get(c.name) ?? -1] ?? '')]),
    )
    for (const c of columns)
      if (c.required && cells[c.name] === '')
        findings.empty({ file, row: line, field: c.name }, `${c.zh}不能为空`)
    rows.push({ line, cells: cells as Record<NameOf<C>, string> })
  }
  return rows
}

function parseRecords(file: string, text: string, findings: Findings): ParsedRecord[] | undefined {
  try {
    // `info` changes the shape of records in a way that the package's types don't follow. Line ends are made one kind
    // first: the parser counts a CRLF inside a cell as two lines.
    return parse(text.replace(/\r\n?/g, '\n'), {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      info: true,
      relax_column_count: true,
      record_delimiter: '\n',
      skip_empty_lines: true,
    }) as unknown as ParsedRecord[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : undefined
    findings.fault(
      { file, row: line },
      `not a CSV table: ${error.message}`,
      `不是规范的CSV表格（引号或分隔符有误）`,
    )
    return undefined
  }
}

const trim = (cell: string) => cell.replace(/^[\s\u3000\uFEFF]+|[\s\u3000]+$/gu, '')

/** Lines that a record takes beyond its first. The record's own line is its first, as an editor counts. */
const lineBreaks = (record: string[]) => record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)

function placeColumns(
  file: string,
  header: string[],
  columns: readonly Column[],
  findings: Findings,
): Map<string, number> | undefined {
  const places = new Map<string, number>()
  let isComplete = true
  for (const c of columns) {
    const at = header.findIndex((h) => h.toLowerCase() === c.name.toLowerCase() || h === c.zh)
    if (at >= 0) places.set(c.name, at)
    else if (c.required) {
      isComplete = false
      findings.fault({ file, row: 1, field: c.name }, 'the column is missing', `缺少“${c.name}”（${c.zh}）列`)
    }
  }
  const used = new Set(places.values())
  header.forEach((h, i) => {
    if (h !== '' && !used.has(i))
      findings.warn({ file, row: 1, field: h }, 'unknown column, not read', `未知的列“${h}”，不读取`)
  })
  return isComplete ? places : undefined
}

/** Several codes in one cell: separated by ; ； 、 | or spaces. */
export const listOf = (cell: string): string[] => cell.split(/[;；、|\s]+/u).filter((part) => part !== '')
