// The waterlogging layer 积水图层 of a storm: water stands out from the ground, and where cases that the storm is about lie
// close together the ground is lit in the colour of water. The packs know no low-lying spots; the reports show them.
import type { GeoJSONSource, LayerSpecification } from 'maplibre-gl'
import type { BoardCase } from '#domain/board.ts'
import type { MapView } from './load.ts'
import type { Palette } from './palette.ts'
import type { OpenMap } from './use-map.ts'

const SOURCE = 'flood'

/** What is repainted, where the style is our own. */
const WATER = [
  ['water', 'fill-color', 'flood', 'water'],
  ['stream', 'line-color', 'flood', 'water'],
  ['shore', 'line-color', 'floodShore', 'shore'],
] as const

/** Reach of one case, CSS px of a plain canvas. */
const REACH = 26
/** The more cases, the less each one lights: what stands out is where they lie closer than elsewhere. */
const intensityOf = (n: number) => Math.min(0.7, Math.max(0.06, 70 / Math.max(1, n)))

const heatLayer = (p: Palette, scale: number): LayerSpecification => ({
  id: 'flood-heat',
  type: 'heatmap',
  source: SOURCE,
  paint: {
    'heatmap-radius': REACH * scale,
    'heatmap-opacity': 0.6,
    'heatmap-color': [
      'interpolate',
      ['linear'],
      ['heatmap-density'],
      0,
      'rgba(0, 0, 0, 0)',
      0.15,
      p.floodHeat[0],
      0.6,
      p.floodHeat[1],
      1,
      p.floodHeat[2],
    ],
  },
})

const asPoints = (cases: readonly BoardCase[]) => ({
  type: 'FeatureCollection' as const,
  features: cases.map(({ lng, lat }) => ({
    type: 'Feature' as const,
    properties: {},
    geometry: { type: 'Point' as const, coordinates: [lng, lat] },
  })),
})

function paint(map: MapView, palette: Palette, isFlooded: boolean): void {
  for (const [layer, property, wet, dry] of WATER)
    if (map.getLayer(layer)) map.setPaintProperty(layer, property, palette[isFlooded ? wet : dry])
}

interface Flood {
  /** Draws these cases' ground, unless they are the same as before. */
  show(cases: readonly BoardCase[]): void
  end(): void
}

/** Call after the cases have their layers: the light lies below them. */
export function createFlood({ map, palette, scale, isOpen }: OpenMap): Flood {
  paint(map, palette, true)
  map.addSource(SOURCE, { type: 'geojson', data: asPoints([]) })
  map.addLayer(heatLayer(palette, scale), map.getLayer('cluster') ? 'cluster' : undefined)
  let drawn = ''
  return {
    show(cases) {
      const wanted = cases.map((c) => c.id).join()
      if (wanted === drawn) return
      drawn = wanted
      map.setPaintProperty('flood-heat', 'heatmap-intensity', intensityOf(cases.length))
      void (map.getSource(SOURCE) as GeoJSONSource).setData(asPoints(cases))
    },
    end() {
      if (!isOpen()) return
      map.removeLayer('flood-heat')
      map.removeSource(SOURCE)
      paint(map, palette, false)
    },
  }
}
