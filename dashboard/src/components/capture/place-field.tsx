// The place of a report: from the device with its accuracy, by a press on the map, or by the name of a road, community or
// landmark where there is neither.
import { useMemo, useState } from 'react'
import { useAreas, useMapLayers } from '../../api/city.ts'
import { useT } from '../../i18n/translate.ts'
import chips from '../../ui/chips.module.css'
import hits from '../../ui/found.module.css'
import styles from './capture.module.css'
import { PickMapBox } from '../map/pick-map-box.tsx'
import { namedPlaces, searchPlaces } from './place-search.ts'
import type { UsePlace } from './use-place.ts'

/** Where a report is, and how that is known. */
export interface Chosen {
  lng: number
  lat: number
  accuracyM?: number
  by: 'device' | 'map' | 'name'
  name?: string
}

const POOR_M = 100
const SHOWN = 6

export function PlaceField(props: {
  value: Chosen | undefined
  device: UsePlace
  onChange: (at: Chosen | undefined) => void
}) {
  const t = useT()
  const { value, device, onChange } = props
  const [open, setOpen] = useState<'map' | 'words'>()
  const toggle = (what: 'map' | 'words') => setOpen(open === what ? undefined : what)
  const fault = value === undefined && !device.locating ? device.fault : undefined
  return (
    <div className={styles.place}>
      <div className={styles.state}>
        <span role="status">{stateOf(value, device.locating, t)}</span>
      </div>
      {value?.by === 'device' && (value.accuracyM ?? 0) > POOR_M && (
        <p className={styles.fault}>{t('place.poor')}</p>
      )}
      {fault !== undefined && (
        <p className={styles.fault} role="alert">
          {fault === 'insecure' ? t('report.where.insecure') : t(`place.${fault}`)}
        </p>
      )}
      <div className={chips.chips}>
        <button
          type="button"
          onClick={() => {
            setOpen(undefined)
            onChange(undefined)
            device.ask()
          }}
        >
          {t('place.again')}
        </button>
        <button type="button" aria-expanded={open === 'map'} onClick={() => toggle('map')}>
          {t('place.map')}
        </button>
        <button type="button" aria-expanded={open === 'words'} onClick={() => toggle('words')}>
          {t('place.words')}
        </button>
      </div>
      {open === 'map' && (
        <PickMapBox value={value} onPick={({ lng, lat }) => onChange({ lng, lat, by: 'map' })} />
      )}
      {open === 'words' && (
        <ByName
          onChoose={(at) => {
            onChange(at)
            setOpen(undefined)
          }}
        />
      )}
    </div>
  )
}

function stateOf(value: Chosen | undefined, locating: boolean, t: ReturnType<typeof useT>): string {
  if (value?.by === 'map') return t('place.picked')
  if (value?.by === 'name') return t('place.named', { name: value.name ?? '', m: value.accuracyM ?? 0 })
  if (value) return t('place.here', { m: value.accuracyM ?? 0 })
  return t(locating ? 'place.locating' : 'place.none')
}

function ByName({ onChoose }: { onChoose: (at: Chosen) => void }) {
  const t = useT()
  const areas = useAreas()
  const layers = useMapLayers()
  const places = useMemo(() => namedPlaces(areas ?? [], layers), [areas, layers])
  const [words, setWords] = useState('')
  const found = searchPlaces(places, words, SHOWN)
  return (
    <div>
      <input
        type="search"
        autoComplete="off"
        aria-label={t('place.words.label')}
        placeholder={t('place.words.label')}
        value={words}
        onChange={(e) => setWords(e.target.value)}
      />
      <ul className={hits.found}>
        {found.map(({ name, lng, lat, withinM }) => (
          <li key={name}>
            <button
              type="button"
              onClick={() => onChoose({ lng, lat, accuracyM: withinM, by: 'name', name })}
            >
              <span>{name}</span>
            </button>
          </li>
        ))}
      </ul>
      {words.trim().length > 1 && found.length === 0 && (
        <p className={styles.quiet}>{t('place.words.none')}</p>
      )}
    </div>
  )
}
