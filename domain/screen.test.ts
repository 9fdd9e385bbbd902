import { describe, expect, it } from 'vitest'
import { screen } from './screen.ts'
import { at } from './testing/calendars.ts'
import { aCity, cityPack, PLACES } from './testing/city.ts'
import { compileCity } from './city/compile.ts'
import { beside, COVERS, registerCity } from './testing/register.ts'

const NOW = at('2019-09-29T08:00+08:00')
const city = aCity()
const report = { position: PLACES.backLane, category: 'E0110', source: 'grid' } as const

describe('screening', () => {
  it('is certain of a known category with words in a grid', () => {
    expect(screen(report, true, city, NOW)).toEqual({
      verdict: 'certain',
      reasons: [],
      area: '101',
      areaPath: ['1', '11', '101'],
      zone: undefined,
      urgent: false,
    })
  })

  it.each([
    ['outside-city', { ...report, position: PLACES.outside }, true],
    ['no-grid', { ...report, position: PLACES.gap }, true],
    ['not-managed-here', { ...report, position: PLACES.railway }, true],
    ['no-category', { position: PLACES.backLane, source: 'grid' } as const, true],
    ['unknown-category', { ...report, category: 'E9999' }, true],
    ['no-text', report, false],
  ])('says %s', (reason, facts, hasText) => {
    expect(screen(facts, hasText, city, NOW)).toMatchObject({ verdict: 'uncertain', reasons: [reason] })
  })

  it('says everything that it found', () => {
    const facts = screen({ position: PLACES.outside, source: 'citizen' }, false, city, NOW)
    expect(facts.reasons).toEqual(['outside-city', 'no-category', 'no-text'])
    expect([facts.area, facts.areaPath]).toEqual([undefined, []])
  })

  it('notes what is urgent, and the zone that is asked first', () => {
    expect(screen({ ...report, category: 'E0502' }, true, city, NOW).urgent).toBe(true)
    expect(screen({ ...report, position: PLACES.canal }, true, city, NOW).zone).toBe('Z-CANAL')
  })

  it('goes by the zones of the day: a building site that has ended says nothing', () => {
    const there = { ...report, position: PLACES.formerSite }
    const before = screen(there, true, city, at('2019-08-31T23:59+08:00'))
    expect([before.zone, before.reasons]).toEqual(['Z-SITE', ['not-managed-here']])
    const after = screen(there, true, city, at('2019-09-01T00:00+08:00'))
    expect([after.zone, after.reasons]).toEqual([undefined, []])
  })

  it('takes land as managed where a rule or a component’s owner answers for it', () => {
    const pack = cityPack()
    const rule = { id: 'R0', order: 1, zoneKind: 'railway', department: 'st-east', coDepartments: [] }
    const ruled = compileCity({ ...pack, routing: [...pack.routing, rule] }, 1)
    expect(screen({ ...report, position: PLACES.railway }, true, ruled, NOW).reasons).toEqual([])
    const owned = { ...report, position: PLACES.railway, component: '9901990103000001' }
    expect(screen(owned, true, city, NOW).reasons).toEqual([])
  })

  it('finds the component that a report is about, and notes it as a fact', () => {
    const city = registerCity()
    const cover = { category: 'C0103', source: 'grid' } as const
    const found = screen({ ...cover, position: beside(COVERS.owned, 4.26) }, true, city, NOW)
    expect(found).toMatchObject({ verdict: 'certain', component: { code: 'OWNED', distanceM: 4.3 } })
    const named = screen({ ...cover, position: COVERS.owned, component: 'UNOWNED' }, true, city, NOW)
    expect(named).not.toHaveProperty('component')
    expect(screen({ ...cover, position: COVERS.none }, true, city, NOW)).not.toHaveProperty('component')
  })

  it('says when two components of different owners are too near to each other, and lists both', () => {
    const there = { category: 'C0103', source: 'grid', position: COVERS.pair } as const
    expect(screen(there, true, registerCity(), NOW)).toMatchObject({
      verdict: 'uncertain',
      reasons: ['component-unclear'],
      components: [
        { code: 'LEFT', owner: 'water', distanceM: 4 },
        { code: 'RIGHT', owner: 'sanitation-1', distanceM: 4 },
      ],
    })
  })
})
