// One case: what it is, where its clock stands, what happened, and what the reader may do about it now.
import { lazy, Suspense, useEffect } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import type { Post } from '#domain/case.ts'
import type { ActionJson, CaseJson, EventJson } from '../../api/cases.ts'
import { useCity } from '../../api/city.ts'
import type { ClocksJson, FlagJson } from '../../api/clocks.ts'
import type { CaseRoutingJson } from '../../api/components.ts'
import type { DeskItemJson } from '../../api/desk.ts'
import type { DuplicatesJson, PhotoReuseJson, SuggestionJson } from '../../api/screening.ts'
import { problemText } from '../../api/problem.ts'
import { useSession } from '../../api/session.ts'
import { useResource } from '../../api/use-resource.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { plainSidesOf, sidesOf } from '../../components/photos/photo-sides.ts'
import { ToLogin } from '../../components/to-login.tsx'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { FollowCase } from '../../live/follow-case.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CaseActions } from './case-actions.tsx'
import { CaseClocks } from './case-clocks.tsx'
import { CaseLooks } from './case-looks.tsx'
import { CaseComponent } from './case-component.tsx'
import { CaseDuplicates } from './case-duplicates.tsx'
import { CaseFacts } from './case-facts.tsx'
import { CaseFlags } from './case-flags.tsx'
import { CasePhotos } from './case-photos.tsx'
import styles from './case-page.module.css'
import { CaseRouting } from './case-routing.tsx'
import { CaseScreening } from './case-screening.tsx'
import { CaseTimeline } from './case-timeline.tsx'
import { CaseToWall } from '../wall-control/to-wall.tsx'

const PlaceMap = lazy(() =>
  import('../../components/map/place-map.tsx').then((m) => ({ default: m.PlaceMap })),
)
const IDLE_MS = 60_000
/** Posts that compare cases with each other. */
const CENTRE: readonly Post[] = ['operator', 'dispatcher', 'duty-manager', 'head']
/** Posts that report and look on site; working remarks are for the others. */
const OUTDOORS: readonly Post[] = ['grid-member', 'supervisor', 'display']
/** No unit has it yet: rules propose one. */
const UNDECIDED: readonly string[] = ['reported', 'accepted', 'filed']

/** A case opened from a wall goes back to it by Esc or after a minute without a hand on it. */
function useReturnToWall(): void {
  const [search] = useSearchParams()
  const [, navigate] = useLocation()
  const from = search.get('from')
  useEffect(() => {
    if (!from?.startsWith('/wall')) return
    const back = () => navigate(from)
    let timer = setTimeout(back, IDLE_MS)
    const busy = (event: Event) => {
      clearTimeout(timer)
      timer = setTimeout(back, IDLE_MS)
      if (event instanceof KeyboardEvent && event.key === 'Escape') back()
    }
    const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const
    for (const sign of signs) window.addEventListener(sign, busy)
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, busy)
    }
  }, [from, navigate])
}

export function CasePage({ id }: { id: string }) {
  const t = useT()
  useReturnToWall()
  const language = useLanguage()
  const session = useSession()
  const city = useCity()
  const found = useResource<CaseJson>(`/cases/${encodeURIComponent(id)}`)
  const events = useResource<{ items: EventJson[] }>(`/cases/${encodeURIComponent(id)}/events`)
  const actions = useResource<{ items: ActionJson[] }>(`/cases/${encodeURIComponent(id)}/actions`)
  const routing = useResource<CaseRoutingJson>(`/cases/${encodeURIComponent(id)}/routing`)
  const isCentre = CENTRE.some((post) => session.user?.posts.includes(post))
  const isStaff = isCentre || session.user?.posts.some((post) => !OUTDOORS.includes(post)) === true
  const duplicates = useResource<DuplicatesJson>(
    isCentre ? `/cases/${encodeURIComponent(id)}/duplicates` : undefined,
  )
  const reuse = useResource<{ items: PhotoReuseJson[] }>(
    isStaff ? `/cases/${encodeURIComponent(id)}/photo-reuse` : undefined,
  )
  const suggestions = useResource<{ items: SuggestionJson[] }>(
    isCentre ? `/cases/${encodeURIComponent(id)}/suggestions` : undefined,
  )
  const clocks = useResource<ClocksJson>(isStaff ? `/cases/${encodeURIComponent(id)}/clocks` : undefined)
  const flags = useResource<{ items: FlagJson[] }>(
    isStaff ? `/cases/${encodeURIComponent(id)}/flags` : undefined,
  )
  const caseId = found.value?.id
  const items = useResource<{ items: DeskItemJson[] }>(
    isCentre && caseId !== undefined ? `/desk/items?ids=${caseId}` : undefined,
  )
  const [seen] = items.value?.items ?? []
  const reload = () => {
    found.reload()
    items.reload()
    clocks.reload()
    flags.reload()
    suggestions.reload()
    duplicates.reload()
    reuse.reload()
    routing.reload()
    events.reload()
    actions.reload()
  }
  if (found.problem?.status === 401) return <ToLogin />
  const c = found.value
  return (
    <PageShell title={c?.category?.name ?? (c ? t('category.none') : '…')} user={session.user}>
      {found.problem && <Notice kind="fault">{problemText(found.problem, t)}</Notice>}
      {c && <FollowCase key={c.id} c={c} onChange={reload} />}
      {c && city && (
        <div className={styles.columns}>
          <div className={styles.column}>
            <CaseFacts c={c} city={city} className={styles.about} />
            <CasePhotos
              caseId={c.id}
              sides={seen ? sidesOf(seen, { t, timeZone: city.info.timeZone, language }) : plainSidesOf(c, t)}
              reuse={reuse.value?.items ?? []}
              city={city}
              className={styles.shown}
            />
            <div className={styles.shown}>
              <Suspense>
                <PlaceMap lng={c.location.lng} lat={c.location.lat} />
              </Suspense>
            </div>
            <CaseScreening c={c} className={styles.shown} />
            {duplicates.value && (
              <CaseDuplicates
                c={c}
                duplicates={duplicates.value}
                city={city}
                mayMerge={actions.value?.items.some((a) => a.action === 'merge') === true}
                className={styles.shown}
                onChanged={reload}
              />
            )}
            {routing.value && (
              <CaseRouting
                routing={routing.value}
                city={city}
                isOpen={UNDECIDED.includes(c.status)}
                className={styles.shown}
              />
            )}
            {routing.value?.component && (
              <CaseComponent
                component={routing.value.component}
                city={city}
                user={session.user}
                className={styles.shown}
                onChanged={reload}
              />
            )}
          </div>
          <div className={styles.column}>
            <CaseActions
              c={c}
              actions={actions.value?.items}
              suggestions={suggestions.value?.items ?? []}
              city={city}
              me={session.user?.id ?? ''}
              className={styles.acting}
              onChanged={reload}
            />
            <div className={styles.ways}>
              <CaseToWall user={session.user} c={c} />
              {isStaff && <Link href={`/cases/${c.id}/print`}>{t('dept.print')}</Link>}
            </div>
            {clocks.value && (
              <CaseClocks c={c} clocks={clocks.value} city={city} className={styles.running} />
            )}
            <CaseLooks caseId={c.id} timeZone={city.info.timeZone} />
            {flags.value && <CaseFlags flags={flags.value.items} city={city} className={styles.counted} />}
            <CaseTimeline
              events={events.value?.items ?? []}
              rungs={clocks.value?.passed ?? []}
              city={city}
              className={styles.past}
            />
          </div>
        </div>
      )}
    </PageShell>
  )
}
