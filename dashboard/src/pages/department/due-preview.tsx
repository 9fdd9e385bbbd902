// The due time as it stands and as it would be, before a request or a second-level dispatch is sent.
import type { City } from '../../api/city.ts'
import { faultOf, problemText } from '../../api/problem.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import styles from './department.module.css'
import { usePreview } from './use-preview.ts'

export function DuePreview(props: {
  caseId: string
  query: Record<string, string> | undefined
  /** What is asked here; its new due time is that of the case, or of the squad. */
  of: 'case' | 'unit'
  city: City
  /** Said beside it. */
  note: string
}) {
  const t = useT()
  const language = useLanguage()
  const { caseId, query, of, city, note } = props
  const { value, problem, loading } = usePreview(caseId, query)
  const at = (iso: string) => formatMoment(Date.parse(iso), city.info.timeZone, language)
  const next = of === 'case' ? value?.newDueAt : value?.unitDueAt
  const fault =
    problem &&
    (['until', 'limit', 'handler'].map((f) => faultOf(problem, f, t)).find(Boolean) ??
      problemText(problem, t))
  return (
    <div className={styles.due} role="status">
      {value?.dueAt !== undefined && (
        <p>
          {t('dept.due.now')} <time dateTime={value.dueAt}>{at(value.dueAt)}</time>
        </p>
      )}
      {next !== undefined && (
        <p className={styles.next}>
          {t(of === 'case' ? 'dept.due.new' : 'dept.due.unit')} <time dateTime={next}>{at(next)}</time>
        </p>
      )}
      {!query && <p>{t(of === 'case' ? 'dept.due.ask' : 'dept.due.same')}</p>}
      {loading && <p>{t('dept.due.counting')}</p>}
      {fault && <p className={styles.fault}>{fault}</p>}
      <p className={styles.note}>{note}</p>
    </div>
  )
}
