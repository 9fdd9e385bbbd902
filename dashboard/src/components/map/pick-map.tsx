// A map to press on: the position of a report. A pin stands where the position is.
import { useEffect, useRef } from 'react'
import { useAreas, useCityInfo, useMapLayers } from '../../api/city.ts'
import styles from './map.module.css'
import { MapState } from './map-state.tsx'
import { HAND_LOOK, useMap } from './use-map.ts'

/** The streets around. */
const STREET_ZOOM = 14.5

export interface Pick {
  lng: number
  lat: number
}

export function PickMap({ value, onPick }: { value: Pick | undefined; onPick: (at: Pick) => void }) {
  const container = useRef<HTMLDivElement>(null)
  const info = useCityInfo()
  const areas = useAreas()
  const layers = useMapLayers()
  const { open, status } = useMap(container, info, areas, layers, HAND_LOOK)
  const latest = useRef(onPick)
  latest.current = onPick
  const pressed = useRef<Pick>(undefined)

  useEffect(() => {
    open?.map.on('click', ({ lngLat: { lng, lat } }) => {
      pressed.current = { lng, lat }
      latest.current({ lng, lat })
    })
  }, [open])

  useEffect(() => {
    if (!open || !value) return
    const pin = document.createElement('div')
    pin.className = styles.pin ?? ''
    const marker = open.kit.marker(open.map, pin, [value.lng, value.lat])
    const { lng, lat } = value
    // What was found by its name or by the device is to be seen close; a press stays where it is looked at.
    if (pressed.current?.lng !== lng || pressed.current.lat !== lat)
      open.map.jumpTo({ center: [lng, lat], zoom: Math.max(open.map.getZoom(), STREET_ZOOM) })
    return () => marker.remove()
  }, [open, value])

  return (
    <>
      <div ref={container} className={styles.map} data-map={status} />
      <MapState status={status} />
    </>
  )
}
