// How the month goes: 处置率 and 按期处置率 with what they are of and the month before at the same day, and what falls due
// today. A rate of the running day would be unfair all day, so there is none.
import { useMemo } from 'react'
import type { BoardCase } from '#domain/board.ts'
import { useT } from '../../../i18n/translate.ts'
import { Card } from '../../../ui/card.tsx'
import { Figure } from '../../../ui/figure.tsx'
import { useWall } from '../context.ts'
import { type Part, percent } from '../model/standings.ts'
import { DrillButton } from './drill-button.tsx'
import styles from './rates-card.module.css'

export function RatesCard() {
  const t = useT()
  const { model } = useWall()
  const { month, before, name } = model.standings
  return (
    <Card
      className={styles.card}
      label={t('wall.rates')}
      title={isOwn(name) ? name : t('wall.rates')}
      aside={<DueToday />}
    >
      <div className={styles.rates}>
        <Rate label={t('wall.rates.handled')} part={month?.handled} before={before?.handled} />
        <Rate label={t('wall.rates.on-time')} part={month?.onTime} before={before?.onTime} />
      </div>
    </Card>
  )
}

/** A calendar month is this month; a pack's own period says its name. */
const isOwn = (name: string | undefined) => name !== undefined && !/^\d{4}-\d{2}$/.test(name)

function Rate({ label, part, before }: { label: string; part: Part | undefined; before: Part | undefined }) {
  const t = useT()
  const rate = part && percent(part)
  const last = before && percent(before)
  return (
    <div className={styles.rate}>
      <span className={styles.label}>{label}</span>
      <span className={styles.line}>
        <b className={styles.figure}>
          <Figure value={rate ?? '—'} />
          {rate !== undefined && <small>%</small>}
        </b>
        {last !== undefined && (
          <span className={styles.before}>
            <span>{t('wall.rates.before')}</span>
            <span>{last}</span>
          </span>
        )}
      </span>
      <span className={styles.of}>{part ? `${part.n} / ${part.of}` : ''}</span>
    </div>
  )
}

/** 今日到期应结 and 已结. */
export function DueToday() {
  const t = useT()
  const { model, city } = useWall()
  const due = model.standings.dueToday
  const { timeZone } = city.info
  const open = useMemo(() => dueOn(model.cases, model.day, timeZone), [model, timeZone])
  return (
    <span className={styles.due}>
      {t('wall.rates.due-today')}
      <DrillButton drill={{ kind: 'cases', ids: open }} empty={open.length === 0}>
        <b>
          <Figure value={due?.of ?? '—'} />
        </b>
      </DrillButton>
      {t('wall.rates.due-closed')}
      <b>
        <Figure value={due?.n ?? '—'} />
      </b>
    </span>
  )
}

/** Open cases whose deadline is on that city day, by id. */
function dueOn(cases: readonly BoardCase[], day: string, timeZone: string): string[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  return cases.filter((c) => c.dueAt !== undefined && format.format(c.dueAt) === day).map((c) => c.id)
}
