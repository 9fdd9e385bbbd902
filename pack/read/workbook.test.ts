// Workbooks as a spreadsheet program saves them: shared strings, dates, times, formats, merged cells, formulas.
import { writeXlsx } from 'hucre/xlsx'
import type { CellValue, WriteSheet } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { readCsv } from './csv.ts'
import { openFindings } from './findings.ts'
import { makePackFolder, packFolder, readChanged, sound } from '../testing.ts'
import type { Change } from '../testing.ts'
import { readPack } from '../read-pack.ts'
import { TABLES } from './tables.ts'
import { readWorkbook } from './workbook.ts'

makePackFolder()

const day = (text: string) => new Date(`${text}T00:00:00Z`)
const book = (...sheets: WriteSheet[]) => writeXlsx({ sheets })
const rowsOf = async (...sheets: WriteSheet[]) => {
  const read = await readWorkbook(await book(...sheets))
  if (!read.ok) throw new Error(read.reason)
  return read.sheets[0]?.table.rows ?? []
}

/** A table of the sample as rows, to be changed and put into a sheet. */
function sampleRows(file: string): CellValue[][] {
  const table = readCsv(file, sound.get(file) ?? '', openFindings())
  return table?.rows.map((r) => r.cells.map((c) => (c === '' ? null : c))) ?? []
}

/** The sample with one table moved into a workbook. */
const inWorkbook = async (file: string, sheet: WriteSheet, more: Record<string, Change> = {}) => {
  const bytes = await book(sheet)
  return readChanged({ [file]: () => undefined, '城市包.xlsx': () => bytes, ...more })
}

describe('cells', () => {
  it('come as they are read on the screen', async () => {
    const values: CellValue[] = [
      '环卫所',
      990191001001001,
      1,
      0.1,
      113.906438,
      true,
      day('2026-05-01'),
      ' x ',
    ]
    const [row] = await rowsOf({
      name: 'a',
      rows: [values],
      cells: new Map([
        ['0,2', { value: 1, style: { numFmt: '00' } }],
        ['0,3', { value: 0.1, style: { numFmt: '0%' } }],
        ['0,6', { value: day('2026-05-01'), style: { numFmt: 'yyyy"年"m"月"d"日"' } }],
      ]),
    })
    expect(row?.cells).toEqual([
      '环卫所',
      '990191001001001',
      '01',
      '10%',
      '113.906438',
      'TRUE',
      '2026-05-01',
      ' x ',
    ])
    expect([...(row?.odd ?? [])]).toEqual([[6, 'date']])
  })

  it('tell what the spreadsheet did to them', async () => {
    const clock = { value: new Date(Date.UTC(1899, 11, 31, 8, 30)), style: { numFmt: 'h:mm' } }
    const [row] = await rowsOf({
      name: 'a',
      rows: [[Number('9901910103000001'), null, '#N/A', null]],
      cells: new Map<string, Partial<import('hucre/xlsx').Cell>>([
        ['0,1', clock],
        ['0,2', { value: '#N/A', type: 'error' }],
        ['0,3', { value: null, formula: 'A1&"x"', type: 'formula' }],
      ]),
    })
    expect(row?.cells).toEqual(['9901910103000000', '08:30', '#N/A', '=A1&"x"'])
    expect(Object.fromEntries(row?.odd ?? [])).toEqual({ 0: 'digits', 1: 'date', 2: 'error', 3: 'error' })
  })

  it('of a computed formula come as its value', async () => {
    const [row] = await rowsOf({
      name: 'a',
      rows: [[null]],
      cells: new Map([['0,0', { value: null, formula: '1+1', formulaResult: 2, type: 'formula' as const }]]),
    })
    expect(row?.cells).toEqual(['2'])
  })

  it('merged downwards are filled down, sideways they are not, and remarks are no rows', async () => {
    const rows = await rowsOf({
      name: 'a',
      rows: [
        ['A', 'B', 'C'],
        ['# 说明', 'x'],
        ['m', null, '1'],
        [null, null, '2'],
        [null, null, null],
        ['n', 'o', '3'],
      ],
      merges: [
        { startRow: 2, endRow: 4, startCol: 0, endCol: 1 },
        { startRow: 5, endRow: 5, startCol: 1, endCol: 2 },
      ],
    })
    expect(rows.map((r) => [r.line, ...r.cells.map((c) => c)])).toEqual([
      [1, 'A', 'B', 'C'],
      [3, 'm', '', '1'],
      [4, 'm', '', '2'],
      [6, 'n', 'o', expect.anything()],
    ])
    expect(rows[2]?.merged).toEqual(new Map([[0, 3]]))
  })
})

