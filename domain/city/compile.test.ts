import { describe, expect, it } from 'vitest'
import type { Calendar } from '../calendar.ts'
import type { Shape } from '../geo/geometry.ts'
import { areaCentre, zoneCentre } from './centres.ts'
import { boundsOfPack, compileCity } from './compile.ts'
import type { Area, CityPack, Department, Zone } from './types.ts'

const box = (x0: number, y0: number, x1: number, y1: number): Shape => ({
  type: 'Polygon',
  coordinates: [
    [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
      [x0, y0],
    ].map(([x = 0, y = 0]) => [113 + x / 100, 29 + y / 100]),
  ],
})
const lngLat = (x: number, y: number): [number, number] => [113 + x / 100, 29 + y / 100]
const area = (code: string, level: string, parent: string | undefined, geometry: Shape): Area => ({
  code,
  name: code,
  level,
  parent,
  geometry,
  centre: { lng: 0, lat: 0 },
})
const zone = (code: string, priority: number, geometry: Shape): Zone => ({
  code,
  name: code,
  kind: 'park',
  coDepartments: [],
  priority,
  categories: [],
  geometry,
  centre: { lng: 0, lat: 0 },
})
const unit = (code: string, parent?: string, calendar = code): Department => ({
  code,
  name: code,
  parent,
  kind: 'bureau',
  calendar,
})
const calendar = (owner: string): Calendar => ({
  owner,
  timeZone: 'Asia/Shanghai',
  seasons: [],
  holidays: [],
  makeUpWorkdays: [],
})

const pack: CityPack = {
  code: '1',
  name: 'Town',
  centreName: 'Centre',
  timeZone: 'Asia/Shanghai',
  levels: ['street', 'community', 'grid', 'micro-grid'].map((key) => ({ key, name: key })),
  policies: {
    accept: [],
    file: [],
    dispatch: [],
    requestCheck: [],
    close: [],
    warnShare: 0.8,
    stageLimits: {},
    reworkLimit: 'same',
    maxExtensions: 2,
    maxSuspendDays: 365,
    fallBackDepartment: 'a',
  },
  areas: [
    area('g1', 'grid', 'c', box(0, 0, 5, 10)),
    area('s', 'street', undefined, box(0, 0, 20, 10)),
    area('c', 'community', 's', box(0, 0, 10, 10)),
    area('g2', 'grid', 'c', box(5, 0, 9, 10)),
    area('m', 'micro-grid', 'g1', box(0, 0, 2, 2)),
    area('rural', 'community', 's', box(10, 0, 20, 10)),
  ],
  zones: [
    zone('low', 6, box(0, 0, 20, 1)),
    zone('high', 2, box(4, 0, 6, 10)),
    zone('away', 3, box(30, 0, 31, 1)),
  ],
  categories: [],
  conditions: [],
  departments: [unit('a'), unit('a-1', 'a'), unit('b', undefined, 'crews'), unit('b-1', 'b'), unit('c')],
  routing: [],
  calendars: ['centre', 'a', 'crews'].map(calendar),
  users: [],
  components: [],
}
const city = compileCity(pack, 7)

describe('locate', () => {
  it('gives the grid, not the micro-grid, and the path from the top', () => {
    expect(city.locate(...lngLat(1, 5))).toEqual({
      inCity: true,
      area: 'g1',
      areaPath: ['s', 'c', 'g1'],
      zones: [],
    })
  })
  it('gives the deepest area where there are no grids', () => {
    expect(city.locate(...lngLat(15, 5))).toMatchObject({
      inCity: true,
      area: 'rural',
      areaPath: ['s', 'rural'],
    })
  })
  it('gives no area in a gap between grids, but the path to it', () => {
    expect(city.locate(...lngLat(9.5, 5))).toEqual({
      inCity: true,
      area: undefined,
      areaPath: ['s', 'c'],
      zones: [],
    })
  })
  it('gives zones by priority', () => {
    expect(city.locate(...lngLat(5.5, 0.5)).zones).toEqual(['high', 'low'])
  })
  it('decides for one area on a border', () => {
    expect(city.locate(...lngLat(5, 5)).area).toBe('g1')
  })
  it('knows what is outside, and what is no place at all', () => {
    expect(city.locate(...lngLat(50, 5))).toEqual({ inCity: false, areaPath: [], zones: [] })
    expect(city.locate(...lngLat(30.5, 0.5))).toEqual({ inCity: false, areaPath: [], zones: ['away'] })
    expect(city.locate(Number.NaN, 29)).toEqual({ inCity: false, areaPath: [], zones: [] })
  })
})

describe('the calendar of a unit', () => {
  it.each([
    ['its own', 'a', 'a'],
    ["its parent's", 'a-1', 'a'],
    ['the one it names', 'b', 'crews'],
    ['the one its parent names', 'b-1', 'crews'],
    ["the centre's", 'c', 'centre'],
    ["the centre's for a stranger", 'nobody', 'centre'],
    ['found by an owner that is no unit', 'crews', 'crews'],
  ])('is %s', (_, owner, expected) => {
    expect(city.calendarFor(owner).owner).toBe(expected)
  })
  it('needs a centre to fall back to', () => {
    expect(() => compileCity({ ...pack, calendars: [] }, 1)).toThrow(/centre/)
  })
})

describe('centres', () => {
  it('of a zone lie where the zone answers itself', () => {
    const low = pack.zones[0]
    const at = low && zoneCentre(low, pack.zones, [box(0, 0, 20, 10)])
    expect(at?.hidden).toBeUndefined()
    expect(city.locate(at?.lng ?? 0, at?.lat ?? 0).zones[0]).toBe('low')
  })
  it('of a zone that reaches beyond the city lie in the city', () => {
    const at = zoneCentre(zone('z', 1, box(-50, 4, 3, 5)), [], [box(0, 0, 20, 10)])
    expect(city.locate(at?.lng ?? 0, at?.lat ?? 0).inCity).toBe(true)
  })
  it('say when a zone is hidden', () => {
    const covered = zoneCentre(zone('z', 5, box(4.5, 1, 5.5, 2)), pack.zones, [box(0, 0, 20, 10)])
    expect(covered?.hidden).toBe('covered')
    expect(zoneCentre(zone('z', 1, box(40, 1, 41, 2)), [], [box(0, 0, 20, 10)])?.hidden).toBe('outside')
  })
  it('of an area keep out of zones that leave it room', () => {
    const at = areaCentre(box(0, 0, 10, 10), [box(4, 0, 6, 10)])
    expect(at && city.locate(at.lng, at.lat).zones).not.toContain('high')
    expect(areaCentre(box(4, 0, 6, 10), [box(0, 0, 20, 10)])).toEqual(areaCentre(box(4, 0, 6, 10), []))
  })
})

it('bounds hold every area', () => {
  const [w, s, e, n] = boundsOfPack(pack)
  expect([w, s, e, n]).toEqual([113, 29, 113.2, 29.1])
})
