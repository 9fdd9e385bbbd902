import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileCity } from '#domain/city/compile.ts'
import type { City } from '#domain/city/types.ts'
import { addDays } from '#domain/days.ts'
import { readPack } from '#pack/read-pack.ts'
import type { ReadPack } from '#pack/read-pack.ts'
import { demoPack } from './generate.ts'

const DIR = join(import.meta.dirname, '../../../cities/demo')

let read: ReadPack
let city: City
beforeAll(async () => {
  read = await readPack(DIR, { today: '2026-11-20' })
  if (!read.pack) throw new Error(`the demo pack has faults: ${JSON.stringify(read.faults[0])}`)
  city = compileCity(read.pack, 1)
})

it('the generator writes the committed bytes', async () => {
  const files = demoPack()
  expect((await readdir(DIR)).sort()).toEqual([...files.keys()].sort())
  for (const [name, text] of files) expect(await readFile(join(DIR, name), 'utf8'), name).toBe(text)
})

it('has neither faults nor warnings', () => {
  expect(read.faults).toEqual([])
  expect(read.warnings).toEqual([])
})

it('is small', async () => {
  const sizes = await Promise.all(
    (await readdir(DIR)).map(async (name) => (await stat(join(DIR, name))).size),
  )
  expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(5_000_000)
})

describe('the frame', () => {
  it('is 4 streets, 22 communities, 72 grids with nested codes, and micro-grids in them', () => {
    const of = (level: string) => city.pack.areas.filter((a) => a.level === level)
    expect(city.pack.levels.map((l) => l.key)).toEqual(['street', 'community', 'grid', 'micro-grid'])
    expect([of('street'), of('community'), of('grid')].map((l) => l.length)).toEqual([4, 22, 72])
    expect(city.pack.levels.map((l) => of(l.key)[0]?.code.length)).toEqual([9, 12, 15, 17])
    for (const { code, parent } of city.pack.areas) expect(code.startsWith(parent ?? '990181')).toBe(true)
  })

  it('has 24, 24, 18 and 6 grids in its streets', () => {
    const grids = (street: string) =>
      city.pack.areas.filter((a) => a.level === 'grid' && a.code.startsWith(`990181${street}`)).length
    expect(['001', '002', '003', '401'].map(grids)).toEqual([24, 24, 18, 6])
  })

  it('has 19 units in three groups, and squads under them', () => {
    const first = city.pack.departments.filter((d) => d.parent === undefined)
    const groups = new Map<string, number>()
    for (const { group = '' } of first) groups.set(group, (groups.get(group) ?? 0) + 1)
    expect(Object.fromEntries(groups)).toEqual({ 市直部门: 11, 公用企业: 4, 属地: 4 })
    expect(city.pack.departments.length).toBeGreaterThan(first.length)
  })

  it('has at the second level what the town’s plan names', () => {
    const under = (code: string) => city.pack.departments.filter((d) => d.parent === code).map((d) => d.kind)
    const many = (code: string, kind: string) => under(code).filter((k) => k === kind).length
    expect(many('enforcement', 'squad')).toBe(3)
    expect([many('sanitation', 'squad'), many('sanitation', 'contractor')]).toEqual([3, 1])
    expect([many('municipal', 'squad'), many('greening', 'contractor'), many('water', 'squad')]).toEqual([
      3, 2, 2,
    ])
    expect([
      many('housing', 'squad'),
      many('transport', 'contractor'),
      many('telecom', 'contractor'),
    ]).toEqual([2, 1, 5])
    const communities = ['st-xicheng', 'st-nanhu', 'st-beiqu', 'kfq'].map((s) => many(s, 'community'))
    expect(communities).toEqual([7, 7, 6, 2])
  })

  it('has duty phones that are nobody’s', () => {
    for (const d of city.pack.departments)
      if (d.parent === undefined) expect(d.dutyPhone, d.name).toMatch(/^0000-5550\d{3}$/)
  })

  it('lets accounts log in with the demo’s password', () => {
    expect(city.pack.users.every((u) => u.password === 'demo')).toBe(true)
  })

  it('hands field tasks to who distributes them', () => {
    expect(city.pack.policies.taskAssignee).toBe('central')
  })
})

