// After a report: it is on the device, then on its way, then it has its receipt number. The page may be closed at any time.
import { Link } from 'wouter'
import { PhoneFrame } from '../../components/phone/phone-frame.tsx'
import { adviceOf, reasonOf } from '../../components/waiting/waiting-words.ts'
import { useT } from '../../i18n/translate.ts'
import type { Person } from '../../offline/person.ts'
import { useQueue } from '../../offline/queue.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './report-page.module.css'

export function Sent(props: {
  /** Of the item in the queue. */
  id: string
  sameAs: string | undefined
  person: Person
  onAgain: () => void
}) {
  const t = useT()
  const { id, sameAs, person, onAgain } = props
  const queue = useQueue()
  const item = queue.items.find((i) => i.id === id)
  const receiptNo = item?.answer?.receiptNo
  return (
    <PhoneFrame
      page="/report"
      title={t('report.title')}
      person={person}
      action={
        <Button kind="primary" onClick={onAgain}>
          {t('report.again')}
        </Button>
      }
    >
      <section className={styles.done} aria-live="polite">
        {receiptNo === undefined ? (
          <>
            <p className={styles.big}>{t('report.kept')}</p>
            {item?.state === 'refused' ? (
              <Notice kind="fault">
                {reasonOf(item, t)} {adviceOf(item, t)}
              </Notice>
            ) : (
              <p>{t(queue.sending === id ? 'report.kept.sending' : 'report.kept.wait')}</p>
            )}
          </>
        ) : (
          <>
            <p className={styles.big}>{t('report.done')}</p>
            <p>
              {t('report.receipt')} <b className={styles.number}>{receiptNo}</b>
            </p>
            {sameAs !== undefined && <p>{t('nearby.done', { no: sameAs })}</p>}
            <p>
              <Link href={`/track/${receiptNo}`}>{t('report.track')}</Link>
            </p>
          </>
        )}
      </section>
    </PhoneFrame>
  )
}
