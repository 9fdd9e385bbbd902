// Policies that only the pack changes, in words: who decides each step, and the ladder of escalation.
import { POLICY_STEPS } from '#domain/city/schema.ts'
import type { Policies } from '#domain/city/types.ts'
import { ladderOf } from '#domain/escalation.ts'
import { useCity } from '../../api/city.ts'
import { useT } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import styles from './admin-page.module.css'
import { decideWords, rungWords, whenWords } from './policy-words.ts'

export function PolicyRules({ policies }: { policies: Policies }) {
  const t = useT()
  const city = useCity()
  const ladder = ladderOf(policies)
  return (
    <>
      <h2 className={styles.subtitle}>{t('rules.fixed')}</h2>
      <p className={styles.what}>{t('rules.fixed.what')}</p>
      <div className={styles.pair}>
        {POLICY_STEPS.map((step) => (
          <Card key={step} title={t(`rules.step.${step}`)}>
            <ol className={styles.list}>
              {policies[step].map((rule, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the order is what a rule is
                <li key={i}>
                  {whenWords(rule.when, t)} → <strong>{decideWords(rule, t)}</strong>
                </li>
              ))}
            </ol>
          </Card>
        ))}
        <Card title={t('rules.fall-back')}>
          <p className={styles.list}>{city?.department(policies.fallBackDepartment)}</p>
        </Card>
      </div>
      <Card title={t('rules.ladder')}>
        {ladder.length === 0 ? (
          <p className={styles.hint}>{t('rules.ladder.none')}</p>
        ) : (
          <ol className={styles.list}>
            {ladder.map((rung) => {
              const { when, what } = rungWords(rung, t)
              return (
                <li key={rung.id}>
                  <strong>{rung.name}</strong> {when} → {what}
                </li>
              )
            })}
          </ol>
        )}
      </Card>
    </>
  )
}
