// What a decision needs before it can be taken: a yes, a reason (by a digit, or in words), an outcome, the other case, or
// the fields of its form. Everything can be answered from the keyboard.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { OUTCOMES } from '#domain/case.ts'
import type { ActionJson } from '../../../api/cases.ts'
import type { DeskItemJson } from '../../../api/desk.ts'
import { problemText } from '../../../api/problem.ts'
import { useResource } from '../../../api/use-resource.ts'
import { SchemaForm } from '../../../components/form/schema-form.tsx'
import type { FormValues } from '../../../components/form/schema.ts'
import { Key } from '../../../components/keys/keys-help.tsx'
import type { Language } from '../../../i18n/language.ts'
import { useT, wordFor } from '../../../i18n/translate.ts'
import { reasonWords } from '../../../i18n/reason-words.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useModal } from '../../../ui/use-modal.ts'
import { useDesk } from '../desk-context.ts'
import { type Asks, reasonsFor, type Step } from '../model/steps.ts'
import styles from './ask-dialog.module.css'
import { useSaid } from './said.ts'

export interface Question {
  asks: Asks | 'yes'
  action: string
  /** With `yes`: what it is about. */
  steps?: readonly Step[]
}

interface AskProps {
  question: Question
  item: DeskItemJson
  outcome: string
  language: Language
  onTake: (steps: readonly Step[]) => void
  onClose: () => void
}

export function AskDialog(props: AskProps) {
  const t = useT()
  const { question, item, onClose } = props
  const modal = useModal(onClose)
  const title = `${wordFor(t, 'centre.step', question.action)} ${item.case.caseNo ?? item.case.receiptNo}`
  return (
    <dialog {...modal} className={styles.dialog} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      <Body {...props} />
    </dialog>
  )
}

function Body(props: AskProps): ReactNode {
  switch (props.question.asks) {
    case 'yes':
      return <Yes {...props} />
    case 'reason':
      return <Reasons {...props} />
    case 'outcome':
      return <Outcomes {...props} />
    case 'case':
      return <Cases {...props} />
    default:
      return <ActionForm {...props} />
  }
}

function Yes({ question, onTake, onClose }: AskProps) {
  const t = useT()
  const { step, payload } = useSaid()
  const steps = question.steps ?? []
  const yes = useRef<HTMLButtonElement>(null)
  useEffect(() => yes.current?.focus(), [])
  return (
    <>
      <ol className={styles.steps}>
        {steps.map((s) => (
          <li key={s.action}>
            <strong>{step(s.action)}</strong> {payload(s.payload)}
          </li>
        ))}
      </ol>
      <div className={styles.buttons}>
        <Button onClick={onClose}>{t('form.cancel')}</Button>
        <Button ref={yes} kind="primary" onClick={() => onTake(steps)}>
          {t('centre.yes')} <Key name="enter" />
        </Button>
      </div>
    </>
  )
}

/** A row of choices, each with its digit; digits work while no field is typed in. */
function Digits(props: {
  options: readonly { value: string; text: string; note?: string }[]
  onChoose: (value: string) => void
}) {
  const { options, onChoose } = props
  const list = useRef<HTMLUListElement>(null)
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    list.current?.querySelector('button')?.focus()
    const press = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return
      const chosen = latest.current.options[Number(event.key) - 1]
      if (!chosen || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      latest.current.onChoose(chosen.value)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return (
    <ul ref={list} className={styles.digits}>
      {options.map(({ value, text, note }, i) => (
        <li key={value}>
          <button type="button" onClick={() => onChoose(value)}>
            <Key name={String(i + 1)} />
            <span>
              {text}
              {note !== undefined && <small>{note}</small>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Reasons({ question, onTake, onClose }: AskProps) {
  const t = useT()
  const { action } = question
  const [words, setWords] = useState('')
  const reasons = reasonsFor(action)
  const send = (reason: string) => onTake([{ action, payload: { reason } }])
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (words.trim() !== '') send(words.trim())
      }}
    >
      {reasons.length > 0 && (
        <Digits options={reasons.map((r) => ({ value: r, text: reasonWords(r, t) }))} onChoose={send} />
      )}
      <label className={styles.words}>
        {t(reasons.length > 0 ? 'centre.reason.other' : 'field.reason')}
        <textarea
          rows={2}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
        />
      </label>
      <div className={styles.buttons}>
        <Button onClick={onClose}>{t('form.cancel')}</Button>
        <Button type="submit" kind="primary" disabled={words.trim() === ''}>
          {wordFor(t, 'centre.step', action)}
        </Button>
      </div>
    </form>
  )
}

function Outcomes({ question, outcome, onTake }: AskProps) {
  const t = useT()
  return (
    <Digits
      options={OUTCOMES.map((o) => ({
        value: o,
        text: wordFor(t, 'outcome', o),
        ...(o === outcome ? { note: t('centre.outcome.replied') } : {}),
      }))}
      onChoose={(chosen) => onTake([{ action: question.action, payload: { outcome: chosen } }])}
    />
  )
}

function Cases({ question, item, onTake, onClose }: AskProps) {
  const t = useT()
  const [no, setNo] = useState('')
  const send = (into: string) => onTake([{ action: question.action, payload: { into } }])
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (no.trim() !== '') send(no.trim())
      }}
    >
      {item.duplicates.length > 0 && (
        <Digits
          options={item.duplicates.map((d) => ({
            value: d.receiptNo,
            text: `${d.caseNo ?? d.receiptNo} · ${d.category?.name ?? t('category.none')}`,
            note: t('centre.metres', { m: Math.round(d.distanceM) }),
          }))}
          onChoose={send}
        />
      )}
      <label className={styles.words}>
        {t('field.into')}
        <input value={no} onChange={(event) => setNo(event.target.value)} />
      </label>
      <div className={styles.buttons}>
        <Button onClick={onClose}>{t('form.cancel')}</Button>
        <Button type="submit" kind="primary" disabled={no.trim() === ''}>
          {wordFor(t, 'centre.step', question.action)}
        </Button>
      </div>
    </form>
  )
}

function ActionForm({ question, item, onTake, onClose }: AskProps) {
  const t = useT()
  const { city } = useDesk()
  const { value, problem } = useResource<{ items: ActionJson[] }>(`/cases/${item.case.id}/actions`)
  const offered = value?.items.find((a) => a.action === question.action)
  const category = item.case.category?.code ?? item.suggestions[0]?.code
  const conditions = (city.categories.find((k) => k.code === category)?.conditions ?? []).map(
    ({ id, text, limit }) => ({ value: id, text: `${text}（${limit}）` }),
  )
  const filled: FormValues = {
    ...(item.routing.department ? { department: item.routing.department.code } : {}),
    ...(item.suggestions[0] ? { categoryCode: item.suggestions[0].code } : {}),
  }
  // What the page fills in does not change while the form is open.
  const [first] = useState(filled)
  if (problem) return <Notice kind="fault">{problemText(problem, t)}</Notice>
  if (!value) return <p role="status">{t('state.loading')}</p>
  if (!offered) return <Notice kind="fault">{t('centre.not-offered')}</Notice>
  return (
    <SchemaForm
      schema={offered.schema}
      filled={first}
      choices={{ condition: conditions }}
      submitLabel={wordFor(t, 'centre.step', question.action)}
      timeZone={city.info.timeZone}
      onSubmit={async (payload) => {
        onTake([{ action: question.action, payload }])
        return undefined
      }}
      onCancel={onClose}
    />
  )
}
