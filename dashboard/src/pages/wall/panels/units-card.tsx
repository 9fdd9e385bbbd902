// Whose: units by overdue, then open, with the month's rate where there were enough cases for one. What does not fit comes
// in turn; rows with something overdue stay.
import type { CSSProperties } from 'react'
import type { StandingList } from '../../../components/drill/drill.ts'
import { useT } from '../../../i18n/translate.ts'
import { Card } from '../../../ui/card.tsx'
import { Figure } from '../../../ui/figure.tsx'
import { useFitting } from '../../../ui/use-fitting.ts'
import { useWall } from '../context.ts'
import type { UnitRow } from '../model/tally.ts'
import { LEAST_FOR_RATE, type Part, percent } from '../model/standings.ts'
import { pageOf } from '../model/pages.ts'
import { DrillButton } from './drill-button.tsx'
import { lengthOf } from './letters.ts'
import styles from './units-card.module.css'

const MOST = 14
/** Figures above this are written smaller. */
const BIG = 99
const HUGE = 9999
const TURN_MS = 20_000

export function UnitsCard() {
  const t = useT()
  const { model, isShown, city } = useWall()
  const [list, fits] = useFitting(MOST)
  const { rows, page, pages } = pageOf(model.units, fits, Math.floor(Date.now() / TURN_MS))
  const most = Math.max(1, ...model.units.map((u) => u.open))
  const isBig = most > BIG
  // Names are never cut: the columns of figures are as wide as the largest, the rates give way, then names take two lines.
  const digits = (n: number) => String(n).length
  const widths = {
    '--late-digits': digits(Math.max(0, ...model.units.map((u) => u.overdue))),
    '--open-digits': digits(most),
    '--letters': Math.max(0, ...model.units.map((u) => lengthOf(city.department(u.code) ?? u.code))),
  } as CSSProperties
  return (
    <Card
      className={[styles.card, isBig && styles.big, most > HUGE && styles.huge].filter(Boolean).join(' ')}
      style={widths}
      label={t('wall.units')}
      title={
        <>
          {t('wall.units')}
          {pages > 1 && <span className={styles.page}>{`${page + 1}/${pages}`}</span>}
        </>
      }
      aside={
        <span className={styles.heads} aria-hidden="true">
          <span>{t('wall.units.overdue')}</span>
          <span>{t('wall.units.open')}</span>
          <span>{t('wall.units.on-time')}</span>
        </span>
      }
    >
      {!isShown('rates') && <Merged />}
      <div className={styles.rows} ref={list}>
        {rows.length === 0 && <p className={styles.none}>{t('wall.units.none')}</p>}
        {rows.map((u) => (
          <Unit key={u.code} unit={u} most={most} />
        ))}
      </div>
    </Card>
  )
}

/** A column has room for whole per cents; 100 only when nothing was late. */
const whole = ({ n, of }: Part) => `${Math.floor((n / of) * 100)}%`

/** The month's two rates in one line, where they have no panel. */
function Merged() {
  const t = useT()
  const { model } = useWall()
  const { month } = model.standings
  if (!month) return null
  const rate = (label: string, part: Part, list: StandingList) => (
    <DrillButton
      drill={{ kind: 'standing', list, n: part.of - part.n, day: model.day, scope: model.scope }}
      empty={part.n === part.of}
    >
      {label} <b>{percent(part) ?? '—'}%</b>
    </DrillButton>
  )
  return (
    <p className={styles.merged}>
      {rate(t('wall.rates.handled'), month.handled, 'not-handled')}
      {rate(t('wall.rates.on-time'), month.onTime, 'not-in-time')}
    </p>
  )
}

function Unit({ unit, most }: { unit: UnitRow; most: number }) {
  const t = useT()
  const { model, city } = useWall()
  const name = city.department(unit.code) ?? unit.code
  // In a storm red is kept for twice the limit: the figure stays plain, the bar says how much of it is.
  const red = model.storm ? unit.double : unit.overdue
  const share = (n: number) => ({ inlineSize: `${(n / most) * 100}%` })
  const month = model.standings.units.find((u) => u.code === unit.code)
  const rate = month && month.onTime.of >= LEAST_FOR_RATE ? whole(month.onTime) : undefined
  return (
    <div className={styles.row}>
      <DrillButton drill={{ kind: 'department', code: unit.code, overdue: false }} className={styles.whose}>
        <span className={styles.name}>{name}</span>
      </DrillButton>
      <DrillButton
        drill={{ kind: 'department', code: unit.code, overdue: true }}
        empty={unit.overdue === 0}
        label={`${name} ${t('wall.units.overdue')} ${unit.overdue}`}
        className={`${styles.n} ${unit.overdue === 0 ? styles.zero : model.storm ? '' : styles.hot}`}
      >
        <Figure value={unit.overdue} name={`unit-overdue:${unit.code}`} />
      </DrillButton>
      <DrillButton
        drill={{ kind: 'department', code: unit.code, overdue: false }}
        label={`${name} ${t('wall.units.open')} ${unit.open}`}
        className={styles.n}
      >
        <Figure value={unit.open} name={`unit-open:${unit.code}`} />
      </DrillButton>
      {month && rate !== undefined ? (
        <DrillButton
          drill={{
            kind: 'standing',
            list: 'not-in-time',
            n: month.onTime.of - month.onTime.n,
            day: model.day,
            scope: `department:${unit.code}`,
          }}
          empty={month.onTime.n === month.onTime.of}
          className={styles.rate}
        >
          {rate}
        </DrillButton>
      ) : (
        <span className={styles.rate} />
      )}
      <span className={styles.bar} aria-hidden="true">
        <span className={styles.barHot} style={share(red)} />
        <span className={styles.barLate} style={share(unit.overdue - red)} />
        <span className={styles.barOpen} style={share(unit.open - unit.overdue)} />
      </span>
    </div>
  )
}
