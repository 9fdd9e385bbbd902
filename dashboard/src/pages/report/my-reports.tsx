// One's own reports, the newest first, each with its stage in plain words: of the account, or of this device where nobody is
// logged in. Without a network as they were last read.
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { photoUrl, type CaseJson } from '../../api/cases.ts'
import { useCityInfo } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import type { Account } from '../../api/session.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { sentCount, useQueue } from '../../offline/queue.ts'
import { receipts, type Receipt } from '../../offline/sender.ts'
import { useKept } from '../../offline/use-kept.ts'
import { useLook } from '../../offline/use-look.ts'
import { Notice } from '../../ui/notice.tsx'
import { useTrack } from '../track/use-track.ts'
import { reasonWords } from '../../i18n/reason-words.ts'
import styles from './report-page.module.css'

export function MyReports({ user }: { user: Account | undefined }) {
  return user ? <OfAccount /> : <OfDevice />
}

function useMoment() {
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  return (at: number) => formatMoment(at, zone, language)
}

function OfAccount() {
  const t = useT()
  const moment = useMoment()
  const sent = sentCount(useQueue())
  const { value, at, isOld, problem, reload } = useKept<{ items: CaseJson[] }>('/cases?mine=1&limit=50')
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has got through is among them now.
  useEffect(reload, [sent, reload])
  useLook(reload)
  if (!value)
    return problem ? (
      <Notice kind="fault">{problemText(problem, t)}</Notice>
    ) : (
      <p role="status">{t('state.loading')}</p>
    )
  if (value.items.length === 0) return <p>{t('mine.none')}</p>
  return (
    <>
      {isOld && at !== undefined && <p className={styles.quiet}>{t('mine.read-at', { time: moment(at) })}</p>}
      <ol className={styles.mine}>
        {value.items.map((c) => (
          <li key={c.id}>
            <Link href={`/track/${c.receiptNo}`} className={styles.row}>
              {c.photos[0] === undefined ? (
                <span className={styles.thumb} />
              ) : (
                <img className={styles.thumb} src={photoUrl(c.photos[0])} alt="" loading="lazy" />
              )}
              <div>
                <b>{c.category?.name ?? t('category.none')}</b>
                <p className={styles.state}>{stageOf(c, t)}</p>
                <p className={styles.quiet}>
                  {moment(Date.parse(c.reportedAt))} · {c.address ?? c.area?.name ?? c.receiptNo}
                </p>
              </div>
            </Link>
          </li>
        ))}
      </ol>
    </>
  )
}

function stageOf(c: CaseJson, t: ReturnType<typeof useT>): string {
  const stage = t(`stage.plain.${c.status}`)
  if (c.status === 'closed' && c.outcome !== undefined && c.outcome in OUTCOME_WORDS)
    return `${stage} · ${t(OUTCOME_WORDS[c.outcome as keyof typeof OUTCOME_WORDS])}`
  if (c.status === 'rejected' && c.rejection?.reason !== undefined)
    return `${stage} · ${reasonWords(c.rejection.reason, t)}`
  return stage
}

const OUTCOME_WORDS = {
  fixed: 'outcome.fixed',
  'made-safe': 'outcome.made-safe',
  notified: 'outcome.notified',
  'not-found': 'outcome.not-found',
  forced: 'outcome.forced',
} as const

function OfDevice() {
  const t = useT()
  const sent = sentCount(useQueue())
  const [list, setList] = useState<Receipt[]>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has got through has a receipt now.
  useEffect(() => void receipts().then(setList), [sent])
  if (!list) return <p role="status">{t('state.loading')}</p>
  if (list.length === 0) return <p>{t('mine.none')}</p>
  return (
    <>
      <p className={styles.quiet}>{t('mine.anonymous')}</p>
      <ol className={styles.mine}>
        {list.map((receipt) => (
          <OneOfDevice key={receipt.receiptNo} receipt={receipt} />
        ))}
      </ol>
    </>
  )
}

function OneOfDevice({ receipt }: { receipt: Receipt }) {
  const t = useT()
  const moment = useMoment()
  const { value } = useTrack(receipt.receiptNo)
  return (
    <li>
      <Link href={`/track/${receipt.receiptNo}`} className={styles.row}>
        <div>
          <b>{receipt.title}</b>
          <p className={styles.state}>
            {value &&
              [
                t(`stage.plain.${value.status}`),
                value.answer?.reason !== undefined && reasonWords(value.answer.reason, t),
              ]
                .filter(Boolean)
                .join(' · ')}
          </p>
          <p className={styles.quiet}>
            {moment(receipt.at)} · {receipt.receiptNo}
          </p>
        </div>
      </Link>
    </li>
  )
}
