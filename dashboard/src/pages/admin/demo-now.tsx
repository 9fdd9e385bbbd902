// One line of how the demo stands now: what its clock shows, how far it is ahead, how many reports that makes.
import { STORM_REPORTS_A_DAY, USUAL_REPORTS_A_DAY } from '#domain/demo.ts'
import { useCityInfo } from '../../api/city.ts'
import { type DemoState, useCityNow } from '../../api/demo.ts'
import { formatDate, formatSpan, formatTime } from '../../i18n/format.ts'
import { type Translate, useLanguage, useT } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import styles from './admin-page.module.css'

const MINUTES_A_DAY = 1440
const AHEAD_MS = 60_000

/** Mean over the day, per real time; a quiet night has no number to promise. */
function paceWords(
  { scene, multiple, rate, traffic, hasTraffic }: DemoState,
  t: Translate,
): string | undefined {
  if (!hasTraffic || !traffic) return t('admin.now.stopped')
  if (scene === 'quiet') return undefined
  const day = scene === 'storm' ? STORM_REPORTS_A_DAY : USUAL_REPORTS_A_DAY
  const aMinute = (day * multiple * rate) / MINUTES_A_DAY
  return aMinute >= 1
    ? t('admin.now.per-minute', { n: Math.round(aMinute) })
    : t('admin.now.per-hour', { n: Math.round(aMinute * 60) })
}

export function DemoNow({ state }: { state: DemoState }) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const now = useCityNow(1_000)
  return (
    <Card title={t('admin.now')}>
      <p className={styles.now}>
        <span className={styles.what}>{t('admin.now.clock')}</span>
        <span className={styles.clock}>
          {formatDate(now, zone, language)} {formatTime(now, zone, language)}
        </span>
        <span>{t('admin.now.rate', { n: state.rate })}</span>
        <span>
          {state.aheadMs < AHEAD_MS
            ? t('admin.now.world')
            : t('demo.ahead', { span: formatSpan(state.aheadMs, t) })}
        </span>
        <span className={styles.what}>{paceWords(state, t)}</span>
      </p>
    </Card>
  )
}
