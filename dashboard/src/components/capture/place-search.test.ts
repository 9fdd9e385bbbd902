import type { Feature, FeatureCollection } from 'geojson'
import { describe, expect, it } from 'vitest'
import { namedPlaces, searchPlaces } from './place-search.ts'

const feature = (name: string | undefined, geometry: Feature['geometry']): Feature => ({
  type: 'Feature',
  properties: { kind: 'road', ...(name === undefined ? {} : { name }) },
  geometry,
})
const MAP: FeatureCollection = {
  type: 'FeatureCollection',
  features: [
    feature('北渠路', {
      type: 'LineString',
      coordinates: [
        [113.9, 29.7],
        [113.91, 29.7],
        [113.92, 29.7],
      ],
    }),
    feature('北渠桥', { type: 'Point', coordinates: [113.905, 29.7] }),
    feature(undefined, { type: 'Point', coordinates: [0, 0] }),
  ],
}
const AREAS = [
  {
    name: '北渠社区',
    geometry: {
      type: 'Polygon' as const,
      coordinates: [
        [
          [113.9, 29.7],
          [113.92, 29.7],
          [113.92, 29.72],
          [113.9, 29.7],
        ],
      ],
    },
  },
  { name: '无图形' },
]
const places = namedPlaces(AREAS, MAP)

describe('a place by its name', () => {
  it('is known with its middle and its reach', () => {
    expect(places.map((p) => p.name).sort()).toEqual(['北渠桥', '北渠社区', '北渠路'].sort())
    const road = places.find((p) => p.name === '北渠路')
    expect(road).toMatchObject({ lng: 113.91, lat: 29.7 })
    expect(road?.withinM).toBeGreaterThan(900)
    expect(places.find((p) => p.name === '北渠桥')?.withinM).toBe(30)
  })

  it.each([
    ['北渠', ['北渠桥', '北渠路', '北渠社区']],
    ['北渠桥东侧20米', ['北渠桥']],
    ['北渠社区3栋', ['北渠社区']],
    ['渠', []],
    ['', []],
    ['南湖', []],
  ])('%s: %j', (words, names) => {
    expect(searchPlaces(places, words, 5).map((p) => p.name)).toEqual(names)
  })
})
