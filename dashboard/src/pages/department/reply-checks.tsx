// What the photos of a reply lack that the filing condition asks for, and which were used before: told before it is sent. It
// refuses nothing; whoever checks sees the same.
import { Link } from 'wouter'
import { problemText } from '../../api/problem.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import styles from './department.module.css'
import { usePreview } from './use-preview.ts'

export function ReplyChecks(props: { caseId: string; photos: readonly string[]; isAsked: boolean }) {
  const t = useT()
  const language = useLanguage()
  const { caseId, photos, isAsked } = props
  const nothingToSay = !isAsked && photos.length === 0
  const { value, problem } = usePreview(
    caseId,
    nothingToSay
      ? undefined
      : { action: 'reply', ...(photos.length > 0 ? { photos: photos.join(',') } : {}) },
  )
  if (nothingToSay) return <p className={styles.note}>{t('dept.checks.none')}</p>
  if (problem) return <p className={styles.fault}>{problemText(problem, t)}</p>
  if (!value) return <p className={styles.note}>{t('state.loading')}</p>
  const said = [
    ...(value.findings ?? []).map((found) => ({ ...found, of: undefined })),
    ...(value.reuse ?? []).map((found) => ({ ...found, of: found.earlier.caseId })),
  ]
  if (said.length === 0) return <p className={styles.fine}>{t('dept.checks.ok')}</p>
  return (
    <div className={styles.checks} role="status">
      <ul>
        {said.map((found) => {
          const words = language === 'en' ? found.en : found.zh
          return (
            <li key={`${found.code} ${found.zh}`}>
              {found.of !== undefined && found.of !== caseId ? (
                <Link href={`/cases/${found.of}`}>{words}</Link>
              ) : (
                words
              )}
            </li>
          )
        })}
      </ul>
      <p className={styles.note}>{t('dept.checks.still')}</p>
    </div>
  )
}
