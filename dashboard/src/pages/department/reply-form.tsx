// Replying 回告: what was done, the kind of result, photos of each case; what the photos lack, and whether one was used before,
// stands beside them before anything is sent. Several cases share the words, never the pictures.
import { useEffect, useState, type FormEvent } from 'react'
import type { CaseJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { draftName, dropDraft, keepDraft, keptDraft } from '../../components/form/drafts.ts'
import { PhotosField } from '../../components/form/photos-field.tsx'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { actMany, type Done } from './act-many.ts'
import styles from './department.module.css'
import { Instead, insteadOf, OutcomeField } from './outcome-field.tsx'
import { photoRuleOf } from './photo-rule.ts'
import { ReplyChecks } from './reply-checks.tsx'
import type { Me } from './unit.ts'

const MOST_PHOTOS = 9

interface ReplyFormProps {
  cases: readonly CaseJson[]
  me: Me
  city: City
  /** Who works outdoors replies with the camera. */
  camera: boolean
  onDone: (result: Done) => void
  onCancel: () => void
  /** Not ours, or not now: the step for that, where it is offered. */
  onInstead: ((action: 'request-return' | 'request-suspension') => void) | undefined
}

export function ReplyForm({ cases, me, city, camera, onDone, onCancel, onInstead }: ReplyFormProps) {
  const t = useT()
  // Several share one draft: which of them are still open may change while it is written.
  const [only, ...others] = cases
  const draft = draftName(me.id, only && others.length === 0 ? only.id : 'several', 'reply')
  const [kept] = useState(() => keptDraft(draft))
  const [result, setResult] = useState(typeof kept.result === 'string' ? kept.result : '')
  const [outcome, setOutcome] = useState<string>(typeof kept.outcome === 'string' ? kept.outcome : 'fixed')
  const [photos, setPhotos] = useState<Record<string, string[]>>(() =>
    Object.fromEntries(
      cases.flatMap((c) => {
        const ids = kept[c.id]
        return Array.isArray(ids) ? [[c.id, ids]] : []
      }),
    ),
  )
  const [missing, setMissing] = useState(false)
  const [sending, setSending] = useState(false)
  const [failed, setFailed] = useState<Done['failed']>([])
  const instead = insteadOf(outcome)

  useEffect(() => {
    const hasAny = result !== '' || Object.values(photos).some((ids) => ids.length > 0)
    keepDraft(draft, hasAny ? { result, outcome, ...photos } : {})
  }, [draft, result, outcome, photos])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isBlank = result.trim() === ''
    setMissing(isBlank)
    if (isBlank || instead) return
    setSending(true)
    const done = await actMany(cases, 'reply', ({ id }) => {
      const ids = photos[id] ?? []
      return { result: result.trim(), outcome, ...(ids.length > 0 ? { photos: ids } : {}) }
    })
    setSending(false)
    setFailed(done.failed)
    if (done.failed.length === 0) dropDraft(draft)
    if (done.done.length > 0) onDone(done)
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <Field
        label={t('dept.result')}
        hint={t('dept.result.hint')}
        fault={missing ? t('form.required') : undefined}
      >
        {(ids) => <textarea {...ids} value={result} onChange={(event) => setResult(event.target.value)} />}
      </Field>
      <OutcomeField
        name={draft}
        value={outcome}
        withInstead={onInstead !== undefined}
        onChange={setOutcome}
      />
      <Instead of={instead} onInstead={onInstead} />
      {!instead &&
        cases.map((c) => {
          const { words, rule } = photoRuleOf(c, city)
          const what = `${c.category?.name ?? ''} ${c.caseNo ?? c.receiptNo}`
          return (
            <Field
              key={c.id}
              label={cases.length === 1 ? t('dept.after') : t('dept.after.of', { what })}
              hint={words === undefined ? undefined : t('dept.photo-rule.is', { rule: words })}
            >
              {(ids) => (
                <>
                  <PhotosField
                    id={ids.id}
                    most={MOST_PHOTOS}
                    kept={photos[c.id]}
                    camera={camera || rule?.camera === true}
                    onChange={(next) => setPhotos((all) => ({ ...all, [c.id]: next }))}
                  />
                  <ReplyChecks caseId={c.id} photos={photos[c.id] ?? []} isAsked={rule !== undefined} />
                </>
              )}
            </Field>
          )
        })}
      {failed.length > 0 && (
        <Notice kind="fault">
          {failed.map(({ c, problem }) => (
            <p key={c.id}>
              {t('dept.failed.one', { number: c.caseNo ?? c.receiptNo, why: problemText(problem, t) })}
            </p>
          ))}
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" disabled={sending || instead !== undefined}>
          {sending
            ? t('form.sending')
            : cases.length === 1
              ? t('dept.reply.send')
              : t('dept.reply.send.n', { n: cases.length })}
        </Button>
        <Button onClick={onCancel}>{t('form.cancel')}</Button>
      </div>
    </form>
  )
}
