// The map of open cases: grids shaded, lights by colour and shape, a ring where something just happened.
// A press on a grid, a cluster or a case tells the page which cases were meant; the camera moves only by hand.
import type { FeatureCollection } from 'geojson'
import { useEffect, useRef } from 'react'
import type { BoardCase } from '#domain/board.ts'
import { useZones, type City } from '../../api/city.ts'
import type { Pulse } from '../../live/feed.ts'
import type { Live } from '../../live/connect.ts'
import styles from './map.module.css'
import { MapNotice } from './map-notice.tsx'
import { MapState } from './map-state.tsx'
import { createFlood } from './flood.ts'
import { createFocus, type Focus } from './focus.ts'
import { addCases, CASES, createCaseView, createShading, type Shade } from './overlay.ts'
import { createRings } from './rings.ts'
import { gridLevel } from './style.ts'
import { useMap, WALL_LOOK } from './use-map.ts'
import { addZones } from './zones.ts'

interface BoardMapProps {
  city: City
  layers: FeatureCollection | undefined
  cases: readonly BoardCase[]
  shade: Shade
  /** What a cluster counts in red; keep it the same function as long as its answers are. */
  isHot: (c: BoardCase) => boolean
  /** Cases that the scene is not about are drawn faint; keep it the same function like `isHot`. */
  isFaint?: ((c: BoardCase) => boolean) | undefined
  /** Somebody asked to look here: the camera goes there, and back to the whole city when it is no more. */
  focus?: Focus | undefined
  /** In a storm water stands out, and the ground where such cases lie; keep it the same function too. */
  isWet?: ((c: BoardCase) => boolean) | undefined
  live: Live | undefined
  onArea: (code: string) => void
  onCases: (ids: string[]) => void
}

/** Clusters redraw at most this often. */
const REDRAW_MS = 1_000

export function BoardMap(props: BoardMapProps) {
  const { city, layers, cases, shade, isHot, isFaint, focus, isWet, live, onArea, onCases } = props
  const container = useRef<HTMLDivElement>(null)
  const { open, status } = useMap(container, city.info, city.areas, layers, WALL_LOOK)
  const zones = useZones()
  const latest = useRef({ cases, shade, isHot, isFaint, onArea, onCases })
  latest.current = { cases, shade, isHot, isFaint, onArea, onCases }

  useEffect(() => {
    if (!open) return
    const { map, kit, palette, scale } = open
    const grids = city.areas.filter((a) => a.level === gridLevel(city.info.levels.map((l) => l.key)))
    const codes = grids.map((g) => g.code)
    addCases(map, palette, scale)

    const show = createCaseView(kit, map)
    const shadeBy = createShading(map, codes)
    let drawn: typeof latest.current | undefined
    const draw = () => {
      // Closed already, and this clean-up is still to come: another size opens another map.
      if (!open.isOpen()) return
      const now = latest.current
      const isSame = drawn?.cases === now.cases
      if (!isSame || drawn?.isHot !== now.isHot || drawn.isFaint !== now.isFaint) show(now.cases, now)
      if (!isSame || drawn?.shade !== now.shade) shadeBy(now.cases, now.shade)
      drawn = now
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
        .leaves(map, CASES, Number(found.cluster_id), Number.POSITIVE_INFINITY)
        .then((leaves) => latest.current.onCases(leaves.map((l) => String(l.properties?.id))))
    })

    return () => {
      clearInterval(timer)
      stop?.()
      rings.clear()
    }
  }, [open, city, live])

  useEffect(() => {
    if (!open || !isWet) return
    const flood = createFlood(open)
    const draw = () => open.isOpen() && flood.show(latest.current.cases.filter(isWet))
    draw()
    const timer = setInterval(draw, REDRAW_MS)
    return () => {
      clearInterval(timer)
      flood.end()
    }
  }, [open, isWet])

  const at = focus === undefined ? undefined : `${focus.lng} ${focus.lat}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what counts, not the object that names it.
  useEffect(() => (open && focus ? createFocus(open, focus, city.info.bounds) : undefined), [open, at, city])

  useEffect(() => {
    if (!open || !zones) return
    const { map, palette, scale, names } = open
    if (!map.getSource('zones')) addZones(map, { palette, scale, known: names }, zones)
  }, [open, zones])

  return (
    <>
      <div ref={container} className={styles.map} data-map={status} />
      <MapState status={status} />
      <MapNotice info={city.info} />
    </>
  )
}
