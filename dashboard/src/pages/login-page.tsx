// Log in; in the demo the accounts are listed and one press fills the form.
import { useState, type FormEvent } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { useCityInfo, useDepartments } from '../api/city.ts'
import { problemText } from '../api/problem.ts'
import { homeOf, logIn } from '../api/session.ts'
import { PageShell } from '../components/page-shell.tsx'
import { useT } from '../i18n/translate.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import styles from './login-page.module.css'
import { ownPath } from './own-path.ts'

const DEMO_PASSWORD = 'demo'
const CENTRE = [
  ['duty', 'post.duty-manager'],
  ['operator', 'post.operator'],
  ['dispatcher', 'post.dispatcher'],
  ['head', 'post.head'],
] as const
const FIELD = [
  ['supervisor', 'post.supervisor'],
  ['grid', 'post.grid-member'],
  ['handler-water', 'post.handler'],
] as const
const OTHERS = [
  ['wall', 'post.display'],
  ['leader', 'post.leader'],
  ['evaluator', 'post.evaluator'],
  ['admin', 'post.admin'],
] as const

export function LoginPage() {
  const t = useT()
  const info = useCityInfo()
  const departments = useDepartments()
  const [search] = useSearchParams()
  const [, navigate] = useLocation()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState<string>()
  const [sending, setSending] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    const answer = await logIn(username, password)
    setSending(false)
    if (answer.ok) {
      const { user } = answer.value
      const next = ownPath(search.get('next')) ?? homeOf(user.posts) ?? '/'
      return navigate(user.mustChange ? `/password?next=${encodeURIComponent(next)}` : next)
    }
    setFault(problemText(answer.problem, t))
  }
  const fill = (name: string) => {
    setUsername(name)
    setPassword(DEMO_PASSWORD)
  }

  const officers = (departments ?? []).filter((d) => d.parent === undefined)
  return (
    <PageShell title={t('login.title')} width="narrow">
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label={t('login.username')}>
          {(ids) => (
            <input
              {...ids}
              autoComplete="username"
              required
              autoCapitalize="none"
              value={username}
              onChange={(e) => setUsername(e.target.value)}
            />
          )}
        </Field>
        <Field label={t('login.password')}>
          {(ids) => (
            <input
              {...ids}
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(e) => setPassword(e.target.value)}
            />
          )}
        </Field>
        {fault !== undefined && <Notice kind="fault">{fault}</Notice>}
        <Button type="submit" kind="primary" disabled={sending}>
          {t('login.submit')}
        </Button>
      </form>
      {info?.demo && (
        <section className={styles.demo}>
          <h2>{t('login.demo')}</h2>
          <Accounts
            title={t('login.demo.centre')}
            rows={CENTRE.map(([u, post]) => [u, t(post)])}
            onPick={fill}
          />
          <Accounts
            title={t('login.demo.field')}
            rows={FIELD.map(([u, post]) => [u, t(post)])}
            onPick={fill}
          />
          <Accounts
            title={t('login.demo.others')}
            rows={OTHERS.map(([u, post]) => [u, t(post)])}
            onPick={fill}
          />
          {officers.length > 0 && (
            <Accounts
              title={t('login.demo.departments')}
              rows={officers.map((d) => [`dept-${d.code}`, d.name])}
              onPick={fill}
            />
          )}
        </section>
      )}
    </PageShell>
  )
}

function Accounts(props: { title: string; rows: [string, string][]; onPick: (username: string) => void }) {
  return (
    <div>
      <h3 className={styles.group}>{props.title}</h3>
      <ul className={styles.accounts}>
        {props.rows.map(([username, words]) => (
          <li key={username}>
            <button type="button" className={styles.account} onClick={() => props.onPick(username)}>
              <b>{username}</b>
              <span>{words}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
