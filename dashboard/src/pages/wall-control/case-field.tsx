// The case to show, by any of its numbers; what was found is said beside it, so that no wrong one hangs there.
import { useEffect, useState } from 'react'
import { mayBeOnWall } from '#domain/wall-case.ts'
import type { CaseJson } from '../../api/cases.ts'
import { problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { useT } from '../../i18n/translate.ts'
import { Field } from '../../ui/field.tsx'
import styles from './control-page.module.css'

/** Looked up when nothing was typed for so long. */
const PAUSE_MS = 400

export function CaseField(props: {
  value: string
  fault: string | undefined
  onChange: (value: string) => void
}) {
  const t = useT()
  const wanted = usePaused(props.value.trim())
  const { value: found, problem } = useResource<CaseJson>(
    wanted === '' ? undefined : `/cases/${encodeURIComponent(wanted)}`,
  )
  const isThis = found !== undefined && wanted === props.value.trim()
  const isNever = isThis && !mayBeOnWall({ category: found.category?.code, status: found.status })
  const unknown = problem && wanted !== '' && !found ? problemText(problem, t) : undefined
  return (
    <Field
      label={t('control.case')}
      hint={t('control.case.hint')}
      fault={isNever ? t('control.case.never') : (props.fault ?? unknown)}
    >
      {(ids) => (
        <>
          <input
            {...ids}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            value={props.value}
            onChange={(e) => props.onChange(e.target.value)}
          />
          {isThis && (
            <p className={styles.found} role="status">
              <b>{found.category?.name ?? t('category.none')}</b>
              {[found.area?.name, t(`status.${found.status}`), found.caseNo ?? found.receiptNo]
                .filter(Boolean)
                .map((words) => ` · ${words}`)}
            </p>
          )}
        </>
      )}
    </Field>
  )
}

function usePaused(value: string): string {
  const [paused, setPaused] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return paused
}
