// The ruling on an appeal: granted or not, why, and what it changes, which is said before and asked again, since it cannot
// be taken back.
import { useEffect, useState, type FormEvent } from 'react'
import type { AppealSubject } from '#domain/flags/table.ts'
import { act, type CaseJson } from '../../api/cases.ts'
import type { FlagJson } from '../../api/clocks.ts'
import { problemText } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { draftName, dropDraft, keepDraft, keptDraft } from '../../components/form/drafts.ts'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import chips from '../../ui/chips.module.css'
import { Field } from '../../ui/field.tsx'
import styles from './appeals.module.css'
import { FlagList } from './flag-list.tsx'
import { wouldLeaveOut } from './left-out.ts'

export function RulingForm(props: {
  c: CaseJson
  me: string
  about: AppealSubject
  flags: readonly FlagJson[]
  onRuled: (granted: boolean) => void
}) {
  const t = useT()
  const { c, me, about, flags, onRuled } = props
  const draft = draftName(me, c.id, 'rule-on-appeal')
  const [kept] = useState(() => keptDraft(draft))
  const [note, setNote] = useState(typeof kept.note === 'string' ? kept.note : '')
  const [granted, setGranted] = useState<boolean>()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  useEffect(() => keepDraft(draft, { note }), [draft, note])

  const would = wouldLeaveOut(flags, { about, unit: c.department })
  const ruling = t(granted === true ? 'appeals.ruling.granted' : 'appeals.ruling.refused')
  const effect =
    granted === false ? (
      <p>{t('appeals.if-refused')}</p>
    ) : would.length === 0 ? (
      <p>{t('appeals.if-granted.none')}</p>
    ) : (
      <>
        <p>{t('appeals.if-granted')}</p>
        <FlagList flags={would} />
      </>
    )
  const send = async () => {
    setBusy(true)
    const answer = await act(c.id, 'rule-on-appeal', c.version, { granted, note: note.trim() })
    setBusy(false)
    if (!answer.ok) return setFault(problemText(answer.problem, t))
    dropDraft(draft)
    onRuled(granted === true)
  }
  return (
    <Card title={`${t('appeals.rule')} · ${t(`about.${about}`)}`}>
      <form
        className={styles.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          setAsking(true)
        }}
      >
        <div className={chips.chips}>
          {[true, false].map((is) => (
            <button
              key={String(is)}
              type="button"
              aria-pressed={granted === is}
              onClick={() => setGranted(is)}
            >
              {t(is ? 'appeals.ruling.granted' : 'appeals.ruling.refused')}
            </button>
          ))}
        </div>
        {effect}
        <Field label={t('appeals.rule.note')} hint={t('appeals.rule.note.hint')}>
          {(ids) => <textarea {...ids} rows={3} value={note} onChange={(e) => setNote(e.target.value)} />}
        </Field>
        <div>
          <Button type="submit" kind="primary" disabled={granted === undefined || note.trim() === ''}>
            {granted === undefined ? t('appeals.rule') : t('appeals.rule.go', { ruling })}
          </Button>
        </div>
      </form>
      {asking && (
        <ConfirmDialog
          title={t('appeals.rule.go', { ruling })}
          go={t('appeals.rule.go', { ruling })}
          fault={fault}
          busy={busy}
          onGo={() => void send()}
          onClose={() => setAsking(false)}
        >
          {effect}
          <p>{t('appeals.rule.sure')}</p>
        </ConfirmDialog>
      )}
    </Card>
  )
}
