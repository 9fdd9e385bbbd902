// Taking a report by phone or over the counter: what is said is typed once; categories are suggested and open cases nearby
// are shown while it is typed. One draft is kept until it is sent, and sent once.
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { v4 as uuid } from 'uuid'
import type { Source } from '#domain/case.ts'
import { reportCase } from '../../../api/cases.ts'
import { faultOf, problemText, type Problem } from '../../../api/problem.ts'
import type { NearbyJson, SuggestionJson } from '../../../api/screening.ts'
import { useResource } from '../../../api/use-resource.ts'
import { CategoryField } from '../../../components/form/category-field.tsx'
import { PhotosField } from '../../../components/form/photos-field.tsx'
import { PickMapBox } from '../../../components/map/pick-map-box.tsx'
import { formatMoment } from '../../../i18n/format.ts'
import { useLanguage, useT } from '../../../i18n/translate.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useDesk } from '../desk-context.ts'
import { PlaceField } from './place-field.tsx'
import { bodyOf, type CallDraft, EMPTY, keepDraft, keptDraft, missing, SOURCES_HERE } from './call-draft.ts'
import styles from './phone-report.module.css'

const PAUSE_MS = 400

/** The value once it has rested. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

export function PhoneReport() {
  const t = useT()
  const language = useLanguage()
  const { city, user, open } = useDesk()
  const [draft, setDraft] = useState<CallDraft>(() => keptDraft(user.id))
  const [checked, setChecked] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [sent, setSent] = useState<{ id: string; receiptNo: string }>()
  const [sending, setSending] = useState(false)
  const [round, setRound] = useState(0)
  const last = useRef({ body: '', key: '' })
  const first = useRef<HTMLTextAreaElement>(null)
  // Somebody is on the phone: what they say is typed at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a form that was sent begins anew.
  useEffect(() => first.current?.focus(), [round])
  const change = (part: Partial<CallDraft>) => setDraft((d) => ({ ...d, ...part }))
  useEffect(() => keepDraft(user.id, draft), [user.id, draft])

  const words = useRested(draft.description.trim())
  const suggestions = useResource<{ items: SuggestionJson[] }>(
    words.length > 1 && draft.categoryCode === undefined
      ? `/desk/suggestions?${new URLSearchParams({ text: words }).toString()}`
      : undefined,
  )
  const near = useResource<{ items: (NearbyJson & { caseId?: string })[] }>(
    draft.location === undefined
      ? undefined
      : `/cases/nearby?${new URLSearchParams({
          lng: draft.location.lng.toFixed(5),
          lat: draft.location.lat.toFixed(5),
          text: words,
          ...(draft.categoryCode === undefined ? {} : { category: draft.categoryCode }),
        }).toString()}`,
  )
  const faults = missing(draft)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (faults.length > 0) return
    const body = bodyOf(draft)
    const text = JSON.stringify(body)
    if (last.current.body !== text) last.current = { body: text, key: uuid() }
    setSending(true)
    const answer = await reportCase(body, last.current.key)
    setSending(false)
    setProblem(answer.ok ? undefined : answer.problem)
    if (!answer.ok) return
    setSent({ id: answer.value.id, receiptNo: answer.value.receiptNo })
    setDraft({ ...EMPTY, source: draft.source })
    setChecked(false)
    setRound((n) => n + 1)
  }

  return (
    <form key={round} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <div className={styles.column}>
        {sent && (
          <Notice>
            {t('centre.report.sent')} <strong>{sent.receiptNo}</strong>{' '}
            <button type="button" className={styles.link} onClick={() => open(sent.id)}>
              {t('centre.full')}
            </button>
          </Notice>
        )}
        <Field label={t('case.source')}>
          {(ids) => (
            <select
              {...ids}
              value={draft.source}
              onChange={(e) => change({ source: e.target.value as Source })}
            >
              {SOURCES_HERE.map((s) => (
                <option key={s} value={s}>
                  {t(`source.${s}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field
          label={t('report.description')}
          hint={t('report.description.hint')}
          fault={
            checked && faults.includes('description')
              ? t('report.need-description')
              : faultOf(problem, 'description', t)
          }
        >
          {(ids) => (
            <textarea
              {...ids}
              ref={first}
              value={draft.description}
              onChange={(e) => change({ description: e.target.value })}
            />
          )}
        </Field>
        <Field label={t('report.category')} fault={faultOf(problem, 'categoryCode', t)}>
          {(ids) => (
            <CategoryField
              ids={ids}
              value={draft.categoryCode}
              onChange={(categoryCode) => change({ categoryCode })}
            />
          )}
        </Field>
        {draft.categoryCode === undefined && (suggestions.value?.items.length ?? 0) > 0 && (
          <p className={styles.chips}>
            {suggestions.value?.items.slice(0, 4).map((s) => (
              <button key={s.code} type="button" onClick={() => change({ categoryCode: s.code })}>
                {s.name}
              </button>
            ))}
          </p>
        )}
        <div className={styles.two}>
          <Field label={t('centre.report.name')}>
            {(ids) => (
              <input {...ids} value={draft.name} onChange={(e) => change({ name: e.target.value })} />
            )}
          </Field>
          <Field label={t('centre.report.phone')} fault={faultOf(problem, 'reporter', t)}>
            {(ids) => (
              <input
                {...ids}
                type="tel"
                value={draft.phone}
                onChange={(e) => change({ phone: e.target.value })}
              />
            )}
          </Field>
        </div>
        <Field label={t('report.photo')}>
          {(ids) => <PhotosField id={ids.id} most={9} onChange={(photos) => change({ photos })} />}
        </Field>
        {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
        <Button type="submit" kind="primary" disabled={sending}>
          {sending ? t('form.sending') : t('report.submit')}
        </Button>
      </div>
      <div className={styles.column}>
        <PlaceField
          address={draft.address}
          fault={
            checked && faults.includes('location')
              ? t('report.need-position')
              : faultOf(problem, 'location', t)
          }
          onAddress={(address) => change({ address })}
          onPlace={(location, name) =>
            change({ location, ...(draft.address === '' ? { address: name } : {}) })
          }
        />
        <PickMapBox value={draft.location} onPick={(location) => change({ location })} />
        <section aria-label={t('centre.report.near')} className={styles.near}>
          <h3>{t('centre.report.near')}</h3>
          {draft.location === undefined && <p className={styles.quiet}>{t('centre.report.near.where')}</p>}
          {near.value?.items.length === 0 && <p className={styles.quiet}>{t('centre.report.near.none')}</p>}
          <ul>
            {near.value?.items.slice(0, 6).map((n) => {
              const isSame = n.receiptNo === draft.sameAs
              return (
                <li key={n.receiptNo} className={isSame ? styles.same : undefined}>
                  <span>
                    <strong>{n.category?.name ?? t('category.none')}</strong>
                    {n.likely && <b className={styles.likely}>{t('nearby.likely')}</b>}
                    <br />
                    <span className={styles.quiet}>
                      {t('nearby.facts', {
                        m: n.distanceM,
                        time: formatMoment(Date.parse(n.reportedAt), city.info.timeZone, language),
                        status: t(`status.${n.status}`),
                      })}
                    </span>
                  </span>
                  <Button
                    aria-pressed={isSame}
                    onClick={() => change({ sameAs: isSame ? undefined : n.receiptNo })}
                  >
                    {t(isSame ? 'nearby.undo' : 'nearby.same')}
                  </Button>
                </li>
              )
            })}
          </ul>
        </section>
      </div>
    </form>
  )
}
