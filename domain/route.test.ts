import { describe, expect, it } from 'vitest'
import { compileCity } from './city/compile.ts'
import { isZoneValid, route } from './route.ts'
import { at } from './testing/calendars.ts'
import { aCity, cityPack, PLACES } from './testing/city.ts'

const NOW = at('2019-09-29T08:00+08:00')
const city = aCity()

type Facts = Parameters<typeof route>[0]
const ways = (facts: Partial<Facts>, c = city, now = NOW) => {
  const position = facts.position ?? PLACES.backLane
  return route(
    {
      category: 'E0110',
      source: 'grid',
      position,
      areaPath: c.locate(position.lng, position.lat).areaPath,
      ...facts,
    },
    c,
    now,
  )
}
const asked = (facts: Partial<Facts>, c = city, now = NOW) =>
  ways(facts, c, now).steps.map((s) => `${s.rule}${s.matched ? '!' : ''}`)

describe('routing asks in this order', () => {
  it('1 the owner of the component, whatever the place', () => {
    const component = '9901990103000001'
    expect(ways({ component, category: 'C0103', position: PLACES.railway })).toMatchObject({
      department: 'water',
    })
    expect(asked({ component })).toEqual(['component!', 'unit-tree!'])
  })

  it('2 the zone, by priority, and only for its categories', () => {
    expect(ways({ position: PLACES.canal })).toMatchObject({
      department: 'water',
      zone: 'Z-CANAL',
      coDepartments: ['st-east'],
    })
    expect(ways({ position: PLACES.road })).toMatchObject({ department: 'sanitation', zone: 'Z-ROAD' })
    // The road answers for E01 alone.
    expect(asked({ position: PLACES.road, category: 'C0103' })).toEqual([
      'component',
      'zone',
      'category-area',
      'category!',
      'unit-tree!',
    ])
  })

  it('2 a rule for this kind of zone before the zone’s own unit', () => {
    const road = ways({ position: PLACES.road, category: 'E0113' })
    expect([road.department, road.zone]).toEqual(['municipal', 'Z-ROAD'])
    expect(ways({ category: 'E0113', position: PLACES.west }).steps.at(-1)?.rule).toBe('category')
  })

  it('3 category and area', () => {
    const here = ways({ category: 'E0136' })
    expect(here).toMatchObject({ department: 'st-east', coDepartments: ['sanitation'] })
    expect(here.steps.at(-1)).toMatchObject({ rule: 'category-area', ref: 'R2' })
  })

  it('4 the category’s own unit, 5 its bureau where that is a squad', () => {
    expect(ways({})).toMatchObject({ department: 'sanitation' })
    const drains = ways({ category: 'C0103' })
    expect(drains.department).toBe('municipal')
    expect(drains.steps.slice(-2).map((s) => [s.rule, s.department])).toEqual([
      ['category', 'municipal-drains'],
      ['unit-tree', 'municipal'],
    ])
  })

  it('6 the fall-back, and says that it is one', () => {
    const gas = ways({ category: 'E0502' })
    expect([gas.department, gas.doubt]).toEqual(['municipal', 'fall-back'])
    expect(asked({ category: 'E0502' })).toEqual([
      'component',
      'zone',
      'category-area',
      'category',
      'fall-back!',
    ])
    expect(ways({ category: 'E0136', position: PLACES.west }).doubt).toBe('fall-back')
  })
})

describe('a zone', () => {
  it('that nobody here manages leaves it to the desk', () => {
    const rail = ways({ position: PLACES.railway })
    expect([rail.department, rail.doubt, rail.zone]).toEqual([undefined, 'not-managed-here', 'Z-RAIL'])
  })

  it('has a say from its first to its last day', () => {
    const zone = city.zones.get('Z-SITE')
    expect(isZoneValid(zone, at('2019-08-31T23:59:59+08:00'), city)).toBe(true)
    expect(isZoneValid(zone, at('2019-09-01T00:00+08:00'), city)).toBe(false)
    expect(isZoneValid(undefined, NOW, city)).toBe(false)
    expect(asked({ position: PLACES.formerSite })).toEqual([
      'component',
      'zone',
      'category-area',
      'category!',
    ])
  })
})

describe('routing rules', () => {
  const withRules = (routing: ReturnType<typeof cityPack>['routing']) =>
    compileCity({ ...cityPack(), routing }, 1)
  const rule = (id: string, order: number, more: object) => ({
    id,
    order,
    department: 'st-west',
    coDepartments: [],
    ...more,
  })

  it('go by order, not by place in the file', () => {
    const c = withRules([rule('B', 20, { department: 'st-east' }), rule('A', 10, {})])
    expect(ways({}, c).steps.at(-1)?.ref).toBe('A')
  })

  it('may ask for the source and for a whole major class', () => {
    const c = withRules([rule('A', 10, { source: 'hotline', category: 'E01' })])
    expect(ways({ source: 'hotline' }, c).department).toBe('st-west')
    expect(ways({ source: 'grid' }, c).department).toBe('sanitation')
    expect(ways({ source: 'hotline', category: 'C0103' }, c).department).toBe('municipal')
  })

  it('for an area hold in everything below it, and nowhere else', () => {
    const c = withRules([rule('A', 10, { area: '1' })])
    expect(ways({}, c).steps.at(-1)).toMatchObject({ rule: 'area', department: 'st-west' })
    expect(ways({ position: PLACES.west }, c).department).toBe('sanitation')
  })
})

it('explains every question in both languages, and the last is the answer', () => {
  for (const position of Object.values(PLACES))
    for (const category of [...city.categories.keys(), undefined]) {
      const { steps, department } = ways({ position, category })
      for (const s of steps) expect([s.because, s.zh]).not.toContain('')
      expect(steps.filter((s) => s.matched).at(-1)).toBe(steps.at(-1))
      expect(steps.at(-1)?.department).toBe(department)
      if (department !== undefined) expect(city.departments.get(department)?.parent).toBeUndefined()
    }
})
