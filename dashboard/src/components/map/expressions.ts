// Words and measures that the layers of the style share: filters by kind and class, widths and opacities by zoom.

export type Kinds = readonly string[]

type In = ['in', ['get', string], ['literal', string[]]]
const oneOf = (property: string, values: readonly string[]): In => [
  'in',
  ['get', property],
  ['literal', [...values]],
]

export const kind = (...kinds: Kinds) => oneOf('kind', kinds)
export const cls = (...classes: Kinds) => oneOf('class', classes)

type IsType = ['in', ['geometry-type'], ['literal', string[]]]
const typeIs = (name: string): IsType => ['in', ['geometry-type'], ['literal', [name, `Multi${name}`]]]
export const IS_POLYGON = typeIs('Polygon')
export const IS_LINE = typeIs('LineString')
export const IS_POINT = typeIs('Point')

/** A canvas twice as large shows the same city one zoom level later. */
export const zoomFor = (zoom: number, scale: number) => Math.min(24, Math.max(0, zoom + Math.log2(scale)))

type ByZoom = ['interpolate', ['exponential', number], ['zoom'], ...number[]]

/** Sizes in CSS pixels of a plain canvas by zoom, growing as the ground does. */
export const sizeByZoom = (scale: number, stops: [zoom: number, size: number][]): ByZoom => [
  'interpolate',
  ['exponential', 2],
  ['zoom'],
  ...stops.flatMap(([zoom, size]) => [zoomFor(zoom, scale), size * scale]),
]

export const fadeByZoom = (scale: number, stops: [zoom: number, opacity: number][]): ByZoom => [
  'interpolate',
  ['exponential', 1],
  ['zoom'],
  ...stops.flatMap(([zoom, opacity]) => [zoomFor(zoom, scale), opacity]),
]

/** Classes of roads, from the widest. A class that nobody knows is drawn like `minor`. */
export const ROADS = {
  trunk: ['motorway', 'trunk'],
  main: ['primary', 'major', 'main', 'arterial'],
  secondary: ['secondary'],
  lane: ['lane', 'alley', 'service'],
  path: ['path', 'footway'],
} as const satisfies Record<string, Kinds>

const KNOWN = Object.values(ROADS).flat()

export type RoadRank = keyof typeof ROADS | 'minor'

export const roadOf = (rank: RoadRank): In | ['!', In] =>
  rank === 'minor' ? ['!', cls(...KNOWN)] : cls(...ROADS[rank])
