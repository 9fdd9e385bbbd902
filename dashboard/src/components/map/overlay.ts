// The city's work on the map: grids shaded, open cases by the light's colour and shape, clustered by zoom.
import type { FeatureCollection, Point } from 'geojson'
import type { GeoJSONSource, LayerSpecification } from 'maplibre-gl'
import type { BoardCase } from '#domain/board.ts'
import { loadBy, runningLight } from '#domain/board-view.ts'
import type { Light } from '#domain/case.ts'
import { MAP_FONT, type MapView } from './load.ts'
import type { Palette } from './palette.ts'
import { iconName, lightIcon } from './shapes.ts'

export type Shade = 'open' | 'overdue'

const LIGHTS: Light[] = ['green', 'yellow', 'red', 'none']
const RANK: Record<Light, number> = { none: 0, green: 1, yellow: 2, red: 3 }

/** `isHot` marks what a cluster counts in red. */
const asFeatures = (
  cases: readonly BoardCase[],
  isHot: (c: BoardCase) => boolean,
): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: cases.map((c) => ({
    type: 'Feature',
    properties: {
      id: c.id,
      light: runningLight(c),
      rank: RANK[runningLight(c)] + (c.urgent ? 10 : 0),
      urgent: c.urgent,
      hot: isHot(c) ? 1 : 0,
    },
    geometry: { type: 'Point', coordinates: [c.lng, c.lat] },
  })),
})

function caseLayers(p: Palette, scale: number): LayerSpecification[] {
  const red = ['get', 'red'] as ['get', string]
  return [
    {
      id: 'cluster',
      type: 'circle',
      source: 'cases',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': p.cluster,
        'circle-opacity': 0.94,
        'circle-radius': ['step', ['get', 'point_count'], 21 * scale, 20, 26 * scale, 100, 33 * scale],
        'circle-stroke-width': 1.5 * scale,
        'circle-stroke-color': p.clusterLine,
      },
    },
    {
      id: 'cluster-count',
      type: 'symbol',
      source: 'cases',
      filter: ['has', 'point_count'],
      layout: {
        'text-field': [
          'case',
          ['>', red, 0],
          [
            'format',
            ['to-string', ['get', 'point_count']],
            {},
            '\n',
            {},
            ['concat', '◆', ['to-string', red]],
            { 'font-scale': 0.72, 'text-color': p.lightRed },
          ],
          ['format', ['to-string', ['get', 'point_count']], {}],
        ],
        'text-font': MAP_FONT,
        'text-size': 20 * scale,
        'text-line-height': 1,
        'text-allow-overlap': true,
        // Takes the room of its circle, so that names of places under it give way instead of showing half.
        'text-padding': 10 * scale,
      },
      paint: { 'text-color': p.clusterText },
    },
    {
      id: 'case',
      type: 'symbol',
      source: 'cases',
      filter: ['!', ['has', 'point_count']],
      layout: {
        'icon-image': ['concat', 'light-', ['get', 'light']],
        'icon-size': ['case', ['get', 'urgent'], 1.5, 1],
        'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'rank'],
      },
    },
  ]
}

/** Adds the sources, icons and layers; call once after the style has loaded. */
export function addCases(map: MapView, palette: Palette, scale: number): void {
  for (const light of LIGHTS) {
    const { image, pixelRatio } = lightIcon(light, palette, scale)
    map.addImage(iconName(light), image, { pixelRatio })
  }
  map.addSource('cases', {
    type: 'geojson',
    data: asFeatures([], () => false),
    cluster: true,
    clusterRadius: 42 * scale,
    // A handful stays apart: their lights say more than a number.
    clusterMinPoints: 4,
    clusterMaxZoom: 15 + Math.round(Math.log2(scale)),
    clusterProperties: { red: ['+', ['get', 'hot']] },
  })
  for (const layer of caseLayers(palette, scale)) map.addLayer(layer)
}

export function showCases(map: MapView, cases: readonly BoardCase[], isHot: (c: BoardCase) => boolean): void {
  void (map.getSource('cases') as GeoJSONSource | undefined)?.setData(asFeatures(cases, isHot))
}

/** Shades each grid by its share of the fullest one; grids without anything stay clear. */
export function shadeGrids(
  map: MapView,
  grids: readonly string[],
  cases: readonly BoardCase[],
  shade: Shade,
): void {
  const known = new Set(grids)
  const loads = new Map(
    loadBy(cases, (c) => c.areaPath.filter((a) => known.has(a))).map((l) => [l.code, l[shade]] as const),
  )
  const most = Math.max(1, ...loads.values())
  for (const code of grids) {
    map.setFeatureState({ source: 'grids', id: code }, { heat: (loads.get(code) ?? 0) / most, mode: shade })
  }
}
