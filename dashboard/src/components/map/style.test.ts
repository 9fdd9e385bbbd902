import type { FeatureCollection } from 'geojson'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AreaRow } from '../../api/city.ts'
import { DARK, LIGHT } from './palette.ts'
import { cityStyle, labelWords } from './style.ts'

const DEMO = join(import.meta.dirname, '../../../../cities/demo')
const LEVELS = ['street', 'community', 'grid', 'micro-grid']

let layers: FeatureCollection
let areas: AreaRow[]
beforeAll(async () => {
  const read = async (name: string): Promise<FeatureCollection> =>
    JSON.parse(await readFile(join(DEMO, name), 'utf8'))
  layers = await read('map.geojson')
  areas = (await read('areas.geojson')).features.map((f) => ({
    ...(f.properties as Omit<AreaRow, 'centre' | 'geometry'>),
    centre: { lng: 113.9, lat: 29.7 },
    geometry: f.geometry as NonNullable<AreaRow['geometry']>,
  }))
})

const style = (scale: number, palette = DARK) => cityStyle({ layers, areas, levels: LEVELS, palette, scale })
const data = (source: string) =>
  (style(1).sources[source] as unknown as { data: FeatureCollection }).data.features

describe.each([
  ['a phone', 0.6],
  ['a wall', 1],
  ['a wall of 4K', 2],
  ['a wall of twelve screens', 5],
])('the style for %s', (_, scale) => {
  it('keeps to the zooms that the libraries know', () => {
    for (const { id, minzoom = 0, maxzoom = 24 } of style(scale).layers) {
      expect(minzoom, id).toBeGreaterThanOrEqual(0)
      expect(maxzoom, id).toBeLessThanOrEqual(24)
    }
  })

  it('has stops of zoom in rising order', () => {
    const rising = (expression: unknown): void => {
      if (!Array.isArray(expression)) return
      if (expression[0] === 'interpolate' && JSON.stringify(expression[2]) === '["zoom"]') {
        const zooms = expression.slice(3).filter((_stop, i) => i % 2 === 0) as number[]
        expect(zooms).toEqual([...new Set(zooms)].sort((a, b) => a - b))
      }
      expression.forEach(rising)
    }
    for (const layer of style(scale).layers) Object.values(layer.paint ?? {}).forEach(rising)
  })
})

it('names each layer once, and its source', () => {
  const { layers: drawn, sources } = style(1, LIGHT)
  expect(new Set(drawn.map((l) => l.id)).size).toBe(drawn.length)
  for (const layer of drawn)
    if ('source' in layer) expect(Object.keys(sources), layer.id).toContain(layer.source)
})

it('has no list in a filter that Mapbox takes for a view of the camera', () => {
  const lists = (expression: unknown): unknown[][] =>
    Array.isArray(expression) ? [expression, ...expression.flatMap(lists)] : []
  for (const layer of style(1).layers)
    if ('filter' in layer)
      for (const [first] of lists(layer.filter))
        expect(['pitch', 'distance-from-center']).not.toContain(first)
})

it('puts houses in a source of their own', () => {
  const kinds = (source: string) => new Set(data(source).map((f): unknown => f.properties?.kind))
  expect(kinds('buildings')).toEqual(new Set(['building']))
  expect(kinds('base')).not.toContain('building')
  expect(kinds('base')).toContain('boundary')
  expect(kinds('base')).toContain('site')
})

it('dims what lies outside the border, and nothing where none is drawn', () => {
  const [outside] = data('outside')
  expect(outside?.geometry).toMatchObject({ type: 'Polygon' })
  const without = cityStyle({ layers: undefined, areas, levels: LEVELS, palette: DARK, scale: 1 })
  expect(without.sources.outside).toMatchObject({ data: { features: [] } })
})

it('names the lake in its middle and rivers only along their course', () => {
  const names = data('water-names').map((f): unknown => f.properties?.name)
  expect(names).toContain('南湖')
  expect(names).not.toContain('清溪河')
})

it('knows every word it may draw, micro-grids left out', () => {
  const words = new Set(labelWords({ layers, areas, levels: LEVELS }))
  for (const word of ['人民路', '文庙巷', '南湖', '一中', '鼓楼第一网格']) expect(words).toContain(word)
  expect([...words].some((w) => w.includes('微网格'))).toBe(false)
})