describe('a pack in one workbook', () => {
  it('is the same as the pack in files, under Chinese sheet names', async () => {
    const sheets = TABLES.map(({ file, zh }) => ({ name: zh[zh.length - 1] ?? '', rows: sampleRows(file) }))
    const bytes = await book(...sheets)
    const gone = TABLES.map(({ file }): [string, Change] => [file, () => undefined])
    const { pack, faults, warnings } = await readChanged({
      ...Object.fromEntries(gone),
      'x.xlsx': () => bytes,
    })
    expect([faults, warnings]).toEqual([[], []])
    expect(pack).toEqual((await readChanged({})).pack)
  })

  it('names sheet and row of a fault', async () => {
    const rows = sampleRows('users.csv')
    rows.splice(1, 0, ['# 说明'])
    rows.splice(5, 1, ['duty', '甲', 'duty-manger', null, null, null])
    const { faults } = await inWorkbook('users.csv', { name: '账号', rows: [['样例县账号表'], ...rows] })
    expect(faults.map((f) => [f.file, f.row, f.field])).toEqual([
      ['城市包.xlsx［账号］', 7, 'posts'],
      ['城市包.xlsx［账号］', 7, 'username'],
    ])
  })

  it('keeps dates, whatever their format, and marks of hidden sheets out', async () => {
    const rows = sampleRows('periods.csv').map(([kind, name, from, to], i): CellValue[] =>
      i === 0
        ? ['类型', '名称', '起始日期', '截止日期']
        : [kind ?? '', name ?? '', day(String(from)), day(String(to))],
    )
    const bytes = await book(
      {
        name: '统计周期',
        rows,
        columns: [{}, {}, { numFmt: 'm/d/yyyy' }, { numFmt: '[$-804]yyyy"年"m"月"d"日";@' }],
      },
      { name: '账号', rows: [['hidden']], hidden: true },
    )
    const { pack, faults } = await readChanged({ 'periods.csv': () => undefined, '周期.xlsx': () => bytes })
    expect(faults).toEqual([])
    expect(pack?.periods).toEqual((await readChanged({})).pack?.periods)
  })

  it('fills merged categories down, in any column', async () => {
    const rows: CellValue[][] = [
      ['小类', '立案条件', '处置时限', '结案条件'],
      ...sampleRows('filing-conditions.csv')
        .slice(1)
        .map((r) => r.slice(1, 5)),
    ]
    const second = rows.findIndex((r) => r[0] === 'C0103') + 1
    for (const column of [0, 3]) (rows[second] ?? [])[column] = null
    const merge = (column: number) => ({
      startRow: second - 1,
      endRow: second,
      startCol: column,
      endCol: column,
    })
    const { pack, faults, warnings } = await inWorkbook('filing-conditions.csv', {
      name: '立案条件',
      rows,
      merges: [merge(0), merge(3)],
    })
    expect([faults, warnings]).toEqual([[], []])
    const ids = pack?.conditions.filter((c) => c.category === 'C0103').map((c) => [c.id, c.closeCondition])
    expect(ids).toEqual([
      ['C0103-1', '恢复'],
      ['C0103-2', '恢复'],
    ])
  })

  it('refuses a merged cell where every row has its own', async () => {
    const { faults } = await inWorkbook('departments.csv', {
      name: '部门',
      rows: sampleRows('departments.csv'),
      merges: [{ startRow: 1, endRow: 2, startCol: 0, endCol: 0 }],
    })
    expect(faults.map((f) => [f.row, f.field, f.zh])).toContainEqual([
      3,
      'code',
      expect.stringContaining('合并单元格'),
    ])
  })

  it('says when codes were spoilt', async () => {
    const rows = sampleRows('components.csv')
    for (const row of rows.slice(1)) row[0] = Number(row[0])
    const { faults } = await inWorkbook('components.csv', { name: '部件', rows })
    expect(faults.map((f) => [f.row, f.field])).toEqual([2, 3, 4, 5].map((row) => [row, 'code']))
    expect(faults[0]?.zh).toMatch(/末几位已丢失/)
  })

  it('says when 1-5 became a date', async () => {
    const rows = sampleRows('calendars.csv')
    const at = rows.findIndex((r) => r[4] === '1-5')
    ;(rows[at] ?? [])[4] = day('2026-01-05')
    const { faults } = await inWorkbook('calendars.csv', { name: '日历', rows })
    expect(faults.map((f) => [f.row, f.field])).toEqual([[at + 1, 'weekdays']])
  })

  it('reads weekdays in words and percentages', async () => {
    const rows = sampleRows('calendars.csv')
    for (const row of rows) if (row[4] === '1-5') row[4] = '周一至周五'
    const { pack, faults } = await inWorkbook('calendars.csv', { name: '日历', rows })
    expect(faults).toEqual([])
    expect(pack?.calendars).toEqual((await readChanged({})).pack?.calendars)
  })
})

