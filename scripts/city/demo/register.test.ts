// What stands and hangs along the roads: parts 部件 and cameras, on the drawing itself.
import { describe, expect, it } from 'vitest'
import { CITY_CODE } from './areas.ts'
import { cameraTable } from './cameras.ts'
import { CATEGORIES } from './categories.ts'
import { distanceToLine, isInside } from './curve.ts'
import { cityOutline, lake, riverBody, roads, water } from './layout.ts'
import { fromMicro } from './plane.ts'
import type { Line, Point } from './plane.ts'
import { componentTable } from './register.ts'
import { lanes, streets } from './streets.ts'
import { UNITS } from './units.ts'

const [, ...components] = componentTable()
const parts = components.map(([code = '', category = '', owner = '', lng = '', lat = '']) => ({
  code,
  category,
  owner,
  at: placeOf(lng, lat),
}))
function placeOf(lng: string, lat: string): Point {
  return fromMicro([Math.round(Number(lng) * 1e6), Math.round(Number(lat) * 1e6)])
}
const ways: Line[] = [...Object.values(roads), ...Object.values(streets), ...lanes].map((r) => r.line)
const banks: Line[] = [lake.shore, ...[water.northCanal, water.eastCanal].map((w) => w.line)]
const away = (at: Point, lines: readonly Line[]) => Math.min(...lines.map((l) => distanceToLine(l, at)))

describe('the component register', () => {
  it('holds a believable number of parts of all fifteen categories', () => {
    expect(parts.length).toBeGreaterThan(1200)
    expect(parts.length).toBeLessThan(1900)
    const kinds = CATEGORIES.map((c) => c.code).filter((c) => c.startsWith('C'))
    expect([...new Set(parts.map((p) => p.category))].sort()).toEqual([...kinds].sort())
  })

  it('numbers them with division, classes and six digits of their own', () => {
    expect(new Set(parts.map((p) => p.code)).size).toBe(parts.length)
    for (const { code, category } of parts) {
      expect(code).toMatch(/^\d{16}$/)
      expect(code.slice(0, 10)).toBe(`${CITY_CODE}${category.slice(1)}`)
    }
  })

  it('counts the lamps of 人民路 pole by pole', () => {
    const poles = parts.map((p) => p.code).filter((c) => c.startsWith(`${CITY_CODE}013701`))
    expect(poles).toContain(`${CITY_CODE}0137010143`)
    expect(poles.map((c) => Number(c.slice(-4)))).toEqual(poles.map((_, i) => i + 1))
  })

  it('has each in the city, on dry ground, and beside a road or, for railings, on a bank', () => {
    for (const { code, category, at } of parts) {
      expect(isInside(cityOutline, at), code).toBe(true)
      expect(away(at, category === 'C0507' ? banks : ways), code).toBeLessThan(25)
      if (category !== 'C0507')
        for (const ring of [lake.shore, riverBody]) expect(isInside(ring, at), code).toBe(false)
    }
  })

  it('knows the owner of all but about four in a hundred, covers all of them', () => {
    const nobody = parts.filter((p) => p.owner === '')
    expect(nobody.length / parts.length).toBeGreaterThan(0.03)
    expect(nobody.length / parts.length).toBeLessThan(0.05)
    expect([...new Set(nobody.map((p) => p.category))].sort()).toEqual(['C0102', 'C0103', 'C0123'])
  })

  it('has covers of the carriers, the power, water and gas companies and the municipal centre', () => {
    const units = new Map(UNITS.map((u) => [u.code, u.parent ?? u.code]))
    const covers = parts.filter((p) => ['C0101', 'C0102', 'C0103', 'C0123'].includes(p.category))
    const owners = new Set(covers.filter((p) => p.owner !== '').map((p) => units.get(p.owner)))
    expect([...owners].sort()).toEqual(['gas', 'municipal', 'power', 'telecom', 'watersupply'])
  })

  it('names units only', () => {
    const codes = new Set(['', ...UNITS.map((u) => u.code)])
    for (const { code, owner } of parts) expect(codes, code).toContain(owner)
  })
})

describe('cameras', () => {
  const [, ...cameras] = cameraTable()
  const crossings = cameras.filter(([, name]) => name?.endsWith('路口'))

  it('are two dozen with names of their own, in the city, none of them real', () => {
    expect(cameras).toHaveLength(24)
    expect(new Set(cameras.map(([, name]) => name)).size).toBe(24)
    for (const [code, name, lng = '', lat = '', kind, url] of cameras) {
      expect(isInside(cityOutline, placeOf(lng, lat)), `${code} ${name}`).toBe(true)
      expect([kind, url]).toEqual(['generated', ''])
    }
  })

  it('stand at crossings where both roads are', () => {
    expect(crossings.length).toBe(17)
    for (const [, name = '', lng = '', lat = ''] of crossings) {
      const near = Object.values(roads).filter((r) => distanceToLine(r.line, placeOf(lng, lat)) < 1)
      expect(near.length, name).toBeGreaterThanOrEqual(2)
      for (const road of near.slice(0, 2)) expect(name).toContain(road.name.replace(/路$/, ''))
    }
  })
})
