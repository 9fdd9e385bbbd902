// Every case that the reader may see, by filters: for all who work with cases. What may be seen is the server's word.
import { useCity } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { useSession } from '../../api/session.ts'
import { CaseList } from '../../components/case-list/case-list.tsx'
import { liveScopeOf } from '../../components/case-list/scope.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { ToLogin } from '../../components/to-login.tsx'
import { useT } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'

export function CasesPage() {
  const t = useT()
  const { user, problem } = useSession()
  const city = useCity()
  if (problem?.status === 401) return <ToLogin />
  return (
    <PageShell title={t('list.title')} user={user}>
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {user && city && <CaseList city={city} scope={liveScopeOf(user)} />}
    </PageShell>
  )
}
