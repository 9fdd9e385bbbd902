// The tables that a city may have or not: periods, cameras, indicators; and users with several posts.
import { describe, expect, it } from 'vitest'
import { addLine, inLine, lineOf, makePackFolder, newLine, plant, readChanged, setCity } from '../testing.ts'
import type { Change, Plant } from '../testing.ts'

makePackFolder()

const typo = (file: string, what: string, line: string, from: string, to: string, field: string): Plant => [
  what,
  inLine(line, from, to),
  [lineOf(file, line), field],
]
const extra = (file: string, what: string, line: string, ...fields: string[]): Plant => [
  what,
  addLine(line),
  ...fields.map((field): [number, string] => [newLine(file), field]),
]

const warned = async (file: string, change: Change) => {
  const { faults, warnings } = await readChanged({ [file]: change })
  expect(faults).toEqual([])
  return warnings.map((w) => [w.row, w.field])
}

describe('periods', () => {
  const file = 'periods.csv'
  const october = 'month,2026-10'
  plant(
    file,
    typo(file, 'an unknown kind', october, 'month', 'moon', 'kind'),
    typo(file, 'a day that is none', october, '2026-10-25', '2026-10-32', 'to'),
    typo(file, 'no name', october, '2026-10,', ',', 'name'),
    extra(file, 'an end before the beginning', 'month,2028-01,2028-01-25,2027-12-26', 'to'),
    [
      'months that overlap',
      inLine(october, '2026-10-25', '2026-10-27'),
      [lineOf(file, 'month,2026-11'), 'from'],
    ],
    extra(file, 'a name taken', 'month,2027-12,2027-12-26,2028-01-25', 'name'),
  )
  it('a gap and an odd length are remarked on', async () => {
    expect(await warned(file, inLine(october, '2026-10-25', '2026-10-20'))).toContainEqual([
      lineOf(file, 'month,2026-11'),
      'from',
    ])
    expect(await warned(file, addLine('week,长周,2027-12-30,2028-02-10'))).toContainEqual([
      newLine(file),
      'to',
    ])
  })
  it('that have run out are remarked on', async () => {
    const { warnings } = await readChanged({}, '2028-02-01')
    expect(warnings.filter((w) => w.file === file)).toHaveLength(4)
  })
  it('come by kind and date whatever their order, in Chinese too', async () => {
    const { pack } = await readChanged({
      [file]: () =>
        '类型,名称,起始日期,截止日期\n月,二月,2026年1月26日,2026/2/25\n月,一月,2025-12-26,2026.1.25\n周,首周,20260101,2026-01-07\n',
    })
    expect(pack?.periods).toEqual([
      { kind: 'week', name: '首周', from: '2026-01-01', to: '2026-01-07' },
      { kind: 'month', name: '一月', from: '2025-12-26', to: '2026-01-25' },
      { kind: 'month', name: '二月', from: '2026-01-26', to: '2026-02-25' },
    ])
  })
})

describe('cameras', () => {
  const file = 'cameras.csv'
  const url = 'https://video.example.org/live/cam001/index.m3u8'
  plant(
    file,
    typo(file, 'an unknown kind', 'CAM001', ',hls,', ',rtmp,', 'kind'),
    typo(file, 'no address', 'CAM001', url, '', 'url'),
    typo(file, 'an address of the camera itself', 'CAM001', 'https', 'rtsp', 'url'),
    typo(file, 'a code in place of an address', 'CAM001', url, '34020000001320000001', 'url'),
    typo(file, 'an address with a password', 'CAM001', '//video', '//admin:12345@video', 'url'),
    typo(file, 'a position in words', 'CAM001', '113.906438', '东经114', 'lng'),
    typo(file, 'coordinates swapped', 'CAM001', '113.906438,29.705641', '29.705641,113.906438', 'lat'),
    typo(file, 'an unknown area', 'CAM003', '990191101201001', '990191101201009', 'area'),
    extra(file, 'a code given twice', 'CAM001,又,113.91,29.7,generated,,', 'code'),
  )
  it('in another area, or far away, are remarked on', async () => {
    expect(await warned(file, inLine('CAM003', '990191101201001', '西街社区'))).toEqual([[4, 'area']])
    expect(await warned(file, inLine('CAM001', '113.906438', '103.906438'))).toEqual([[2, 'lng']])
  })
  it.each([
    ['hls', 'flv'],
    ['flv', 'hls'],
    ['snapshot', 'hls'],
    ['whep', 'hls'],
  ])('of kind %s with an address that looks like %s are remarked on', async (kind, likely) => {
    const ending = likely === 'hls' ? 'm3u8' : 'flv'
    const change = (text: string) => text.replace(`hls,${url}`, `${kind},https://v.example.org/a.${ending}`)
    expect(await warned(file, change)).toEqual([[2, 'url']])
  })
  it('with an address of a page are remarked on, one that says nothing is taken', async () => {
    expect(await warned(file, inLine('CAM001', 'index.m3u8', 'play.html'))).toEqual([[2, 'url']])
    expect(await warned(file, inLine('CAM001', 'index.m3u8', '1'))).toEqual([])
  })
  it('keep what they were given', async () => {
    const { pack } = await readChanged({})
    expect(pack?.cameras?.[2]).toEqual({
      code: 'CAM003',
      name: '人民公园南门',
      lng: 113.915121,
      lat: 29.703127,
      kind: 'whep',
      url: '/video/whep/cam003',
      area: '990191101201001',
    })
  })
})

