// The forms of a unit's steps, each built from the schema that the server offers; beside it what the step would come to.
import { useMemo } from 'react'
import type { ActionJson, CaseJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import type { Problem } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { draftName } from '../../components/form/drafts.ts'
import { SchemaForm } from '../../components/form/schema-form.tsx'
import { withOffset, type FormValues } from '../../components/form/schema.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { DuePreview } from './due-preview.tsx'
import { isBelow, type Me } from './unit.ts'

interface PersonJson {
  id: string
  name: string
  posts: string[]
  department: string
  open: number
}

/** Limits that a bureau gives its squads; the server refuses what ends after the case's. */
const LIMITS = [
  '1工作时',
  '2工作时',
  '4工作时',
  '8工作时',
  '1工作日',
  '2工作日',
  '3工作日',
  '5工作日',
] as const

const textOf = (value: FormValues[string]) => (typeof value === 'string' && value !== '' ? value : undefined)

interface StepFormProps {
  c: CaseJson
  action: ActionJson
  me: Me
  city: City
  onSubmit: (payload: Record<string, unknown>) => Promise<Problem | undefined>
  onCancel: () => void
}

export function StepForm({ c, action, me, city, onSubmit, onCancel }: StepFormProps) {
  const t = useT()
  const language = useLanguage()
  const people = useAssignable(action.action === 'assign' ? me.department : undefined, city)
  const preview = (values: FormValues) => {
    switch (action.action) {
      case 'request-extension':
        return (
          <DuePreview
            caseId={c.id}
            query={{ action: action.action }}
            of="case"
            city={city}
            note={t('dept.clock-runs')}
          />
        )
      case 'request-suspension': {
        const until = textOf(values.until)
        return (
          <DuePreview
            caseId={c.id}
            query={
              until === undefined
                ? undefined
                : { action: action.action, until: withOffset(until, city.info.timeZone) }
            }
            of="case"
            city={city}
            note={t('dept.clock-runs')}
          />
        )
      }
      case 'assign': {
        const [handler, limit] = [textOf(values.handler), textOf(values.limit)]
        const query =
          handler === undefined || limit === undefined ? undefined : { action: action.action, handler, limit }
        return <DuePreview caseId={c.id} query={query} of="unit" city={city} note="" />
      }
      case 'request-return':
        return <p>{t('dept.return.rule')}</p>
      default:
        return null
    }
  }
  return (
    <SchemaForm
      schema={action.schema}
      choices={{
        ...(action.action === 'assign'
          ? { handler: people, limit: LIMITS.map((l) => ({ value: l, text: l })) }
          : {}),
      }}
      labels={{ handler: t('dept.assign.to'), limit: t('dept.assign.limit') }}
      draft={draftName(me.id, c.id, action.action)}
      before={preview}
      submitLabel={language === 'en' ? action.label.en : action.label.zh}
      timeZone={city.info.timeZone}
      onSubmit={onSubmit}
      onCancel={onCancel}
    />
  )
}

/** Squads below the unit, then its people with what they have in hand. */
export function useAssignable(department: string | undefined, city: City) {
  const t = useT()
  const { value } = useResource<{ items: PersonJson[] }>(
    department === undefined ? undefined : `/departments/${department}/people`,
  )
  return useMemo(() => {
    if (department === undefined) return []
    const squads = city.departments.filter((d) => d.code !== department && isBelow(d.code, department, city))
    return [
      ...squads.map((d) => ({ value: d.code, text: d.name })),
      ...(value?.items ?? []).map((p) => ({
        value: p.id,
        text: t('dept.assign.open', { name: p.name, n: p.open }),
      })),
    ]
  }, [department, city, value, t])
}
