// A place by its name: areas, zones and what the map names, found while typing; the words stay as the address.
import { useId, useMemo, useState } from 'react'
import type { Feature, Position } from 'geojson'
import { useMapLayers, useZones } from '../../../api/city.ts'
import { useT } from '../../../i18n/translate.ts'
import { Field } from '../../../ui/field.tsx'
import { useDesk } from '../desk-context.ts'
import styles from './phone-report.module.css'

interface Place {
  name: string
  kind: string
  lng: number
  lat: number
}

const SHOWN = 8

/** A point on or in the middle of a shape. */
function middleOf({ geometry }: Feature): Position | undefined {
  switch (geometry.type) {
    case 'Point':
      return geometry.coordinates
    case 'LineString':
      return geometry.coordinates[Math.floor(geometry.coordinates.length / 2)]
    case 'MultiLineString':
      return geometry.coordinates[0]?.[Math.floor((geometry.coordinates[0]?.length ?? 0) / 2)]
    case 'Polygon':
    case 'MultiPolygon': {
      const ring = geometry.type === 'Polygon' ? geometry.coordinates[0] : geometry.coordinates[0]?.[0]
      if (!ring || ring.length === 0) return undefined
      const sum = (i: number) => ring.reduce((n, p) => n + (p[i] ?? 0), 0) / ring.length
      return [sum(0), sum(1)]
    }
    default:
      return undefined
  }
}

function usePlaces(): Place[] {
  const { city } = useDesk()
  const zones = useZones()
  const layers = useMapLayers()
  return useMemo(() => {
    const level = new Map(city.info.levels.map((l) => [l.key, l.name]))
    const named = (layers?.features ?? []).flatMap((f): Place[] => {
      const name: unknown = f.properties?.name
      const at = middleOf(f)
      const [lng, lat] = at ?? []
      return typeof name === 'string' && lng !== undefined && lat !== undefined
        ? [{ name, kind: '', lng, lat }]
        : []
    })
    const zoned = (zones ?? []).flatMap((z): Place[] => {
      const at = z.geometry && middleOf({ type: 'Feature', geometry: z.geometry, properties: {} })
      const [lng, lat] = at ?? []
      return lng === undefined || lat === undefined ? [] : [{ name: z.name, kind: '', lng, lat }]
    })
    const areas = city.areas.map((a) => ({ name: a.name, kind: level.get(a.level) ?? '', ...a.centre }))
    const all = [...named, ...zoned, ...areas]
    return all.filter((p, i) => all.findIndex((o) => o.name === p.name) === i)
  }, [city, zones, layers])
}

export function PlaceField(props: {
  address: string
  fault: string | undefined
  onAddress: (address: string) => void
  onPlace: (at: { lng: number; lat: number }, name: string) => void
}) {
  const t = useT()
  const { address, fault, onAddress, onPlace } = props
  const places = usePlaces()
  const list = useId()
  const [words, setWords] = useState('')
  const needle = words.trim()
  const found = needle.length < 2 ? [] : places.filter((p) => p.name.includes(needle)).slice(0, SHOWN)
  const choose = (p: Place) => {
    onPlace({ lng: p.lng, lat: p.lat }, p.name)
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
              if (found[0]) choose(found[0])
            }}
          />
        )}
      </Field>
      <ul id={list} className={styles.places}>
        {found.map((p) => (
          <li key={`${p.name} ${p.lng}`}>
            <button type="button" onClick={() => choose(p)}>
              {p.name} <small>{p.kind}</small>
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
