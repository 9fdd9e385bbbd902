// The reporter's view 办理进度, by receipt number: every stage in plain words, the answer, the photo of the finished work, and
// whether they are satisfied. No names.
import { useState, type FormEvent } from 'react'
import { Link, useLocation } from 'wouter'
import { useCityInfo } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { PhoneFrame } from '../../components/phone/phone-frame.tsx'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { usePerson } from '../../offline/person.ts'
import { useLook } from '../../offline/use-look.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { reasonWords } from '../../i18n/reason-words.ts'
import { Rating } from './rating.tsx'
import { type Stages, useTrack } from './use-track.ts'
import styles from './track-page.module.css'

export function TrackPage({ receiptNo }: { receiptNo: string | undefined }) {
  const t = useT()
  const person = usePerson()
  if (!person) return <p role="status">{t('state.loading')}</p>
  return (
    <PhoneFrame page="/track" title={t('track.title')} person={person}>
      {receiptNo === undefined ? <Find /> : <Progress receiptNo={receiptNo} account={person.user?.id} />}
    </PhoneFrame>
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

function Progress({ receiptNo, account }: { receiptNo: string; account: string | undefined }) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const { value, at, isOld, problem, loading, reload } = useTrack(receiptNo)
  useLook(reload)
  if (!value) {
    if (problem?.status === 0) return <Notice>{t('track.not-reached')}</Notice>
    if (problem) return <Notice kind="fault">{problemText(problem, t)}</Notice>
    return loading ? <p role="status">{t('state.loading')}</p> : null
  }
  return (
    <>
      {isOld && at !== undefined && (
        <p className={styles.quiet}>{t('mine.read-at', { time: formatMoment(at, zone, language) })}</p>
      )}
      <StagesCard of={value} zone={zone} />
      {value.rating && (
        <Rating receiptNo={value.receiptNo} rating={value.rating} account={account} onRated={reload} />
      )}
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
    <Card title={of.category?.name ?? t('category.none')} aside={<span>{of.receiptNo}</span>}>
      <p className={styles.stage}>{t(`stage.plain.${of.status}`)}</p>
      <Answer answer={of.answer} />
      {of.afterPhotos && of.afterPhotos.length > 0 && (
        <section aria-label={t('track.after')}>
          <h3 className={styles.head}>{t('track.after')}</h3>
          {of.afterPhotos.map((photo, i) => (
            <img
              key={photo.id}
              className={styles.photo}
              src={photo.url}
              alt={t('case.photo', { n: i + 1 })}
            />
          ))}
        </section>
      )}
      <ol className={styles.steps}>
        {[...of.steps].reverse().map((step, i) => (
          <li key={`${step.at}-${step.type}`} className={i === 0 ? styles.newest : undefined}>
            <span>{wordFor(t, 'step.plain', step.type)}</span>
            <time dateTime={step.at}>{formatMoment(Date.parse(step.at), zone, language)}</time>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function Answer({ answer }: { answer: Stages['answer'] }) {
  const t = useT()
  if (!answer) return null
  return (
    <p className={styles.answer}>
      {answer.outcome !== undefined &&
        t('sign.is', { name: t('track.answer'), value: t(`outcome.${answer.outcome}`) })}
      {answer.reason !== undefined && t('track.reason', { reason: reasonWords(answer.reason, t) })}
      {answer.mergedInto !== undefined && (
        <>
          {t('track.merged')} <Link href={`/track/${answer.mergedInto}`}>{answer.mergedInto}</Link>
        </>
      )}
    </p>
  )
}
