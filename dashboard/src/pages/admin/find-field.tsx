// Looking for something among the choices of a form: Enter looks, it does not save.
import { Field } from '../../ui/field.tsx'

export function FindField(props: {
  label: string
  hint?: string | undefined
  fault?: string | undefined
  value: string
  onChange: (value: string) => void
}) {
  return (
    <Field label={props.label} hint={props.hint} fault={props.fault}>
      {(ids) => (
        <input
          {...ids}
          type="search"
          value={props.value}
          onChange={(e) => props.onChange(e.target.value)}
          onKeyDown={(e) => e.key === 'Enter' && e.preventDefault()}
        />
      )}
    </Field>
  )
}
