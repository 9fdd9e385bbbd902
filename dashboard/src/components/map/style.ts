// The map's style from the pack's own geometry: no tiles, no glyph server, no sprite. Both libraries read it.
// Draws ground, water, green, roads and names; what is the city's work today comes on top (overlay.ts).
import type { Feature, FeatureCollection, Polygon, Position } from 'geojson'
import polylabel from 'polylabel'
import type { StyleSpecification } from 'maplibre-gl'
import type { AreaRow } from '../../api/city.ts'
import { borderLayers, cityBorderLayers, shadeLayers } from './area-layers.ts'
import { houseLayers, wayLayers } from './built-layers.ts'
import { groundLayers, waterLayers } from './ground-layers.ts'
import { labelLayers } from './label-layers.ts'
import type { Palette } from './palette.ts'

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** Degrees; a name needs no better place. */
const NAME_PRECISION = 0.0005

interface StyleInput {
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

/** In the widest place: an area's `centre` keeps clear of responsibility zones and may lie at its edge. */
const labelFeature = (a: AreaRow, rank: number): Feature => ({
  type: 'Feature',
  properties: { code: a.code, name: a.name, rank },
  geometry: { type: 'Point', coordinates: widest(a) ?? [a.centre.lng, a.centre.lat] },
})

function widest({ geometry }: AreaRow): Position | undefined {
  if (!geometry) return undefined
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const largest = [...parts].sort((a, b) => spanOf(b) - spanOf(a))[0]
  if (!largest) return undefined
  const [lng, lat] = polylabel(largest as [number, number][][], NAME_PRECISION)
  return [lng, lat]
}

/** Width of a polygon from west to east, enough to tell which part is the main one. */
const spanOf = ([ring = []]: Position[][]) => {
  const lngs = ring.map(([lng = 0]) => lng)
  return Math.max(...lngs) - Math.min(...lngs)
}

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })
const kindOf = (f: Feature): unknown => f.properties?.kind

/** Polygons of a feature as lists of rings. */
const polygonsOf = ({ geometry }: Feature): Position[][][] =>
  geometry.type === 'Polygon'
    ? [geometry.coordinates]
    : geometry.type === 'MultiPolygon'
      ? geometry.coordinates
      : []

/** Rivers and canals are named along their course; a course drawn as a line makes a name in the middle needless. */
const COURSES = ['river', 'canal', 'course']

/** One name for a piece of water, in its widest place: polygons are cut into tiles and would be named in each. */
function waterNames(layers: FeatureCollection): FeatureCollection {
  const named = new Set(
    layers.features.filter((f) => f.properties?.class === 'course').map((f): unknown => f.properties?.name),
  )
  return collection(
    layers.features.flatMap((f): Feature[] => {
      const name: unknown = f.properties?.name
      if (kindOf(f) !== 'water' || typeof name !== 'string' || name === '') return []
      if (named.has(name) && COURSES.includes(String(f.properties?.class))) return []
      const [rings] = polygonsOf(f)
      if (!rings) return []
      const [lng, lat] = polylabel(rings as [number, number][][], NAME_PRECISION)
      return [{ type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates: [lng, lat] } }]
    }),
  )
}

const WORLD: Position[] = [
  [-180, -85],
  [180, -85],
  [180, 85],
  [-180, 85],
  [-180, -85],
]

/** All the world but the city; nothing when the pack draws no border. */
function outsideOf(layers: FeatureCollection): FeatureCollection {
  const holes = layers.features
    .filter((f) => kindOf(f) === 'boundary')
    .flatMap((f) => polygonsOf(f).flatMap((rings) => rings.slice(0, 1)))
  if (holes.length === 0) return EMPTY
  const geometry: Polygon = { type: 'Polygon', coordinates: [WORLD, ...holes] }
  return collection([{ type: 'Feature', properties: {}, geometry }])
}

/** Level whose areas are shaded and pressed: the grid, third from the top, or the deepest there is. */
export const gridLevel = (levels: readonly string[]) => levels[2] ?? levels.at(-1) ?? 'grid'

function areaSources({ areas, levels }: Pick<StyleInput, 'areas' | 'levels'>) {
  const of = (level: string | undefined) => areas.filter((a) => a.level === level)
  const grid = gridLevel(levels)
  const shapes = (level: string | undefined) =>
    collection(level === undefined ? [] : of(level).flatMap(areaFeature))
  return {
    grids: shapes(grid),
    borders: shapes(levels[0]),
    communities: shapes(levels.length > 2 ? levels[1] : undefined),
    micro: shapes(levels[3]),
    names: collection([
      ...of(levels[0]).map((a) => labelFeature(a, 0)),
      ...(levels.length > 2 ? of(levels[1]).map((a) => labelFeature(a, 1)) : []),
      ...(levels.length > 1 ? of(grid).map((a) => labelFeature(a, 2)) : []),
    ]),
  }
}

/** Sources and layers of the areas: part of our own style, and added on top of any other (`mapStyleUrl`). */
export function areaStyle(input: StyleInput) {
  const { grids, borders, communities, micro, names } = areaSources(input)
  return {
    sources: {
      grids: { type: 'geojson', data: grids, promoteId: 'code' },
      borders: { type: 'geojson', data: borders },
      communities: { type: 'geojson', data: communities },
      micro: { type: 'geojson', data: micro },
      names: { type: 'geojson', data: names },
    } satisfies StyleSpecification['sources'],
    layers: [...shadeLayers(input.palette, input.scale), ...borderLayers(input.palette, input.scale)],
  }
}

export function cityStyle(input: StyleInput): StyleSpecification {
  const { palette, scale } = input
  const drawn = input.layers ?? EMPTY
  // Houses are most of the data and none of the view from far: a source of their own is cut into tiles only when seen.
  const isHouse = (f: Feature) => kindOf(f) === 'building'
  return {
    version: 8,
    sources: {
      base: { type: 'geojson', data: collection(drawn.features.filter((f) => !isHouse(f))) },
      buildings: { type: 'geojson', data: collection(drawn.features.filter(isHouse)), maxzoom: 16 },
      outside: { type: 'geojson', data: outsideOf(drawn) },
      'water-names': { type: 'geojson', data: waterNames(drawn) },
      ...areaStyle(input).sources,
    },
    layers: [
      ...groundLayers(palette, scale),
      ...houseLayers(palette, scale),
      ...shadeLayers(palette, scale),
      ...waterLayers(palette, scale),
      ...wayLayers(palette, scale),
      ...borderLayers(palette, scale),
      ...cityBorderLayers(palette, scale),
      ...labelLayers(palette, scale),
    ],
  }
}

/** Every word the style may draw; deeper areas than the grid have none. */
export const labelWords = ({
  layers,
  areas,
  levels,
}: Pick<StyleInput, 'layers' | 'areas' | 'levels'>): string[] => [
  ...areas.filter((a) => levels.indexOf(a.level) < 3).map((a) => a.name),
  ...(layers?.features ?? []).flatMap((f) =>
    typeof f.properties?.name === 'string' ? [f.properties.name] : [],
  ),
]
