// The ways from the wall of now to one of a past day: the latest days that can be replayed, the newest first.
import { Link } from 'wouter'
import { useResource } from '../../../api/use-resource.ts'
import { problemText } from '../../../api/problem.ts'
import { useT } from '../../../i18n/translate.ts'
import styles from './replay-days.module.css'

const MOST = 7
/** A day in twenty-four minutes. */
const SPEED = 60

/** @param keep what the address says beside the replay: scene, tiles, scope. */
export function ReplayDays({ keep = '' }: { keep?: string }) {
  const t = useT()
  const { value, problem } = useResource<{ items: { day: string; end?: string }[] }>('/board/days')
  if (problem && !value) return <p role="alert">{problemText(problem, t)}</p>
  if (!value) return <p role="status">{t('state.loading')}</p>
  const over = value.items.filter((d) => d.end !== undefined)
  const days = over.slice(-MOST).reverse()
  const hrefOf = (day: string) => {
    const search = new URLSearchParams(keep)
    search.set('replay', day)
    search.set('speed', String(SPEED))
    return `/wall?${search}`
  }
  if (days.length === 0) return <p>{t('replay.no-days')}</p>
  return (
    <ul className={styles.days}>
      {days.map(({ day }, i) => (
        <li key={day}>
          <Link href={hrefOf(day)}>
            {i === 0 ? t('replay.last-day') : ''} {day}
          </Link>
        </li>
      ))}
    </ul>
  )
}
