// The reporter's view: what became of it, by receipt number. Steps and times only, no names.
import { useState, type FormEvent } from 'react'
import { Link, useLocation } from 'wouter'
import type { Outcome, Status } from '#domain/case.ts'
import { useCityInfo } from '../api/city.ts'
import { problemText } from '../api/problem.ts'
import { useResource } from '../api/use-resource.ts'
import { PageShell } from '../components/page-shell.tsx'
import { formatMoment } from '../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../i18n/translate.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import styles from './track-page.module.css'

interface Stages {
  receiptNo: string
  status: Status
  steps: { at: string; type: string }[]
  /** Present once it is over. */
  answer?: { outcome?: Outcome; reason?: string; mergedInto?: string }
  afterPhotos?: { id: string; url: string }[]
}

interface Track extends Stages {
  /** Of a merged report: the case under which it goes on. */
  goesOn?: Stages
}

export function TrackPage({ receiptNo }: { receiptNo: string | undefined }) {
  const t = useT()
  return (
    <PageShell title={t('track.title')} width="narrow">
      {receiptNo === undefined ? <Find /> : <Progress receiptNo={receiptNo} />}
    </PageShell>
  )
}

function Find() {
  const t = useT()
  const [, navigate] = useLocation()
  const [number, setNumber] = useState('')
  const find = (event: FormEvent) => {
    event.preventDefault()
    if (number.trim() !== '') navigate(`/track/${encodeURIComponent(number.trim())}`)
  }
  return (
    <form className={styles.form} onSubmit={find}>
      <Field label={t('track.number')}>
        {(ids) => <input {...ids} value={number} onChange={(e) => setNumber(e.target.value)} />}
      </Field>
      <Button type="submit" kind="primary">
        {t('track.find')}
      </Button>
    </form>
  )
}

function Progress({ receiptNo }: { receiptNo: string }) {
  const t = useT()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const { value, problem, loading } = useResource<Track>(`/track/${encodeURIComponent(receiptNo)}`)
  if (problem) return <Notice kind="fault">{problemText(problem, t)}</Notice>
  if (!value) return loading ? <p role="status">{t('state.loading')}</p> : null
  return (
    <>
      <StagesCard of={value} zone={zone} />
      {value.goesOn && (
        <>
          <h2 className={styles.goesOn}>{t('track.goes-on')}</h2>
          <StagesCard of={value.goesOn} zone={zone} />
        </>
      )}
    </>
  )
}

function StagesCard({ of, zone }: { of: Stages; zone: string }) {
  const t = useT()
  const language = useLanguage()
  return (
    <Card title={of.receiptNo} aside={<b>{t(`status.${of.status}`)}</b>}>
      <Answer answer={of.answer} />
      {of.afterPhotos?.map((photo, i) => (
        <img key={photo.id} className={styles.photo} src={photo.url} alt={t('case.photo', { n: i + 1 })} />
      ))}
      <ol className={styles.steps}>
        {[...of.steps].reverse().map((step) => (
          <li key={`${step.at}-${step.type}`}>
            <time dateTime={step.at}>{formatMoment(Date.parse(step.at), zone, language)}</time>
            <span>{wordFor(t, 'event', step.type)}</span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function Answer({ answer }: { answer: Track['answer'] }) {
  const t = useT()
  if (!answer) return null
  return (
    <p className={styles.answer}>
      {answer.outcome !== undefined && t(`outcome.${answer.outcome}`)}
      {answer.reason !== undefined && answer.reason}
      {answer.mergedInto !== undefined && (
        <>
          {t('track.merged')} <Link href={`/track/${answer.mergedInto}`}>{answer.mergedInto}</Link>
        </>
      )}
    </p>
  )
}
