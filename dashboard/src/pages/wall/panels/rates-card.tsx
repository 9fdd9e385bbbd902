// How the month goes: 处置率 and 按期处置率 with what they are of and the month before at the same day, and what falls due
// today. A rate of the running day would be unfair all day, so there is none.
import type { StandingList } from '../../../components/drill/drill.ts'
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
        <Rate
          name="handled"
          label={t('wall.rates.handled')}
          part={month?.handled}
          before={before?.handled}
          list="not-handled"
        />
        <Rate
          name="on-time"
          label={t('wall.rates.on-time')}
          part={month?.onTime}
          before={before?.onTime}
          list="not-in-time"
        />
      </div>
    </Card>
  )
}

/** Figures of the day above this are written smaller. */
const LONG = 9999

/** A calendar month is this month; a pack's own period says its name. */
const isOwn = (name: string | undefined) => name !== undefined && !/^\d{4}-\d{2}$/.test(name)

function Rate(props: {
  name: 'handled' | 'on-time'
  label: string
  part: Part | undefined
  before: Part | undefined
  /** The cases that the rate is short of. */
  list: StandingList
}) {
  const t = useT()
  const { model } = useWall()
  const { name, label, part, before, list } = props
  const rate = part && percent(part)
  const last = before && percent(before)
  const short = part ? part.of - part.n : 0
  return (
    <DrillButton
      drill={{ kind: 'standing', list, n: short, day: model.day, scope: model.scope }}
      empty={short === 0}
      className={styles.rate}
    >
      <span className={styles.label}>{label}</span>
      <span className={styles.line}>
        <b className={styles.figure}>
          <Figure value={rate ?? '—'} name={`month:${name}`} />
          {rate !== undefined && <small>%</small>}
        </b>
        {last !== undefined && (
          <span className={styles.before}>
            <span>{t('wall.rates.before')}</span>
            <span>{last}</span>
          </span>
        )}
      </span>
      <span className={styles.of} data-figure={`month-of:${name}`}>
        {part ? `${part.n} / ${part.of}` : ''}
      </span>
    </DrillButton>
  )
}

/** 今日到期应结 and 已结. */
function DueToday() {
  const t = useT()
  const { model } = useWall()
  const due = model.standings.dueToday
  const figure = (list: StandingList, name: string, n: number | undefined) => (
    <DrillButton
      drill={{ kind: 'standing', list, n: n ?? 0, day: model.day, scope: model.scope }}
      empty={(n ?? 0) === 0}
    >
      <b>
        <Figure value={n ?? '—'} name={name} />
      </b>
    </DrillButton>
  )
  return (
    <span className={(due?.of ?? 0) > LONG ? `${styles.due} ${styles.many}` : styles.due}>
      {t('wall.rates.due-today')}
      {figure('due-today', 'due-today', due?.of)}
      {t('wall.rates.due-closed')}
      {figure('due-today-closed', 'due-today-closed', due?.n)}
    </span>
  )
}
