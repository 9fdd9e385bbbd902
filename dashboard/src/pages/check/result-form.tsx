// The result of a field task: one press, a remark where it needs one, and the reason where the position is off.
import type { TaskKind } from '#domain/task.ts'
import { useT } from '../../i18n/translate.ts'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { type Findings, type MissingResult, RESULTS } from './result.ts'
import chips from '../../ui/chips.module.css'
import styles from './check-page.module.css'

const REASONS = ['gps', 'pin', 'blocked'] as const

export function ResultForm(props: {
  kind: TaskKind
  found: Findings
  missing: readonly MissingResult[]
  /** Set where the position is off; metres unknown where there is no position. */
  off: { metres: number | undefined; withinM: number } | undefined
  onChange: (part: Partial<Findings>) => void
}) {
  const t = useT()
  const { kind, found, missing, off, onChange } = props
  return (
    <>
      <section className={styles.part} aria-label={t('check.result')}>
        <h2>{t('check.result')}</h2>
        <div className={styles.results}>
          {RESULTS[kind].map((result) => (
            <button
              key={result}
              type="button"
              aria-pressed={found.result === result}
              onClick={() => onChange({ result })}
            >
              {t(`check.result.${result}`)}
            </button>
          ))}
        </div>
        {missing.includes('result') && (
          <p className={styles.fault} role="alert">
            {t('check.need-result')}
          </p>
        )}
      </section>
      {off && (
        <section className={styles.part} aria-label={t('check.off.why')}>
          <Notice>
            {off.metres === undefined
              ? t('check.off.unknown')
              : t('check.off', { m: off.metres, n: off.withinM })}
          </Notice>
          <div className={chips.chips}>
            {REASONS.map((reason) => {
              const words = t(`check.off.reasons.${reason}`)
              return (
                <button
                  key={reason}
                  type="button"
                  aria-pressed={found.whyOff === words}
                  onClick={() => onChange({ whyOff: words })}
                >
                  {words}
                </button>
              )
            })}
          </div>
          <Field
            label={t('check.off.why')}
            fault={missing.includes('why-off') ? t('check.off.need') : undefined}
          >
            {(ids) => (
              <input
                {...ids}
                maxLength={300}
                value={found.whyOff}
                onChange={(e) => onChange({ whyOff: e.target.value })}
              />
            )}
          </Field>
        </section>
      )}
      <Field
        label={t(found.result === 'false-reply' ? 'check.note.false-reply' : 'check.note')}
        fault={missing.includes('note') ? t('check.need-note') : undefined}
      >
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            maxLength={1500}
            value={found.note}
            onChange={(e) => onChange({ note: e.target.value })}
          />
        )}
      </Field>
    </>
  )
}
