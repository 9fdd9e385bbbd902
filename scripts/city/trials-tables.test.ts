// What tables a county really has: as a Chinese spreadsheet saves them, with merged cells, classes of three digits, names
// in place of codes, units with hours of their own.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { compileCity } from '#domain/city/compile.ts'
import { deadline } from '#domain/deadline.ts'
import { conditionsCommand } from '../conditions/command.ts'
import {
  addLine,
  inLine,
  lineOf,
  makePackFolder,
  readChanged,
  sample,
  setCity,
  TODAY,
} from '#pack/testing.ts'
import type { Change } from '#pack/testing.ts'

makePackFolder()

const read = (changes: Record<string, Change>) => readChanged(changes, TODAY, sample)

describe('tables as a spreadsheet saves them', () => {
  const bom = Buffer.from([0x84, 0x31, 0x95, 0x33])
  it.each<[what: string, change: (text: string) => string | Uint8Array]>([
    ['GB18030 with CRLF', (t) => iconv.encode(t.replaceAll('\n', '\r\n'), 'gb18030')],
    [
      'GB18030 with a mark and CRLF',
      (t) => Buffer.concat([bom, iconv.encode(t.replaceAll('\n', '\r\n'), 'gb18030')]),
    ],
    ['UTF-8 with a mark and CRLF', (t) => `\uFEFF${t.replaceAll('\n', '\r\n')}`],
    [
      'tabs in UTF-16, as “Unicode text”',
      (t) => iconv.encode(t.replaceAll(',', '\t'), 'utf16le', { addBOM: true }),
    ],
    ['UTF-16, the other way round', (t) => iconv.encode(t, 'utf16be', { addBOM: true })],
    ['the rest of each row as empty cells', (t) => t.replace(/\n/g, ',,,\n')],
    ['a title above the header', (t) => `样例县城市包,,\n\n${t}`],
  ])('%s come to the same city', async (_, change) => {
    const tables = [...sample.keys()].filter((name) => name.endsWith('.csv'))
    const changes = Object.fromEntries(tables.map((name): [string, Change] => [name, change]))
    const { pack, faults } = await read(changes)
    expect(faults).toEqual([])
    expect(pack).toEqual((await read({})).pack)
  })

  it.each<[what: string, separate: (cells: string[]) => string, head?: string]>([
    ['semicolons', (cells) => cells.map((c) => (c.includes(';') ? `"${c}"` : c)).join(';')],
    [
      'a stated separator',
      (cells) => cells.map((c) => (c.includes('|') ? `"${c}"` : c)).join('|'),
      'sep=|\n',
    ],
  ])('%s come to the same city', async (_, separate, head = '') => {
    const { pack, faults } = await readChanged({
      'users.csv': (t) =>
        head +
        t
          .split('\n')
          .map((line) => separate(line.split(',')))
          .join('\n'),
    })
    expect(faults).toEqual([])
    expect(pack?.users).toEqual((await readChanged({})).pack?.users)
  })

  it('codes kept by tricks, full-width letters and other date forms are understood', async () => {
    const { pack, faults } = await readChanged({
      'components.csv': (t) =>
        t
          .replace('9901910103000001', '"=""9901910103000001"""')
          .replace('9901910103000002', "'9901910103000002"),
      'categories.csv': (t) => t.replace('E0110,', 'Ｅ０１１０,'),
      'calendars.csv': (t) =>
        t.replace('2026-05-01', '2026/5/1').replace('2026-09-30', '2026年9月30日').replace('1-5', '１～５'),
    })
    expect(faults).toEqual([])
    expect(pack).toEqual((await readChanged({})).pack)
  })

  it('long codes that became 9.9E+15 are told', async () => {
    const { faults } = await readChanged({
      'components.csv': (t) => t.replace('9901910103000001', '9.90191E+15'),
    })
    expect(faults.map((f) => [f.row, f.field])).toEqual([[2, 'code']])
  })

  it('merged cells saved empty are filled from above, and it is said which', async () => {
    const file = 'filing-conditions.csv'
    const { pack, faults, warnings } = await readChanged({
      [file]: (t) => t.replace('C0103-2,C0103,', 'C0103-2,,').replace('C0137-2,C0137,', ',,'),
    })
    expect(faults).toEqual([])
    expect(pack?.conditions).toEqual((await readChanged({})).pack?.conditions)
    expect(warnings).toMatchObject([{ file, row: lineOf(file, 'C0103-2'), field: 'category' }])
    expect(warnings[0]?.zh).toContain(`第${lineOf(file, 'C0103-2')}、${lineOf(file, 'C0137-2')}行`)
  })

  it('merged seasons saved empty are filled from above; an empty last day of a holiday stays one day', async () => {
    const { pack, faults } = await readChanged({
      'calendars.csv': (t) =>
        `${t}season,gas,2026-01-01,2030-12-31,1-5,08:00-18:00,\n,,,,6,08:00-12:00,\nholiday,gas,2026-10-01,,,,\n,,2027-10-01,,,,\n`,
    })
    expect(faults).toEqual([])
    const gas = pack?.calendars.find((c) => c.owner === 'gas')
    expect(gas?.seasons).toHaveLength(1)
    expect(gas?.seasons[0]?.weekdays[6]).toEqual([{ start: '08:00', end: '12:00' }])
    expect(gas?.holidays).toEqual(['2026-10-01', '2027-10-01'])
  })

  it('a merged cell that must differ in every row is not filled', async () => {
    const { faults } = await readChanged({ 'departments.csv': (t) => t.replace('enforcement-1,', ',') })
    expect(faults.map((f) => [f.file, f.row, f.field])).toContainEqual(['departments.csv', 3, 'code'])
  })
})

