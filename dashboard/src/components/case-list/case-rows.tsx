// The rows of a list of cases: light, what, where, whose, how long still. A row is a link; with `onMark` it can be ticked,
// and `extra` says what else the page knows of it.
import { useEffect, useRef, type ReactNode } from 'react'
import { Link } from 'wouter'
import { photoUrl } from '../../api/cases.ts'
import { formatMoment, formatSpan } from '../../i18n/format.ts'
import { useLanguage, useT, type Translate } from '../../i18n/translate.ts'
import { LightShape } from '../../ui/light.tsx'
import styles from './case-list.module.css'
import type { ListRow } from './row.ts'

interface CaseRowsProps {
  rows: readonly ListRow[]
  timeZone: string
  now: number
  hrefOf: (id: string) => string
  /** The row that keys act on. */
  active?: string | undefined
  /** Shown beside the list now. */
  open?: string | undefined
  marked?: ReadonlySet<string> | undefined
  onMark?: ((id: string) => void) | undefined
  extra?: ((row: ListRow) => ReactNode) | undefined
  /** Whose it is and its number stand with the place; a unit’s own desk says them elsewhere. */
  isBrief?: boolean
  label: string
}

/** Left or over, in working time where that is what the limit counts. */
export function timeLeft({ dueAt, workLeftMs }: ListRow, now: number, t: Translate): string | undefined {
  if (dueAt === undefined) return undefined
  if (workLeftMs !== undefined && dueAt >= now)
    return t('list.left.work', { span: formatSpan(workLeftMs, t) })
  if (workLeftMs !== undefined && workLeftMs < 0)
    return t('list.over.work', { span: formatSpan(workLeftMs, t) })
  return t(dueAt < now ? 'case.over' : 'case.left', { span: formatSpan(dueAt - now, t) })
}

export function CaseRows(props: CaseRowsProps) {
  const { rows, active, label } = props
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (active === undefined) return
    const row = list.current?.querySelector<HTMLElement>(`[data-case="${active}"] a`)
    row?.focus({ preventScroll: true })
    row?.closest('li')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <ul ref={list} className={styles.rows} aria-label={label}>
      {rows.map((row) => (
        <Row key={row.id} row={row} {...props} />
      ))}
    </ul>
  )
}

function Row({ row, ...props }: CaseRowsProps & { row: ListRow }) {
  const t = useT()
  const language = useLanguage()
  const { timeZone, now, open, marked, onMark, hrefOf, extra, isBrief = false } = props
  const left = timeLeft(row, now, t)
  const title = row.category ?? t('category.none')
  const more = extra?.(row)
  return (
    <li
      data-case={row.id}
      className={[styles.row, open === row.id && styles.open, onMark && styles.markable]
        .filter(Boolean)
        .join(' ')}
    >
      {onMark && (
        <label className={styles.mark}>
          <input
            type="checkbox"
            checked={marked?.has(row.id) === true}
            onChange={() => onMark(row.id)}
            aria-label={t('list.mark', { what: `${title} ${row.number}` })}
          />
        </label>
      )}
      <Link href={hrefOf(row.id)} className={styles.link} aria-current={open === row.id ? 'true' : undefined}>
        {row.photo === undefined ? (
          <span className={styles.nothing} aria-hidden="true" />
        ) : (
          <img className={styles.thumb} src={photoUrl(row.photo)} alt="" loading="lazy" />
        )}
        <span className={styles.what}>
          <LightShape light={row.light} label={t(`light.${row.light}`)} />
          <strong>{title}</strong>
          {row.urgent && <span className={styles.urgent}>{t('list.urgent')}</span>}
          {row.overseen && <span className={styles.tag}>{t('list.overseen')}</span>}
          {row.round > 1 && <span className={styles.tag}>{t('list.round', { n: row.round })}</span>}
        </span>
        <span className={styles.left} data-light={row.light}>
          {left ?? t(`status.${row.status}`)}
        </span>
        <span className={styles.where}>
          {[row.place ?? t('area.none'), ...(isBrief ? [] : [row.unit, row.number])]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className={styles.due}>
          {row.dueAt === undefined
            ? t('list.reported', { time: formatMoment(row.reportedAt, timeZone, language) })
            : t('case.due', { time: formatMoment(row.dueAt, timeZone, language) })}
        </span>
        {more && <span className={styles.extra}>{more}</span>}
      </Link>
    </li>
  )
}
