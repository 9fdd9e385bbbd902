// Where the device is: asked once it is wanted, kept up while the page is open. The browser gives it to secure addresses only.
import { useCallback, useEffect, useRef, useState } from 'react'

interface DevicePlace {
  lng: number
  lat: number
  /** Metres. */
  accuracyM: number
  /** Epoch ms by the device's clock. */
  at: number
}

type PlaceFault = 'insecure' | 'denied' | 'failed'

export interface UsePlace {
  place: DevicePlace | undefined
  locating: boolean
  fault: PlaceFault | undefined
  ask: () => void
}

const FIND = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 5_000 }
const DENIED = 1

export function usePlace(wanted: boolean): UsePlace {
  const [place, setPlace] = useState<DevicePlace>()
  const [locating, setLocating] = useState(false)
  const [fault, setFault] = useState<PlaceFault>()
  const watch = useRef<number>(undefined)

  const stop = useCallback(() => {
    if (watch.current !== undefined) navigator.geolocation.clearWatch(watch.current)
    watch.current = undefined
  }, [])
  const ask = useCallback(() => {
    setFault(undefined)
    if (!window.isSecureContext || !('geolocation' in navigator)) return setFault('insecure')
    stop()
    setLocating(true)
    watch.current = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => {
        setLocating(false)
        setFault(undefined)
        setPlace({
          lng: coords.longitude,
          lat: coords.latitude,
          accuracyM: Math.max(1, Math.round(coords.accuracy)),
          at: timestamp,
        })
      },
      (error) => {
        setLocating(false)
        setFault(error.code === DENIED ? 'denied' : 'failed')
      },
      FIND,
    )
  }, [stop])

  useEffect(() => {
    if (wanted) ask()
    return stop
  }, [wanted, ask, stop])
  return { place, locating, fault, ask }
}