describe('what stands beside', () => {
  const users = () => book({ name: '账号', rows: sampleRows('users.csv') })
  it('a table in a file and in a sheet is refused', async () => {
    const bytes = await users()
    const { faults } = await readChanged({ 'a.xlsx': () => bytes })
    expect(faults.map((f) => f.file)).toEqual(['a.xlsx［账号］'])
  })
  it('a sheet with its header only gives way to the file', async () => {
    const bytes = await book({ name: '账号', rows: sampleRows('users.csv').slice(0, 1) })
    const { pack, faults } = await readChanged({ 'a.xlsx': () => bytes })
    expect(faults).toEqual([])
    expect(pack?.users).toHaveLength(14)
  })
  it('the same sheet in two workbooks is refused', async () => {
    const bytes = await users()
    const { faults } = await readChanged({
      'users.csv': () => undefined,
      'a.xlsx': () => bytes,
      'b.xlsx': () => bytes,
    })
    expect(faults.map((f) => f.file)).toEqual(['b.xlsx［账号］'])
  })
  it('a lock file is no workbook, a broken workbook is told', async () => {
    const { faults } = await readChanged({ '~$a.xlsx': () => 'lock', 'b.xlsx': () => 'PK broken' })
    expect(faults.map((f) => f.file)).toEqual(['b.xlsx'])
  })
  it('files and sheets of no known name are remarked on', async () => {
    const bytes = await book({ name: 'Sheet1', rows: [['x']] }, { name: '填写说明', rows: [['x']] })
    const { faults, warnings } = await readChanged({
      'a.xlsx': () => bytes,
      'people.csv': () => 'x\n',
      'old.xls': () => 'x',
    })
    expect(faults).toEqual([])
    expect(warnings.map((w) => w.file)).toEqual(['a.xlsx［Sheet1］', 'old.xls', 'people.csv'])
  })
  it('a misspelt file is suggested where one is missing', async () => {
    const { faults } = await readPack(
      await packFolder({ 'areas.geojson': () => undefined, 'Areas.geojson': () => '{}' }),
    )
    expect(faults.find((f) => f.file === 'areas.geojson')?.message).toContain('is it Areas.geojson?')
  })
  it('a table may have a Chinese file name', async () => {
    const { pack, faults } = await readChanged({
      'users.csv': () => undefined,
      '账号.csv': () => sound.get('users.csv'),
    })
    expect(faults).toEqual([])
    expect(pack?.users).toHaveLength(14)
  })
})
