import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchComponent } from './component-match.ts'
import { packRegister, type RegisterRow } from './register.ts'
import { beside, COVERS, learned, registerCity, registerPack } from './testing/register.ts'
import { metresPerDegree } from './geo/geometry.ts'

const city = registerCity()
const match = (position: { lng: number; lat: number }, more: object = {}, c = city) =>
  matchComponent({ category: 'C0103', position, ...more }, c)

describe('the component meant', () => {
  it('is the nearest of its category within the distance of the policy', () => {
    expect(match(beside(COVERS.owned, 14))).toMatchObject({ how: 'found', component: { code: 'OWNED' } })
    expect(match(beside(COVERS.owned, 14))?.distance).toBeCloseTo(14, 1)
    expect(match(beside(COVERS.owned, 16))).toEqual({ how: 'absent', candidates: [] })
    const far = registerCity({ policies: { ...registerPack().policies, componentMatchM: 30 } })
    expect(match(beside(COVERS.owned, 16), {}, far)?.component?.code).toBe('OWNED')
  })

  it('is the one that the report names, wherever and whatever it is', () => {
    const named = match(COVERS.west, { component: 'UNOWNED', category: 'E0110' })
    expect(named).toMatchObject({ how: 'named', component: { code: 'UNOWNED' } })
    expect(match(COVERS.owned, { component: 'NOT THERE' })).toMatchObject({ how: 'found' })
  })

  it('is nothing for an event', () => {
    expect(match(COVERS.owned, { category: 'E0110' })).toBeUndefined()
    expect(match(COVERS.owned, { category: undefined })).toBeUndefined()
  })

  it('is unclear between two of different owners that the accuracy cannot tell apart', () => {
    const doubt = match(COVERS.pair)
    expect(doubt?.how).toBe('unclear')
    expect(doubt?.candidates.map((n) => n.component.code)).toEqual(['LEFT', 'RIGHT'])
    // Nearer by more than any position can be wrong.
    expect(match(beside(COVERS.pair, -3))).toMatchObject({ how: 'found', component: { code: 'LEFT' } })
    expect(match(beside(COVERS.pair, -3), { accuracyM: 12 })?.how).toBe('unclear')
  })

  it('is the nearer of two of the same owner', () => {
    const same = learned(city, { component: 'LEFT', owner: 'sanitation' })
    expect(match(beside(COVERS.pair, 1), {}, same)).toMatchObject({
      how: 'found',
      component: { code: 'RIGHT' },
    })
  })

  it('stays the one that screening found, unless the category changed', () => {
    const screening = {
      verdict: 'certain',
      reasons: [],
      component: { code: 'OWNED', distanceM: 3 },
    } as const
    const facts = { screening: { ...screening, reasons: [] } }
    expect(match(COVERS.none, facts)).toMatchObject({
      how: 'found',
      distance: 3,
      component: { code: 'OWNED' },
    })
    expect(match(COVERS.none, { ...facts, category: 'E0113' })).toBeUndefined()
  })
})

describe('the index', () => {
  const origin = { lng: 114, lat: 30 }
  const spot = fc.record({
    east: fc.integer({ min: -60, max: 60 }),
    north: fc.integer({ min: -60, max: 60 }),
  })
  it('finds what a scan finds', () => {
    fc.assert(
      fc.property(
        fc.array(spot, { maxLength: 40 }),
        spot,
        fc.integer({ min: 1, max: 50 }),
        (all, from, withinM) => {
          const rows = all.map(
            ({ east, north }, i): RegisterRow => ({
              code: `K${i}`,
              category: i % 3 === 0 ? 'A' : 'B',
              ...beside(origin, east, north),
            }),
          )
          const here = beside(origin, from.east, from.north)
          const m = metresPerDegree(here.lat)
          const scan = rows
            .filter((r) => r.category === 'B')
            .filter((r) => Math.hypot((r.lng - here.lng) * m.x, (r.lat - here.lat) * m.y) <= withinM)
          const found = packRegister(rows).near(here.lng, here.lat, { withinM, category: 'B' })
          expect(new Set(found.map((n) => n.component.code))).toEqual(new Set(scan.map((r) => r.code)))
          expect(found.map((n) => n.distance)).toEqual(found.map((n) => n.distance).sort((a, b) => a - b))
        },
      ),
    )
  })

  it('knows nothing near a place that is none', () => {
    expect(city.components.near(Number.NaN, 30, { withinM: 10 })).toEqual([])
    expect(packRegister([]).near(114, 30, { withinM: 10 })).toEqual([])
  })
})

