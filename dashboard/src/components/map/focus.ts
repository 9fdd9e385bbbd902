// Looking at one place because somebody asked for it: the camera goes there, a pin stands, and afterwards the whole city
// is in sight again. Without animation where motion is not wanted.
import styles from './map.module.css'
import type { OpenMap } from './use-map.ts'

export interface Focus {
  lng: number
  lat: number
}

/** About six hundred metres across a wall's map. */
const NEAR = 16
const FLIGHT_MS = 1_200

/** @returns goes back. */
export function createFocus(
  { kit, map, scale, isOpen }: OpenMap,
  { lng, lat }: Focus,
  [w, s, e, n]: [number, number, number, number],
): () => void {
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const duration = isCalm ? 0 : FLIGHT_MS
  const pin = document.createElement('div')
  pin.className = styles.pin ?? ''
  const marker = kit.marker(map, pin, [lng, lat])
  map.easeTo({ center: [lng, lat], zoom: NEAR + Math.log2(scale), duration })
  return () => {
    marker.remove()
    if (!isOpen()) return
    const bounds: [[number, number], [number, number]] = [
      [w, s],
      [e, n],
    ]
    map.fitBounds(bounds, { padding: 16 * scale, duration })
  }
}
