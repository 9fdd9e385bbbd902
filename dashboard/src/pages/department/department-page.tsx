// The desk of a unit, for its officers and for those who do the work: what is to be signed for, in hand, asked for, waiting;
// the case beside the list. Section and case are the address.
import { Redirect, useLocation } from 'wouter'
import { useCity } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { useSession } from '../../api/session.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { useT } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import { Desk } from './desk.tsx'
import { isHandlerOnly, meOf } from './unit.ts'

export function DepartmentPage() {
  const t = useT()
  const [path] = useLocation()
  const { user, problem } = useSession()
  const city = useCity()
  if (problem?.status === 401)
    return <Redirect to={`/login?next=${encodeURIComponent(path + window.location.search)}`} replace />
  const me = user && meOf(user)
  const title =
    me && city
      ? isHandlerOnly(user)
        ? t('dept.title.mine')
        : t('dept.title', { unit: city.department(me.department) ?? me.department })
      : '…'
  return (
    <PageShell title={user && !me ? t('nav.desk') : title} user={user} width="full">
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {user && !me && <Notice>{t('dept.no-unit')}</Notice>}
      {user && me && city && <Desk user={user} me={me} city={city} />}
    </PageShell>
  )
}
