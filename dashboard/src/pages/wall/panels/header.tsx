// The header in pieces, so that none lies on a seam: whose wall and which scene · the city's time · how old the data is.
import { type CSSProperties, useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { DutyPerson } from '#domain/wall-screen.ts'
import type { City, CityInfo } from '../../../api/city.ts'
import { WallMark } from '../../../components/demo-mark.tsx'
import { LanguageSwitch } from '../../../components/language-switch.tsx'
import { formatMinutes, formatMonthDay, formatTime, formatWeekday } from '../../../i18n/format.ts'
import { useLanguage, useT } from '../../../i18n/translate.ts'
import type { Live } from '../../../live/connect.ts'
import type { Link as LiveLink } from '../../../live/feed.ts'
import type { Freshness } from '../../../live/use-live.ts'
import { ReplayMenu } from '../replay/replay-menu.tsx'
import type { Scene } from '../scenes/choose.ts'
import type { ScreenState } from '../screen/use-screen.ts'
import type { Sound } from '../screen/use-tone.ts'
import { lengthOf } from './letters.ts'
import styles from './header.module.css'

export function NamePiece(props: {
  info: CityInfo | undefined
  scene: Scene
  scope: string
  city: City | undefined
}) {
  const t = useT()
  const { info, scene, scope, city } = props
  const name = info?.centreName ?? t('app.name')
  const [kind, code] = scope.split(':')
  const whose =
    kind === 'area' ? city?.area(code) : kind === 'department' ? city?.department(code) : undefined
  const isNamed = scene.name !== 'normal' && scene.name !== 'area' && scene.name !== 'department'
  const words = [whose, isNamed ? t(`wall.scene.${scene.name}`) : undefined].filter(Boolean).join(' · ')
  return (
    <header className={styles.name} style={{ '--letters': lengthOf(name) } as CSSProperties}>
      <div>
        <h1>{name}</h1>
        {words !== '' && <p className={styles.scene}>{words}</p>}
      </div>
      <WallMark part="data" />
    </header>
  )
}

export function ClockPiece(props: { fresh: Freshness; live: Live | undefined; zone: string }) {
  const { fresh, live, zone } = props
  const language = useLanguage()
  return (
    <div className={styles.clock}>
      <span className={styles.date}>
        <span>{formatMonthDay(fresh.now, zone, language)}</span>
        <span>{formatWeekday(fresh.now, zone, language)}</span>
      </span>
      {live?.past ? (
        <WallClock live={live} fallback={fresh.now} zone={zone} />
      ) : (
        <ReplayMenu>
          <WallClock live={live} fallback={fresh.now} zone={zone} />
        </ReplayMenu>
      )}
      <WallMark part="clock" />
    </div>
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

/** `值班长 甲 · 带班领导 乙`; a name that says its post itself stands alone. */
function dutyLine(people: readonly DutyPerson[], word: (post: DutyPerson['post']) => string): string {
  return [...Map.groupBy(people, (p) => p.post)]
    .map(([post, those]) => {
      const names = those.map((p) => p.name).join('、')
      return names.startsWith(word(post)) ? names : `${word(post)} ${names}`
    })
    .join(' · ')
}

export function StatePiece(props: {
  fresh: Freshness
  link: LiveLink
  zone: string
  screen: ScreenState
  sound: Sound
  /** It shows a past day. */
  past?: boolean | undefined
}) {
  const t = useT()
  const { warning, duty, record } = props.screen
  return (
    <div className={styles.state}>
      <div className={styles.facts}>
        {warning && (
          <span className={`${styles.warning} ${styles[warning.level]}`} role="status">
            <b>{t(`wall.warning.${warning.level}`)}</b>
            {warning.text}
          </span>
        )}
        {duty && (
          <span className={styles.duty}>{t('wall.duty', { n: duty.onDuty, of: duty.supervisors })}</span>
        )}
        {props.sound === 'held-back' && <span className={styles.age}>{t('wall.sound.held-back')}</span>}
        <DataAge fresh={props.fresh} link={props.link} zone={props.zone} past={props.past} />
        {record?.language === undefined && <LanguageSwitch />}
      </div>
      {duty?.people && (
        <p className={styles.people}>
          <span>{dutyLine(duty.people, (post) => t(`centre.rota.post.${post}`))}</span>
        </p>
      )}
    </div>
  )
}

function DataAge(props: { fresh: Freshness; link: LiveLink; zone: string; past?: boolean | undefined }) {
  const { fresh, link, zone } = props
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
  if (props.past) return <span className={styles.past}>{t('replay.past')}</span>
  return (
    <span className={styles.age}>
      {fresh.ageSeconds < 1 ? t('wall.age.now') : t('wall.age.seconds', { n: fresh.ageSeconds })}
    </span>
  )
}

/** From the desk, for some minutes. */
export function AnnouncementPiece({
  announcement,
}: {
  announcement: NonNullable<ScreenState['announcement']>
}) {
  const { text, level } = announcement
  return (
    <div
      className={`${styles.announcement} ${styles[`level-${level}`]}`}
      role="status"
      style={{ '--letters': lengthOf(text) } as CSSProperties}
    >
      <p>{text}</p>
    </div>
  )
}