describe('catalogues', () => {
  it('with classes of two and three digits keep them apart in rules', async () => {
    // E0180 is a class of two digits whose code begins that of E01801.
    const { pack, faults } = await readChanged({
      'categories.csv': addLine('E0180,线体垂落,,,市容环境,一般,,municipal,'),
      'filing-conditions.csv': addLine(',E0180,线缆垂落,1工作日,复位,'),
      'routing.csv': addLine('R100,50,E0180,,,,water,'),
    })
    expect(faults).toEqual([])
    expect(pack?.categories.find((c) => c.code === 'E01801')).toMatchObject({ kind: 'E', major: '01' })
    expect(pack?.categories.at(-1)).toMatchObject({ kind: 'E', major: '01', defaultCondition: 'E0180-1' })
  })

  it('with kinds of the city’s own are taken', async () => {
    const { pack } = await readChanged({})
    expect(pack?.categories.at(-1)).toMatchObject({ code: 'S01', kind: 'S' })
  })

  it('of a province go through `npm run conditions` into a pack', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'huiyin-conditions-'))
    const header =
      'kind,big_code,big_name,small_code,small_name,handler_units,supervising_units,filing_condition,close_condition,time_limit'
    const rows = [
      'component,01,公用设施,001,上水井盖,水务公司,城管局,缺失、移位，存在安全隐患的,恢复,2紧急工作时',
      'component,01,公用设施,001,上水井盖,水务公司,城管局,破损超过25c㎡,更换或修复,4小时',
      'event,01,市容环境,10,暴露生活垃圾,环卫所,城管局,道路两侧有暴露垃圾,清理,4小时',
      'event,01,市容环境,22,非法伐树,园林中心,城管局,正在砍伐,制止,1紧急工作时制止',
    ]
    const said: string[] = []
    const source = join(dir, 'source.csv')
    await writeFile(source, iconv.encode([header, ...rows].join('\r\n'), 'gb18030'))
    const print = { log: (t: string) => said.push(t), error: (t: string) => said.push(t) }
    expect(await conditionsCommand([source, '--out', join(dir, 'pack')], print)).toBe(0)
    expect(said.join('\n')).toMatch(/4 rows, 3 parsed, 1 odd/)
    const table = async (name: string) => readFile(join(dir, 'pack', name), 'utf8')
    const [categories, conditions] = [await table('categories.csv'), await table('filing-conditions.csv')]
    const body = (text: string) => text.split('\n').slice(1).join('\n')
    const { pack, faults } = await readChanged({
      'categories.csv': (t) =>
        t.replace(/^E0110.*\n/m, '') +
        body(categories).replace(/,normal,([^,]*),,$/gm, ',normal,$1,环境卫生管理所,'),
      'filing-conditions.csv': (t) => t.replace(/^E0110.*\n/gm, '') + body(conditions),
    })
    expect(faults).toEqual([])
    await rm(dir, { recursive: true })
    expect(pack?.categories.slice(-2).map((c) => [c.code, c.name, c.department])).toEqual([
      ['C01001', '上水井盖', 'sanitation'],
      ['E0110', '暴露生活垃圾', 'sanitation'],
    ])
    expect(pack?.conditions.filter((c) => c.category === 'C01001').map((c) => c.limit)).toEqual([
      { amount: 2, unit: 'urgent-hour', text: '2紧急工作时' },
      { amount: 4, unit: 'work-hour', text: '4小时' },
    ])
  })
})

