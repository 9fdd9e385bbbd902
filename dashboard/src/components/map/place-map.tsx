// Where it is: one pin on the city's map, at a zoom that shows the street.
import { useEffect, useRef } from 'react'
import { useAreas, useCityInfo, useMapLayers } from '../../api/city.ts'
import { useT } from '../../i18n/translate.ts'
import mapStyles from './map.module.css'
import box from './map-box.module.css'
import { MapState } from './map-state.tsx'
import { HAND_LOOK, useMap } from './use-map.ts'

const STREET_ZOOM = 15.5

export function PlaceMap({ lng, lat }: { lng: number; lat: number }) {
  const t = useT()
  const container = useRef<HTMLDivElement>(null)
  const { open, status } = useMap(container, useCityInfo(), useAreas(), useMapLayers(), HAND_LOOK)
  useEffect(() => {
    if (!open) return
    const pin = document.createElement('div')
    pin.className = mapStyles.pin ?? ''
    const marker = open.kit.marker(open.map, pin, [lng, lat])
    open.map.jumpTo({ center: [lng, lat], zoom: STREET_ZOOM })
    return () => marker.remove()
  }, [open, lng, lat])
  return (
    <div className={box.low} role="img" aria-label={t('case.position')}>
      <div ref={container} className={mapStyles.map} data-map={status} />
      <MapState status={status} />
    </div>
  )
}