describe('indicators', () => {
  const file = 'indicators.csv'
  const rate = 'disposal-rate'
  plant(
    file,
    typo(file, 'a count that is none', rate, '处置数', '处理完的', 'numerator'),
    typo(file, 'a formula that ends in the air', 'accurate', '立案数 - 作废数', '立案数 -', 'numerator'),
    typo(file, 'an unknown basis', rate, 'cohort', 'people', 'basis'),
    typo(file, 'an unknown rhythm', rate, 'week;', 'fortnight;', 'period'),
    typo(file, 'an unknown subject', 'accurate', 'post', 'planet', 'by'),
    typo(file, 'an unknown direction', rate, ',up,', ',sideways,', 'direction'),
    typo(file, 'a weight in words', rate, ',30,', ',much,', 'weight'),
    typo(file, 'a score without a weight', rate, ',30,', ',,', 'weight'),
    typo(file, 'a weight without a score', rate, '单位综合得分', '', 'group'),
    typo(file, 'a day that is none', rate, '2026-01-01', '2026-13-01', 'from'),
    typo(file, 'no version', rate, '2026-1,', ',', 'version'),
    extra(file, 'the same version twice', `${rate},又,结案数,派遣数,event,month,,,,up,2026-1,,`, 'code'),
  )
  it('whose weights don’t add up are remarked on', async () => {
    expect(await warned(file, inLine(rate, ',30,', ',40,'))).toEqual([
      [lineOf(file, 'extension-rate'), 'weight'],
    ])
  })
  it('are formulas over counts', async () => {
    const { pack } = await readChanged({})
    expect(pack?.indicators?.find((i) => i.code === 'accurate-filing-rate')).toEqual({
      code: 'accurate-filing-rate',
      name: '准确立案率',
      numerator: [
        { count: 'filed', sign: 1 },
        { count: 'voided', sign: -1 },
      ],
      denominator: [{ count: 'filed', sign: 1 }],
      basis: 'event',
      periods: ['month', 'quarter'],
      by: ['post'],
      group: '值班长得分',
      weight: 40,
      direction: 'up',
      version: '2026-1',
      from: '2026-01-01',
    })
  })
})

describe('users', () => {
  it('hold several posts and areas, by key or word, code or name', async () => {
    const { pack, faults } = await readChanged({
      'users.csv': addLine('jia,甲,值班长、派遣员;考核员,,西街社区；990191101201,'),
    })
    expect(faults).toEqual([])
    expect(pack?.users.at(-1)).toEqual({
      username: 'jia',
      name: '甲',
      posts: ['duty-manager', 'dispatcher', 'evaluator'],
      areas: ['990191001001', '990191101201'],
    })
  })
})

describe('who gets field tasks', () => {
  it.each(['central', 'area', undefined])('may be %s', async (value) => {
    const { pack } = await readChanged({ 'city.json': setCity('policies.taskAssignee', value) })
    expect(pack?.policies.taskAssignee).toBe(value)
  })
  plant('city.json', [
    'is nobody else',
    setCity('policies.taskAssignee', 'nearest'),
    ['', 'policies.taskAssignee'],
  ])
})
