import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { workingPeriods } from '#domain/calendar.ts'
import { compileCity } from '#domain/city/compile.ts'
import type { City } from '#domain/city/types.ts'
import { policyDecision } from '#domain/policy.ts'
import { route } from '#domain/route.ts'
import { readPack } from '../read-pack.ts'
import type { ReadPack } from '../read-pack.ts'
import { demoPack } from './generate.ts'

const DIR = join(import.meta.dirname, '../../../cities/demo')
const NOW = Date.parse('2026-11-20T08:30:00+08:00')

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
  expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(2_000_000)
})

describe('the frame', () => {
  it('is 4 streets, 22 communities, 72 grids with nested codes', () => {
    const of = (level: string) => city.pack.areas.filter((a) => a.level === level)
    expect([of('street'), of('community'), of('grid')].map((l) => l.length)).toEqual([4, 22, 72])
    expect([of('street'), of('community'), of('grid')].map((l) => l[0]?.code.length)).toEqual([9, 12, 15])
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

  it('has 60 categories whose shares make 100 %', () => {
    expect(city.pack.categories).toHaveLength(60)
    expect(city.pack.categories.reduce((sum, c) => sum + (c.share ?? 0), 0)).toBeCloseTo(100, 6)
  })

  it('has every account of the demo, with one for each unit', () => {
    const names = new Set(city.pack.users.map((u) => u.username))
    const posts = [
      'admin',
      'duty',
      'operator',
      'dispatcher',
      'supervisor',
      'grid',
      'evaluator',
      'head',
      'leader',
      'wall',
    ]
    const units = city.pack.departments.filter((d) => d.parent === undefined).map((d) => `dept-${d.code}`)
    expect(names).toEqual(new Set([...posts, ...units, 'handler-water']))
    expect(city.pack.users.every((u) => u.password === 'demo')).toBe(true)
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

  it('have centres in their own area and in no zone', () => {
    for (const { code, name, centre } of city.pack.areas) {
      const found = city.locate(centre.lng, centre.lat)
      expect(found.areaPath, name).toContain(code)
      expect(found.zones, name).toEqual([])
    }
  })
})

function routed(place: { name?: string; grid?: string }, category: string) {
  const at = place.name
    ? city.pack.zones.find((z) => z.name === place.name)?.centre
    : city.areas.get(place.grid ?? '')?.centre
  if (!at) throw new Error(`no place ${JSON.stringify(place)}`)
  const { areaPath } = city.locate(at.lng, at.lat)
  return route({ category, position: at, areaPath, source: 'grid' }, city, NOW)
}

describe('who gets what where', () => {
  it.each([
    ['E0125', '北渠', 'water'],
    ['E0110', '北渠', 'water'],
    ['E0125', '南湖岸线', 'water'],
    ['E0110', '人民路', 'sanitation'],
    ['E0112', '鼓楼大道', 'sanitation'],
    ['E0113', '人民路', 'municipal'],
    ['E0405', '人民路', 'enforcement'],
    ['E0110', '文庙巷', 'st-xicheng'],
    ['E0110', '湖滨公园', 'greening'],
    ['E0110', '纺织小区', 'st-beiqu'],
    ['E0304', '双桥棚改工地', 'housing'],
    ['E0301', '双桥棚改工地', 'enforcement'],
    ['E0502', '纺织小区', 'gas'],
  ])('%s in %s goes to %s', (category, name, department) => {
    expect(routed({ name }, category).department).toBe(department)
  })

  it('enforcement joins in at building sites', () => {
    expect(routed({ name: '双桥棚改工地' }, 'E0304').coDepartments).toEqual(['enforcement'])
  })

  it('railway land is not managed here', () => {
    expect(routed({ name: '铁桥铁路用地' }, 'E0110')).toMatchObject({ doubt: 'not-managed-here' })
  })

  it.each([
    ['990181001001001', 'st-xicheng'],
    ['990181002001001', 'st-nanhu'],
    ['990181003001001', 'st-beiqu'],
    ['990181401001001', 'kfq'],
  ])('litter that is nobody’s in grid %s goes to %s', (grid, department) => {
    expect(routed({ grid }, 'E0136').department).toBe(department)
    expect(routed({ grid }, 'C0123')).toMatchObject({ department, coDepartments: ['municipal'] })
  })

  it('every category reaches a unit from every grid, never by the fall-back', () => {
    const grids = city.pack.areas.filter((a) => a.level === 'grid')
    for (const { code } of city.pack.categories)
      for (const grid of grids) {
        const found = routed({ grid: grid.code }, code)
        expect(found.doubt, `${code} in ${grid.name}`).toBeUndefined()
      }
  })
})

describe('policies', () => {
  const decision = (
    step: 'accept' | 'file' | 'dispatch' | 'requestCheck' | 'close',
    source: 'grid' | 'citizen' | 'hotline',
    category: string,
  ) => policyDecision(city.pack.policies[step], { source, category: city.categories.get(category) }).who

  it('let rules accept what grid members report, and the operator the rest', () => {
    expect(decision('accept', 'grid', 'E0110')).toBe('rule')
    expect(decision('accept', 'citizen', 'E0110')).toBe('operator')
    expect(decision('accept', 'hotline', 'E0110')).toBe('operator')
  })

  it.each([
    ['E0110', 'rule'],
    ['E0112', 'rule'],
    ['E0125', 'duty-manager'],
    ['E0502', 'duty-manager'],
    ['C0103', 'duty-manager'],
  ])('have %s filed by %s, whoever reported it', (category, who) => {
    expect(decision('file', 'grid', category)).toBe(who)
    expect(decision('file', 'citizen', category)).toBe(who)
  })

  it('dispatch and check by rule; close never by rule', () => {
    expect(decision('dispatch', 'grid', 'E0502')).toBe('rule')
    expect(decision('requestCheck', 'citizen', 'E0110')).toBe('rule')
    expect(decision('close', 'grid', 'E0110')).toBe('duty-manager')
  })
})

describe('working time', () => {
  const periods = (owner: string, date: string) =>
    workingPeriods(city.calendarFor(owner), date)?.map(({ from, to }) =>
      [from, to].map((t) => new Date(t + 8 * 3_600_000).toISOString().slice(11, 16)).join('-'),
    )
  it.each([
    ['centre', '2026-11-20', ['08:00-12:00', '14:00-18:00']],
    ['centre', '2026-07-01', ['08:00-12:00', '15:00-18:00']],
    ['centre', '2026-11-21', []],
    ['centre', '2026-10-01', []],
    ['centre', '2026-10-10', ['08:00-12:00', '14:00-18:00']],
    ['water', '2026-11-20', ['08:00-12:00', '14:00-18:00']],
    ['sanitation', '2026-10-01', ['05:00-22:00']],
    ['sanitation-sweep1', '2026-11-21', ['05:00-22:00']],
  ])('of %s on %s is %j', (owner, date, expected) => {
    expect(periods(owner, date)).toEqual(expected)
  })

  it('of the gas company never ends', () => {
    expect(workingPeriods(city.calendarFor('gas'), '2026-11-21')?.map((p) => p.to - p.from)).toEqual([
      86_400_000,
    ])
  })
})
