import { describe, expect, it } from 'vitest'
import type { Position } from 'geojson'
import { toWgs84 } from './crs.ts'
import { areaOf, contains } from './geometry.ts'
import type { Shape } from './geometry.ts'
import { interiorPoint } from './interior.ts'
import { overlapArea, tiles, uncoveredArea } from './overlap.ts'
import { ringFault } from './ring.ts'

/** A rectangle in thousandths of a degree (about 97 × 111 m each) from 113.9 E 29.7 N. */
const box = (x0: number, y0: number, x1: number, y1: number): Shape => ({
  type: 'Polygon',
  coordinates: [ring(x0, y0, x1, y1)],
})
const at = (x: number, y: number): Position => [113.9 + x / 1000, 29.7 + y / 1000]
const ring = (x0: number, y0: number, x1: number, y1: number) => [
  at(x0, y0),
  at(x1, y0),
  at(x1, y1),
  at(x0, y1),
  at(x0, y0),
]

describe('a ring', () => {
  it('that is sound has no fault', () => {
    expect(ringFault(ring(0, 0, 2, 2))).toBeUndefined()
  })
  it('may go straight on through a vertex', () => {
    expect(ringFault([at(0, 0), at(1, 0), at(2, 0), at(2, 2), at(0, 2), at(0, 0)])).toBeUndefined()
  })
  it.each([
    ['too short', [at(0, 0), at(1, 0), at(0, 0)], 'too-short'],
    ['not closed', [at(0, 0), at(1, 0), at(1, 1), at(0, 1)], 'unclosed'],
    ['one point many times', [at(0, 0), at(0, 0), at(0, 0), at(0, 0)], 'no-area'],
    ['a bow tie', [at(0, 0), at(2, 2), at(2, 0), at(0, 2), at(0, 0)], 'crosses-itself'],
    ['folded back on itself', [at(0, 0), at(2, 0), at(1, 0), at(1, 2), at(0, 0)], 'crosses-itself'],
    ['touching itself', [at(0, 0), at(4, 0), at(4, 4), at(2, 0), at(0, 4), at(0, 0)], 'crosses-itself'],
  ])('%s is told', (_, points, kind) => {
    expect(ringFault(points)?.kind).toBe(kind)
  })
})

describe('the interior point', () => {
  const inside = (shape: Shape) => {
    const p = interiorPoint(shape)
    return p !== undefined && contains(shape, p.lng, p.lat)
  }
  it('of a long thin winding strip lies in it', () => {
    const north = Array.from({ length: 120 }, (_, i) => at(i, 6 * Math.sin(i / 7) + 0.1))
    const south = Array.from({ length: 120 }, (_, i) => at(i, 6 * Math.sin(i / 7) - 0.1)).reverse()
    const strip: Shape = { type: 'Polygon', coordinates: [[...north, ...south, ...north.slice(0, 1)]] }
    expect(inside(strip)).toBe(true)
  })
  it('of a ring road is not in its hole', () => {
    const shape: Shape = { type: 'Polygon', coordinates: [ring(0, 0, 10, 10), ring(1, 1, 9.6, 9.6)] }
    expect(inside(shape)).toBe(true)
  })
  it('of several parts lies in the roomiest, not the largest', () => {
    const shape: Shape = { type: 'MultiPolygon', coordinates: [[ring(0, 0, 100, 0.5)], [ring(0, 5, 5, 10)]] }
    const p = interiorPoint(shape)
    expect(p?.lat).toBeGreaterThan(29.705)
    expect(p?.clearance).toBeGreaterThan(200)
  })
  it('is missing where there is no area', () => {
    expect(
      interiorPoint({ type: 'Polygon', coordinates: [[at(0, 0), at(1, 1), at(2, 2), at(0, 0)]] }),
    ).toBeUndefined()
  })
})

describe('common ground', () => {
  const whole = areaOf(box(0, 0, 10, 10))
  it('of neighbours is none, with or without shared vertices', () => {
    expect(overlapArea(box(0, 0, 10, 10), box(10, 0, 20, 10))).toBe(0)
    expect(overlapArea(box(0, 0, 10, 10), box(10, 2, 20, 5))).toBeCloseTo(0, 3)
  })
  it.each([
    ['crossing borders', box(5, 5, 15, 15), 0.25],
    ['one in the other', box(2, 2, 4, 4), 0.04],
    ['the same shape', box(0, 0, 10, 10), 1],
    ['borders that run into each other', box(5, 0, 15, 10), 0.5],
    [
      'a half on the same vertices',
      { type: 'Polygon', coordinates: [[at(0, 0), at(10, 0), at(10, 10), at(0, 0)]] } as Shape,
      0.5,
    ],
  ])('is measured with %s', (_, other, share) => {
    expect(overlapArea(box(0, 0, 10, 10), other) / whole).toBeCloseTo(share, 3)
    expect(overlapArea(other, box(0, 0, 10, 10)) / whole).toBeCloseTo(share, 3)
  })
  it('leaves what no part covers', () => {
    const parts = [box(0, 0, 5, 10), box(5, 0, 10, 8)]
    expect(uncoveredArea(box(0, 0, 10, 10), parts) / whole).toBeCloseTo(0.1, 3)
  })
  it('is none and nothing is left when parts tile the whole', () => {
    const left: Shape = {
      type: 'Polygon',
      coordinates: [[at(0, 0), at(5, 0), at(5, 10), at(0, 10), at(0, 0)]],
    }
    const right: Shape = {
      type: 'Polygon',
      coordinates: [[at(10, 10), at(5, 10), at(5, 0), at(10, 0), at(10, 10)]],
    }
    const wholeWithVertices: Shape = {
      type: 'Polygon',
      coordinates: [[at(0, 0), at(5, 0), at(10, 0), at(10, 10), at(5, 10), at(0, 10), at(0, 0)]],
    }
    expect(tiles(wholeWithVertices, [left, right])).toBe(true)
    expect(uncoveredArea(wholeWithVertices, [left, right])).toBe(0)
  })
})

describe('coordinates', () => {
  it('of WGS-84 stay as they are', () => {
    expect(toWgs84(113.9, 29.7, 'wgs84')).toEqual({ lng: 113.9, lat: 29.7 })
  })
  it.each([
    ['gcj02', 116.410244, 39.916404, 116.404, 39.915],
    ['bd09', 116.416616, 39.921966, 116.403988, 39.914266],
  ] as const)('of %s lose their offset', (crs, lng, lat, x, y) => {
    const p = toWgs84(lng, lat, crs)
    expect(p.lng).toBeCloseTo(x, 4)
    expect(p.lat).toBeCloseTo(y, 4)
  })
})
