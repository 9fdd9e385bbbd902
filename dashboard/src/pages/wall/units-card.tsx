// Whose: units by overdue, then open. The rest is one line; units without open cases are not listed.
import { useT } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import { Figure } from '../../ui/figure.tsx'
import { useFitting } from '../../ui/use-fitting.ts'
import { useWall } from './context.ts'
import { DrillButton } from './drill-button.tsx'
import type { UnitRow } from './model.ts'
import styles from './units-card.module.css'

const MOST = 12

export function UnitsCard() {
  const t = useT()
  const { model } = useWall()
  const [list, fits] = useFitting(MOST)
  const shown = model.units.slice(0, fits)
  const rest = model.units.slice(fits)
  const most = Math.max(1, ...model.units.map((u) => u.open))
  return (
    <Card
      className={styles.card}
      label={t('wall.units')}
      title={t('wall.units')}
      aside={
        <span className={styles.heads} aria-hidden="true">
          <span>{t('wall.units.overdue')}</span>
          <span>{t('wall.units.open')}</span>
        </span>
      }
    >
      <div className={styles.rows} ref={list}>
        {shown.length === 0 && <p className={styles.none}>{t('wall.units.none')}</p>}
        {shown.map((u) => (
          <Unit key={u.code} unit={u} most={most} />
        ))}
      </div>
      {rest.length > 0 && (
        <DrillButton drill={{ kind: 'departments', codes: rest.map((u) => u.code) }} className={styles.rest}>
          <span>{t('wall.units.rest', { n: rest.length })}</span>
          <span className={styles.n}>{rest.reduce((sum, u) => sum + u.overdue, 0)}</span>
          <span className={styles.n}>{rest.reduce((sum, u) => sum + u.open, 0)}</span>
        </DrillButton>
      )}
    </Card>
  )
}

function Unit({ unit, most }: { unit: UnitRow; most: number }) {
  const t = useT()
  const { model, city } = useWall()
  const name = city.department(unit.code) ?? unit.code
  // In a storm red is kept for twice the limit: the figure stays plain, the bar says how much of it is.
  const red = model.storm ? unit.double : unit.overdue
  const share = (n: number) => ({ inlineSize: `${(n / most) * 100}%` })
  return (
    <div className={styles.row}>
      <DrillButton drill={{ kind: 'department', code: unit.code, overdue: false }} className={styles.name}>
        {name}
      </DrillButton>
      <DrillButton
        drill={{ kind: 'department', code: unit.code, overdue: true }}
        empty={unit.overdue === 0}
        label={`${name} ${t('wall.units.overdue')} ${unit.overdue}`}
        className={`${styles.n} ${unit.overdue === 0 ? styles.zero : model.storm ? '' : styles.hot}`}
      >
        <Figure value={unit.overdue} />
      </DrillButton>
      <DrillButton
        drill={{ kind: 'department', code: unit.code, overdue: false }}
        label={`${name} ${t('wall.units.open')} ${unit.open}`}
        className={styles.n}
      >
        <Figure value={unit.open} />
      </DrillButton>
      <span className={styles.bar} aria-hidden="true">
        <span className={styles.barHot} style={share(red)} />
        <span className={styles.barLate} style={share(unit.overdue - red)} />
        <span className={styles.barOpen} style={share(unit.open - unit.overdue)} />
      </span>
    </div>
  )
}
