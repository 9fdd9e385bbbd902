// Report from a phone: photo, position, category, a sentence. One draft is sent once, however often it is pressed.
import { useRef, useState, type FormEvent } from 'react'
import { Link } from 'wouter'
import type { Source } from '#domain/case.ts'
import { v4 as uuid } from 'uuid'
import { reportCase } from '../../api/cases.ts'
import { faultOf, problemText, type Problem } from '../../api/problem.ts'
import { useSession, type Account } from '../../api/session.ts'
import { CategoryField } from '../../components/form/category-field.tsx'
import { LocationField } from '../../components/form/location-field.tsx'
import { PhotosField } from '../../components/form/photos-field.tsx'
import { PageShell } from '../../components/page-shell.tsx'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { bodyOf, changed, type Draft, EMPTY } from './draft.ts'
import { NearbyCases } from './nearby-cases.tsx'
import styles from './report-page.module.css'

/** Grid members report as such, the centre for who called, a unit what it has seen; everybody else as a resident. */
function sourceOf(user: Account | undefined): Source {
  const is = (...posts: Account['posts']) => user?.posts.some((p) => posts.includes(p)) === true
  if (is('grid-member', 'supervisor')) return 'grid'
  if (is('operator', 'duty-manager', 'dispatcher', 'head')) return 'hotline'
  return is('department-officer', 'handler') ? 'department' : 'citizen'
}

/** The same words keep their key, so a second press of an unanswered report is the same report. */
function useIdempotencyKey() {
  const last = useRef({ body: '', key: '' })
  return (body: string) => {
    if (last.current.body !== body) last.current = { body, key: uuid() }
    return last.current.key
  }
}

/** What came of it. */
interface Sent {
  receiptNo: string
  /** The case that it joins once the centre agrees. */
  sameAs: string | undefined
}

export function ReportPage() {
  const t = useT()
  const { user } = useSession()
  const [round, setRound] = useState(0)
  const [sent, setSent] = useState<Sent>()
  return (
    <PageShell title={t('report.title')} user={user} width="narrow">
      {sent === undefined ? (
        <ReportForm key={round} source={sourceOf(user)} onDone={setSent} />
      ) : (
        <section className={styles.done}>
          <p>{t('report.done')}</p>
          <p>
            {t('report.receipt')} <b className={styles.number}>{sent.receiptNo}</b>
          </p>
          {sent.sameAs !== undefined && <p>{t('nearby.done', { no: sent.sameAs })}</p>}
          <p>
            <Link href={`/track/${sent.receiptNo}`}>{t('report.track')}</Link>
          </p>
          <Button
            onClick={() => {
              setSent(undefined)
              setRound(round + 1)
            }}
          >
            {t('report.again')}
          </Button>
        </section>
      )}
    </PageShell>
  )
}

function ReportForm({ source, onDone }: { source: Source; onDone: (sent: Sent) => void }) {
  const t = useT()
  const [draft, setDraft] = useState(EMPTY)
  const [checked, setChecked] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [sending, setSending] = useState(false)
  const keyOf = useIdempotencyKey()
  const change = (part: Partial<Draft>) => setDraft((d) => changed(d, part, Date.now()))
  const noPosition = draft.location === undefined
  const noWords = draft.description.trim() === '' && draft.sameAs === undefined

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (noPosition || noWords) return
    setSending(true)
    const body = bodyOf(draft, source, t('nearby.words', { no: draft.sameAs ?? '' }))
    const key = keyOf(JSON.stringify(body))
    const answer = await reportCase({ ...body, sentAt: new Date().toISOString() }, key)
    setSending(false)
    if (answer.ok) onDone({ receiptNo: answer.value.receiptNo, sameAs: draft.sameAs })
    else setProblem(answer.problem)
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <Field label={t('report.photo')} fault={faultOf(problem, 'photos', t)}>
        {(ids) => <PhotosField id={ids.id} most={9} onChange={(photos) => change({ photos })} />}
      </Field>
      <Field
        label={t('report.where')}
        hint={t('report.where.hint')}
        fault={checked && noPosition ? t('report.need-position') : faultOf(problem, 'location', t)}
      >
        {() => <LocationField value={draft.location} onChange={(location) => change({ location })} />}
      </Field>
      <Field
        label={t('report.category')}
        hint={draft.categoryCode === undefined ? t('report.category.unsure') : undefined}
        fault={faultOf(problem, 'categoryCode', t)}
      >
        {(ids) => (
          <CategoryField
            ids={ids}
            value={draft.categoryCode}
            onChange={(categoryCode) => change({ categoryCode })}
          />
        )}
      </Field>
      <NearbyCases
        location={draft.location}
        categoryCode={draft.categoryCode}
        chosen={draft.sameAs}
        onChoose={(sameAs) => change({ sameAs })}
      />
      <Field
        label={t(draft.sameAs === undefined ? 'report.description' : 'nearby.more')}
        hint={t('report.description.hint')}
        fault={checked && noWords ? t('report.need-description') : faultOf(problem, 'description', t)}
      >
        {(ids) => (
          <textarea
            {...ids}
            value={draft.description}
            onChange={(e) => change({ description: e.target.value })}
          />
        )}
      </Field>
      <Field label={t('report.address')} fault={faultOf(problem, 'address', t)}>
        {(ids) => (
          <input {...ids} value={draft.address} onChange={(e) => change({ address: e.target.value })} />
        )}
      </Field>
      {faultOf(problem, 'sameAs', t) && <Notice kind="fault">{t('nearby.over')}</Notice>}
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      <Button type="submit" kind="primary" disabled={sending}>
        {sending ? t('form.sending') : t('report.submit')}
      </Button>
    </form>
  )
}
