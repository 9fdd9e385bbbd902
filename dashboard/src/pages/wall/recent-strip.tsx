// The three latest steps side by side; the newest stands left. Category, place and step only, never anybody's words.
import { formatMinutes } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { useCalm } from '../../ui/use-calm.ts'
import { useWall } from './context.ts'
import styles from './recent-strip.module.css'

/** Long enough to read a line. */
const READABLE_MS = 3_000

export function RecentStrip() {
  const t = useT()
  const language = useLanguage()
  const { model, city } = useWall()
  const recent = useCalm(model.recent, READABLE_MS)
  return (
    <section className={styles.strip} aria-label={t('wall.recent')}>
      {recent.length === 0 && <p className={styles.none}>{t('wall.recent.none')}</p>}
      <ol className={styles.steps}>
        {recent.map((step) => (
          <li key={`${step.seq}-${step.caseId}-${step.type}`} className={styles.step}>
            <span className={styles.head}>
              <time>{formatMinutes(step.at, city.info.timeZone, language)}</time>
              <b>{wordFor(t, 'event', step.type)}</b>
              <span className={styles.where}>{city.place([], step.area)}</span>
            </span>
            <span className={styles.what}>{city.category(step.category) ?? t('category.none')}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
