// Pictures of the city. Their player comes with its own code, and only where there is a panel for it.
import { lazy, Suspense, useCallback } from 'react'
import { useT } from '../../../i18n/translate.ts'
import { patiently } from '../../../ui/patiently.ts'
import { useWall } from '../context.ts'
import { pressing } from '../model.ts'
import styles from './camera-panel.module.css'

const CameraWall = lazy(() =>
  patiently(() => import('../cameras/camera-wall.tsx').then((m) => ({ default: m.CameraWall }))),
)

const ROTATE_SECONDS = 15

export function CameraPanel() {
  const t = useT()
  const { live, scene, model, isShown } = useWall()
  const clock = useCallback(() => live?.now() ?? Date.now(), [live])
  if (live?.past) return <section className={styles.none}>{t('replay.no-pictures')}</section>
  const onCase = isShown('case') || isShown('story')
  const chosen = scene.caseId === undefined ? undefined : model.cases.find((c) => c.id === scene.caseId)
  const shown = chosen ?? (onCase ? pressing(model) : undefined)
  const place = scene.cameras
    ? { codes: scene.cameras.codes, split: scene.cameras.split }
    : {
        split: isShown('case') ? (4 as const) : (1 as const),
        ...(shown ? { near: { lng: shown.lng, lat: shown.lat } } : {}),
      }
  return (
    <section className={styles.frame} aria-label={t('wall.camera')}>
      <Suspense>
        <CameraWall {...place} clock={clock} rotateSeconds={ROTATE_SECONDS} />
      </Suspense>
    </section>
  )
}
