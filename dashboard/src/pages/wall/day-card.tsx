// The day by hour: reports as bars, closings as a line. The chart library arrives after the figures.
import { lazy, Suspense } from 'react'
import { useT } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import { useWall } from './context.ts'
import styles from './day-card.module.css'

const HourChart = lazy(() =>
  import('../../components/chart/hour-chart.tsx').then((m) => ({ default: m.HourChart })),
)

export function DayCard({ hour }: { hour: number }) {
  const t = useT()
  const { model } = useWall()
  if (model.hours.length === 0) return null
  return (
    <Card
      className={styles.card}
      label={t('wall.day')}
      title={t('wall.day')}
      aside={
        <span className={styles.key}>
          <span className={styles.reported}>▮ {t('wall.day.reported')}</span>
          <span className={styles.closed}>━ {t('wall.day.closed')}</span>
        </span>
      }
    >
      <div className={styles.chart}>
        <Suspense>
          <HourChart hours={model.hours} until={hour} />
        </Suspense>
      </div>
    </Card>
  )
}
