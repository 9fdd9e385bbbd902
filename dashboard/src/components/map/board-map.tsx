// The map of open cases: grids shaded, lights by colour and shape, a ring where something just happened.
// A press on a grid, a cluster or a case tells the page which cases were meant; the camera moves only by hand.
import type { FeatureCollection } from 'geojson'
import { useEffect, useRef } from 'react'
import type { BoardCase } from '#domain/board.ts'
import { useZones, type City } from '../../api/city.ts'
import type { Pulse } from '../../live/feed.ts'
import type { Live } from '../../live/connect.ts'
import { useT } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import styles from './map.module.css'
import { addCases, shadeGrids, showCases, type Shade } from './overlay.ts'
import { createRings } from './rings.ts'
import { gridLevel } from './style.ts'
import { useMap, WALL_LOOK } from './use-map.ts'
import { addZones } from './zones.ts'

export interface BoardMapProps {
  city: City
  layers: FeatureCollection | undefined
  cases: readonly BoardCase[]
  shade: Shade
  /** What a cluster counts in red. */
  isHot: (c: BoardCase) => boolean
  live: Live | undefined
  onArea: (code: string) => void
  onCases: (ids: string[]) => void
}

/** Clusters redraw at most this often. */
const REDRAW_MS = 1_000

export function BoardMap({ city, layers, cases, shade, isHot, live, onArea, onCases }: BoardMapProps) {
  const t = useT()
  const container = useRef<HTMLDivElement>(null)
  const { open, status } = useMap(container, city.info, city.areas, layers, WALL_LOOK)
  const zones = useZones()
  const latest = useRef({ cases, shade, isHot, onArea, onCases })
  latest.current = { cases, shade, isHot, onArea, onCases }

  useEffect(() => {
    if (!open) return
    const { map, kit, palette, scale } = open
    const grids = city.areas.filter((a) => a.level === gridLevel(city.info.levels.map((l) => l.key)))
    const codes = grids.map((g) => g.code)
    addCases(map, palette, scale)

    let shown: { cases: readonly BoardCase[]; shade: Shade } | undefined
    const draw = () => {
      const { cases: now, shade: mode } = latest.current
      if (shown?.cases !== now) showCases(map, now, latest.current.isHot)
      if (shown?.cases !== now || shown.shade !== mode) shadeGrids(map, codes, now, mode)
      shown = { cases: now, shade: mode }
    }
    draw()
    const timer = setInterval(draw, REDRAW_MS)

    const rings = createRings(kit, map)
    const stop = live?.onPulses((pulses: Pulse[]) => rings.show(pulses))

    map.on('click', (event) => {
      const [hit] = map.queryRenderedFeatures(event.point, { layers: ['case', 'cluster', 'grid-shade'] })
      const found = hit?.properties
      if (!hit || !found) return
      if (hit.layer.id === 'grid-shade') return latest.current.onArea(String(found.code))
      if (hit.layer.id === 'case') return latest.current.onCases([String(found.id)])
      void kit
        .leaves(map, 'cases', Number(found.cluster_id), Number.POSITIVE_INFINITY)
        .then((leaves) => latest.current.onCases(leaves.map((l) => String(l.properties?.id))))
    })

    return () => {
      clearInterval(timer)
      stop?.()
      rings.clear()
    }
  }, [open, city, live])

  useEffect(() => {
    if (!open || !zones) return
    const { map, palette, scale, names } = open
    if (!map.getSource('zones')) addZones(map, { palette, scale, known: names }, zones)
  }, [open, zones])

  return (
    <>
      <div ref={container} className={styles.map} />
      {status === 'unavailable' && <Notice kind="fault">{t('wall.map.unavailable')}</Notice>}
    </>
  )
}