describe('names in place of codes', () => {
  it('are taken where only one has them', async () => {
    const { pack, faults } = await readChanged({
      'categories.csv': inLine('E0125', ',water,', ',水利局,'),
      'filing-conditions.csv': inLine('E0125-1', ',E0125,', ',水域不洁,'),
      'departments.csv': inLine('water-river', ',water,', ',水利局,'),
      'routing.csv': (t) => t.replace('R005,120,E0136,990191001', 'R005,120,乱堆物堆料,城关街道'),
      'calendars.csv': inLine('season,sanitation', 'sanitation', '环境卫生管理所'),
      'users.csv': inLine('dept-water', ',water,', ',水利局,'),
      'city.json': setCity('policies.fallBackDepartment', '市政设施维护中心'),
    })
    expect(faults).toEqual([])
    expect(pack).toEqual((await readChanged({})).pack)
  })

  it('are refused where several have them', async () => {
    const { faults } = await readChanged({
      'departments.csv': addLine('water-2,水利局,,局,,,'),
      'users.csv': inLine('dept-water', ',water,', ',水利局,'),
    })
    expect(faults.map((f) => [f.file, f.field])).toEqual([['users.csv', 'department']])
    expect(faults[0]?.zh).toMatch(/对应多个单位/)
  })
})

describe('a unit with seasons of its own', () => {
  it('has its limits counted on them, summer and winter, to the end', async () => {
    const { pack } = await readChanged({})
    if (!pack) throw new Error('the sample pack has faults')
    const city = compileCity(pack, 1)
    const limit = { amount: 4, unit: 'work-hour' as const, text: '4工作时' }
    const due = (department: string, start: string) => {
      const found = deadline({ start: Date.parse(start), limit, calendar: city.calendarFor(department) })
      return found.ok ? new Date(found.dueAt + 8 * 3_600_000).toISOString().slice(0, 16) : found
    }
    // Friday 10:00: two hours before noon; then 15:00 in summer, 14:00 in winter; cleaning goes on through noon.
    expect(due('water', '2026-06-05T10:00:00+08:00')).toBe('2026-06-05T17:00')
    expect(due('water-river', '2026-06-05T10:00:00+08:00')).toBe('2026-06-05T17:00')
    expect(due('water', '2026-11-20T10:00:00+08:00')).toBe('2026-11-20T16:00')
    expect(due('sanitation-fleet', '2026-06-05T10:00:00+08:00')).toBe('2026-06-05T14:00')
    expect(due('gas', '2026-06-05T23:00:00+08:00')).toBe('2026-06-06T03:00')
    // The last working day before the national holiday; make-up Saturday follows it.
    expect(due('municipal', '2026-09-30T17:00:00+08:00')).toBe('2026-10-08T11:00')
    expect(due('municipal', '2026-10-09T17:00:00+08:00')).toBe('2026-10-10T11:00')
  })
})
