import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { writeXlsx } from 'hucre/xlsx'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { conditionsCommand } from './command.ts'
import { readWorkbook } from '#pack/read/workbook.ts'
import { convertConditions, convertSheets, SOURCE_COLUMNS } from './convert.ts'
import { decodeExport } from './decode.ts'

const HEADER = SOURCE_COLUMNS.join(',')
const GOOD = [
  'event,01,市容环境,10,暴露生活垃圾,环卫,城管,道路上有暴露垃圾,清理干净,4小时',
  'component,01,公用设施,01,上水井盖,水务,城管,"缺失、移位,有危险",恢复,2紧急工作时',
  'component,01,公用设施,01,上水井盖,水务,城管,翻盖声响,"更换""同型""井盖",2天',
]
const csv = (...rows: string[]) => [HEADER, ...rows].join('\r\n')

function convert(...rows: string[]) {
  const converted = convertConditions(csv(...rows))
  if (!converted.ok) throw new Error(converted.reason)
  return converted
}

const row = (change: Partial<Record<(typeof SOURCE_COLUMNS)[number], string>>) => {
  const usual: Record<string, string> = {
    kind: 'event',
    big_code: '01',
    big_name: '市容环境',
    small_code: '22',
    small_name: '非法伐树',
    handler_units: '园林',
    supervising_units: '城管',
    filing_condition: '正在砍伐',
    close_condition: '恢复',
    time_limit: '3天',
  }
  return SOURCE_COLUMNS.map((name) => change[name] ?? usual[name]).join(',')
}

describe('conversion', () => {
  it('makes a category per class and a condition per row', () => {
    expect(convert(...GOOD)).toEqual({
      ok: true,
      rows: 3,
      parsed: 3,
      odd: [],
      categories: [
        {
          code: 'E0110',
          name: '暴露生活垃圾',
          kind: 'E',
          major: '01',
          majorName: '市容环境',
          risk: 'normal',
          defaultCondition: 'E0110-1',
          department: '',
          share: '',
        },
        {
          code: 'C0101',
          name: '上水井盖',
          kind: 'C',
          major: '01',
          majorName: '公用设施',
          risk: 'normal',
          defaultCondition: 'C0101-1',
          department: '',
          share: '',
        },
      ],
      conditions: [
        condition('E0110-1', 'E0110', '道路上有暴露垃圾', '4小时', '清理干净'),
        condition('C0101-1', 'C0101', '缺失、移位,有危险', '2紧急工作时', '恢复'),
        condition('C0101-2', 'C0101', '翻盖声响', '2天', '更换"同型"井盖'),
      ],
    })
  })

  it('leaves an odd limit out, says where and why, and keeps its number', () => {
    const converted = convert(
      row({ time_limit: '1紧急工作时制止' }),
      row({ filing_condition: '已经砍伐' }),
      row({ filing_condition: '补种', time_limit: '种植季节15工作日' }),
    )
    expect(converted).toMatchObject({ rows: 3, parsed: 1 })
    expect(converted.odd.map((o) => [o.row, o.about])).toEqual([
      [2, 'E0122 非法伐树'],
      [4, 'E0122 非法伐树'],
    ])
    expect(converted.odd[0]?.reasons).toEqual([
      {
        message: 'limit "1紧急工作时制止": "紧急工作时制止" is not a unit of limits',
        zh: '时限“1紧急工作时制止”中的“紧急工作时制止”不是时限单位',
      },
    ])
    expect(converted.conditions.map((c) => c.id)).toEqual(['E0122-2'])
    expect(converted.categories.map((c) => c.defaultCondition)).toEqual(['E0122-2'])
  })

  it.each([
    ['an unknown kind', row({ kind: 'service' }), ['kind "service" is neither component nor event']],
    ['a lost leading zero', row({ big_code: '1' }), [/major code "1" is not 2 digits/]],
    ['a minor class of one digit', row({ small_code: '2' }), [/minor code "2" is not 2 or 3 digits/]],
    [
      'empty cells',
      row({ filing_condition: '', close_condition: ' ' }),
      ['filing_condition is empty', 'close_condition is empty'],
    ],
    ['a cell too many', `${row({})},more`, ['11 cells instead of 10']],
    [
      'cells missing',
      'event,01,市容环境,22,非法伐树',
      ['5 cells instead of 10', 'filing_condition is empty', 'close_condition is empty', /^limit ""/],
    ],
  ])('lists %s', (_, line, messages) => {
    const { odd, parsed } = convert(line)
    expect(parsed).toBe(0)
    expect(odd[0]?.reasons.map((r) => r.message)).toEqual(
      messages.map((m) => (typeof m === 'string' ? m : expect.stringMatching(m))),
    )
  })

  it('lists a second name and a second time for the same thing', () => {
    const { odd, parsed } = convert(
      row({}),
      row({ filing_condition: '其他', small_name: '违法伐树' }),
      row({ time_limit: '5天' }),
    )
    expect(parsed).toBe(1)
    expect(odd.map((o) => o.reasons.map((r) => r.message))).toEqual([
      ['E0122 is named 市容环境 非法伐树 in row 2'],
      ['the same condition as row 2'],
    ])
  })

  it('takes minor classes of three digits, columns in any order and blank lines', () => {
    const columns = SOURCE_COLUMNS.toReversed()
    const cells = row({ small_code: '998' }).split(',').toReversed()
    const converted = convertConditions([columns.join(','), '', cells.join(','), ',,,,,,,,,'].join('\n'))
    expect(converted).toMatchObject({ rows: 1, parsed: 1, categories: [{ code: 'E01998' }] })
  })

  it('refuses a file without the columns, or that is no CSV', () => {
    expect(convertConditions('a,b\n1,2')).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^columns missing: kind,/),
    })
    expect(convertConditions('')).toMatchObject({ ok: false })
    expect(convertConditions(`${HEADER}\n"open`)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^not a CSV/),
    })
  })
})

