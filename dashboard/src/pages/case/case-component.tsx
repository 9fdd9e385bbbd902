// 部件: the component of a case, whose it is, where that is known from, and correcting it 更正登记.
import { useState } from 'react'
import { v4 as uuid } from 'uuid'
import { Link } from 'wouter'
import type { Account } from '../../api/session.ts'
import { type ComponentJson, correctOwner, type LessonJson } from '../../api/components.ts'
import type { City } from '../../api/city.ts'
import type { JsonSchema } from '../../components/form/schema.ts'
import { SchemaForm } from '../../components/form/schema-form.tsx'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './case-routing.module.css'

const MAY_CORRECT = ['dispatcher', 'duty-manager', 'admin'] as const

const CORRECTION: JsonSchema = {
  type: 'object',
  required: ['department', 'reason'],
  properties: {
    department: { type: 'string', minLength: 1, maxLength: 64 },
    reason: { type: 'string', minLength: 1, maxLength: 500 },
  },
}

/** Code, category, owner and how far away, in a line. */
export function ComponentLine({ component }: { component: ComponentJson }) {
  const t = useT()
  const { code, category, owner, distanceM, provisional } = component
  return (
    <span>
      {category.name} <span className={styles.code}>{code}</span> · {owner?.name ?? t('component.owner.none')}
      {distanceM !== undefined && distanceM >= 1 && (
        <span className={styles.note}>{t('component.away', { m: distanceM })}</span>
      )}
      {provisional && <span className={styles.note}>{t('component.provisional')}</span>}
    </span>
  )
}

export function CaseComponent(props: {
  component: ComponentJson
  city: City
  user: Account | undefined
  className: string | undefined
  onChanged: () => void
}) {
  const t = useT()
  const { component, city, user, className, onChanged } = props
  const { code, owner, packOwner, history } = component
  const [correcting, setCorrecting] = useState(false)
  const [done, setDone] = useState(false)
  // One key a form: a correction sent twice by a weak network is one.
  const [key, setKey] = useState(() => uuid())
  const mayCorrect = MAY_CORRECT.some((post) => user?.posts.includes(post))

  async function send(payload: Record<string, unknown>) {
    const answer = await correctOwner(code, payload, key)
    if (!answer.ok) return answer.problem
    setKey(uuid())
    setCorrecting(false)
    setDone(true)
    onChanged()
    return undefined
  }

  return (
    <Card title={t('component.title')} className={className}>
      {done && <Notice>{t('component.corrected')}</Notice>}
      <p className={styles.proposal}>
        <ComponentLine component={component} />
      </p>
      {packOwner && packOwner.code !== owner?.code && (
        <p className={styles.note}>{t('component.pack', { unit: packOwner.name })}</p>
      )}
      {history && (
        <>
          <h3 className={styles.heading}>{t('component.history')}</h3>
          {history.length === 0 ? (
            <p className={styles.note}>{t('component.history.none')}</p>
          ) : (
            <ol className={styles.list}>
              {history.map((lesson) => (
                <Lesson key={`${lesson.at} ${lesson.caseId ?? ''}`} lesson={lesson} city={city} />
              ))}
            </ol>
          )}
        </>
      )}
      {mayCorrect && !correcting && (
        <div>
          <Button onClick={() => setCorrecting(true)}>{t('component.correct')}</Button>
        </div>
      )}
      {correcting && (
        <SchemaForm
          schema={CORRECTION}
          submitLabel={t('component.correct')}
          timeZone={city.info.timeZone}
          onSubmit={send}
          onCancel={() => setCorrecting(false)}
        />
      )}
    </Card>
  )
}

function Lesson({ lesson, city }: { lesson: LessonJson; city: City }) {
  const t = useT()
  const language = useLanguage()
  const { how, owner, previous, by, caseId, caseNo, reason, at, undoneAt } = lesson
  const unit = owner?.name ?? ''
  const what =
    how === 'returned'
      ? t('lesson.returned', { unit: previous?.name ?? '' })
      : how === 'person'
        ? t('lesson.person', { by: by ?? '', unit })
        : t('lesson.closed', { unit })
  return (
    <li className={undoneAt === undefined ? styles.matched : styles.undone}>
      <time dateTime={at}>{formatMoment(Date.parse(at), city.info.timeZone, language)}</time> {what}
      {previous && how !== 'returned' && (
        <span className={styles.note}>{t('lesson.before', { unit: previous.name })}</span>
      )}
      {caseId && (
        <Link className={styles.note} href={`/cases/${caseId}`}>
          {t('lesson.from', { no: caseNo ?? caseId })}
        </Link>
      )}
      {reason && <span className={styles.note}>{reason}</span>}
    </li>
  )
}
