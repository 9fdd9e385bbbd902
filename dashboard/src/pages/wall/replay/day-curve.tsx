// The day's reports by hour as a pale curve behind the scrubber: where something happened. A hint without figures; the day
// chart of the wall has those.
import type { Board } from '#domain/board-view.ts'
import { useResource } from '../../../api/use-resource.ts'
import styles from './replay-bar.module.css'

/** @param until the last instant of the day, epoch ms; the board's now while it is running */
export function DayCurve({ scope, until }: { scope: string; until: number | undefined }) {
  // Only the whole city is counted by hour.
  const at = until === undefined ? '' : `?at=${new Date(until).toISOString()}`
  const { value } = useResource<Board>(scope === 'city' ? `/board${at}` : undefined)
  const most = Math.max(1, ...(value?.hourly.map((h) => h.reported) ?? []))
  if (!value || value.hourly.length === 0) return null
  const points = value.hourly.map(({ hour, reported }) => `${hour + 0.5},${(1 - reported / most).toFixed(3)}`)
  return (
    <svg className={styles.curve} viewBox="0 0 24 1" preserveAspectRatio="none" aria-hidden="true">
      <polygon points={`0,1 ${points.join(' ')} 24,1`} />
    </svg>
  )
}
