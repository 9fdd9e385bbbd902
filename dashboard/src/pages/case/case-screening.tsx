// What screening 预审 found of a report, in sentences: its verdict, the reasons that keep it from a rule, what lies behind
// them; and what the photos of the reply lack.
import type { CaseJson, FindingJson } from '../../api/cases.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import styles from './case-screening.module.css'

export function CaseScreening({ c, className }: { c: CaseJson; className: string | undefined }) {
  const t = useT()
  const language = useLanguage()
  const { screening, replyFindings = [] } = c
  if (!screening) return null
  const sentence = (f: FindingJson) => (language === 'en' ? f.en : f.zh)
  const findings = screening.findings ?? []
  const isCertain = screening.verdict === 'certain'
  return (
    <Card title={t('screening.title')} className={className}>
      <p className={isCertain ? undefined : styles.doubt}>
        {t(isCertain ? 'screening.certain' : 'screening.uncertain')}
      </p>
      {screening.reasons.length > 0 && (
        <ul className={styles.reasons}>
          {screening.reasons.map((reason) => (
            <li key={reason}>{wordFor(t, 'reason', reason)}</li>
          ))}
        </ul>
      )}
      <dl className={styles.facts}>
        {findings.length > 0 && (
          <>
            <dt>{t('screening.findings')}</dt>
            <dd>
              {findings.map((f) => (
                <p key={f.code + f.en}>{sentence(f)}</p>
              ))}
            </dd>
          </>
        )}
        {replyFindings.length > 0 && (
          <>
            <dt>{t('screening.reply')}</dt>
            <dd>
              {replyFindings.map((f) => (
                <p key={f.code + f.en}>{sentence(f)}</p>
              ))}
            </dd>
          </>
        )}
      </dl>
    </Card>
  )
}
