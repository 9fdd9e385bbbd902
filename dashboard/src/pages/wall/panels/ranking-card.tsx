// 月度排名: units by 按期处置率 of the month, each with what the rate is of. Units with few cases stand below without a place.
import { useT } from '../../../i18n/translate.ts'
import { Card } from '../../../ui/card.tsx'
import { useFitting } from '../../../ui/use-fitting.ts'
import { useWall } from '../context.ts'
import { LEAST_FOR_RATE, percent, type Ranked, ranked } from '../model/standings.ts'
import { DrillButton } from './drill-button.tsx'
import styles from './ranking-card.module.css'

const MOST = 24
/** Best and worst, where there is no room for all. */
const ENDS = 3

export function RankingCard() {
  const t = useT()
  const { model, scene } = useWall()
  const [list, fits] = useFitting(MOST)
  const rows = ranked(model.standings.units)
  const few = model.standings.units.filter((u) => u.onTime.of > 0 && u.onTime.of < LEAST_FOR_RATE)
  const isBrief = scene.name === 'brief'
  const shown = isBrief ? ends(rows, ENDS) : rows.length > fits ? ends(rows, Math.floor(fits / 2)) : rows
  return (
    <Card
      className={`${styles.card} ${isBrief ? styles.brief : ''}`}
      label={t('wall.ranking')}
      title={t(isBrief ? 'wall.ranking.ends' : 'wall.ranking')}
      aside={
        <span className={styles.aside}>
          {few.length > 0 ? t('wall.ranking.few', { n: few.length, least: LEAST_FOR_RATE }) : ''}
        </span>
      }
    >
      {rows.length === 0 && (
        <p className={styles.none}>{t('wall.ranking.none', { least: LEAST_FOR_RATE })}</p>
      )}
      <div className={styles.rows} ref={list}>
        {shown.map((r) => (
          <Row key={r.unit.code} row={r} isTail={isBrief && r.rank > (shown[ENDS - 1]?.rank ?? 0)} />
        ))}
      </div>
    </Card>
  )
}

function ends(rows: readonly Ranked[], n: number): Ranked[] {
  return rows.length <= 2 * n ? [...rows] : [...rows.slice(0, n), ...rows.slice(-n)]
}

function Row({ row, isTail }: { row: Ranked; isTail: boolean }) {
  const t = useT()
  const { model, city } = useWall()
  const { unit, rank } = row
  const share = unit.onTime.of === 0 ? 0 : unit.onTime.n / unit.onTime.of
  return (
    <div className={`${styles.row} ${isTail ? styles.tail : ''}`}>
      <span className={styles.rank}>{rank}</span>
      <DrillButton drill={{ kind: 'department', code: unit.code, overdue: false }} className={styles.name}>
        {city.department(unit.code)}
      </DrillButton>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <DrillButton
        drill={{
          kind: 'standing',
          list: 'not-in-time',
          n: unit.onTime.of - unit.onTime.n,
          day: model.day,
          scope: `department:${unit.code}`,
        }}
        empty={unit.onTime.n === unit.onTime.of}
        className={styles.rate}
      >
        <b>{percent(unit.onTime)}%</b>
      </DrillButton>
      <span className={styles.of}>{t('wall.ranking.of', unit.onTime)}</span>
    </div>
  )
}
