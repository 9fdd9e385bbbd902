// 要办 in one card, for screens read from far away: three figures, and below them the most pressing cases that fit.
import type { BoardCase } from '#domain/board.ts'
import { isRunning, runningLight } from '#domain/board-view.ts'
import { clockWords } from '../../../components/drill/clock-words.ts'
import type { Drill } from '../../../components/drill/drill.ts'
import { useT } from '../../../i18n/translate.ts'
import { useTick } from '../../../live/use-live.ts'
import { Figure } from '../../../ui/figure.tsx'
import { LightShape } from '../../../ui/light.tsx'
import { useFitting } from '../../../ui/use-fitting.ts'
import { useWall } from '../context.ts'
import { CategoryName } from './category-name.tsx'
import { DrillButton } from './drill-button.tsx'
import styles from './need-card.module.css'

const MOST = 12

export function NeedCard() {
  const t = useT()
  const { model } = useWall()
  const [list, fits] = useFitting(MOST)
  const { urgent, overdue, dueSoon, decisionsTotal, storm } = model
  const isHot = !storm && urgent.some(isRunning)
  const rows: BoardCase[] = [...new Set([...urgent.filter(isRunning), ...overdue, ...dueSoon])].slice(0, fits)
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
      <div className={styles.rows} ref={list}>
        {rows.map((c) => (
          <Row key={c.id} c={c} withPlace={storm} />
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
        className={[props.n === 0 ? styles.zero : props.hot ? styles.hot : '', props.n > 999 && styles.long]
          .filter(Boolean)
          .join(' ')}
      >
        <Figure value={props.n} />
      </b>
    </DrillButton>
  )
}

/** In a storm many are of the same kind: the place tells them apart. */
function Row({ c, withPlace }: { c: BoardCase; withPlace: boolean }) {
  const t = useT()
  const { city } = useWall()
  const { claimed } = useTick()
  return (
    <DrillButton drill={{ kind: 'cases', ids: [c.id] }} className={styles.row}>
      <LightShape light={runningLight(c)} label={t(`light.${runningLight(c)}`)} />
      <CategoryName of={c} className={styles.what} />
      <span className={styles.when}>{clockWords(c, claimed, t)}</span>
      {withPlace && <span className={styles.where}>{city.place(c.areaPath, c.area)}</span>}
    </DrillButton>
  )
}
