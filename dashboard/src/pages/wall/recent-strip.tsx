// The three latest steps side by side; the newest stands left. Category, place and step only, never anybody's words.
import { formatMinutes } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { useWall } from './context.ts'
import styles from './recent-strip.module.css'

export function RecentStrip() {
  const t = useT()
  const language = useLanguage()
  const { model, city } = useWall()
  return (
    <section className={styles.strip} aria-label={t('wall.recent')}>
      {model.recent.length === 0 && <p className={styles.none}>{t('wall.recent.none')}</p>}
      <ol className={styles.steps}>
        {model.recent.map((step) => (
          <li key={`${step.seq}-${step.caseId}-${step.type}`} className={styles.step}>
            <span className={styles.head}>
              <time>{formatMinutes(step.at, city.info.timeZone, language)}</time>
              <b>{wordFor(t, 'event', step.type)}</b>
            </span>
            <span className={styles.what}>
              {[city.category(step.category) ?? t('category.none'), city.place([], step.area)]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
