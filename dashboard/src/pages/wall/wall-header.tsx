// Who, when, and how old the data is. The clock is the server's, in the city's time zone.
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { CityInfo } from '../../api/city.ts'
import { WallMark } from '../../components/demo-mark.tsx'
import { LanguageSwitch } from '../../components/language-switch.tsx'
import { formatDate, formatMinutes, formatTime, formatWeekday } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import type { Freshness } from '../../live/use-live.ts'
import type { Live } from '../../live/connect.ts'
import type { Link as LiveLink } from '../../live/feed.ts'
import styles from './wall-header.module.css'

export function WallHeader(props: {
  info: CityInfo | undefined
  fresh: Freshness
  link: LiveLink
  live: Live | undefined
  scope?: string | undefined
}) {
  const { info, fresh, link } = props
  const t = useT()
  const language = useLanguage()
  const zone = info?.timeZone ?? 'Asia/Shanghai'
  return (
    <header className={styles.header}>
      <div className={styles.name}>
        <h1>{info?.centreName ?? t('app.name')}</h1>
        {props.scope !== undefined && <span className={styles.scope}>{props.scope}</span>}
        <WallMark part="data" />
      </div>
      <div className={styles.clock}>
        <span>{formatDate(fresh.now, zone, language)}</span>
        <span>{formatWeekday(fresh.now, zone, language)}</span>
        <WallClock live={props.live} fallback={fresh.now} zone={zone} />
        <WallMark part="clock" />
      </div>
      <div className={styles.right}>
        <DataAge fresh={fresh} link={link} zone={zone} />
        <LanguageSwitch />
      </div>
    </header>
  )
}

/** At this pace and above the seconds of a demo's clock fly by and say nothing. */
const FAST = 10
const STEP_MS = 100

/** By the second; in a fast demo by the minute, smoothly. */
function WallClock(props: { live: Live | undefined; fallback: number; zone: string }) {
  const { live, fallback, zone } = props
  const language = useLanguage()
  const isFast = (live?.rate() ?? 1) >= FAST
  const [now, setNow] = useState<number>()
  useEffect(() => {
    if (!isFast) return setNow(undefined)
    const timer = setInterval(() => setNow(live?.now()), STEP_MS)
    return () => clearInterval(timer)
  }, [live, isFast])
  const format = isFast ? formatMinutes : formatTime
  return <time className={styles.time}>{format(now ?? fallback, zone, language)}</time>
}

function DataAge({ fresh, link, zone }: { fresh: Freshness; link: LiveLink; zone: string }) {
  const t = useT()
  const language = useLanguage()
  if (link === 'refused') {
    return (
      <span className={styles.stopped} role="status">
        {t('wall.refused')}
        <Link href={`/login?next=${encodeURIComponent(window.location.pathname + window.location.search)}`}>
          {t('wall.refused.login')}
        </Link>
      </span>
    )
  }
  if (link === 'unknown-scope') {
    return (
      <span className={styles.stopped} role="status">
        {t('wall.unknown-scope')}
      </span>
    )
  }
  if (fresh.heardAt === undefined || fresh.ageSeconds === undefined) {
    return <span className={styles.age}>{t('wall.age.connecting')}</span>
  }
  if (fresh.stale) {
    return (
      <span className={styles.stopped} role="status">
        {t('wall.age.stopped', { time: formatTime(fresh.heardAt, zone, language) })}
      </span>
    )
  }
  return (
    <span className={styles.age}>
      {fresh.ageSeconds < 1 ? t('wall.age.now') : t('wall.age.seconds', { n: fresh.ageSeconds })}
    </span>
  )
}
