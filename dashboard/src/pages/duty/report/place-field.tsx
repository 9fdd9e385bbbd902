// A place by its name: areas, zones and what the map names, found while typing; the words stay as the address.
import { useId, useMemo, useState } from 'react'
import { useAreas, useMapLayers, useZones } from '../../../api/city.ts'
import { namedPlaces, searchPlaces } from '../../../components/capture/place-search.ts'
import { useT } from '../../../i18n/translate.ts'
import { Field } from '../../../ui/field.tsx'
import styles from './phone-report.module.css'

const SHOWN = 8

export function PlaceField(props: {
  address: string
  fault: string | undefined
  onAddress: (address: string) => void
  onPlace: (at: { lng: number; lat: number }, name: string) => void
}) {
  const t = useT()
  const { address, fault, onAddress, onPlace } = props
  const areas = useAreas()
  const zones = useZones()
  const layers = useMapLayers()
  const places = useMemo(
    () => namedPlaces([...(areas ?? []), ...(zones ?? [])], layers),
    [areas, zones, layers],
  )
  const list = useId()
  const [words, setWords] = useState('')
  const found = searchPlaces(places, words, SHOWN)
  const choose = (name: string, lng: number, lat: number) => {
    onPlace({ lng, lat }, name)
    setWords('')
  }
  return (
    <>
      <Field label={t('centre.report.place')} hint={t('centre.report.place.hint')} fault={fault}>
        {(ids) => (
          <input
            {...ids}
            type="search"
            autoComplete="off"
            aria-controls={list}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              const [best] = found
              if (best) choose(best.name, best.lng, best.lat)
            }}
          />
        )}
      </Field>
      {words.trim().length > 1 && found.length === 0 && (
        <p className={styles.quiet}>{t('place.words.none')}</p>
      )}
      <ul id={list} className={styles.places}>
        {found.map(({ name, lng, lat }) => (
          <li key={name}>
            <button type="button" onClick={() => choose(name, lng, lat)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
      <Field label={t('report.address')}>
        {(ids) => <input {...ids} value={address} onChange={(event) => onAddress(event.target.value)} />}
      </Field>
    </>
  )
}
