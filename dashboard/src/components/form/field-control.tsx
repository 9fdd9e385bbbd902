// The control for one field of a generated form, by its kind.
import { useDepartments } from '../../api/city.ts'
import { useT, wordFor } from '../../i18n/translate.ts'
import type { FieldIds } from '../../ui/field.tsx'
import { CategoryField } from './category-field.tsx'
import styles from './form.module.css'
import { LocationField } from './location-field.tsx'
import { PhotosField } from './photos-field.tsx'
import type { FieldSpec, FieldValue, LngLat } from './schema.ts'

/** Values to choose from, by the name of the field. */
export type Choices = Record<string, { value: string; text: string }[]>

interface ControlProps {
  field: FieldSpec
  choices?: Choices[string] | undefined
  ids: FieldIds
  value: FieldValue
  /** Photos come from the camera where the device has one. */
  camera?: boolean
  onChange: (value: FieldValue) => void
}

const asText = (value: FieldValue) => (typeof value === 'string' ? value : '')

export function FieldControl({ field, choices, ids, value, camera = false, onChange }: ControlProps) {
  const t = useT()
  switch (field.kind) {
    case 'line':
      return choices ? (
        <Select ids={ids} value={value} onChange={onChange} options={choices} />
      ) : (
        <input {...ids} value={asText(value)} onChange={(e) => onChange(e.target.value)} />
      )
    case 'text':
      return <textarea {...ids} value={asText(value)} onChange={(e) => onChange(e.target.value)} />
    case 'moment':
      return (
        <input
          {...ids}
          type="datetime-local"
          value={asText(value)}
          onChange={(e) => onChange(e.target.value)}
        />
      )
    case 'choice':
      return (
        <Select
          ids={ids}
          value={value}
          onChange={onChange}
          options={field.options.map((o) => ({ value: o, text: wordFor(t, field.name, o) }))}
        />
      )
    case 'boolean':
      return <YesNo field={field} ids={ids} value={value} onChange={onChange} />
    case 'photos':
      return (
        <PhotosField
          id={ids.id}
          most={field.most}
          kept={Array.isArray(value) ? value : undefined}
          camera={camera}
          onChange={onChange}
        />
      )
    case 'location':
      return <LocationField value={value as LngLat | undefined} onChange={onChange} />
    case 'department':
    case 'departments':
      return <Departments field={field} ids={ids} value={value} onChange={onChange} />
    case 'category':
      return <CategoryField ids={ids} value={asText(value) || undefined} onChange={onChange} />
  }
}

function YesNo({ field, ids, value, onChange }: ControlProps) {
  const t = useT()
  const text = (answer: boolean) => {
    const own = wordFor(t, `form.${field.name}`, String(answer))
    return own === String(answer) ? t(answer ? 'form.yes' : 'form.no') : own
  }
  return (
    <span className={styles.choices}>
      {[true, false].map((answer, i) => (
        <label key={String(answer)}>
          <input
            {...(i === 0 ? ids : {})}
            type="radio"
            name={ids.id}
            checked={value === answer}
            onChange={() => onChange(answer)}
          />
          {text(answer)}
        </label>
      ))}
    </span>
  )
}

function Departments({ field, ids, value, onChange }: ControlProps) {
  const departments = useDepartments() ?? []
  if (field.kind === 'departments') {
    const chosen = Array.isArray(value) ? value : []
    return (
      <select
        {...ids}
        multiple
        size={5}
        value={chosen}
        onChange={(e) => onChange([...e.target.selectedOptions].map((o) => o.value))}
      >
        {departments.map((d) => (
          <option key={d.code} value={d.code}>
            {d.name}
          </option>
        ))}
      </select>
    )
  }
  return (
    <Select
      ids={ids}
      value={value}
      onChange={onChange}
      options={departments.map((d) => ({ value: d.code, text: d.name }))}
    />
  )
}

function Select(props: Pick<ControlProps, 'ids' | 'value' | 'onChange'> & { options: Choices[string] }) {
  const t = useT()
  return (
    <select {...props.ids} value={asText(props.value)} onChange={(e) => props.onChange(e.target.value)}>
      <option value="">{t('form.choose')}</option>
      {props.options.map((o) => (
        <option key={o.value} value={o.value}>
          {o.text}
        </option>
      ))}
    </select>
  )
}
