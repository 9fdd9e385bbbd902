// What a check of an uploaded file found: a table with places, as long as it is.
import type { Finding } from '../../api/administration.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import styles from './admin-page.module.css'

export function FindingsList({
  title,
  findings,
  count = findings.length,
  withFile,
}: {
  title: string
  findings: readonly Finding[]
  /** Of all, where not all are listed. */
  count?: number
  /** They are of several files. */
  withFile: boolean
}) {
  const t = useT()
  const language = useLanguage()
  if (count === 0) return null
  const columnOf = ({ field = '', fieldZh }: Finding) => (language === 'en' ? field : (fieldZh ?? field))
  return (
    <div className={styles.findings}>
      <h3 className={styles.subtitle}>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled by the keyboard too */}
      <section className={styles.scroll} tabIndex={0} aria-label={title}>
        <table className={styles.table}>
          <thead>
            <tr>
              {withFile && <th>{t('finding.file')}</th>}
              <th>{t('finding.row')}</th>
              <th>{t('finding.column')}</th>
              <th>{t('finding.what')}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map((f, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
              <tr key={i}>
                {withFile && <td className={styles.nowrap}>{f.file}</td>}
                <td className={styles.nowrap}>
                  {f.row}
                  {f.about === undefined ? '' : ` ${f.about}`}
                </td>
                <td className={styles.nowrap}>{columnOf(f)}</td>
                <td>{language === 'en' ? f.message : f.zh}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {count > findings.length && (
        <p className={styles.hint}>{t('finding.more', { n: count - findings.length })}</p>
      )}
    </div>
  )
}