describe('what was learnt', () => {
  const newer = (owner: string | undefined, code = 'UNOWNED') => {
    const { components } = registerPack()
    const rows = components.map((c) => (c.code === code ? { ...c, owner } : c))
    return registerCity({ components: rows }, 2)
  }

  it('stands over the pack, with where it comes from', () => {
    const now = learned(city, { component: 'UNOWNED', owner: 'st-east' })
    expect(now.components.get('UNOWNED')).toMatchObject({
      owner: 'st-east',
      lesson: { caseNo: 'C0103201909290001' },
      provisional: false,
    })
    expect(now.components.version).toBe(1)
    expect(match(COVERS.unowned, {}, now)?.component?.owner).toBe('st-east')
    expect(city.components.get('UNOWNED')?.owner).toBeUndefined()
  })

  it('can be that it is not whose the pack says', () => {
    const now = learned(city, { component: 'OWNED', how: 'returned', previous: 'water', packOwner: 'water' })
    expect(now.components.get('OWNED')).toMatchObject({ packOwner: 'water', lesson: { how: 'returned' } })
    expect(now.components.get('OWNED')?.owner).toBeUndefined()
  })

  it.each([
    ['a newer pack that names an owner where there was none wins', 'UNOWNED', undefined, 'water', 'water'],
    ['a newer pack that still names none does not', 'UNOWNED', undefined, undefined, 'st-east'],
    ['a newer pack that names another than before wins', 'OWNED', 'water', 'municipal', 'municipal'],
    ['a newer pack that repeats what was corrected does not', 'OWNED', 'water', 'water', 'st-east'],
  ])('%s', (_, component, packOwner, named, owner) => {
    const lesson = { component, owner: 'st-east', ...(packOwner === undefined ? {} : { packOwner }) }
    expect(learned(newer(named, component), lesson).components.get(component)?.owner).toBe(owner)
  })

  it('holds against the pack under which it was learnt, and older ones', () => {
    const lesson = { component: 'OWNED', owner: 'st-east', packOwner: 'sanitation', cityVersion: 2 }
    expect(learned(city, lesson).components.get('OWNED')?.owner).toBe('st-east')
    expect(learned(newer('water', 'OWNED'), lesson).components.get('OWNED')?.owner).toBe('st-east')
  })

  it('about a unit that the pack does not have is left out', () => {
    expect(learned(city, { component: 'OWNED', owner: 'abolished' }).components.get('OWNED')?.owner).toBe(
      'water',
    )
  })

  describe('of a provisional component', () => {
    const found = { category: 'C0103', ...COVERS.none }
    const lesson = { component: 'P-1', found, owner: 'st-east' }

    it('makes it part of the register, by code and by place', () => {
      const now = learned(city, lesson)
      expect(now.components.get('P-1')).toMatchObject({
        provisional: true,
        owner: 'st-east',
        category: 'C0103',
      })
      expect(now.components.has('P-1')).toBe(true)
      expect(match(beside(COVERS.none, 5), {}, now)?.component?.code).toBe('P-1')
    })

    const surveyed = (owner?: string) =>
      registerCity(
        {
          components: [
            ...registerPack().components,
            { code: 'NEW', category: 'C0103', ...beside(COVERS.none, 4), ...(owner ? { owner } : {}) },
          ],
        },
        2,
      )

    it('gives way to a registered one at its place, which keeps the owner if it has none of its own', () => {
      const now = learned(surveyed(), lesson)
      expect(match(COVERS.none, {}, now)?.component).toMatchObject({ code: 'NEW', owner: 'st-east' })
      const named = learned(surveyed('water'), lesson)
      expect(match(COVERS.none, {}, named)).toMatchObject({
        how: 'found',
        component: { code: 'NEW', owner: 'water' },
      })
      // Cases that name it still find it.
      expect(named.components.get('P-1')?.owner).toBe('st-east')
    })
  })
})