describe('as cities keep it', () => {
  const merged = [
    '大类,小类,立案条件,处置时限,结案条件,监管主体,责任主体,法律依据,采集要求',
    '01市容环境,10暴露生活垃圾,道路上有暴露垃圾,4小时,清理干净,城管局,环卫所,条例,拍到垃圾',
    ',,垃圾成堆,1天,清理干净,,,,',
    ',12道路不洁,路面有泥沙,2小时,清扫,,,,',
    '04-街面秩序,05 店外经营,占道,2紧急工作时,恢复,,,,',
  ].join('\n')
  const expected = [
    ['E0110-1', '道路上有暴露垃圾', '拍到垃圾'],
    ['E0110-2', '垃圾成堆', ''],
    ['E0112-1', '路面有泥沙', ''],
    ['E0405-1', '占道', ''],
  ]
  const shown = (converted: ReturnType<typeof convertSheets>) =>
    converted.ok ? converted.conditions.map((c) => [c.id, c.text, c.photoRule]) : converted.reason

  it('classes merged over their rows come with every row, from a CSV', () => {
    expect(
      shown(
        convertConditions(
          merged
            .replace('大类', '类型,大类')
            .replace('\n', '\n事件,')
            .replace(/\n,/g, '\n,,')
            .replace('\n04', '\n,04'),
        ),
      ),
    ).toEqual(expected)
  })

  it('and from the sheets of a workbook, whose names say what they hold', async () => {
    const rows = merged.split('\n').map((line) => line.split(',').map((c) => (c === '' ? null : c)))
    const bytes = await writeXlsx({
      sheets: [
        { name: '封面', rows: [['数字城管立案标准']] },
        {
          name: '事件类',
          rows: [['××县城市管理事件立案标准'], ...rows],
          merges: [
            { startRow: 2, endRow: 4, startCol: 0, endCol: 0 },
            { startRow: 2, endRow: 3, startCol: 1, endCol: 1 },
          ],
        },
        {
          name: '部件类',
          rows: [
            rows[0] ?? [],
            ['公用设施（01）', '上水井盖（01）', '缺失', '2紧急工作时', '恢复'],
            [null, null, '破损', '尽快', '修复'],
          ],
        },
      ],
    })
    const read = await readWorkbook(bytes)
    const converted = convertSheets(read.ok ? read.sheets : [])
    expect(shown(converted)).toEqual([...expected, ['C0101-1', '缺失', '']])
    expect(converted.ok && converted.odd.map((o) => [o.sheet, o.row, o.about])).toEqual([
      ['部件类', 3, 'C0101 上水井盖'],
    ])
  })

  it('a workbook without the columns is refused', () => {
    expect(
      convertSheets([{ name: 'a', table: { kind: 'sheet', rows: [{ line: 1, cells: ['x'] }] } }]),
    ).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^columns missing: kind/),
    })
  })
})

