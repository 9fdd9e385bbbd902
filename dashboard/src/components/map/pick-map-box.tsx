// A map to press on, in its frame; the map's code comes when it is wanted.
import { type ComponentProps, lazy, Suspense } from 'react'
import type { PickMap as PickMapType } from './pick-map.tsx'
import styles from './map-box.module.css'

const PickMap = lazy(() => import('./pick-map.tsx').then((m) => ({ default: m.PickMap })))

export function PickMapBox(props: ComponentProps<typeof PickMapType>) {
  return (
    <div className={styles.box}>
      <Suspense>
        <PickMap {...props} />
      </Suspense>
    </div>
  )
}
