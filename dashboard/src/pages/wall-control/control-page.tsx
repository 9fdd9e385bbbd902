// The wall driven from the desk: what to show on which screens and for how long, what is shown now, the warning level.
import { useSearchParams } from 'wouter'
import { problemText } from '../../api/problem.ts'
import type { WallNow } from '../../api/screens.ts'
import { useSession } from '../../api/session.ts'
import { useResource } from '../../api/use-resource.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { ToLogin } from '../../components/to-login.tsx'
import { useT } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import styles from './control-page.module.css'
import { Card } from '../../ui/card.tsx'
import { ReplayDays } from '../wall/replay/replay-days.tsx'
import { drivesWall } from './drives-wall.ts'
import { ShowForm } from './show-form.tsx'
import { ShownList } from './shown-list.tsx'
import { WarningCard } from './warning-card.tsx'

/** Others may be driving it too. */
const LOOK_EVERY_MS = 5_000

export function ControlPage() {
  const t = useT()
  const [search] = useSearchParams()
  const { user, problem } = useSession()
  if (problem?.status === 401) return <ToLogin />
  return (
    <PageShell title={t('control.title')} user={user}>
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {user && !drivesWall(user.posts) && <Notice kind="fault">{t('control.not-yours')}</Notice>}
      {user && drivesWall(user.posts) && <Control caseRef={search.get('case') ?? ''} />}
    </PageShell>
  )
}

function Control({ caseRef }: { caseRef: string }) {
  const t = useT()
  const { value, problem, reload } = useResource<WallNow>('/wall/shows', { everyMs: LOOK_EVERY_MS })
  if (!value)
    return problem ? (
      <Notice kind="fault">{problemText(problem, t)}</Notice>
    ) : (
      <p role="status">{t('state.loading')}</p>
    )
  return (
    <div className={styles.columns}>
      <ShowForm key={caseRef} caseRef={caseRef} screens={value.screens} onShown={reload} />
      <div className={styles.side}>
        <ShownList now={value} onChange={reload} />
        <WarningCard warning={value.warning} onChange={reload} />
        <Card title={t('replay.choose')}>
          <ReplayDays />
        </Card>
      </div>
    </div>
  )
}
