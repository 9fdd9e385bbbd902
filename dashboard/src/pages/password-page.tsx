// One's own password: whoever got his from somebody else comes here first.
import { useState, type FormEvent } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { changePassword, LEAST_PASSWORD } from '../api/admin.ts'
import { faultOf, problemText, type Problem } from '../api/problem.ts'
import { homeOf, useSession } from '../api/session.ts'
import { PageShell } from '../components/page-shell.tsx'
import { ToLogin } from '../components/to-login.tsx'
import { useT } from '../i18n/translate.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import styles from './login-page.module.css'
import { ownPath } from './own-path.ts'

export function PasswordPage() {
  const t = useT()
  const { user, problem: absent } = useSession()
  const [search] = useSearchParams()
  const [, navigate] = useLocation()
  const [fields, setFields] = useState({ current: '', password: '', again: '' })
  const [fault, setFault] = useState<string>()
  const [problem, setProblem] = useState<Problem>()
  const [sending, setSending] = useState(false)
  if (absent?.status === 401) return <ToLogin />

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(undefined)
    if (fields.password.length < LEAST_PASSWORD) return setFault(t('password.short'))
    if (fields.password !== fields.again) return setFault(t('password.differ'))
    setFault(undefined)
    setSending(true)
    const answer = await changePassword(fields.current, fields.password)
    setSending(false)
    if (answer.ok) navigate(ownPath(search.get('next')) ?? homeOf(answer.value.user.posts) ?? '/')
    else setProblem(answer.problem)
  }
  const input = (name: keyof typeof fields, autoComplete: string) => (
    <Field label={t(`password.${name === 'password' ? 'new' : name}`)} fault={faultOf(problem, name, t)}>
      {(ids) => (
        <input
          {...ids}
          type="password"
          autoComplete={autoComplete}
          value={fields[name]}
          onChange={(e) => setFields({ ...fields, [name]: e.target.value })}
        />
      )}
    </Field>
  )
  return (
    <PageShell title={t('password.title')} user={user} width="narrow">
      {user?.mustChange && <Notice>{t('password.must')}</Notice>}
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {input('current', 'current-password')}
        {input('password', 'new-password')}
        {input('again', 'new-password')}
        {fault !== undefined && <Notice kind="fault">{fault}</Notice>}
        {problem && problem.fields.length === 0 && <Notice kind="fault">{problemText(problem, t)}</Notice>}
        <Button
          type="submit"
          kind="primary"
          disabled={sending || Object.values(fields).some((value) => value === '')}
        >
          {t('password.submit')}
        </Button>
      </form>
    </PageShell>
  )
}
