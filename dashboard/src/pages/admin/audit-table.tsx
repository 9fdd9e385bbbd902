// Rows of the audit in words.
import { Link } from 'wouter'
import type { AuditEntry } from '../../api/audit.ts'
import { useT } from '../../i18n/translate.ts'
import styles from './admin-page.module.css'
import { detailWords } from './audit-words.ts'

export function AuditTable({
  entries,
  timeOf,
}: {
  entries: readonly AuditEntry[]
  timeOf: (iso: string) => string
}) {
  const t = useT()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard too
    <section className={styles.scroll} tabIndex={0} aria-label={t('admin.audit')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t('audit.at')}</th>
            <th>{t('audit.who')}</th>
            <th>{t('audit.action')}</th>
            <th>{t('audit.target')}</th>
            <th>{t('audit.detail')}</th>
            <th>{t('audit.where')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((e) => (
            <tr key={e.id}>
              <td className={styles.nowrap}>{timeOf(e.at)}</td>
              <td>
                {e.by ? `${e.by.name} ${e.by.username}` : t('audit.nobody')}
                {e.posts.length > 0 && (
                  <div className={styles.hint}>{e.posts.map((p) => t(`post.${p}`)).join(t('sign.list'))}</div>
                )}
              </td>
              <td className={styles.nowrap}>{t(`audit.do.${e.action}`)}</td>
              <td>
                {t(`audit.of.${e.target.kind}`)}{' '}
                {e.target.kind === 'case' ? (
                  <Link href={`/cases/${e.target.id}`}>{e.target.name ?? e.target.id}</Link>
                ) : (
                  (e.target.name ?? '')
                )}
              </td>
              <td style={{ whiteSpace: 'pre-line' }}>{detailWords(e, t)}</td>
              <td>
                {t(`audit.via.${e.via}`)} {e.ip}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
