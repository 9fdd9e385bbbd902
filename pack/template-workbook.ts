// The template as one workbook: a sheet that explains, then one per table with headers, hints and examples. Cells are
// formatted as text, so that codes, dates and times stay as typed.
import { writeXlsx } from 'hucre/xlsx'
import type { CellStyle, CellValue, DataValidation, WriteSheet } from 'hucre/xlsx'
import { headerOf } from './template-tables.ts'
import type { TemplateTable } from './template-tables.ts'

const TEXT = '@'
const HEADER: CellStyle = {
  numFmt: TEXT,
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '1F4E79' } },
  alignment: { vertical: 'center', wrapText: true },
}
const REMARK: CellStyle = {
  numFmt: TEXT,
  font: { italic: true, color: { rgb: '7F7F7F' } },
  alignment: { vertical: 'top', wrapText: true },
}
/** Rows that are formatted for filling in. */
const BLANK_ROWS = 500
/** Rows of the sample shown as examples. */
const EXAMPLES = 2

export type Filling = 'empty' | 'sample'

/** The workbook's bytes, beginning with a sheet that explains (`help` in place of the usual one); filled with the sample city, or empty with examples as remarks. */
export async function templateWorkbook(
  tables: readonly TemplateTable[],
  filling: Filling,
  help?: readonly string[],
): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [help ? remarks(help) : explanation(tables), ...tables.map((t) => tableSheet(t, filling))],
    defaultFont: { name: '微软雅黑', size: 11 },
    activeSheet: 0,
  })
}

function explanation(tables: readonly TemplateTable[]): WriteSheet {
  const lines: CellValue[][] = [
    ['城市包填写说明'],
    ['1. 每张表一个工作表，表名和表头不要改；列的顺序可以调整，不用的列可以删除。表头带*的必填。'],
    ['2. 灰色的、以#开头的行是说明和例子，不会读取；删去#即成为正式数据。'],
    [
      '3. 单元格已设为“文本”格式：编码的前导零、16位长编码、1-5这样的内容不会被Excel改掉。粘贴时请选“只粘贴文本/值”。',
    ],
    ['4. 日期写作2026-10-01、2026/10/1、2026年10月1日均可。时段写作08:00-12:00;14:00-18:00。'],
    ['5. 一格填多项时用分号;或顿号、分隔。单位、区域、类别填编码，也可填不重名的名称。'],
    ['6. 合并单元格可以用（例如同一类别的多条立案条件），但编码、编号、用户名每行必须各有其值。'],
    ['7. 边界不填在这里：areas.geojson放街道、社区、网格，zones.geojson放责任区，写法见“样例”文件夹。'],
    [
      '8. 填好后运行 npm run city -- check 本文件夹，按提示的工作表、行、列改正，再运行 npm run city -- load 本文件夹。',
    ],
    [],
    ['工作表', '内容', '是否必须'],
    ...tables.map((t): CellValue[] => [t.sheet, t.about, t.isOptional ? '可选' : '必须']),
  ]
  return helpSheet(lines)
}

const remarks = (lines: readonly string[]) => helpSheet(lines.map((line) => [line]))

const helpSheet = (rows: CellValue[][]): WriteSheet => ({
  name: '说明',
  columns: [{ width: 16 }, { width: 70 }, { width: 12 }],
  rows,
  cells: new Map([['0,0', { value: rows[0]?.[0] ?? null, style: { font: { bold: true, size: 14 } } }]]),
})

function tableSheet(table: TemplateTable, filling: Filling): WriteSheet {
  const { columns, sample, sheet, choices } = table
  const hints = columns.map((c, i) => `${i === 0 ? '# ' : ''}${c.hint ?? (i === 0 ? c.zh : '')}`)
  const examples = sample.slice(0, EXAMPLES).map((row) => row.map((cell, i) => (i === 0 ? `#${cell}` : cell)))
  const body = filling === 'sample' ? sample : [hints, ...examples]
  const blank = columns.map(() => null)
  const rows: CellValue[][] = [
    columns.map(headerOf),
    ...body.map((row) => row.map((cell) => (cell === '' ? null : cell))),
    ...(filling === 'sample' ? [] : Array.from({ length: BLANK_ROWS }, () => blank)),
  ]
  const cells: NonNullable<WriteSheet['cells']> = new Map()
  columns.forEach((c, i) => {
    cells.set(`0,${i}`, { value: headerOf(c), style: HEADER })
  })
  if (filling === 'empty')
    body.forEach((row, r) => {
      row.forEach((value, c) => {
        cells.set(`${r + 1},${c}`, { value: value === '' ? null : value, style: REMARK })
      })
    })
  return {
    name: sheet,
    columns: columns.map((c, i) => ({ width: widthOf(c.zh, sample, i), numFmt: TEXT })),
    rows,
    cells,
    freezePane: { rows: 1 },
    dataValidations: columns.flatMap((c, i) => choiceOf(choices[c.name], i, rows.length)),
  }
}

/** Offers the words; others may be typed, since several can stand in a cell. */
function choiceOf(words: readonly string[] | undefined, column: number, rows: number): DataValidation[] {
  if (!words) return []
  const letter = String.fromCharCode('A'.charCodeAt(0) + column)
  return [{ type: 'list', values: [...words], allowBlank: true, range: `${letter}2:${letter}${rows}` }]
}

const widthOf = (header: string, rows: readonly string[][], column: number) =>
  Math.min(40, Math.max(10, header.length * 2 + 4, ...rows.map((r) => (r[column]?.length ?? 0) * 1.6)))