describe('time', () => {
  const periods = (kind: string) => (city.pack.periods ?? []).filter((p) => p.kind === kind)

  it('is weeks from Monday, natural months, quarters and years of three years, without a gap', () => {
    expect(
      [periods('week'), periods('month'), periods('quarter'), periods('year')].map((p) => p.length),
    ).toEqual([157, 36, 12, 3])
    for (const kind of ['week', 'month', 'quarter', 'year']) {
      const all = periods(kind)
      all.slice(1).forEach((p, i) => {
        expect(addDays(all[i]?.to ?? '', 1), p.name).toBe(p.from)
      })
    }
    for (const w of periods('week')) {
      expect(new Date(w.from).getUTCDay(), w.name).toBe(1)
      expect(addDays(w.from, 6), w.name).toBe(w.to)
    }
  })

  it('names weeks as ISO 8601 does', () => {
    const at = (day: string) => periods('week').find((w) => w.from <= day && day <= w.to)?.name
    expect(['2025-01-01', '2026-01-01', '2026-11-20', '2027-01-03', '2027-01-04'].map(at)).toEqual([
      '2025-W01',
      '2026-W01',
      '2026-W47',
      '2026-W53',
      '2027-W01',
    ])
  })
})

describe('indicators', () => {
  const indicator = (code: string) => city.pack.indicators?.find((i) => i.code === code)

  it('have the rate of closed out of filed and dispatched, and those that leave out what is still in time', () => {
    const counts = (code: string) => [
      indicator(code)?.numerator.map((t) => t.count),
      indicator(code)?.denominator.map((t) => t.count),
    ]
    expect(counts('close-rate-of-dispatched')).toEqual([['closed'], ['dispatched']])
    expect(counts('disposal-rate')).toEqual([['replied'], ['due-replied']])
    expect(counts('close-rate')).toEqual([['closed'], ['due-closed']])
    for (const code of ['on-time-disposal-rate', 'rework-rate', 'return-rate', 'on-time-acknowledge-rate'])
      expect(indicator(code), code).toBeDefined()
  })

  it('make one score of a hundred points', () => {
    const scored = city.pack.indicators?.filter((i) => i.group !== undefined) ?? []
    expect(new Set(scored.map((i) => i.group)).size).toBe(1)
    expect(scored.reduce((sum, i) => sum + (i.weight ?? 0), 0)).toBe(100)
  })
})

describe('zones', () => {
  it.each([
    ['railway', '铁桥铁路用地', 1],
    ['construction', '双桥棚改工地', 2],
    ['water', '北渠', 3],
    ['water', '南湖岸线', 3],
    ['park', '湖滨公园', 4],
    ['estate', '纺织小区', 5],
    ['main-road', '人民路', 6],
    ['main-road', '鼓楼大道', 6],
    ['back-lane', '文庙巷', 7],
  ])('%s: %s is asked at %i', (kind, name, priority) => {
    expect(city.pack.zones.find((z) => z.name === name)).toMatchObject({ kind, priority })
  })

  it('are seven kinds, with twelve lanes and two building sites that end', () => {
    const of = (kind: string) => city.pack.zones.filter((z) => z.kind === kind)
    expect(new Set(city.pack.zones.map((z) => z.kind)).size).toBe(7)
    expect(of('back-lane')).toHaveLength(12)
    expect(of('construction')).toHaveLength(2)
    for (const { name, validFrom, validTo } of of('construction'))
      expect(
        [validFrom, validTo].every((d) => d?.startsWith('202')),
        name,
      ).toBe(true)
    expect(new Set(of('construction').map((z) => z.validTo)).size).toBe(2)
  })

  it('have places by name on the map', () => {
    const names = new Set(city.pack.mapLayers?.features.map((f) => f.properties?.name))
    for (const name of [
      '中心菜市场',
      '汽车站',
      '一中',
      '人民医院',
      '万家广场',
      '南湖',
      '北渠',
      '东干渠',
      '清溪河',
    ])
      expect(names, name).toContain(name)
  })
})

describe('places', () => {
  it('have centres where the zone itself answers', () => {
    for (const { code, name, centre } of city.pack.zones) {
      const found = city.locate(centre.lng, centre.lat)
      expect(found.inCity, name).toBe(true)
      expect(found.area, name).toBeDefined()
      expect(found.zones[0], name).toBe(code)
    }
  })

  it('have centres in their own area and, but for the smallest, in no zone', () => {
    for (const { code, name, level, parent, centre } of city.pack.areas) {
      const found = city.locate(centre.lng, centre.lat)
      const isMicro = level === 'micro-grid'
      expect(found.areaPath, name).toContain(isMicro ? parent : code)
      if (!isMicro) expect(found.zones, name).toEqual([])
    }
  })
})
