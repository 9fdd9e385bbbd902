// Replying from a phone 领办人回告: photos and words are kept on the device at once and sent when there is a network, once, in
// order; a page that is killed opens again with them. With a network the photos are looked at by the rules before sending.
import { useState, type FormEvent } from 'react'
import { photoUrl, type CaseJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import { PhotoTaker } from '../../components/capture/photo-taker.tsx'
import { usePlace } from '../../components/capture/use-place.ts'
import { useOnline } from '../../components/waiting/waiting-bar.tsx'
import { useT } from '../../i18n/translate.ts'
import { enqueue } from '../../offline/queue.ts'
import { useDraft } from '../../offline/use-draft.ts'
import { useUploads } from '../../offline/use-uploads.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './department.module.css'
import { Instead, type InsteadStep, insteadOf, OutcomeField } from './outcome-field.tsx'
import { photoRuleOf } from './photo-rule.ts'
import { ReplyChecks } from './reply-checks.tsx'
import type { Me } from './unit.ts'

const MOST_PHOTOS = 9
const EMPTY = { result: '', outcome: 'fixed', photos: [] as string[] }

export function PhoneReply(props: {
  c: CaseJson
  me: Me
  city: City
  onDone: () => void
  onCancel: () => void
  onInstead: (step: InsteadStep) => void
}) {
  const t = useT()
  const { c, me, city, onDone, onCancel, onInstead } = props
  const draftKey = `reply ${me.id} ${c.id}`
  const { draft, change, settled } = useDraft(draftKey, EMPTY)
  const [isBlank, setIsBlank] = useState(false)
  const [isKeeping, setIsKeeping] = useState(false)
  const [fault, setFault] = useState<string>()
  const online = useOnline()
  const device = usePlace(true)
  const uploads = useUploads(draft?.photos ?? [])
  if (!draft) return null
  const { words, rule } = photoRuleOf(c, city)
  const instead = insteadOf(draft.outcome)
  const [before] = c.photos

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = draft.result.trim()
    setIsBlank(result === '')
    if (result === '' || instead) return
    setIsKeeping(true)
    try {
      await settled()
      const { outcome, photos } = draft
      await enqueue(
        {
          kind: 'reply',
          account: me.id,
          path: `/cases/${c.id}/actions`,
          caseId: c.id,
          title: c.category?.name ?? c.receiptNo,
          // Without the version that was seen: what happened meanwhile is the server's to judge, not this phone's.
          body: { action: 'reply', result, outcome, ...(photos.length > 0 ? { photos } : {}) },
          photos,
        },
        draftKey,
      )
      onDone()
    } catch (error) {
      setFault(t('phone.store-fault', { reason: error instanceof Error ? error.message : String(error) }))
      setIsKeeping(false)
    }
  }
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <section className={styles.shots} aria-label={t('dept.after')}>
        <h3>{t('dept.after')}</h3>
        {words !== undefined && <p className={styles.note}>{t('dept.photo-rule.is', { rule: words })}</p>}
        <PhotoTaker
          label={t('dept.after')}
          value={draft.photos}
          most={MOST_PHOTOS}
          position={device.place}
          cameraOnly
          before={before === undefined ? undefined : photoUrl(before)}
          onChange={(photos) => change((d) => ({ ...d, photos }))}
        />
        {uploads.length === draft.photos.length ? (
          <ReplyChecks caseId={c.id} photos={uploads} isAsked={rule !== undefined} />
        ) : (
          !online && <p className={styles.note}>{t('dept.reply.unchecked')}</p>
        )}
      </section>
      <Field
        label={t('dept.result')}
        hint={t('dept.result.hint')}
        fault={isBlank ? t('form.required') : undefined}
      >
        {(ids) => (
          <textarea
            {...ids}
            value={draft.result}
            onChange={(event) => change((d) => ({ ...d, result: event.target.value }))}
          />
        )}
      </Field>
      <OutcomeField
        name={draftKey}
        value={draft.outcome}
        withInstead={online}
        onChange={(outcome) => change((d) => ({ ...d, outcome }))}
      />
      <Instead of={instead} onInstead={onInstead} />
      {fault !== undefined && <Notice kind="fault">{fault}</Notice>}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" disabled={isKeeping || instead !== undefined}>
          {t('dept.reply.send')}
        </Button>
        <Button onClick={onCancel}>{t('form.cancel')}</Button>
      </div>
    </form>
  )
}
