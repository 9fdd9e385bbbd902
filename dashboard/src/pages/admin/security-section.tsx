// The security policy: sessions, passwords, and how long personal data are kept.
import { useState, type FormEvent } from 'react'
import type { SecurityPolicy } from '#domain/security-policy.ts'
import { savePolicy } from '../../api/audit.ts'
import { faultOf, type Problem, problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'

type Name = keyof SecurityPolicy
const GROUPS = [
  ['policy.sessions', ['idleMinutes', 'fieldIdleMinutes', 'sessionDays']],
  ['policy.passwords', ['leastPassword', 'passwordDays', 'lockAfter', 'lockMinutes']],
  ['policy.privacy', ['eraseReporterDays']],
] as const satisfies readonly (readonly [string, readonly Name[]])[]

/** Those that may be left empty. */
const OPEN: readonly Name[] = ['passwordDays', 'eraseReporterDays']

export function SecuritySection() {
  const { value, problem } = useResource<SecurityPolicy>('/admin/security')
  const t = useT()
  if (value) return <PolicyForm kept={value} />
  if (problem) return <Notice kind="fault">{problemText(problem, t)}</Notice>
  return <p role="status">{t('state.loading')}</p>
}

function PolicyForm({ kept }: { kept: SecurityPolicy }) {
  const t = useT()
  const [present, setPresent] = useState(kept)
  const [fields, setFields] = useState<Partial<Record<Name, string>>>({})
  const [problem, setProblem] = useState<Problem>()
  const [saved, setSaved] = useState(false)
  const [busy, setBusy] = useState(false)
  const shown = (name: Name) => fields[name] ?? String(present[name] ?? '')

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const change = Object.fromEntries(
      Object.entries(fields).map(([name, text]) => [name, text.trim() === '' ? null : Number(text)]),
    ) as Partial<SecurityPolicy>
    setBusy(true)
    const answer = await savePolicy(change)
    setBusy(false)
    setProblem(answer.ok ? undefined : answer.problem)
    setSaved(answer.ok)
    if (!answer.ok) return
    setPresent(answer.value)
    setFields({})
  }
  return (
    <form className={styles.section} onSubmit={(event) => void submit(event)}>
      {GROUPS.map(([title, names]) => (
        <Card key={title} title={t(title)}>
          <div className={styles.form}>
            {names.map((name) => (
              <Field key={name} label={t(`policy.${name}`)} fault={faultOf(problem, name, t)}>
                {(ids) => (
                  <input
                    {...ids}
                    type="number"
                    inputMode="numeric"
                    min={1}
                    required={!OPEN.includes(name)}
                    value={shown(name)}
                    onChange={(e) => {
                      setSaved(false)
                      setFields({ ...fields, [name]: e.target.value })
                    }}
                  />
                )}
              </Field>
            ))}
          </div>
        </Card>
      ))}
      {problem && problem.fields.length === 0 && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {saved && <Notice>{t('policy.saved')}</Notice>}
      <p>
        <Button type="submit" kind="primary" disabled={busy || Object.keys(fields).length === 0}>
          {t('policy.save')}
        </Button>
      </p>
    </form>
  )
}
