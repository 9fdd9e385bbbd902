// Which area or unit: those of the upper levels, by name.
import { useCity } from '../api/city.ts'
import { useT } from '../i18n/translate.ts'
import type { FieldIds } from '../ui/field.tsx'

export function PlaceSelect(
  props: (FieldIds | { 'aria-label': string }) & {
    /** `area`: the two upper levels of the tree; `department`: units that lead cases. */
    param: string
    value: string
    onChange: (code: string) => void
  },
) {
  const t = useT()
  const { param, onChange, ...rest } = props
  const places = usePlaces(param)
  return (
    <select {...rest} onChange={(e) => onChange(e.target.value)}>
      <option value="">{t('screens.plan.choose')}</option>
      {places.map((p) => (
        <option key={p.code} value={p.code}>
          {p.name}
        </option>
      ))}
    </select>
  )
}

/** Places of that kind by name; none until the city is known. */
export function usePlaces(param: string): { code: string; name: string }[] {
  const city = useCity()
  if (!city) return []
  if (param === 'department') return city.departments.filter((d) => d.parent === undefined)
  const tops = new Set(city.areas.filter((a) => a.parent === undefined).map((a) => a.code))
  return city.areas.filter((a) => a.parent === undefined || tops.has(a.parent))
}
