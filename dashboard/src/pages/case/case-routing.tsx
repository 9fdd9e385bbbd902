// 派遣说明: which rules were asked for the unit, and which one answered.
import type { RoutingStep } from '#domain/case.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import styles from './case-page.module.css'

export function CaseRouting(props: { routing: RoutingStep[] | undefined; className: string | undefined }) {
  const t = useT()
  const language = useLanguage()
  const { routing } = props
  if (!routing || routing.length === 0) return null
  return (
    <Card title={t('case.routing')} className={props.className}>
      <ol className={styles.steps}>
        {routing.map((step) => (
          <li key={`${step.rule}-${step.ref ?? ''}`} className={step.matched ? styles.matched : undefined}>
            {language === 'en' ? step.because : step.zh}
          </li>
        ))}
      </ol>
    </Card>
  )
}
