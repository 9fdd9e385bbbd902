// The list of field tasks: what is due first or nearest, with the picture to look for.
import { useState } from 'react'
import { photoUrl } from '../../api/cases.ts'
import type { TaskRow } from '../../api/tasks.ts'
import { formatMoment, formatSpan } from '../../i18n/format.ts'
import { useLanguage, useT, type Translate } from '../../i18n/translate.ts'
import { useCityNow } from './use-city-now.ts'
import { beforePhoto, listed, type Listed, type Order } from './tasks.ts'
import chips from '../../ui/chips.module.css'
import styles from './check-page.module.css'

const ORDERS: readonly Order[] = ['due', 'near']

export function awayWords(distanceM: number | undefined, t: Translate): string {
  if (distanceM === undefined) return t('check.where-unknown')
  return distanceM < 1000
    ? t('check.away', { m: Math.max(10, Math.round(distanceM / 10) * 10) })
    : t('check.away-km', { km: (distanceM / 1000).toFixed(1) })
}

export function TaskList(props: {
  tasks: readonly TaskRow[]
  /** Ids of those whose result waits to be sent, or was just sent. */
  answered: ReadonlySet<string>
  here: { lng: number; lat: number } | undefined
  zone: string
  onOpen: (id: string) => void
}) {
  const t = useT()
  const { tasks, answered, here, zone, onOpen } = props
  const [order, setOrder] = useState<Order>('due')
  const rows = listed(tasks, here, order)
  if (rows.length === 0) return <p>{t('check.none')}</p>
  return (
    <>
      <fieldset className={`${chips.chips} ${styles.orders}`} aria-label={t('check.sort')}>
        {ORDERS.map((o) => (
          <button key={o} type="button" aria-pressed={o === order} onClick={() => setOrder(o)}>
            {t(`check.sort.${o}`)}
          </button>
        ))}
      </fieldset>
      <ol className={styles.tasks}>
        {rows.map((row) => (
          <li key={row.task.id}>
            <Row row={row} zone={zone} isAnswered={answered.has(row.task.id)} onOpen={onOpen} />
          </li>
        ))}
      </ol>
    </>
  )
}

export function DueWords({ dueAt, zone }: { dueAt: string; zone: string }) {
  const t = useT()
  const language = useLanguage()
  const now = useCityNow()
  const due = Date.parse(dueAt)
  const isOver = now !== undefined && now > due
  return (
    <span className={isOver ? styles.over : undefined}>
      <span className={styles.whole}>{t('check.due', { time: formatMoment(due, zone, language) })}</span>
      {now !== undefined && (
        <>
          {' · '}
          <span className={styles.whole}>
            {t(isOver ? 'check.over' : 'check.left', { span: formatSpan(due - now, t) })}
          </span>
        </>
      )}
    </span>
  )
}

function Row(props: { row: Listed; zone: string; isAnswered: boolean; onOpen: (id: string) => void }) {
  const t = useT()
  const { row, zone, isAnswered, onOpen } = props
  const { task, distanceM } = row
  const photo = beforePhoto(task)
  return (
    <button type="button" className={styles.task} disabled={isAnswered} onClick={() => onOpen(task.id)}>
      {photo === undefined ? (
        <span className={styles.thumb} />
      ) : (
        <img className={styles.thumb} src={photoUrl(photo)} alt="" />
      )}
      <span className={styles.facts}>
        <b>
          <span className={styles.kind}>{t(`check.kind.${task.kind}`)}</span>
          {task.case.category?.name ?? t('category.none')}
        </b>
        <span className={styles.where}>
          {task.case.address ?? task.case.area?.name ?? task.case.receiptNo}
        </span>
        <span>
          {isAnswered ? (
            <span className={styles.accent}>{t('check.queued')}</span>
          ) : (
            <DueWords dueAt={task.dueAt} zone={zone} />
          )}
        </span>
      </span>
      <span className={styles.way}>
        {awayWords(distanceM, t)}
        {task.status === 'assigned' && !isAnswered && <span className={styles.fresh}>{t('check.new')}</span>}
      </span>
    </button>
  )
}
