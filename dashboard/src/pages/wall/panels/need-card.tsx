// 要办 in one card, for screens read from far away: three figures, and below them the most pressing cases that fit.
import type { CSSProperties } from 'react'
import type { BoardCase } from '#domain/board.ts'
import { isRunning } from '#domain/board-view.ts'
import type { Drill } from '../../../components/drill/drill.ts'
import { useT } from '../../../i18n/translate.ts'
import { Figure } from '../../../ui/figure.tsx'
import { useFitting } from '../../../ui/use-fitting.ts'
import { useWall } from '../context.ts'
import { CaseLine } from './case-line.tsx'
import { DrillButton } from './drill-button.tsx'
import styles from './need-card.module.css'

const MOST = 12

export function NeedCard() {
  const t = useT()
  const { model } = useWall()
  const [list, fits] = useFitting(MOST)
  const { urgent, overdue, dueSoon, decisionsTotal, storm } = model
  const isHot = !storm && urgent.some(isRunning)
  // Of thousands only those that can be among the first: an urgent case is in two of the lists.
  const first = (list: readonly BoardCase[]) => list.slice(0, 2 * MOST)
  const most = new Set([...first(urgent).filter(isRunning), ...first(overdue), ...first(dueSoon)])
  const rows = [...most].slice(0, fits)
  return (
    <section className={styles.card} aria-label={t('wall.need-now')}>
      <div className={styles.figures}>
        <Total label={t('wall.urgent')} n={urgent.length} drill={{ kind: 'urgent' }} hot={isHot} />
        <Total label={t('wall.decide')} n={decisionsTotal} drill={{ kind: 'waiting-all' }} />
        <Total
          label={t('wall.late')}
          n={overdue.length}
          drill={{ kind: 'overdue' }}
          hot={overdue.length > 0}
        />
      </div>
      {/* In a storm many are of the same kind: the place tells them apart. */}
      <div className={styles.rows} ref={list}>
        {rows.map((c) => (
          <CaseLine key={c.id} c={c} className={styles.row} fitted where={storm ? 'place' : 'none'} />
        ))}
      </div>
    </section>
  )
}

function Total(props: { label: string; n: number; drill: Drill; hot?: boolean }) {
  return (
    <DrillButton drill={props.drill} empty={props.n === 0} className={styles.total}>
      <span>{props.label}</span>
      <b
        className={props.n === 0 ? styles.zero : props.hot ? styles.hot : ''}
        style={{ '--digits': String(props.n).length } as CSSProperties}
      >
        <Figure value={props.n} />
      </b>
    </DrillButton>
  )
}
