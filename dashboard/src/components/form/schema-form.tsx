// The form of one action, built from the JSON Schema of its payload. Faults stand at their field.
import { useEffect, useMemo, useState, type FormEvent } from 'react'
import { faultOf, problemText, type Problem } from '../../api/problem.ts'
import { useT, wordFor, type Translate } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { FieldControl, type Choices } from './field-control.tsx'
import styles from './form.module.css'
import {
  faultsOf,
  formOf,
  payloadOf,
  type Fault,
  type FieldSpec,
  type FormValues,
  type JsonSchema,
} from './schema.ts'

export interface SchemaFormProps {
  schema: JsonSchema
  /** What the page knows that the schema cannot: values to choose from, by field. */
  choices?: Choices | undefined
  /** What the page fills in, now or later; what was typed elsewhere stays. Another object is filled in anew. */
  filled?: FormValues | undefined
  submitLabel: string
  timeZone: string
  /** Sends the payload; a problem comes back, or undefined when it was taken. */
  onSubmit: (payload: Record<string, unknown>) => Promise<Problem | undefined>
  onCancel: () => void
}

const labelOf = (field: FieldSpec, t: Translate) => {
  const name = wordFor(t, 'field', field.name)
  return field.required ? name : `${name}（${t('form.optional')}）`
}

const faultText = (fault: Fault | undefined, t: Translate) =>
  fault && ('missing' in fault ? t('form.required') : t('form.min-photos', { n: fault.leastPhotos }))

export function SchemaForm({
  schema,
  choices,
  filled,
  submitLabel,
  timeZone,
  onSubmit,
  onCancel,
}: SchemaFormProps) {
  const t = useT()
  const form = useMemo(() => formOf(schema), [schema])
  const [values, setValues] = useState<FormValues>(filled ?? {})
  const [faults, setFaults] = useState<Fault[]>([])
  const [problem, setProblem] = useState<Problem>()
  const [sending, setSending] = useState(false)

  useEffect(() => setValues((v) => ({ ...v, ...filled })), [filled])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing = faultsOf(form, values)
    setFaults(missing)
    if (missing.length > 0) return
    setSending(true)
    setProblem(await onSubmit(payloadOf(form, values, timeZone)))
    setSending(false)
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      {form.fields.map((field) => (
        <Field
          key={field.name}
          label={labelOf(field, t)}
          fault={
            faultText(
              faults.find((f) => f.field === field.name),
              t,
            ) ?? faultOf(problem, field.name, t)
          }
        >
          {(ids) => (
            <FieldControl
              field={field}
              choices={choices?.[field.name]}
              ids={ids}
              value={values[field.name]}
              onChange={(value) => setValues((v) => ({ ...v, [field.name]: value }))}
            />
          )}
        </Field>
      ))}
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" disabled={sending || form.unknown.length > 0}>
          {sending ? t('form.sending') : submitLabel}
        </Button>
        <Button onClick={onCancel}>{t('form.cancel')}</Button>
      </div>
    </form>
  )
}
