// Responsibility zones 责任区 close by: their edges, faint, so that a person sees why a case went where it went.
import type { FeatureCollection } from 'geojson'
import type { LayerSpecification } from 'maplibre-gl'
import type { ZoneRow } from '../../api/city.ts'
import { fadeByZoom, zoomFor } from './expressions.ts'
import { MAP_FONT, type MapView } from './load.ts'
import type { Palette } from './palette.ts'

/** `known`: names that the map has already; a zone of that name has its edge drawn and is not named again. */
const asFeatures = (zones: readonly ZoneRow[], known: ReadonlySet<string>): FeatureCollection => ({
  type: 'FeatureCollection',
  features: zones.flatMap(({ name, kind, geometry }) =>
    geometry
      ? [{ type: 'Feature' as const, properties: { name: known.has(name) ? '' : name, kind }, geometry }]
      : [],
  ),
})

const FROM = 15.2

function zoneLayers(p: Palette, scale: number): LayerSpecification[] {
  return [
    {
      id: 'zone-line',
      type: 'line',
      source: 'zones',
      minzoom: zoomFor(FROM, scale),
      paint: {
        'line-color': p.zoneLine,
        'line-width': 1 * scale,
        'line-dasharray': [3, 2],
        'line-opacity': fadeByZoom(scale, [
          [FROM, 0],
          [FROM + 0.6, 0.55],
        ]),
      },
    },
    {
      id: 'zone-name',
      type: 'symbol',
      source: 'zones',
      minzoom: zoomFor(16.4, scale),
      layout: {
        'symbol-placement': 'line',
        'text-field': ['get', 'name'],
        'text-font': MAP_FONT,
        'text-size': 12.5 * scale,
        'text-offset': [0, 0.8],
        'symbol-spacing': 500 * scale,
        'text-max-angle': 30,
      },
      paint: {
        'text-color': p.zoneLine,
        'text-halo-color': p.labelHalo,
        'text-halo-width': 1.4 * scale,
      },
    },
  ]
}

/** Adds the zones' edges under the names of the map, or on top of a style that is not ours. */
export function addZones(
  map: MapView,
  { palette, scale, known }: { palette: Palette; scale: number; known: ReadonlySet<string> },
  zones: readonly ZoneRow[],
): void {
  map.addSource('zones', { type: 'geojson', data: asFeatures(zones, known) })
  const below = map.getLayer('grid-name') ? 'grid-name' : map.getLayer('cluster') ? 'cluster' : undefined
  for (const layer of zoneLayers(palette, scale)) map.addLayer(layer, below)
}
