// 派遣说明: what was asked for the unit, in order, and what each question answered; what is left for the desk to decide.
import { useState } from 'react'
import type { RoutingStep } from '#domain/case.ts'
import type { CaseRoutingJson } from '../../api/components.ts'
import type { City } from '../../api/city.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ComponentLine } from './case-component.tsx'
import styles from './case-routing.module.css'

export function CaseRouting(props: {
  routing: CaseRoutingJson
  city: City
  /** Whether rules still decide about it. */
  isOpen: boolean
  className: string | undefined
}) {
  const t = useT()
  const { routing, city, isOpen, className } = props
  const {
    steps,
    department,
    doubt,
    coDepartments,
    returnedBy,
    candidates = [],
    border = [],
    letter,
  } = routing
  if (steps.length === 0) return null
  const names = (units: { name: string }[]) => units.map((u) => u.name).join(t('sign.list'))
  return (
    <Card title={t('routing.title')} className={className}>
      {!routing.decided && isOpen && doubt !== 'not-managed-here' && (
        <p className={styles.proposal}>
          {department ? t('routing.proposed', { unit: department.name }) : t('routing.proposed.none')}
          {department &&
            coDepartments.length > 0 &&
            t('sign.aside', { words: t('routing.co', { units: names(coDepartments) }) })}
        </p>
      )}
      {doubt && isOpen && <p className={styles.doubt}>{wordFor(t, 'doubt', doubt)}</p>}
      {returnedBy.length > 0 && (
        <p className={styles.note}>{t('routing.returned', { units: names(returnedBy) })}</p>
      )}
      <ol className={styles.steps}>
        {steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule may be asked twice; the order is what tells steps apart.
          <Step key={i} step={step} city={city} />
        ))}
      </ol>
      {candidates.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('component.candidates')}</h3>
          <ul className={styles.list}>
            {candidates.map((c) => (
              <li key={c.code}>
                <ComponentLine component={c} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {border.length > 0 && (
        <ul className={styles.list}>
          {border.map(({ department: unit, place, share }) => (
            <li key={unit.code}>
              {unit.name}
              <span className={styles.note}>
                {place.name} · {t('border.share', { share: Math.round(share * 100) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {letter && <Letter letter={letter} />}
    </Card>
  )
}

function Step({ step, city }: { step: RoutingStep; city: City }) {
  const t = useT()
  const language = useLanguage()
  return (
    <li className={step.matched ? styles.matched : undefined}>
      <span className={styles.asked}>{wordFor(t, 'ask', step.rule)}</span>
      <span>
        {language === 'en' ? step.because : step.zh}
        {step.fallBack && (
          <span className={styles.note}>
            {t('routing.fall-back', { unit: city.department(step.fallBack) ?? step.fallBack })}
          </span>
        )}
      </span>
    </li>
  )
}

function Letter({ letter }: { letter: NonNullable<CaseRoutingJson['letter']> }) {
  const t = useT()
  const [copied, setCopied] = useState(false)
  const text = `${letter.title}\n\n${letter.text}`
  return (
    <details className={styles.letter}>
      <summary>{t('letter.title')}</summary>
      <p className={styles.heading}>{letter.title}</p>
      <p className={styles.text}>{letter.text}</p>
      {/* Without https a browser lets no page write to the clipboard: the text can still be marked. */}
      {'clipboard' in navigator && (
        <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {t(copied ? 'letter.copied' : 'letter.copy')}
        </Button>
      )}
    </details>
  )
}
