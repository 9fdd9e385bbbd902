// A position: from the device, where the browser gives one, or from a press on the map.
import { useState } from 'react'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { PickMapBox } from '../map/pick-map-box.tsx'
import styles from './form.module.css'
import type { LngLat } from './schema.ts'

export function LocationField(props: { value: LngLat | undefined; onChange: (at: LngLat) => void }) {
  const t = useT()
  const { value, onChange } = props
  const [fault, setFault] = useState<string>()
  const [mapOpen, setMapOpen] = useState(false)

  const locate = () => {
    setFault(undefined)
    if (!window.isSecureContext || !navigator.geolocation) {
      setFault(t('report.where.insecure'))
      setMapOpen(true)
      return
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        onChange({ lng: coords.longitude, lat: coords.latitude, accuracyM: Math.round(coords.accuracy) }),
      (error) => {
        setFault(t('form.position.failed', { reason: error.message }))
        setMapOpen(true)
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    )
  }

  return (
    <div className={styles.location}>
      <div className={styles.buttons}>
        <Button onClick={locate}>{t('form.here')}</Button>
        <Button aria-expanded={mapOpen} onClick={() => setMapOpen(!mapOpen)}>
          {t('report.where.map')}
        </Button>
      </div>
      <p className={styles.quiet}>
        {value
          ? t('report.where.ok', { lng: value.lng.toFixed(5), lat: value.lat.toFixed(5) })
          : t('form.position.none')}
      </p>
      {fault !== undefined && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      {mapOpen && <PickMapBox value={value} onPick={onChange} />}
    </div>
  )
}
