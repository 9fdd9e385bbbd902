// A ring where something just happened, for three seconds. Never moves the camera; with reduced motion it stands still.
import type { Pulse } from '../../live/feed.ts'
import type { MapKit, MapView } from './load.ts'
import styles from './map.module.css'

const RING_MS = 3_000
/** More at once would be noise; each stands its time, so that a burst does not flicker. */
const MOST = 3

export function createRings(kit: MapKit, map: MapView) {
  const standing = new Set<() => void>()
  return {
    show(pulses: readonly Pulse[]) {
      const room = MOST - standing.size
      for (const { lng, lat } of room > 0 ? pulses.slice(-room) : []) {
        const element = document.createElement('div')
        element.className = styles.ring ?? ''
        const marker = kit.marker(map, element, [lng, lat])
        const remove = () => {
          clearTimeout(timer)
          marker.remove()
          standing.delete(remove)
        }
        const timer = setTimeout(remove, RING_MS)
        standing.add(remove)
      }
    },
    clear() {
      for (const remove of [...standing]) remove()
    },
  }
}
