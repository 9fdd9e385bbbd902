// The day by hour: reports against what the same weekdays brought, closings as a line. The chart library arrives after the
// figures.
import { lazy, Suspense } from 'react'
import { useT } from '../../../i18n/translate.ts'
import { cityHour } from '#domain/city-time.ts'
import { Card } from '../../../ui/card.tsx'
import { useTick } from '../../../live/use-live.ts'
import { patiently } from '../../../ui/patiently.ts'
import { useWall } from '../context.ts'
import styles from './day-card.module.css'

const HourChart = lazy(() =>
  patiently(() => import('../../../components/chart/hour-chart.tsx').then((m) => ({ default: m.HourChart }))),
)

export function DayCard() {
  const t = useT()
  const { model, city } = useWall()
  const { claimed } = useTick()
  const { band } = model.standings
  return (
    <Card
      className={styles.card}
      label={t('wall.day')}
      title={t('wall.day')}
      aside={
        model.hours.length > 0 && (
          <span className={styles.key}>
            <span className={styles.reported}>{t('wall.day.reported')}</span>
            <span className={styles.closed}>{t('wall.day.closed')}</span>
            {band.length > 0 && <span className={styles.band}>{t('wall.day.band')}</span>}
          </span>
        )
      }
    >
      {model.hours.length === 0 ? (
        <p className={styles.none}>{t('wall.day.city-only')}</p>
      ) : (
        <div className={styles.chart}>
          <Suspense>
            <HourChart hours={model.hours} band={band} until={cityHour(claimed, city.info.timeZone)} />
          </Suspense>
        </div>
      )}
    </Card>
  )
}
