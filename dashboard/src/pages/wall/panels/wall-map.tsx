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
import styles from './wall-map.module.css'

export function WallMap() {
  const t = useT()
  const { model, city, live, scene, open } = useWall()
  const layers = useMapLayers()
  const { claimed } = useTick()
  const [shade, setShade] = useState<Shade>('open')
  const cases = useMemo(() => casesOn(model, scene), [model, scene])
  return (
    <section className={styles.frame} aria-label={t('wall.map')}>
      <RecentStrip />
      <div className={styles.map}>
        <BoardMap
          city={city}
          layers={layers}
          cases={cases}
          shade={shade}
          isHot={(c) => (model.storm ? isOverdue(c) && isDouble(c, claimed) : isOverdue(c))}
          live={live}
          onArea={(code) => open({ kind: 'area', code })}
          onCases={(ids) => open({ kind: 'cases', ids })}
        />
      </div>
      <div className={styles.bar}>
        <div className={styles.half}>
          <DrillButton drill={{ kind: 'all' }} empty={model.cases.length === 0} className={styles.total}>
            {t('wall.map.open')}{' '}
            <b>
              <Figure value={model.cases.length} />
            </b>
          </DrillButton>
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
        <Figure value={model.lights[light]} />
      </b>
    </DrillButton>
  ))
}

/** In a storm the categories that make it; in the spotlight the case itself. */
function casesOn(model: WallModel, scene: Scene): readonly BoardCase[] {
  if (scene.name === 'spotlight' && scene.caseId !== undefined)
    return model.cases.filter((c) => c.id === scene.caseId)
  if (scene.name !== 'storm') return model.cases
  const focus = new Set(focusOf(model, scene))
  return focus.size === 0 ? model.cases : model.cases.filter((c) => focus.has(c.category ?? ''))
}
