import { describe } from 'vitest'
import {
  changeFeatures,
  changeRing,
  indexOf,
  plant,
  setGeometry,
  setProperties,
  makePackFolder,
} from '../testing.ts'

makePackFolder()

const AREAS = 'areas.geojson'
const ZONES = 'zones.geojson'
const GRID = '990191101201002'
const BESIDE = '990191101201001'
const COMMUNITY = '990191001001'
const grid = indexOf(AREAS, GRID)
const community = indexOf(AREAS, COMMUNITY)
const canal = indexOf(ZONES, 'WA01')
const site = indexOf(ZONES, 'CS01')

const point = { type: 'Point', coordinates: [113.9, 29.7] }
const crsMember = (name: string) => `{"crs":{"type":"name","properties":{"name":"${name}"}},`

describe('faults of areas', () => {
  plant(
    AREAS,
    ['it is no FeatureCollection', () => '[]', ['', '']],
    [
      'metres are declared over degrees',
      (t) => t.replace('{', crsMember('urn:ogc:def:crs:EPSG::4528')),
      ['', 'crs'],
    ],
    ['Beijing 1954 is declared', (t) => t.replace('{', crsMember('EPSG:2414')), ['', 'crs']],
    ['a feature that is none', changeFeatures((all) => all.unshift('?' as never)), [0, '']],
    ['no geometry', setGeometry(AREAS, GRID, null), [grid, 'geometry']],
    ['a point for a shape', setGeometry(AREAS, GRID, point), [grid, 'geometry']],
    [
      'coordinates in text',
      setGeometry(AREAS, GRID, { type: 'Polygon', coordinates: [['1', '2']] }),
      [grid, 'geometry'],
    ],
    ['an area without a name', setProperties(AREAS, GRID, { name: '' }), [grid, 'name']],
    ['an unknown level', setProperties(AREAS, GRID, { level: 'block' }), [grid, 'level']],
    ['an unknown parent', setProperties(AREAS, GRID, { parent: '990191009' }), [grid, 'parent']],
    ['a grid without a parent', setProperties(AREAS, GRID, { parent: null }), [grid, 'parent']],
    ['a parent below', setProperties(AREAS, COMMUNITY, { parent: '990191001002001' }), [community, 'parent']],
    ['its own ancestor', setProperties(AREAS, COMMUNITY, { parent: COMMUNITY }), [community, 'parent']],
    ['a code given twice', setProperties(AREAS, GRID, { code: BESIDE }), [grid, 'code']],
    ['an unclosed ring', changeRing(AREAS, GRID, (r) => r.slice(0, -1)), [grid, 'geometry']],
    [
      'a ring of two points',
      changeRing(AREAS, GRID, (r) => [...r.slice(0, 2), ...r.slice(0, 1)]),
      [grid, 'geometry'],
    ],
    [
      'a ring that crosses itself',
      changeRing(AREAS, GRID, ([a = [], b = [], ...r]) => [b, a, ...r.slice(0, -1), b]),
      [grid, 'geometry'],
    ],
    [
      'swapped coordinates',
      changeRing(AREAS, GRID, (r) => r.map(([x = 0, y = 0]) => [y, x])),
      [grid, 'geometry'],
    ],
    [
      'projected metres',
      changeRing(AREAS, GRID, (r) => r.map(([x = 0, y = 0]) => [x * 3000, y * 1e5])),
      [grid, 'geometry'],
    ],
    [
      'grids on the same ground',
      changeFeatures((all) =>
        Object.assign(all[grid] ?? {}, { geometry: all[indexOf(AREAS, BESIDE)]?.geometry }),
      ),
      [grid, 'geometry'],
    ],
    ['a grid in another street', setProperties(AREAS, GRID, { parent: '990191001001' }), [grid, 'geometry']],
  )
})

describe('coordinates swapped within the range of both', () => {
  // Kashgar at 76 E 39.5 N, swapped, is still a position on Earth.
  plant(ZONES, [
    'they are told by where the others are',
    changeRing(ZONES, 'WA01', () => [
      [39.5, 76],
      [39.6, 76],
      [39.6, 76.1],
      [39.5, 76],
    ]),
    [canal, 'geometry'],
  ])
})

describe('faults of zones', () => {
  const set = (properties: Record<string, unknown>) => setProperties(ZONES, 'WA01', properties)
  plant(
    ZONES,
    ['no code', set({ code: '' }), [canal, 'code']],
    ['an unknown unit', set({ department: 'navy' }), [canal, 'department']],
    ['an unknown co-department', set({ coDepartments: ['water', 'navy'] }), [canal, 'coDepartments']],
    ['an unknown unit in a list as text', set({ coDepartments: 'water;navy' }), [canal, 'coDepartments']],
    ['a list of numbers', set({ categories: [125] }), [canal, 'categories']],
    ['an unknown category', set({ categories: ['E0125', 'E99'] }), [canal, 'categories']],
    ['no priority', set({ priority: null }), [canal, 'priority']],
    ['a priority in words', set({ priority: 'high' }), [canal, 'priority']],
    ['half a priority', set({ priority: 2.5 }), [canal, 'priority']],
    ['a date that is none', setProperties(ZONES, 'CS01', { validFrom: '2026-02-30' }), [site, 'validFrom']],
    [
      'an end before the beginning',
      setProperties(ZONES, 'CS01', { validTo: '2020-01-01' }),
      [site, 'validTo'],
    ],
    ['two faults at once', set({ kind: '', department: 'navy' }), [canal, 'kind'], [canal, 'department']],
    ['a code given twice', setProperties(ZONES, 'WA02', { code: 'WA01' }), [canal + 1, 'code']],
  )
})
