// The big screen of a command centre. Everything on it comes from the live feed; each figure opens its cases.
// Made for a screen nobody touches for months: it reconnects for ever and says when its data has stopped.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import { setBearer } from '../../api/request.ts'
import { useCity, useCityInfo, type City } from '../../api/city.ts'
import { useSession } from '../../api/session.ts'
import type { Drill } from '../../components/drill/drill.ts'
import { DrillPanel } from '../../components/drill/drill-panel.tsx'
import { useT } from '../../i18n/translate.ts'
import { FreshnessContext, useConnection, useFeedView, useFreshness } from '../../live/use-live.ts'
import { WallContext } from './context.ts'
import { DayCard } from './day-card.tsx'
import { FlowStrip } from './flow-strip.tsx'
import { wallModel } from './model.ts'
import { NeedNow } from './need-now.tsx'
import { RecentStrip } from './recent-strip.tsx'
import { UnitsCard } from './units-card.tsx'
import { WallHeader } from './wall-header.tsx'
import { WallMap } from './wall-map.tsx'
import styles from './wall-page.module.css'

/** What depends on the clock alone (stage limits passed, twice the limit) is judged again this often. */
const JUDGE_MS = 10_000

const scopeName = (scope: string, city: City | undefined): string | undefined => {
  const [kind, code] = scope.split(':')
  if (kind === 'area') return city?.area(code)
  return kind === 'department' ? city?.department(code) : undefined
}

const hourOf = (at: number, timeZone: string) =>
  Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(at))

export function WallPage() {
  const t = useT()
  const [search] = useSearchParams()
  const scope = search.get('scope') ?? 'city'
  const token = search.get('token') ?? undefined
  useEffect(() => {
    setBearer(token)
    return () => setBearer(undefined)
  }, [token])
  const live = useConnection({ scope, token })
  const view = useFeedView(live)
  const fresh = useFreshness(live)
  const info = useCityInfo()
  const city = useCity()
  const { user } = useSession()
  const hrefOf = (id: string) =>
    user?.posts.some((p) => p !== 'display')
      ? `/cases/${id}?from=${encodeURIComponent(window.location.pathname + window.location.search)}`
      : undefined
  const [drill, setDrill] = useState<Drill>()
  const open = useCallback((next: Drill) => setDrill(next), [])

  useEffect(() => {
    document.documentElement.dataset.canvas = 'wall'
    return () => {
      delete document.documentElement.dataset.canvas
    }
  }, [])

  const judged = Math.floor(fresh.claimed / JUDGE_MS) * JUDGE_MS
  // biome-ignore lint/correctness/useExhaustiveDependencies: the board is mutated in place; its revision is what changes.
  const model = useMemo(
    () => (view.board ? wallModel(view.board, judged, scope) : undefined),
    [view.board, view.revision, judged, scope],
  )
  const wall = useMemo(() => (model && city ? { model, city, open } : undefined), [model, city, open])

  return (
    <FreshnessContext value={fresh}>
      <main className={`${styles.wall} ${fresh.stale ? styles.stale : ''}`}>
        <WallHeader info={info} fresh={fresh} link={view.link} live={live} scope={scopeName(scope, city)} />
        {wall ? (
          <WallContext value={wall}>
            <NeedNow />
            <FlowStrip />
            <WallMap live={live} />
            <div className={styles.side}>
              <UnitsCard />
              <DayCard hour={hourOf(fresh.claimed, wall.city.info.timeZone)} />
            </div>
            <RecentStrip />
            {drill && (
              <DrillPanel
                drill={drill}
                cases={wall.model.cases}
                names={wall.city}
                now={fresh.claimed}
                hrefOf={hrefOf}
                onClose={() => setDrill(undefined)}
              />
            )}
          </WallContext>
        ) : (
          <p className={styles.waiting} role="status">
            {city ? t('wall.waiting-data') : t('wall.city-missing')}
          </p>
        )}
      </main>
    </FreshnessContext>
  )
}
