// Who gets what where, who decides which step, and who works when: the questions an official would ask of the demo city.
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { workingPeriods } from '#domain/calendar.ts'
import { compileCity } from '#domain/city/compile.ts'
import type { City } from '#domain/city/types.ts'
import { policyDecision } from '#domain/policy.ts'
import { route } from '#domain/route.ts'
import { readPack } from '#pack/read-pack.ts'

const NOW = Date.parse('2026-11-20T08:30:00+08:00')

let city: City
beforeAll(async () => {
  const { pack, faults } = await readPack(join(import.meta.dirname, '../../../cities/demo'), {
    today: '2026-11-20',
  })
  if (!pack) throw new Error(`the demo pack has faults: ${JSON.stringify(faults[0])}`)
  city = compileCity(pack, 1)
})

function routed(place: { name?: string; grid?: string }, category: string, component?: string) {
  const at = place.name
    ? city.pack.zones.find((z) => z.name === place.name)?.centre
    : city.areas.get(place.grid ?? '')?.centre
  if (!at) throw new Error(`no place ${JSON.stringify(place)}`)
  const { areaPath } = city.locate(at.lng, at.lat)
  return route({ category, position: at, areaPath, source: 'grid', component }, city, NOW)
}

describe('who gets what where', () => {
  it.each([
    ['on a main road', '人民路', 'sanitation'],
    ['in a back lane', '文庙巷', 'st-xicheng'],
    ['on the canal’s bank', '北渠', 'water'],
    ['on the lake’s shore', '南湖岸线', 'water'],
    ['in a park', '湖滨公园', 'greening'],
    ['inside an estate with a property service', '纺织小区', 'st-beiqu'],
    ['inside an estate without one', '红旗里', 'st-beiqu'],
    ['on a building site', '双桥棚改工地', 'housing'],
  ])('the same litter %s (%s) goes to %s', (_, name, department) => {
    expect(routed({ name }, 'E0110').department).toBe(department)
  })

  it('litter on railway land goes to nobody of this city', () => {
    const found = routed({ name: '铁桥铁路用地' }, 'E0110')
    expect(found.department).toBeUndefined()
    expect(found.doubt).toBe('not-managed-here')
  })

  it.each([
    ['E0125', '北渠', 'water'],
    ['E0125', '南湖岸线', 'water'],
    ['E0112', '鼓楼大道', 'sanitation'],
    ['E0113', '人民路', 'municipal'],
    ['E0405', '人民路', 'enforcement'],
    ['E0101', '北渠', 'water'],
    ['E0304', '双桥棚改工地', 'housing'],
    ['E0301', '双桥棚改工地', 'enforcement'],
    ['E0502', '纺织小区', 'gas'],
  ])('%s in %s goes to %s', (category, name, department) => {
    expect(routed({ name }, category).department).toBe(department)
  })

  it('enforcement joins in at building sites', () => {
    expect(routed({ name: '双桥棚改工地' }, 'E0304').coDepartments).toEqual(['enforcement'])
  })

  it('an estate’s property service is named under the street office that leads', () => {
    const named = (estate: string) => routed({ name: estate }, 'E0110').steps.map((s) => s.department)
    expect(named('纺织小区')).toContain('st-beiqu-pm-fangzhi')
    expect(named('红旗里').filter((d) => d !== undefined && d !== 'st-beiqu')).toEqual([])
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

  it.each(['watersupply', 'gas', 'power', 'telecom', 'municipal'])('a cover of %s goes there', (unit) => {
    const covers = city.pack.components.filter((c) => ['C0101', 'C0103', 'C0123'].includes(c.category))
    const cover = covers.find((c) => c.owner === unit || city.departments.get(c.owner ?? '')?.parent === unit)
    const found = routed({ grid: '990181001001001' }, cover?.category ?? '', cover?.code)
    expect(found.department).toBe(unit)
    expect(found.steps[0]).toMatchObject({ rule: 'component', matched: true })
  })

  it('an unmarked cover that nobody owns goes to the street office of its place', () => {
    const cover = city.pack.components.find((c) => c.category === 'C0123' && c.owner === undefined)
    const found = routed({ grid: '990181002001001' }, 'C0123', cover?.code)
    expect(found).toMatchObject({ department: 'st-nanhu', coDepartments: ['municipal'] })
    expect(city.pack.policies.fallBackDepartment).toBe('municipal')
  })

  it('every category reaches a unit from every grid, never by the fall-back', () => {
    const grids = city.pack.areas.filter((a) => a.level === 'grid')
    for (const { code } of city.pack.categories)
      for (const grid of grids) {
        const found = routed({ grid: grid.code }, code)
        expect(found.department, `${code} in ${grid.name}`).toBeDefined()
        expect(found.doubt, `${code} in ${grid.name}`).not.toBe('fall-back')
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
    ['centre', '2026-11-20', ['08:00-21:00']],
    ['centre', '2026-11-22', ['08:00-21:00']],
    ['centre', '2026-10-01', ['08:00-21:00']],
    ['water', '2026-11-20', ['08:00-12:00', '14:00-18:00']],
    ['water', '2026-04-30', ['08:00-12:00', '14:00-18:00']],
    ['water', '2026-07-01', ['08:00-12:00', '15:00-18:00']],
    ['water', '2026-11-21', []],
    ['water', '2026-10-01', []],
    ['water', '2026-10-10', ['08:00-12:00', '14:00-18:00']],
    ['water', '2026-05-09', ['08:00-12:00', '15:00-18:00']],
    ['water-lake', '2026-07-01', ['08:00-12:00', '15:00-18:00']],
    ['st-xicheng-pm-jianshe', '2025-09-28', ['08:00-12:00', '15:00-18:00']],
    ['sanitation', '2026-10-01', ['05:00-22:00']],
    ['sanitation-sweep1', '2026-11-21', ['05:00-22:00']],
    ['telecom-tower', '2026-11-22', ['08:00-20:00']],
    ['kfq', '2027-06-30', ['08:00-12:00', '15:00-18:00']],
    ['kfq', '2027-10-01', []],
  ])('of %s on %s is %j', (owner, date, expected) => {
    expect(periods(owner, date)).toEqual(expected)
  })

  it.each(['gas', 'power', 'watersupply', 'fire'])('of %s never ends', (unit) => {
    expect(workingPeriods(city.calendarFor(unit), '2026-11-21')?.map((p) => p.to - p.from)).toEqual([
      86_400_000,
    ])
  })

  it('of supervisors is two shifts, every day', () => {
    const own = city.pack.calendars.find((c) => c.owner === 'supervisors')
    const spans = own && workingPeriods(own, '2026-10-01')
    expect(spans?.reduce((ms, p) => ms + p.to - p.from, 0)).toBe(13.5 * 3_600_000)
  })

  it('knows every first-level unit’s hours by name', () => {
    const owners = new Set(city.pack.calendars.map((c) => c.owner))
    for (const d of city.pack.departments)
      if (d.parent === undefined) expect(owners, d.name).toContain(d.calendar)
  })
})
