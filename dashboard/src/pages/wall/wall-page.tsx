// The big screen of a command centre. Everything on it comes from the live feed; each figure opens its cases.
// Made for a screen nobody touches for months: it reconnects for ever and says when its data has stopped.
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import { setBearer } from '../../api/request.ts'
import { useCity, useCityInfo } from '../../api/city.ts'
import { useSession } from '../../api/session.ts'
import type { Drill } from '../../components/drill/drill.ts'
import { DrillPanel } from '../../components/drill/drill-panel.tsx'
import { useT } from '../../i18n/translate.ts'
import type { Live, LiveOptions } from '../../live/connect.ts'
import { FreshnessContext, useConnection, useFeedView, useFreshness } from '../../live/use-live.ts'
import { patiently } from '../../ui/patiently.ts'
import { type Wall, WallContext } from './context.ts'
import { WallCanvas } from './layout/canvas.tsx'
import type { Layout, Placed } from './layout/grid.ts'
import type { Panel } from './layout/panels.ts'
import { viewingIn } from './layout/root.ts'
import { tilesIn, useCanvas } from './layout/use-canvas.ts'
import { followBoard } from './model.ts'
import { AnnouncementPiece, ClockPiece, NamePiece, StatePiece } from './panels/header.tsx'
import { PanelContent } from './panels/panel-content.tsx'
import { PanelGuard } from './panels/panel-guard.tsx'
import { replayDayIn } from './replay/replay-day.ts'
import { chooseScene, scopeOf } from './scenes/choose.ts'
import { sceneLayout } from './scenes/scene-layout.ts'
import { useSmallHours } from './screen/small-hours.ts'
import { useScreen } from './screen/use-screen.ts'
import { useTone } from './screen/use-tone.ts'
import styles from './wall-page.module.css'

const ReplayWall = lazy(() =>
  patiently(() => import('./replay/replay-wall.tsx').then((m) => ({ default: m.ReplayWall }))),
)

/** What depends on the clock alone (stage limits passed, twice the limit) is judged again this often. */
const JUDGE_MS = 10_000

export function WallPage() {
  const [search] = useSearchParams()
  const token = search.get('token') ?? undefined
  useEffect(() => {
    setBearer(token)
    return () => setBearer(undefined)
  }, [token])
  const scope = search.get('scope') ?? 'city'
  const day = replayDayIn(search)
  if (day === undefined) return <LiveWall scope={scope} token={token} screen={search.get('as') ?? 'any'} />
  return (
    <Suspense>
      <ReplayWall day={day} scope={scope}>
        {(live) => <WallScreen live={live} />}
      </ReplayWall>
    </Suspense>
  )
}

function LiveWall(options: LiveOptions) {
  return <WallScreen live={useConnection(options)} />
}

/** The same screen, fed by `/live` or by a replay of a past day. */
function WallScreen({ live }: { live: Live | undefined }) {
  const t = useT()
  const [search] = useSearchParams()
  const view = useFeedView(live)
  const fresh = useFreshness(live)
  const info = useCityInfo()
  const city = useCity()
  const screen = useScreen(live)
  const scene = chooseScene(screen, search, Date.now())
  const scope = scopeOf(scene, search.get('scope') ?? screen.record?.scope ?? 'city')
  const canvas = useCanvas(screen.record, { viewing: viewingIn(search), tiles: tilesIn(search) })
  const { announcement } = screen
  const layout = useMemo(() => {
    const plain = sceneLayout(canvas, scene.name)
    return announcement ? announced(plain) : plain
  }, [canvas, scene.name, announcement])

  const { user } = useSession()
  const hrefOf = (id: string) =>
    user?.posts.some((p) => p !== 'display')
      ? `/cases/${id}?from=${encodeURIComponent(window.location.pathname + window.location.search)}`
      : undefined
  const [drill, setDrill] = useState<Drill>()
  const open = useCallback((next: Drill) => setDrill(next), [])

  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.canvas = 'wall'
    return () => {
      delete dataset.canvas
    }
  }, [])

  const isUnit = useMemo(() => {
    const first = new Set(city?.departments.filter((d) => d.parent === undefined).map((d) => d.code))
    return (code: string) => first.has(code)
  }, [city])
  const judged = Math.floor(fresh.claimed / JUDGE_MS) * JUDGE_MS
  const [modelOf] = useState(followBoard)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the board is mutated in place; its revision is what changes.
  const model = useMemo(
    () => (view.board ? modelOf(view.board, judged, scope, isUnit) : undefined),
    [modelOf, view.board, view.revision, judged, scope, isUnit],
  )
  const sound = useTone(screen.record?.sound === true, model?.urgent, scope)
  const isShown = useCallback((panel: string) => layout.placed.some((p) => p.panel === panel), [layout])
  const wall: Wall | undefined =
    model && city ? { model, city, live, scene, screen, isShown, open } : undefined

  const zone = info?.timeZone ?? 'Asia/Shanghai'
  useSmallHours(
    live?.screen,
    zone,
    drill !== undefined || screen.show !== undefined || announcement !== undefined,
  )
  const header = (panel: Panel) => {
    switch (panel) {
      case 'name':
        return <NamePiece info={info} scene={scene} scope={scope} city={city} />
      case 'clock':
        return <ClockPiece fresh={fresh} live={live} zone={zone} />
      case 'state':
        return (
          <StatePiece
            fresh={fresh}
            link={view.link}
            zone={zone}
            screen={screen}
            sound={sound}
            past={live?.past}
          />
        )
      case 'announcement':
        return announcement && <AnnouncementPiece announcement={announcement} />
      default:
        return undefined
    }
  }
  const content = (panel: Panel) =>
    header(panel) ??
    (wall ? (
      <PanelGuard>
        <PanelContent panel={panel} />
      </PanelGuard>
    ) : null)

  return (
    <FreshnessContext value={fresh}>
      <WallContext value={wall}>
        <main
          className={scene.name === 'night' ? styles.night : undefined}
          data-scene={scene.name}
          data-seq={model?.seq}
        >
          <WallCanvas
            layout={layout}
            sceneKey={`${scene.name} ${scope} ${scene.caseId ?? ''}`}
            stale={fresh.stale}
            panel={content}
          />
          {!wall && (
            <p className={styles.waiting} role="status">
              {screen.revoked ? t('wall.revoked') : city ? t('wall.waiting-data') : t('wall.city-missing')}
            </p>
          )}
          {wall && drill && (
            <DrillPanel
              drill={drill}
              cases={wall.model.cases}
              names={wall.city}
              now={fresh.claimed}
              hrefOf={hrefOf}
              past={live?.past}
              onClose={() => setDrill(undefined)}
            />
          )}
        </main>
      </WallContext>
    </FreshnessContext>
  )
}

/** An announcement takes the place of name and clock, on each side of a seam again. */
function announced(layout: Layout): Layout {
  const [name, clock, ...rest] = layout.placed
  if (name?.panel !== 'name' || clock?.panel !== 'clock') return layout
  const isOne = name.column + name.columns === clock.column && !layout.seams.columns.includes(clock.column)
  const pieces: Placed[] = isOne
    ? [{ ...name, panel: 'announcement', columns: name.columns + clock.columns }]
    : [
        { ...name, panel: 'announcement' },
        { ...clock, panel: 'announcement' },
      ]
  return { ...layout, placed: [...pieces, ...rest] }
}
