// `/` leads each role to its page; who has no page of their own chooses.
import { Link, Redirect } from 'wouter'
import { homeOf, useSession } from '../api/session.ts'
import { problemText } from '../api/problem.ts'
import { PageShell } from '../components/page-shell.tsx'
import { ToLogin } from '../components/to-login.tsx'
import { useT } from '../i18n/translate.ts'
import { Notice } from '../ui/notice.tsx'

export function HomePage() {
  const t = useT()
  const { user, problem } = useSession()
  if (problem?.status === 401) return <ToLogin />
  const home = user && homeOf(user.posts)
  if (home !== undefined) return <Redirect to={home} replace />
  return (
    <PageShell title={t('app.name')} user={user} width="narrow">
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {user && (
        <>
          <p>{t('home.choose')}</p>
          <p>
            <Link href="/wall">{t('nav.wall')}</Link>
          </p>
          <p>
            <Link href="/report">{t('nav.report')}</Link>
          </p>
        </>
      )}
    </PageShell>
  )
}
