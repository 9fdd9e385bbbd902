import { beforeAll, describe, expect, it } from 'vitest'
import { metresPerDegree } from '#domain/geo/geometry.ts'
import { openEvenChoice, pickWeighted } from './chance.ts'
import { type Incident, incident, secondReport } from './incident.ts'
import { SPOT_KINDS } from './places.ts'
import { type DemoCity, demoCity } from './testing.ts'
import { HOURLY, type SourceGroup } from './volume.ts'
import { SELF_HANDLED_CODES } from './words.ts'

const MIDNIGHT = Date.parse('2026-09-06T00:00:00+08:00')
const NINE = Date.parse('2026-09-16T09:10:00+08:00')
/** Over thirty days, each kind of source in its own hours. */
function instant(i: number): { at: number; group: SourceGroup } {
  const group = i % 100 < 84 ? 'grid' : i % 100 < 96 ? 'public' : 'other'
  const hour = pickWeighted(
    HOURLY[group].map((_, h) => h),
    (h) => HOURLY[group][h] ?? 0,
    'hour',
    i,
  )
  return { at: MIDNIGHT + (i % 33) * 86_400_000 + hour * 3_600_000 + 600_000, group }
}

let demo: DemoCity
let made: Incident[]

beforeAll(async () => {
  demo = await demoCity()
  const choose = openEvenChoice()
  made = Array.from({ length: 3000 }, (_, i) =>
    incident(demo.town, {
      seed: `i${i}`,
      ...instant(i),
      choose,
    }),
  )
})

describe('a report', () => {
  it('is the same for the same seed, and another for another', () => {
    const again = (seed: string) => incident(demo.town, { seed, at: NINE, group: 'grid' })
    expect(again('a')).toEqual(again('a'))
    expect(again('a')).not.toEqual(again('b'))
  })

  it('lies in the grid it names, where this city’s units answer', () => {
    for (const { position, grid } of made) {
      const there = demo.city.locate(position.lng, position.lat)
      expect(there.area).toBe(grid)
      expect(demo.town.ground.spotAt(position)).toBeDefined()
    }
  })

  it('happens at places that fit: water at the water, sites at sites, and in every street', () => {
    const kindsOf = (code: string) => new Set(made.filter((m) => m.category === code).map((m) => m.kind))
    expect([...kindsOf('E0125')]).toEqual(['water'])
    expect([...kindsOf('E0304')]).toContain('site')
    expect([...kindsOf('E0405')]).not.toContain('park')
    const streets = new Set(made.map((m) => m.street))
    expect(streets).toEqual(new Set(demo.town.streets.map((s) => s.code)))
    expect(new Set(made.map((m) => m.kind))).toEqual(new Set(SPOT_KINDS))
  })

  it('has the categories’ shares of the pack', () => {
    for (const { code, share = 0 } of demo.pack.categories) {
      const n = made.filter((m) => m.category === code).length
      const wanted = (share / 100) * made.length
      expect(Math.abs(n - wanted), code).toBeLessThan(6 + 0.25 * wanted)
    }
  })

  it('says where in its first words, as people write places', () => {
    for (const { description, address } of made) {
      expect(description.startsWith(address)).toBe(true)
      expect(address).not.toMatch(/undefined|NaN|\{/)
    }
    expect(made.some((m) => /口[东南西北]/.test(m.address))).toBe(true)
    expect(made.some((m) => /\d+号(门前|对面|旁)$/.test(m.address))).toBe(true)
    expect(
      made.some((m) => /桥[东南西北]侧约\d+米$|桥东[南北]侧约\d+米$|桥西[南北]侧约\d+米$/.test(m.address)),
    ).toBe(true)
  })

  it('comes from whoever brings such reports; only residents are named, with numbers that nobody has', () => {
    for (const m of made) {
      const isPublic = m.source === 'citizen' || m.source === 'hotline'
      expect(m.by).toBe(
        m.source === 'grid'
          ? m.by === 'supervisor'
            ? 'supervisor'
            : 'grid-member'
          : m.source === 'citizen'
            ? 'anonymous'
            : 'operator',
      )
      expect(m.reporter !== undefined).toBe(isPublic)
      if (m.reporter) expect(m.reporter.phone).toMatch(/^1200000\d{4}$/)
      expect(m.sourceDetail !== undefined).toBe(m.source !== 'grid' && m.source !== 'citizen')
    }
  })

  it('names a registered component where there is one, at its place', () => {
    const named = made.filter((m) => m.component !== undefined)
    expect(named.length).toBeGreaterThan(50)
    for (const { component, category, position } of named) {
      const row = demo.pack.components.find((c) => c.code === component)
      expect(row).toMatchObject({ category, ...position })
    }
  })
})

it('a small thing fixed on the spot is one that a grid member can fix', () => {
  for (let i = 0; i < 100; i++) {
    const fixed = incident(demo.town, { seed: `f${i}`, at: NINE, group: 'grid', onTheSpot: true })
    expect(SELF_HANDLED_CODES).toContain(fixed.category)
    expect(fixed.by).toBe('grid-member')
    expect(fixed.selfHandled).toBeTruthy()
  }
})

it('a second report is of the same matter, near by, in other words', () => {
  for (const [i, first] of made.slice(0, 200).entries()) {
    const second = secondReport(demo.town, first, {
      seed: `second${i}`,
      at: first.at + 600_000,
      group: 'public',
    })
    expect(second).toMatchObject({ category: first.category, repeats: first.seed, street: first.street })
    expect(second.description).not.toBe(first.description)
    const m = metresPerDegree(first.position.lat)
    const [dx, dy] = [
      (second.position.lng - first.position.lng) * m.x,
      (second.position.lat - first.position.lat) * m.y,
    ]
    expect(Math.hypot(dx, dy)).toBeLessThan(16)
  }
})
