// What is said over a map that is not there yet, or never will be: an empty place alone looks like a fault.
import { useT } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import styles from './map.module.css'
import type { MapStatus } from './use-map.ts'

export function MapState({ status }: { status: MapStatus }) {
  const t = useT()
  if (status === 'drawn') return null
  if (status !== 'unavailable') return <p className={styles.coming}>{t('wall.map.coming')}</p>
  return (
    <div className={styles.unavailable}>
      <Notice kind="fault">{t('wall.map.unavailable')}</Notice>
    </div>
  )
}
