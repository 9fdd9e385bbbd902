// The map's style from the pack's own geometry: no tiles, no glyph server, no sprite. Both libraries read it.
// Draws ground, water, green, roads and names; what is the city's work today comes on top (overlay.ts).
import type { Feature, FeatureCollection } from 'geojson'
import polylabel from 'polylabel'
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { AreaRow } from '../../api/city.ts'
import { MAP_FONT } from './load.ts'
import type { Palette } from './palette.ts'

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** Degrees; a name needs no better place. */
const NAME_PRECISION = 0.0005

export interface StyleInput {
  layers: FeatureCollection | undefined
  areas: AreaRow[]
  /** Keys of the area levels, top first. */
  levels: string[]
  palette: Palette
  /** CSS pixels of one rem ÷ 16: text and lines grow with the canvas. */
  scale: number
}

const areaFeature = (a: AreaRow): Feature | [] =>
  a.geometry === undefined
    ? []
    : { type: 'Feature', properties: { code: a.code, name: a.name, level: a.level }, geometry: a.geometry }

const labelFeature = (a: AreaRow, rank: number): Feature => ({
  type: 'Feature',
  properties: { code: a.code, name: a.name, rank },
  geometry: { type: 'Point', coordinates: [a.centre.lng, a.centre.lat] },
})

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

/** One name for a piece of water, in its widest place: polygons are cut into tiles and would be named in each. */
const waterNames = (layers: FeatureCollection): FeatureCollection =>
  collection(
    layers.features.flatMap((f): Feature[] => {
      const name: unknown = f.properties?.name
      if (f.properties?.kind !== 'water' || typeof name !== 'string') return []
      const { geometry } = f
      const rings =
        geometry.type === 'Polygon'
          ? geometry.coordinates
          : geometry.type === 'MultiPolygon'
            ? geometry.coordinates[0]
            : undefined
      if (!rings) return []
      const [lng, lat] = polylabel(rings as [number, number][][], NAME_PRECISION)
      return [{ type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates: [lng, lat] } }]
    }),
  )

/** Level whose areas are shaded and pressed: the grid, third from the top, or the deepest there is. */
export const gridLevel = (levels: readonly string[]) => levels[2] ?? levels.at(-1) ?? 'grid'

export function areaSources({ areas, levels }: Pick<StyleInput, 'areas' | 'levels'>) {
  const of = (level: string | undefined) => areas.filter((a) => a.level === level)
  return {
    grids: collection(of(gridLevel(levels)).flatMap(areaFeature)),
    borders: collection(of(levels[0]).flatMap(areaFeature)),
    names: collection([
      ...of(levels[0]).map((a) => labelFeature(a, 0)),
      ...(levels.length > 2 ? of(levels[1]).map((a) => labelFeature(a, 1)) : []),
    ]),
  }
}

type Kinds = readonly string[]
const kind = (...kinds: Kinds): ['in', ['get', 'kind'], ['literal', string[]]] => [
  'in',
  ['get', 'kind'],
  ['literal', [...kinds]],
]

/** A canvas twice as large shows the same city one zoom level later. */
const zoomFor = (zoom: number, scale: number) => zoom + Math.log2(scale)

const widthByZoom = (scale: number, low: number, high: number) =>
  [
    'interpolate',
    ['exponential', 1.5],
    ['zoom'],
    zoomFor(11, scale),
    low * scale,
    zoomFor(16, scale),
    high * scale,
  ] as ['interpolate', ['exponential', number], ['zoom'], number, number, number, number]

const MAJOR = ['in', ['get', 'class'], ['literal', ['primary', 'trunk', 'major', 'main', 'arterial']]] as [
  'in',
  ['get', string],
  ['literal', string[]],
]

function baseLayers(p: Palette, scale: number): LayerSpecification[] {
  const line = { 'line-cap': 'round', 'line-join': 'round' } as const
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': p.ground } },
    {
      id: 'green',
      type: 'fill',
      source: 'base',
      filter: ['all', ['==', ['geometry-type'], 'Polygon'], kind('green', 'park')],
      paint: { 'fill-color': p.green },
    },
    {
      id: 'water',
      type: 'fill',
      source: 'base',
      filter: ['all', ['==', ['geometry-type'], 'Polygon'], kind('water')],
      paint: { 'fill-color': p.water },
    },
    {
      id: 'stream',
      type: 'line',
      source: 'base',
      filter: ['all', ['==', ['geometry-type'], 'LineString'], kind('water')],
      layout: line,
      paint: { 'line-color': p.water, 'line-width': widthByZoom(scale, 2.5, 18) },
    },
    {
      id: 'building',
      type: 'fill',
      source: 'base',
      filter: ['all', ['==', ['geometry-type'], 'Polygon'], kind('building')],
      paint: { 'fill-color': p.building },
    },
    {
      id: 'road',
      type: 'line',
      source: 'base',
      filter: ['all', kind('road'), ['!', MAJOR]],
      layout: line,
      paint: { 'line-color': p.road, 'line-width': widthByZoom(scale, 0.35, 9) },
    },
    {
      id: 'road-major',
      type: 'line',
      source: 'base',
      filter: ['all', kind('road'), MAJOR],
      layout: line,
      paint: { 'line-color': p.roadMajor, 'line-width': widthByZoom(scale, 2.2, 16) },
    },
    {
      id: 'rail',
      type: 'line',
      source: 'base',
      filter: kind('rail', 'railway'),
      paint: { 'line-color': p.rail, 'line-width': 2 * scale, 'line-dasharray': [4, 3] },
    },
  ]
}

