// Which area or unit a scene is about: those of the upper levels, by name.
import { useCity } from '../../api/city.ts'
import { useT } from '../../i18n/translate.ts'
import { Field } from '../../ui/field.tsx'

export function ScenePlace(props: { param: string; value: string; onChange: (code: string) => void }) {
  const t = useT()
  const places = usePlaces(props.param)
  return (
    <Field label={t('screens.plan.which')}>
      {(ids) => (
        <select {...ids} value={props.value} onChange={(e) => props.onChange(e.target.value)}>
          <option value="">{t('screens.plan.choose')}</option>
          {places.map((p) => (
            <option key={p.code} value={p.code}>
              {p.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** `area`: the two upper levels of the tree; `department`: units that lead cases. */
export function usePlaces(param: string): { code: string; name: string }[] {
  const city = useCity()
  if (!city) return []
  if (param === 'department') return city.departments.filter((d) => d.parent === undefined)
  const tops = new Set(city.areas.filter((a) => a.parent === undefined).map((a) => a.code))
  return city.areas.filter((a) => a.parent === undefined || tops.has(a.parent))
}
