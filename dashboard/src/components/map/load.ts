// One door to both map libraries: MapLibre GL by default, Mapbox GL when the city has a token. Both read the same
// style; where their calls differ, this file hides it. Loaded only by pages that show a map.
import type { Feature, Point } from 'geojson'
import type { GeoJSONSource, Map as LibreMap, Marker, StyleSpecification } from 'maplibre-gl'

export type MapView = LibreMap

interface MapOptions {
  container: HTMLElement
  style: StyleSpecification | string
  bounds: [number, number, number, number]
  /** Pixels kept free around the bounds. */
  padding: number
  mapboxToken?: string | undefined
  interactive: boolean
}

export interface MapKit {
  open(options: MapOptions): MapView
  marker(map: MapView, element: HTMLElement, at: [number, number]): { remove(): void }
  /** Features of a cluster, at most `limit`. */
  leaves(map: MapView, source: string, cluster: number, limit: number): Promise<Feature<Point>[]>
  /** Puts and removes features of a GeoJSON source by their ids; `all` gives the whole where only that can be set. */
  change(map: MapView, source: string, diff: FeatureDiff, all: () => Feature[]): void
}

interface FeatureDiff {
  /** New ones, and changed ones as they are now; `properties.id` is promoted to the id. */
  put: Feature[]
  gone: string[]
}

/** Name of the bundled font as the style's `text-font`; the first entry only chooses the weight. */
export const MAP_FONT = ['Medium', 'Noto Sans SC Variable']
/** Names of water lean, as on printed maps. */
export const MAP_FONT_SLANTED = ['Medium Italic', 'Noto Sans SC Variable']

const COMMON = {
  dragRotate: false,
  pitchWithRotate: false,
  touchPitch: false,
  renderWorldCopies: false,
  fadeDuration: 0,
} as const

const corners = ([w, s, e, n]: MapOptions['bounds']): [[number, number], [number, number]] => [
  [w, s],
  [e, n],
]

async function loadLibre(): Promise<MapKit> {
  const [library, worker] = await Promise.all([
    import('maplibre-gl'),
    import('maplibre-gl/dist/maplibre-gl-worker.mjs?url'),
    import('maplibre-gl/dist/maplibre-gl.css'),
  ])
  library.setWorkerUrl(worker.default)
  return {
    open({ container, style, bounds, padding, interactive }) {
      return new library.Map({
        ...COMMON,
        container,
        style,
        bounds: corners(bounds),
        fitBoundsOptions: { padding },
        interactive,
        attributionControl: typeof style === 'string' ? { compact: true } : false,
      })
    },
    marker: (map, element, at) => new library.Marker({ element }).setLngLat(at).addTo(map),
    async leaves(map, source, cluster, limit) {
      const features = await (map.getSource(source) as GeoJSONSource).getClusterLeaves(cluster, limit, 0)
      return features as Feature<Point>[]
    },
    change(map, source, { put, gone }) {
      // Rejects only when the map was closed meanwhile, or a newer change overtook this one.
      ;(map.getSource(source) as GeoJSONSource | undefined)
        ?.updateData({ add: put, remove: gone })
        .catch((error: unknown) => console.debug('map: a change was dropped', error))
    },
  }
}

async function loadMapbox(token: string): Promise<MapKit> {
  const [{ default: library }] = await Promise.all([
    import('mapbox-gl'),
    import('mapbox-gl/dist/mapbox-gl.css'),
  ])
  const asTheirs = (map: MapView) => map as unknown as InstanceType<typeof library.Map>
  return {
    open({ container, style, bounds, padding, interactive }) {
      const map = new library.Map({
        ...COMMON,
        accessToken: token,
        container,
        // The URL is never fetched (every glyph is drawn from the bundled font) but Mapbox asks for one.
        style: (typeof style === 'string'
          ? style
          : { ...style, glyphs: 'mapbox://fonts/mapbox/{fontstack}/{range}.pbf' }) as string,
        bounds: corners(bounds),
        fitBoundsOptions: { padding },
        interactive,
        localFontFamily: "'Noto Sans SC Variable', sans-serif",
        projection: 'mercator',
      })
      return map as unknown as MapView
    },
    marker: (map, element, at) => {
      const marker = new library.Marker({ element }).setLngLat(at)
      marker.addTo(asTheirs(map))
      return marker as unknown as Marker
    },
    leaves: (map, source, cluster, limit) =>
      new Promise((resolve, reject) => {
        const found = asTheirs(map).getSource(source)
        if (found?.type !== 'geojson') return reject(new Error(`no GeoJSON source ${source}`))
        found.getClusterLeaves(cluster, limit, 0, (error, features) =>
          error ? reject(error) : resolve((features ?? []) as Feature<Point>[]),
        )
      }),
    change(map, source, _diff, all) {
      const found = asTheirs(map).getSource(source)
      if (found?.type === 'geojson') found.setData({ type: 'FeatureCollection', features: all() })
    },
  }
}

export const loadMapKit = (mapboxToken: string | undefined): Promise<MapKit> =>
  mapboxToken === undefined ? loadLibre() : loadMapbox(mapboxToken)

/** The bundled font comes in pieces by character: fetch those of the labels before they are drawn. */
export async function loadLabelFont(words: readonly string[]): Promise<void> {
  const characters = [...new Set(`${words.join('')}0123456789◆文`)].join('')
  await document.fonts.load("500 24px 'Noto Sans SC Variable'", characters)
}
