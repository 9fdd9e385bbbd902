// A map to press on: the position of a report. A pin stands where the position is.
import { useEffect, useRef } from 'react'
import { useAreas, useCityInfo, useMapLayers } from '../../api/city.ts'
import { useT } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import styles from './map.module.css'
import { HAND_LOOK, useMap } from './use-map.ts'

export interface Pick {
  lng: number
  lat: number
}

export function PickMap({ value, onPick }: { value: Pick | undefined; onPick: (at: Pick) => void }) {
  const t = useT()
  const container = useRef<HTMLDivElement>(null)
  const info = useCityInfo()
  const areas = useAreas()
  const layers = useMapLayers()
  const { open, status } = useMap(container, info, areas, layers, HAND_LOOK)
  const latest = useRef(onPick)
  latest.current = onPick

  useEffect(() => {
    open?.map.on('click', (event) => latest.current({ lng: event.lngLat.lng, lat: event.lngLat.lat }))
  }, [open])

  useEffect(() => {
    if (!open || !value) return
    const pin = document.createElement('div')
    pin.className = styles.pin ?? ''
    const marker = open.kit.marker(open.map, pin, [value.lng, value.lat])
    const { lng, lat } = value
    if (!open.map.getBounds().contains([lng, lat])) open.map.jumpTo({ center: [lng, lat] })
    return () => marker.remove()
  }, [open, value])

  return (
    <>
      <div ref={container} className={styles.map} />
      {status === 'unavailable' && <Notice kind="fault">{t('wall.map.unavailable')}</Notice>}
    </>
  )
}
