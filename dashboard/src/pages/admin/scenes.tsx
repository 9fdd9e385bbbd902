// The three scenes, what will happen in each, and which one is on.
import { type Scene, SCENES } from '#domain/demo.ts'
import { useCityInfo } from '../../api/city.ts'
import type { DemoState } from '../../api/demo.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import styles from './admin-page.module.css'

export function Scenes(props: { state: DemoState; busy: boolean; onChoose: (scene: Scene) => void }) {
  const { state, busy, onChoose } = props
  const t = useT()
  return (
    <Card title={t('admin.scene')}>
      <div className={styles.body}>
        <div className={styles.scenes}>
          {SCENES.map((scene) => {
            const isOn = state.scene === scene
            return (
              <section key={scene} className={isOn ? `${styles.scene} ${styles.on}` : styles.scene}>
                <h3>{t(`demo.scene.${scene}`)}</h3>
                <p>{t(`admin.scene.${scene}.what`)}</p>
                {isOn && <Until state={state} />}
                <div>
                  {!isOn && scene !== 'ordinary' && (
                    <Button disabled={busy} onClick={() => onChoose(scene)}>
                      {t('admin.scene.start')}
                    </Button>
                  )}
                  {isOn && scene !== 'ordinary' && (
                    <Button disabled={busy} onClick={() => onChoose('ordinary')}>
                      {t('admin.scene.end')}
                    </Button>
                  )}
                </div>
              </section>
            )
          })}
        </div>
      </div>
    </Card>
  )
}

function Until({ state }: { state: DemoState }) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  return (
    <p className={styles.until} role="status">
      {state.sceneUntil === undefined
        ? t('admin.scene.running')
        : t('admin.scene.until', { time: formatMoment(Date.parse(state.sceneUntil), zone, language) })}
    </p>
  )
}
