import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileCity } from './city/compile.ts'
import type { City } from './city/types.ts'
import { isZoneValid, route } from './route.ts'
import { at } from './testing/calendars.ts'
import { aCity, cityPack, placeAt, PLACES } from './testing/city.ts'
import { beside, COVERS, learned, registerCity, registerPack } from './testing/register.ts'

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
    // Away from every registered cover.
    const drains = ways({ category: 'C0103', position: placeAt(0.5, 2.5) })
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
    expect(ways({ source: 'hotline', category: 'C0103', position: placeAt(0.5, 2.5) }, c).department).toBe(
      'municipal',
    )
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

describe('a component', () => {
  const of = (facts: Partial<Facts>, c = registerCity()) => ways({ category: 'C0103', ...facts }, c)
  const zhOf = (facts: Partial<Facts>, c = registerCity()) => of(facts, c).steps.map((s) => s.zh)

  it('near the report goes to its owner, and the explanation says how near', () => {
    const way = of({ position: beside(COVERS.owned, 6) })
    expect(way.department).toBe('water')
    expect(way.steps[0]).toMatchObject({ rule: 'component', ref: 'OWNED', matched: true })
    expect(way.steps[0]?.zh).toBe('部件OWNED“雨水井盖”（距上报位置6米）在部件库登记的权属单位为水利和湖泊局')
  })

  it.each([
    [
      'registered without owner',
      COVERS.unowned,
      'st-east',
      '部件UNOWNED“雨水井盖”（就在上报位置）已登记，但未登记权属单位',
    ],
    ['not registered', COVERS.none, 'st-east', '部件库中该位置15米内没有登记“雨水井盖”，权属不明'],
    [
      'not registered in another street',
      COVERS.west,
      'st-west',
      '部件库中该位置15米内没有登记“雨水井盖”，权属不明',
    ],
  ])('%s goes to the street office of the place, with its fall-back', (_, position, department, zh) => {
    const way = of({ position })
    expect(way.department).toBe(department)
    expect(way.steps[0]).toMatchObject({ rule: 'component', matched: false, zh })
    expect(way.steps.at(-1)).toMatchObject({ rule: 'category-area', department, fallBack: 'municipal' })
    expect(way.steps.at(-1)?.zh).toContain('其证明非本单位管养的，由市政设施维护中心兜底')
  })

  it('on land that nobody here manages is not managed here, unless it has an owner', () => {
    expect(of({ position: PLACES.railway })).toMatchObject({ doubt: 'not-managed-here' })
    expect(of({ position: PLACES.railway, component: 'OWNED' }).department).toBe('water')
  })

  it('that the street office gave back goes to the fall-back, and not to the street again', () => {
    const way = of({ position: COVERS.unowned, returnedBy: ['st-east'] })
    expect([way.department, way.doubt]).toEqual(['municipal', 'fall-back'])
    expect(way.steps.map((s) => [s.rule, s.matched, s.department])).toEqual([
      ['component', false, undefined],
      ['zone', false, undefined],
      ['category-area', false, 'st-east'],
      ['fall-back', true, 'municipal'],
    ])
    expect(way.steps[2]?.zh).toContain('东门街道办已退单并获同意，不再派给该单位')
  })

  it('that its owner gave back is of unknown owner for this case', () => {
    const way = of({ position: COVERS.owned, returnedBy: ['water'] })
    expect(way.department).toBe('st-east')
    expect(way.steps[0]).toMatchObject({ rule: 'component', matched: false, department: 'water' })
  })

  it('that everybody gave back is nobody’s by rule', () => {
    const way = of({ position: COVERS.unowned, returnedBy: ['st-east', 'municipal'] })
    expect([way.department, way.doubt]).toEqual([undefined, 'no-unit'])
    expect(way.steps.at(-1)).toMatchObject({ rule: 'fall-back', matched: false, department: 'municipal' })
  })

  it('learnt from a case says which', () => {
    const city = learned(registerCity(), { component: 'UNOWNED', owner: 'sanitation-1' })
    const way = of({ position: COVERS.unowned }, city)
    expect(way.department).toBe('sanitation')
    expect(way.steps[0]?.zh).toContain('权属由案卷C0103201909290001更正登记')
    expect(way.steps[0]?.because).toContain('the register learnt it from case C0103201909290001')
    expect(way.steps[1]?.rule).toBe('unit-tree')
  })

  it('corrected by a person, or taken away by a return, says so', () => {
    const person = learned(registerCity(), { component: 'UNOWNED', owner: 'water', how: 'person' })
    expect(zhOf({ position: COVERS.unowned }, person)[0]).toContain('由指挥中心人工更正登记')
    const gone = learned(registerCity(), {
      component: 'OWNED',
      how: 'returned',
      previous: 'water',
      packOwner: 'water',
    })
    expect(of({ position: COVERS.owned }, gone).department).toBe('st-east')
    expect(zhOf({ position: COVERS.owned }, gone)[0]).toContain(
      '原登记为水利和湖泊局，案卷C0103201909290001退单证明非其管养，权属待定',
    )
  })

  it('that could be either of two is the desk’s to tell, with both named', () => {
    const way = of({ position: COVERS.pair })
    expect(way.doubt).toBe('component-unclear')
    expect(way.component?.candidates.map((n) => n.component.owner)).toEqual(['water', 'sanitation-1'])
    expect(way.steps[0]?.zh).toContain('LEFT（水利和湖泊局，4米）、RIGHT（清扫一队，4米）')
    // Not of unknown owner: both are somebody’s.
    expect(way.department).toBe('municipal')
  })
})

