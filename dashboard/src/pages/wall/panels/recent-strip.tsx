// The latest steps on one line over the map; the newest stands left. Category, place and step only, never anybody's words.
import { formatMinutes } from '../../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../../i18n/translate.ts'
import { useCalm } from '../../../ui/use-calm.ts'
import { useWall } from '../context.ts'
import styles from './recent-strip.module.css'

/** Long enough to read a line. */
const READABLE_MS = 3_000
const SHOWN = 2

export function RecentStrip() {
  const t = useT()
  const language = useLanguage()
  const { model, city } = useWall()
  const recent = useCalm(model.recent, READABLE_MS)
  return (
    <ol className={styles.steps} aria-label={t('wall.recent')}>
      {recent.length === 0 && <li className={styles.step}>{t('wall.recent.none')}</li>}
      {recent.slice(0, SHOWN).map((step) => (
        <li key={`${step.seq}-${step.caseId}-${step.type}`} className={styles.step}>
          <time>{formatMinutes(step.at, city.info.timeZone, language)}</time>
          <b>{wordFor(t, 'event', step.type)}</b>
          <span className={styles.what}>
            {[city.category(step.category), city.place([], step.area)].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  )
}
