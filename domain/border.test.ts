import { describe, expect, it } from 'vitest'
import { compileCity } from './city/compile.ts'
import { route } from './route.ts'
import { screen } from './screen.ts'
import { at } from './testing/calendars.ts'
import { cityPack, DEMO_POLICIES, placeAt } from './testing/city.ts'
import { Story } from './testing/builder.ts'
import { beside } from './testing/register.ts'

const NOW = at('2019-09-29T08:00+08:00')
const pack = cityPack({ ...DEMO_POLICIES, borderDoubtM: 20 })
const city = compileCity(pack, 1)
/** The canal's ground ends here; to the north is grid 101. */
const BANK = placeAt(0.5, 1.1)

const ways = (category: string, north: number, accuracyM?: number, c = city) => {
  const position = beside(BANK, 0, north)
  const { areaPath } = c.locate(position.lng, position.lat)
  return route({ category, position, source: 'grid', areaPath, accuracyM }, c, NOW)
}

describe('near a border', () => {
  it('both units are named, with the share of the circle that is theirs', () => {
    const way = ways('E0136', 3)
    expect(way.doubt).toBe('near-border')
    expect(way.border?.map((b) => [b.department, b.ref])).toEqual([
      ['st-east', '101'],
      ['water', 'Z-CANAL'],
    ])
    const [here, there] = way.border?.map((b) => b.share) ?? []
    expect(here).toBeGreaterThan(0.5)
    expect((here ?? 0) + (there ?? 0)).toBeCloseTo(1, 1)
    expect(way.steps.at(-1)).toMatchObject({ rule: 'border', department: 'st-east' })
    expect(way.steps.at(-1)?.zh).toMatch(/位置临近交界（本侧占\d+%），也可能属于“北渠”水利和湖泊局（\d+%）/)
  })

  it('is no doubt far from it, unless the position is that vague', () => {
    expect(ways('E0136', 21).doubt).toBeUndefined()
    expect(ways('E0136', 21, 60).doubt).toBe('near-border')
    expect(ways('E0136', 120, 5_000).doubt).toBeUndefined()
  })

  it('is no doubt where both sides are the same unit’s', () => {
    expect(ways('E0125', 3)).toMatchObject({ department: 'water', doubt: undefined })
  })

  it('is no doubt for what is of low risk, unless most of the circle lies beyond', () => {
    expect(ways('E0110', 3).doubt).toBeUndefined()
    expect(ways('E0110', -3).doubt).toBeUndefined()
    // A main road of 30 m in a circle of 100.
    const road = compileCity(
      {
        ...pack,
        zones: pack.zones.map((z) =>
          z.code === 'Z-CANAL' ? { ...z, geometry: strip(beside(BANK, 0, -10), beside(BANK, 0, 10)) } : z,
        ),
      },
      1,
    )
    expect(ways('E0110', 0, 80, road)).toMatchObject({ department: 'water', doubt: 'near-border' })
  })

  it('is not asked where the city does not say how near is near', () => {
    expect(ways('E0136', 1, 50, compileCity(cityPack(), 1)).doubt).toBeUndefined()
  })

  it('is not asked of a component with an owner', () => {
    const owned = {
      ...pack,
      components: [{ code: 'K', category: 'C0103', owner: 'sanitation', ...beside(BANK, 0, 2) }],
    }
    expect(ways('C0103', 3, undefined, compileCity(owned, 1))).toMatchObject({
      department: 'sanitation',
      doubt: undefined,
    })
  })

  it('screening notes it, and the case is accepted and filed but waits at the dispatcher’s desk', () => {
    const position = beside(BANK, 0, 3)
    const facts = screen({ position, category: 'E0136', source: 'grid' }, true, city, NOW)
    expect(facts).toMatchObject({ verdict: 'uncertain', reasons: ['near-border'] })
    expect(facts.border).toHaveLength(2)
    const story = new Story({ city, report: { position, category: 'E0136' } }).rules()
    expect(story.state.status).toBe('accepted')
    expect(story.step('duty', 'file').rules().state.waitsFor).toMatchObject({
      who: 'dispatcher',
      reason: 'near-border',
    })
  })
})

/** A band of ground between two latitudes, as wide as the city. */
function strip(south: { lat: number }, north: { lat: number }) {
  const [w, e] = [placeAt(0, 0).lng, placeAt(8, 0).lng]
  const ring = [
    [w, south.lat],
    [e, south.lat],
    [e, north.lat],
    [w, north.lat],
    [w, south.lat],
  ]
  return { type: 'Polygon' as const, coordinates: [ring] }
}
