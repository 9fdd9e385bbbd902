// 超期与将超期: the worst by name with age, unit and place. In a storm names would be noise: totals by unit instead,
// and red only where the limit is passed twice over.
import { formatSpan } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/translate.ts'
import { useTick } from '../../../live/use-live.ts'
import { Card } from '../../../ui/card.tsx'
import { Figure } from '../../../ui/figure.tsx'
import { LightShape } from '../../../ui/light.tsx'
import { useFitting } from '../../../ui/use-fitting.ts'
import { useWall } from '../context.ts'
import { CaseLine } from './case-line.tsx'
import { DrillButton } from './drill-button.tsx'
import type { UnitRow } from '../model/tally.ts'
import styles from './need-now.module.css'

const MOST = 6

export function LateCard() {
  const t = useT()
  const { model } = useWall()
  const { overdue, dueSoon, storm } = model
  const [list, fits] = useFitting(MOST)
  const rows = [...overdue, ...dueSoon].slice(0, fits)
  const units = model.units.filter((u) => u.overdue > 0).slice(0, fits)
  return (
    <Card
      className={`${styles.heading} ${styles.grow}`}
      title={
        <>
          {t('wall.late')}
          <DrillButton drill={{ kind: 'due-soon' }} empty={dueSoon.length === 0} className={styles.soon}>
            {t('wall.due-soon')}{' '}
            <b>
              <Figure value={dueSoon.length} name="due-soon" />
            </b>
          </DrillButton>
        </>
      }
      label={t('wall.late')}
      aside={
        <DrillButton
          drill={{ kind: 'overdue' }}
          figure="overdue"
          empty={overdue.length === 0}
          className={`${styles.total} ${overdue.length > 0 ? styles.hot : ''}`}
        >
          <Figure value={overdue.length} />
        </DrillButton>
      }
    >
      {storm && (
        <DrillButton drill={{ kind: 'double' }} empty={model.double === 0} className={styles.row}>
          <LightShape light="red" />
          <span className={`${styles.what} ${styles.red}`}>{t('wall.late.double', { n: model.double })}</span>
        </DrillButton>
      )}
      <div className={`${styles.rows} ${styles.grow}`} ref={list}>
        {overdue.length + dueSoon.length === 0 && <p className={styles.none}>{t('wall.late.none')}</p>}
        {storm
          ? units.map((u) => <LateUnit key={u.code} unit={u} />)
          : rows.map((c) => (
              <CaseLine
                key={c.id}
                c={c}
                className={styles.row}
                fitted
                whenClass={styles[c.light]}
                where="unit-first"
              />
            ))}
      </div>
    </Card>
  )
}

function LateUnit({ unit }: { unit: UnitRow }) {
  const t = useT()
  const { city } = useWall()
  const { claimed } = useTick()
  return (
    <DrillButton
      drill={{ kind: 'department', code: unit.code, overdue: true }}
      className={`${styles.row} ${styles.unit}`}
    >
      <span className={styles.what}>{city.department(unit.code)}</span>
      <span className={styles.when}>
        <Figure value={t('wall.late.n', { n: unit.overdue })} />
      </span>
      <span className={styles.where}>
        <span>
          {unit.overdueSince !== undefined &&
            `${t('wall.flow.oldest')} ${formatSpan(claimed - unit.overdueSince, t)}`}
        </span>
        {unit.double > 0 && <span className={styles.red}>{t('wall.late.double', { n: unit.double })}</span>}
      </span>
    </DrillButton>
  )
}
