// Opens a map in an element and keeps it for as long as the component lives.
import { useEffect, useState, type RefObject } from 'react'
import type { AreaRow, CityInfo } from '../../api/city.ts'
import type { FeatureCollection } from 'geojson'
import { loadLabelFont, loadMapKit, type MapKit, type MapView } from './load.ts'
import { DARK, LIGHT, type Palette } from './palette.ts'
import { patiently } from '../../ui/patiently.ts'
import { areaStyle, cityStyle, labelWords } from './style.ts'
import { addSymbols } from './symbols.ts'
import { tileStyle } from './tile-style.ts'

export interface OpenMap {
  kit: MapKit
  map: MapView
  palette: Palette
  scale: number
  /** False once the map is closed: its camera moves no more. */
  isOpen: () => boolean
  /** Names that the map draws itself. */
  names: ReadonlySet<string>
}

interface MapLook {
  /** Size of words and marks, 1 = as read from metres away. */
  size: number
}

export const WALL_LOOK: MapLook = { size: 1 }
export const HAND_LOOK: MapLook = { size: 0.6 }

/** Zoom levels from the whole city outwards. */
const ZOOM_OUT = 1.5

/** `open`: it takes layers; `drawn`: its first ground is to be seen. */
export type MapStatus = 'loading' | 'open' | 'drawn' | 'unavailable'

const rootScale = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16

const paletteNow = () => {
  const isWall = document.documentElement.dataset.canvas === 'wall'
  return isWall || !window.matchMedia('(prefers-color-scheme: light)').matches ? DARK : LIGHT
}

/** The scale of the canvas; a change of it (another screen, another window size) opens the map anew. */
function useRootScale(): number {
  const [scale, setScale] = useState(rootScale)
  useEffect(() => {
    const measure = () => setScale(Math.round(rootScale() * 20) / 20)
    measure()
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [])
  return scale
}

export function useMap(
  container: RefObject<HTMLElement | null>,
  info: CityInfo | undefined,
  areas: AreaRow[] | undefined,
  layers: FeatureCollection | undefined,
  options: MapLook,
): { open: OpenMap | undefined; status: MapStatus } {
  const [open, setOpen] = useState<OpenMap>()
  const [status, setStatus] = useState<MapStatus>('loading')
  const scale = useRootScale() * options.size

  useEffect(() => {
    const element = container.current
    if (!element || !info || !areas || !layers) return
    let over = false
    let opened: MapView | undefined
    const palette = paletteNow()
    const input = { layers, areas, levels: info.levels.map((l) => l.key), palette, scale }
    const { mapboxToken, mapStyleUrl, mapTiles, bounds } = info
    const isOwn = mapStyleUrl === undefined && mapTiles === undefined
    const words = labelWords(input)

    const start = async () => {
      const [kit] = await Promise.all([patiently(() => loadMapKit(mapboxToken)), loadLabelFont(words)])
      if (over) return
      const map = kit.open({
        container: element,
        style: mapStyleUrl ?? (mapTiles ? tileStyle(mapTiles, palette) : cityStyle(input)),
        bounds,
        padding: 16 * scale,
        mapboxToken,
        interactive: true,
      })
      opened = map
      // Not `load`, which waits for every tile: on a busy machine the cases would appear seconds after the map.
      map.once('style.load', () => {
        if (over) return
        if (isOwn) addSymbols(map, palette, scale)
        else {
          const { sources, layers: extra } = areaStyle(input)
          for (const [id, source] of Object.entries(sources)) map.addSource(id, source)
          for (const layer of extra) map.addLayer(layer)
        }
        // Far out there is only ground: the city stays in sight.
        if (element.clientWidth > 0) map.setMinZoom(Math.max(0, map.getZoom() - ZOOM_OUT))
        setOpen({ kit, map, palette, scale, names: new Set(words), isOpen: () => !over })
        setStatus('open')
      })
      const onTile = (event: { tile?: unknown }) => {
        if (event.tile === undefined || over) return
        map.off('sourcedata', onTile)
        map.once('render', () => !over && setStatus('drawn'))
      }
      map.on('sourcedata', onTile)
    }
    start().catch((error: unknown) => {
      // No WebGL on this device: say so on the page, keep everything else running.
      console.error(error)
      if (!over) setStatus('unavailable')
    })

    return () => {
      over = true
      setOpen(undefined)
      setStatus('loading')
      opened?.remove()
    }
  }, [container, info, areas, layers, scale])

  return { open, status }
}
