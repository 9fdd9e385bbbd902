// The form of one action, built from the JSON Schema of its payload. Faults stand at their field.
import { useEffect, useMemo, useState, type FormEvent, type ReactNode } from 'react'
import { faultOf, problemText, type Problem } from '../../api/problem.ts'
import { useT, wordFor, type Translate } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { dropDraft, keepDraft, keptDraft } from './drafts.ts'
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

interface SchemaFormProps {
  schema: JsonSchema
  /** What the page knows that the schema cannot: values to choose from, by field. */
  choices?: Choices | undefined
  /** What the page fills in, now or later; what was typed elsewhere stays. Another object is filled in anew. */
  filled?: FormValues | undefined
  submitLabel: string
  timeZone: string
  /** Keeps what is written on this device under this name until it is sent. */
  draft?: string | undefined
  /** What fields are called here, where not as everywhere. */
  labels?: Readonly<Record<string, string>> | undefined
  /** Stands before the buttons, and hears of every change. */
  before?: ((values: FormValues) => ReactNode) | undefined
  /** Photos come from the camera where the device has one. */
  camera?: boolean
  /** Sends the payload; a problem comes back, or undefined when it was taken. */
  onSubmit: (payload: Record<string, unknown>) => Promise<Problem | undefined>
  /** Absent where there is nothing to go back to. */
  onCancel?: () => void
}

const labelOf = (field: FieldSpec, labels: SchemaFormProps['labels'], t: Translate) => {
  const name = labels?.[field.name] ?? wordFor(t, 'field', field.name)
  return field.required ? name : `${name}${t('sign.aside', { words: t('form.optional') })}`
}

const faultText = (fault: Fault | undefined, t: Translate) =>
  fault && ('missing' in fault ? t('form.required') : t('form.min-photos', { n: fault.leastPhotos }))

export function SchemaForm({
  schema,
  choices,
  filled,
  submitLabel,
  timeZone,
  draft,
  labels,
  before,
  camera,
  onSubmit,
  onCancel,
}: SchemaFormProps) {
  const t = useT()
  const form = useMemo(() => formOf(schema), [schema])
  const [values, setValues] = useState<FormValues>(() => ({ ...filled, ...keptDraft(draft) }))
  const [faults, setFaults] = useState<Fault[]>([])
  const [problem, setProblem] = useState<Problem>()
  const [sending, setSending] = useState(false)

  useEffect(() => setValues((v) => ({ ...v, ...filled })), [filled])
  useEffect(() => keepDraft(draft, values), [draft, values])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing = faultsOf(form, values)
    setFaults(missing)
    if (missing.length > 0) return
    setSending(true)
    const refused = await onSubmit(payloadOf(form, values, timeZone))
    setProblem(refused)
    setSending(false)
    if (refused) return
    dropDraft(draft)
    setValues({})
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      {form.fields.map((field) => (
        <Field
          key={field.name}
          label={labelOf(field, labels, t)}
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
              camera={camera === true}
              onChange={(value) => setValues((v) => ({ ...v, [field.name]: value }))}
            />
          )}
        </Field>
      ))}
      {before?.(values)}
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" disabled={sending || form.unknown.length > 0}>
          {sending ? t('form.sending') : submitLabel}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t('form.cancel')}</Button>}
      </div>
    </form>
  )
}