describe('encoding', () => {
  const text = csv(...GOOD)
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['GB18030', iconv.encode(text, 'gb18030'), 'gb18030'],
    ['GB18030 with a mark', iconv.encode(`\ufeff${text}`, 'gb18030'), 'gb18030'],
  ])('%s reads the same', (_, bytes, encoding) => {
    const decoded = decodeExport(bytes)
    expect(decoded).toMatchObject({ ok: true, encoding })
    expect(decoded.ok && convertConditions(decoded.text)).toEqual(convertConditions(text))
  })

  it('refuses what is neither', () => {
    expect(decodeExport(Uint8Array.of(0xff, 0xff, 0x00))).toEqual({ ok: false })
  })
})

describe('the command', () => {
  let dir = ''
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'conditions-'))
  })
  afterEach(() => rm(dir, { recursive: true, force: true }))

  async function run(...args: string[]) {
    const out: string[] = []
    const err: string[] = []
    const code = await conditionsCommand(args, { log: (t) => out.push(t), error: (t) => err.push(t) })
    return { code, out: out.join('\n'), err: err.join('\n') }
  }
  const source = async (text: string) => {
    const path = join(dir, 'source.csv')
    await writeFile(path, text)
    return path
  }
  const table = async (name: string): Promise<Record<string, string>[]> =>
    parse(await readFile(join(dir, 'pack', name), 'utf8'), { columns: true })

  it('writes both files and says what became of every row', async () => {
    const file = await source(csv(...GOOD, row({ time_limit: '1紧急工作时制止' })))
    const { code, out } = await run(file, '--out', join(dir, 'pack'))
    expect(code).toBe(0)
    expect(out).toContain('4 rows, 3 parsed, 1 odd')
    expect(out).toMatch(/row 5 第5行 E0122 非法伐树: limit "1紧急工作时制止"/)
    const converted = convert(...GOOD)
    expect(await table('categories.csv')).toEqual(converted.categories)
    expect(await table('filing-conditions.csv')).toEqual(converted.conditions)
  })

  it('does not write over a city’s edits unless told to', async () => {
    const file = await source(csv(...GOOD))
    const pack = join(dir, 'pack')
    await run(file, '--out', pack)
    await writeFile(join(pack, 'categories.csv'), 'edited')
    expect(await run(file, '--out', pack)).toMatchObject({ code: 1, err: expect.stringContaining('--force') })
    expect(await readFile(join(pack, 'categories.csv'), 'utf8')).toBe('edited')
    expect(await run(file, '--out', pack, '--force')).toMatchObject({ code: 0 })
    expect(await table('categories.csv')).toHaveLength(2)
  })

  it('explains itself, and refuses what it cannot use', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--out DIR') })
    expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('one FILE is needed') })
    expect(await run('a.csv')).toMatchObject({ code: 1, err: expect.stringContaining('--out DIR is needed') })
    expect(await run('--colour')).toMatchObject({ code: 1, err: expect.stringContaining('--colour') })
    const missing = join(dir, 'none.csv')
    expect(await run(missing, '--out', dir)).toMatchObject({ code: 1, err: `${missing}: no such file` })
    expect(await run(await source('a,b'), '--out', dir)).toMatchObject({ code: 1 })
  })
})

function condition(id: string, category: string, text: string, limit: string, closeCondition: string) {
  return { id, category, text, limit, closeCondition, photoRule: '' }
}
