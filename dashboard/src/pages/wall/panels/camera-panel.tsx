// Pictures of the city. Their player comes with its own code, and only where there is a panel for it.
import { type ComponentType, lazy, Suspense } from 'react'
import { useT } from '../../../i18n/translate.ts'
import { useWall } from '../context.ts'
import styles from './camera-panel.module.css'

interface CameraWallProps {
  codes?: string[]
  near?: { lng: number; lat: number }
  split: number
  rotateSeconds: number
}
const found = Object.values(
  import.meta.glob<{ CameraWall: ComponentType<CameraWallProps> }>('../cameras/camera-wall.tsx'),
)[0]
const CameraWall = found && lazy(() => found().then((m) => ({ default: m.CameraWall })))

const ROTATE_SECONDS = 15

export function CameraPanel() {
  const t = useT()
  const { live, scene, model, isShown } = useWall()
  if (live?.past) return <section className={styles.none}>{t('replay.no-pictures')}</section>
  if (!CameraWall) return <section className={styles.none}>{t('wall.camera.none')}</section>
  const shown =
    model.cases.find((c) => c.id === scene.caseId) ?? (isShown('case') ? model.urgent[0] : undefined)
  const place = scene.cameras
    ? { codes: scene.cameras.codes, split: scene.cameras.split }
    : { split: isShown('case') ? 4 : 1, ...(shown ? { near: { lng: shown.lng, lat: shown.lat } } : {}) }
  return (
    <section className={styles.frame} aria-label={t('wall.camera')}>
      <Suspense>
        <CameraWall {...place} rotateSeconds={ROTATE_SECONDS} />
      </Suspense>
    </section>
  )
}