describe('a return of the case', () => {
  it('makes the next question answer', () => {
    const canal = ways({ position: PLACES.canal, returnedBy: ['water'] })
    expect(canal.department).toBe('sanitation')
    expect(canal.steps.at(-1)?.rule).toBe('category')
  })

  it('by a squad counts for its bureau, and a co-unit that gave it back is none', () => {
    expect(ways({ position: PLACES.canal, returnedBy: ['water-canal'] }).department).toBe('sanitation')
    expect(ways({ position: PLACES.canal, returnedBy: ['st-east'] }).coDepartments).toEqual([])
  })
})

describe('whatever is asked', () => {
  const base = registerPack({ policies: { ...registerPack().policies, borderDoubtM: 20 } })
  const cities: [City, City, City] = [
    registerCity(),
    compileCity(base, 1),
    learned(
      compileCity(base, 1),
      { component: 'UNOWNED', owner: 'water' },
      { component: 'OWNED', how: 'returned' },
    ),
  ]
  const anyOf = (codes: readonly string[]) => fc.constantFrom(...codes, 'UNKNOWN', '')
  const facts = fc.record(
    {
      category: anyOf([...cities[0].categories.keys()]),
      component: anyOf(['OWNED', 'UNOWNED', 'LEFT', 'RIGHT']),
      accuracyM: fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.constant(0)),
      returnedBy: fc.array(anyOf([...cities[0].departments.keys()]), { maxLength: 4 }),
    },
    { requiredKeys: [] },
  )
  const position = fc.oneof(
    fc.constantFrom(...Object.values(PLACES), ...Object.values(COVERS)),
    fc
      .record({
        x: fc.double({ min: -1, max: 9, noNaN: true }),
        y: fc.double({ min: -1, max: 5, noNaN: true }),
      })
      .map(({ x, y }) => placeAt(x, y)),
  )

  it('routing answers, explains itself in both languages, and names units of the pack only', () => {
    fc.assert(
      fc.property(
        facts,
        position,
        fc.constantFrom(...cities),
        fc.constantFrom('grid', 'hotline'),
        (f, at, c, source) => {
          const given = { ...f, position: at, source, areaPath: c.locate(at.lng, at.lat).areaPath } as Facts
          const way = route(given, c, NOW)
          expect(route(given, c, NOW)).toEqual(way)
          expect(way.steps.length).toBeGreaterThan(0)
          for (const s of way.steps) {
            expect(s.because.length * s.zh.length).toBeGreaterThan(0)
            expect(`${s.because}${s.zh}`).not.toMatch(/undefined|NaN|\[object/)
          }
          for (const code of [
            way.department,
            ...way.coDepartments,
            ...(way.border ?? []).map((b) => b.department),
          ])
            if (code !== undefined) expect(c.departments.has(code)).toBe(true)
          if (way.department === undefined) expect(['not-managed-here', 'no-unit']).toContain(way.doubt)
          else {
            expect(c.departments.get(way.department)?.parent).toBeUndefined()
            expect(given.returnedBy ?? []).not.toContain(way.department)
            expect(way.steps.findLast((s) => s.matched)?.department).toBe(way.department)
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})
