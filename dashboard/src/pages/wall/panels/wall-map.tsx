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
import { Figure } from '../../../ui/figure.tsx'
import { LightShape } from '../../../ui/light.tsx'
import { useWall, type Wall } from '../context.ts'
import { focusOf, wetOf } from '../scenes/focus.ts'
import { DrillButton } from './drill-button.tsx'
import { RecentStrip } from './recent-strip.tsx'
import { useShownCase } from './use-shown-case.ts'
import styles from './wall-map.module.css'

/** Above this the legend's figures need the room of the button beside them. */
const MANY = 9999

export function WallMap() {
  const t = useT()
  const wall = useWall()
  const { model, city, live, scene, open } = wall
  const layers = useMapLayers()
  const [shade, setShade] = useState<Shade>('open')
  const isSpotlight = scene.name === 'spotlight'
  const { c: shown } = useShownCase(isSpotlight)
  const { isFaint, isWet } = useLook(wall, shown?.id)
  // In a storm clusters count twice the limit, as everything red does; that depends on the clock.
  const judgedAt = model.storm ? model.judgedAt : undefined
  const isHot = useMemo(
    () => (judgedAt === undefined ? isOverdue : (c: BoardCase) => isOverdue(c) && isDouble(c, judgedAt)),
    [judgedAt],
  )
  // Then the legend says how many cases the storm is about, which the map counts.
  const isStorm = scene.name === 'storm' && isFaint !== undefined
  return (
    <section className={styles.frame} aria-label={t('wall.map')}>
      <RecentStrip />
      <div className={styles.map}>
        <BoardMap
          city={city}
          layers={layers}
          cases={model.cases}
          shade={shade}
          isHot={isHot}
          isFaint={isFaint}
          focus={shown && { lng: shown.lng, lat: shown.lat }}
          isWet={isWet}
          live={live}
          onArea={(code) => open({ kind: 'area', code })}
          onCases={(ids) => open({ kind: 'cases', ids })}
        />
      </div>
      <div className={model.cases.length > MANY ? `${styles.bar} ${styles.many}` : styles.bar}>
        <div className={styles.half}>
          <DrillButton drill={{ kind: 'all' }} empty={model.cases.length === 0} className={styles.total}>
            {t('wall.map.open')}{' '}
            <b data-figure="open">
              <Figure value={model.cases.length} />
            </b>
          </DrillButton>
          {isStorm && <InFocus cases={model.cases} isFaint={isFaint} />}
          <Lights lights={isStorm ? ['red'] : ['red', 'yellow']} />
        </div>
        <div className={styles.half}>
          <Lights lights={isStorm ? ['yellow', 'green'] : ['green', 'none']} />
          {!isStorm && (
            <button
              type="button"
              className={styles.shade}
              title={t('wall.map.shade')}
              onClick={() => setShade(shade === 'open' ? 'overdue' : 'open')}
            >
              {t(shade === 'open' ? 'wall.map.by-open' : 'wall.map.by-overdue')}
            </button>
          )}
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

interface Look {
  /** Cases that the scene is not about: in a storm those of other categories, beside the spotlight all others. */
  isFaint?: (c: BoardCase) => boolean
  /** Cases that are water on the ground. */
  isWet?: (c: BoardCase) => boolean
}

function useLook({ model, scene, city }: Wall, shownId: string | undefined): Look {
  const focus = scene.name === 'storm' ? focusOf(model, scene).join() : ''
  const isSpotlight = scene.name === 'spotlight' && shownId !== undefined
  return useMemo((): Look => {
    if (isSpotlight) return { isFaint: (c) => c.id !== shownId }
    if (focus === '') return {}
    const codes = focus.split(',')
    const [all, wet] = [new Set(codes), new Set(wetOf(codes, (code) => city.category(code)))]
    return { isFaint: (c) => !all.has(c.category ?? ''), isWet: (c) => wet.has(c.category ?? '') }
  }, [focus, isSpotlight, shownId, city])
}