function areaLayers(p: Palette, scale: number): LayerSpecification[] {
  const heat = ['coalesce', ['feature-state', 'heat'], 0] as ['coalesce', ['feature-state', string], number]
  const overdue = ['==', ['coalesce', ['feature-state', 'mode'], ''], 'overdue'] as [
    '==',
    ['coalesce', ['feature-state', string], string],
    string,
  ]
  return [
    {
      id: 'grid-shade',
      type: 'fill',
      source: 'grids',
      paint: {
        'fill-color': ['case', overdue, p.shadeOverdue, p.shade],
        'fill-opacity': ['interpolate', ['linear'], heat, 0, 0, 0.01, 0.07, 1, 0.42],
      },
    },
    {
      id: 'grid-line',
      type: 'line',
      source: 'grids',
      paint: { 'line-color': p.gridLine, 'line-width': 0.8 * scale },
    },
    {
      id: 'border',
      type: 'line',
      source: 'borders',
      paint: { 'line-color': p.border, 'line-width': 1.6 * scale, 'line-dasharray': [3, 2] },
    },
  ]
}

function labelLayers(p: Palette, scale: number): LayerSpecification[] {
  const halo = { 'text-halo-color': p.labelHalo, 'text-halo-width': 1.6 * scale }
  // A name steps aside for cases on top of it, and keeps its new place while that is free.
  const dodging = {
    'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'] as ('center' | 'top')[],
    'text-radial-offset': 0.7,
  }
  const text = { 'text-field': ['get', 'name'] as ['get', string], 'text-font': MAP_FONT }
  return [
    {
      id: 'road-name',
      type: 'symbol',
      source: 'base',
      minzoom: zoomFor(13.4, scale),
      filter: ['all', kind('road'), MAJOR],
      layout: { ...text, 'symbol-placement': 'line', 'text-size': 19 * scale, 'text-letter-spacing': 0.15 },
      paint: { 'text-color': p.label, ...halo },
    },
    {
      id: 'water-name',
      type: 'symbol',
      source: 'water-names',
      layout: { ...text, 'text-size': 20 * scale, 'text-letter-spacing': 0.2 },
      paint: { 'text-color': p.waterLabel, ...halo },
    },
    {
      id: 'stream-name',
      type: 'symbol',
      source: 'base',
      filter: ['all', ['==', ['geometry-type'], 'LineString'], kind('water')],
      layout: { ...text, 'symbol-placement': 'line', 'text-size': 20 * scale, 'text-letter-spacing': 0.2 },
      paint: { 'text-color': p.waterLabel, ...halo },
    },
    {
      id: 'landmark',
      type: 'symbol',
      source: 'base',
      minzoom: zoomFor(13.6, scale),
      filter: ['all', ['==', ['geometry-type'], 'Point'], kind('landmark', 'place')],
      layout: { ...text, 'text-size': 18 * scale },
      paint: { 'text-color': p.label, ...halo },
    },
    {
      id: 'community-name',
      type: 'symbol',
      source: 'names',
      minzoom: zoomFor(12.2, scale),
      filter: ['==', ['get', 'rank'], 1],
      layout: { ...text, ...dodging, 'text-size': 20 * scale },
      paint: { 'text-color': p.label, ...halo },
    },
    {
      id: 'street-name',
      type: 'symbol',
      source: 'names',
      maxzoom: zoomFor(14.5, scale),
      filter: ['==', ['get', 'rank'], 0],
      layout: { ...text, ...dodging, 'text-size': 26 * scale, 'text-letter-spacing': 0.08 },
      paint: { 'text-color': p.place, ...halo },
    },
  ]
}

/** Sources and layers of the areas: part of our own style, and added on top of any other (`mapStyleUrl`). */
export function areaStyle(input: StyleInput) {
  const { grids, borders, names } = areaSources(input)
  return {
    sources: {
      grids: { type: 'geojson', data: grids, promoteId: 'code' },
      borders: { type: 'geojson', data: borders },
      names: { type: 'geojson', data: names },
    } satisfies StyleSpecification['sources'],
    layers: areaLayers(input.palette, input.scale),
  }
}

export function cityStyle(input: StyleInput): StyleSpecification {
  const areas = areaStyle(input)
  return {
    version: 8,
    sources: {
      base: { type: 'geojson', data: input.layers ?? EMPTY },
      'water-names': { type: 'geojson', data: waterNames(input.layers ?? EMPTY) },
      ...areas.sources,
    },
    layers: [
      ...baseLayers(input.palette, input.scale),
      ...areas.layers,
      ...labelLayers(input.palette, input.scale),
    ],
  }
}

/** Every word the style may draw. */
export const labelWords = ({ layers, areas }: Pick<StyleInput, 'layers' | 'areas'>): string[] => [
  ...areas.map((a) => a.name),
  ...(layers?.features ?? []).flatMap((f) =>
    typeof f.properties?.name === 'string' ? [f.properties.name] : [],
  ),
]
