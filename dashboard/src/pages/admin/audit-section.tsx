// The audit: searched by day, action, person and case, read on page by page, and exported.
import { useCallback, useEffect, useState, type FormEvent } from 'react'
import { AUDIT_ACTIONS } from '#domain/admin-audit.ts'
import { askAudit, type AuditEntry, auditPath, type AuditSearch } from '../../api/audit.ts'
import { useCityInfo } from '../../api/city.ts'
import { type Problem, problemText } from '../../api/problem.ts'
import { formatDate, formatTime } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { AuditTable } from './audit-table.tsx'

const EMPTY = { from: '', until: '', action: '', by: '', case: '' }

export function AuditSection() {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const [fields, setFields] = useState(EMPTY)
  const [search, setSearch] = useState<AuditSearch>({})
  const [entries, setEntries] = useState<AuditEntry[]>()
  const [cursor, setCursor] = useState<string>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)

  const ask = useCallback(async (wanted: AuditSearch, from?: string) => {
    setBusy(true)
    const answer = await askAudit(wanted, from)
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    const { items, nextCursor } = answer.value
    setProblem(undefined)
    setEntries((before) => (from === undefined ? items : [...(before ?? []), ...items]))
    setCursor(nextCursor)
  }, [])
  useEffect(() => void ask(search), [ask, search])

  const timeOf = (iso: string) => {
    const at = Date.parse(iso)
    return `${formatDate(at, zone, language)} ${formatTime(at, zone, language)}`
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setSearch({ ...fields })
  }
  const set = (name: keyof typeof EMPTY) => (event: { target: { value: string } }) =>
    setFields({ ...fields, [name]: event.target.value })
  return (
    <div className={styles.section}>
      <form onSubmit={submit}>
        <div className={styles.form}>
          <Field label={t('audit.from')}>
            {(ids) => <input {...ids} type="date" value={fields.from} onChange={set('from')} />}
          </Field>
          <Field label={t('audit.until')}>
            {(ids) => <input {...ids} type="date" value={fields.until} onChange={set('until')} />}
          </Field>
          <Field label={t('audit.action')}>
            {(ids) => (
              <select {...ids} value={fields.action} onChange={set('action')}>
                <option value="">{t('audit.any')}</option>
                {AUDIT_ACTIONS.map((action) => (
                  <option key={action} value={action}>
                    {t(`audit.do.${action}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('audit.by')}>
            {(ids) => (
              <input
                {...ids}
                maxLength={100}
                placeholder={t('audit.by.hint')}
                value={fields.by}
                onChange={set('by')}
              />
            )}
          </Field>
          <Field label={t('audit.case')}>
            {(ids) => <input {...ids} maxLength={64} value={fields.case} onChange={set('case')} />}
          </Field>
          <Button type="submit" kind="primary" disabled={busy}>
            {t('audit.search')}
          </Button>
        </div>
      </form>
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      <p className={styles.hint}>
        {t('audit.kept')}{' '}
        <a href={`/api/v1${auditPath(search, { format: 'csv' })}`} download="audit.csv">
          {t('audit.export')}
        </a>
      </p>
      {!entries && !problem && <p role="status">{t('state.loading')}</p>}
      {entries?.length === 0 && <p role="status">{t('audit.none')}</p>}
      {entries && entries.length > 0 && <AuditTable entries={entries} timeOf={timeOf} />}
      {cursor !== undefined && (
        <p>
          <Button disabled={busy} onClick={() => void ask(search, cursor)}>
            {t('audit.more')}
          </Button>
        </p>
      )}
    </div>
  )
}
