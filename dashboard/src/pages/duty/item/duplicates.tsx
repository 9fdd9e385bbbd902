// What it may be the same matter as: picture, distance and reasons; merging is a key of its own.
import { photoUrl } from '../../../api/cases.ts'
import type { DeskItemJson } from '../../../api/desk.ts'
import { Key } from '../../../components/keys/keys-help.tsx'
import { useLanguage, useT } from '../../../i18n/translate.ts'
import styles from './item.module.css'

export function Duplicates({ item }: { item: DeskItemJson }) {
  const t = useT()
  const language = useLanguage()
  const { duplicates, offers } = item
  if (duplicates.length === 0) return null
  return (
    <section className={styles.duplicates} aria-label={t('centre.duplicates')}>
      <h3>
        {t('centre.duplicates')} {offers.includes('merge') && <Key name="m" />}
      </h3>
      <ul>
        {duplicates.map((d) => (
          <li key={d.caseId}>
            {d.photos[0] !== undefined && <img src={photoUrl(d.photos[0])} alt={t('case.photos.before')} />}
            <span>
              <strong>{d.caseNo ?? d.receiptNo}</strong> {d.category?.name} · {t(`status.${d.status}`)} ·{' '}
              {t('centre.metres', { m: Math.round(d.distanceM) })}
              <br />
              {d.description}
              <span className={styles.quiet}>
                <br />
                {d.reasons.map((r) => (language === 'en' ? r.en : r.zh)).join('；')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
