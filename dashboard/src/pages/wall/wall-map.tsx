// The map of the wall with its legend; the legend's figures are the lights' counts and open their lists.
import { useState } from 'react'
import { isOverdue } from '#domain/board-view.ts'
import type { Light } from '#domain/case.ts'
import { useMapLayers } from '../../api/city.ts'
import { isDouble } from '../../components/drill/drill.ts'
import { BoardMap } from '../../components/map/board-map.tsx'
import type { Shade } from '../../components/map/overlay.ts'
import { useT } from '../../i18n/translate.ts'
import { useTick } from '../../live/use-live.ts'
import type { Live } from '../../live/connect.ts'
import { Figure } from '../../ui/figure.tsx'
import { LightShape } from '../../ui/light.tsx'
import { useWall } from './context.ts'
import { DrillButton } from './drill-button.tsx'
import styles from './wall-map.module.css'

const LIGHTS: Light[] = ['red', 'yellow', 'green', 'none']
const SHADES: Shade[] = ['open', 'overdue']

export function WallMap({ live }: { live: Live | undefined }) {
  const t = useT()
  const { model, city, open } = useWall()
  const layers = useMapLayers()
  const { claimed } = useTick()
  const [shade, setShade] = useState<Shade>('open')
  return (
    <section className={styles.frame} aria-label={t('wall.map')}>
      <div className={styles.map}>
        <BoardMap
          city={city}
          layers={layers}
          cases={model.cases}
          shade={shade}
          isHot={(c) => (model.storm ? isOverdue(c) && isDouble(c, claimed) : isOverdue(c))}
          live={live}
          onArea={(code) => open({ kind: 'area', code })}
          onCases={(ids) => open({ kind: 'cases', ids })}
        />
      </div>
      <div className={styles.bar}>
        <div className={styles.legend}>
          <DrillButton drill={{ kind: 'all' }} empty={model.cases.length === 0} className={styles.total}>
            {t('wall.map.open')}{' '}
            <b>
              <Figure value={model.cases.length} />
            </b>
          </DrillButton>
          {LIGHTS.map((light) => (
            <DrillButton
              key={light}
              drill={{ kind: 'light', light }}
              empty={model.lights[light] === 0}
              className={styles.light}
            >
              <LightShape light={light} />
              {t(`light.${light}`)}
              <b>
                <Figure value={model.lights[light]} />
              </b>
            </DrillButton>
          ))}
        </div>
        <fieldset className={styles.shade}>
          <legend className={styles.shadeName}>{t('wall.map.shade')}</legend>
          {SHADES.map((s) => (
            <button key={s} type="button" aria-pressed={s === shade} onClick={() => setShade(s)}>
              {s === 'open' ? t('wall.units.open') : t('wall.units.overdue')}
            </button>
          ))}
        </fieldset>
      </div>
    </section>
  )
}
