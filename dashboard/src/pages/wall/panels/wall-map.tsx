// The map of the wall with its legend; the legend's figures are the lights' counts and open their lists.
import { useMemo, useState } from 'react'
import type { BoardCase } from '#domain/board.ts'
import { isOverdue } from '#domain/board-view.ts'
import type { Light } from '#domain/case.ts'
import { useMapLayers } from '../../../api/city.ts'
import { isDouble } from '../../../components/drill/drill.ts'
import { BoardMap } from '../../../components/map/board-map.tsx'
import type { Shade } from '../../../components/map/overlay.ts'
import { useT } from '../../../i18n/translate.ts'
import { useTick } from '../../../live/use-live.ts'
import { Figure } from '../../../ui/figure.tsx'
import { LightShape } from '../../../ui/light.tsx'
import { useWall } from '../context.ts'
import type { WallModel } from '../model.ts'
import type { Scene } from '../scenes/choose.ts'
import { focusOf } from '../scenes/focus.ts'
import { DrillButton } from './drill-button.tsx'
import { RecentStrip } from './recent-strip.tsx'
import { useShownCase } from './use-shown-case.ts'
import styles from './wall-map.module.css'

export function WallMap() {
  const t = useT()
  const { model, city, live, scene, open } = useWall()
  const layers = useMapLayers()
  const { claimed } = useTick()
  const [shade, setShade] = useState<Shade>('open')
  const isSpotlight = scene.name === 'spotlight'
  const { c: shown } = useShownCase(isSpotlight)
  const isFaint = useFaint(model, scene, shown?.id)
  return (
    <section className={styles.frame} aria-label={t('wall.map')}>
      <RecentStrip />
      <div className={styles.map}>
        <BoardMap
          city={city}
          layers={layers}
          cases={model.cases}
          shade={shade}
          isHot={(c) => (model.storm ? isOverdue(c) && isDouble(c, claimed) : isOverdue(c))}
          isFaint={isFaint}
          focus={shown && { lng: shown.lng, lat: shown.lat }}
          isFlooded={scene.name === 'storm'}
          live={live}
          onArea={(code) => open({ kind: 'area', code })}
          onCases={(ids) => open({ kind: 'cases', ids })}
        />
      </div>
      <div className={styles.bar}>
        <div className={styles.half}>
          <DrillButton drill={{ kind: 'all' }} empty={model.cases.length === 0} className={styles.total}>
            {t('wall.map.open')}{' '}
            <b data-figure="open">
              <Figure value={model.cases.length} />
            </b>
          </DrillButton>
          {isFaint && scene.name === 'storm' && <InFocus cases={model.cases} isFaint={isFaint} />}
          <Lights lights={['red', 'yellow']} />
        </div>
        <div className={styles.half}>
          <Lights lights={['green', 'none']} />
          <button
            type="button"
            className={styles.shade}
            title={t('wall.map.shade')}
            onClick={() => setShade(shade === 'open' ? 'overdue' : 'open')}
          >
            {t(shade === 'open' ? 'wall.map.by-open' : 'wall.map.by-overdue')}
          </button>
        </div>
      </div>
    </section>
  )
}

/** What the storm is about: the cases that the map counts. */
function InFocus({ cases, isFaint }: { cases: readonly BoardCase[]; isFaint: (c: BoardCase) => boolean }) {
  const t = useT()
  const ids = cases.filter((c) => !isFaint(c)).map((c) => c.id)
  return (
    <DrillButton drill={{ kind: 'cases', ids }} empty={ids.length === 0} className={styles.total}>
      {t('wall.map.focus')}{' '}
      <b>
        <Figure value={ids.length} />
      </b>
    </DrillButton>
  )
}

function Lights({ lights }: { lights: readonly Light[] }) {
  const t = useT()
  const { model } = useWall()
  return lights.map((light) => (
    <DrillButton
      key={light}
      drill={{ kind: 'light', light }}
      empty={model.lights[light] === 0}
      className={styles.light}
    >
      <LightShape light={light} />
      {t(`wall.light.${light}`)}
      <b>
        <Figure value={model.lights[light]} name={`light:${light}`} />
      </b>
    </DrillButton>
  ))
}

/** Which cases the scene is not about: in a storm those of other categories, beside the spotlight all others. */
function useFaint(
  model: WallModel,
  scene: Scene,
  shownId: string | undefined,
): ((c: BoardCase) => boolean) | undefined {
  const focus = scene.name === 'storm' ? focusOf(model, scene).join() : ''
  const isSpotlight = scene.name === 'spotlight' && shownId !== undefined
  return useMemo(() => {
    if (isSpotlight) return (c) => c.id !== shownId
    if (focus === '') return undefined
    const codes = new Set(focus.split(','))
    return (c) => !codes.has(c.category ?? '')
  }, [focus, isSpotlight, shownId])
}
