// Steers a replay: says plainly that this is the past, and which instant of it; play and pause, speed, the day as a scrubber
// with its reports behind, the days beside it, and the way back to now. Keys: space, + and −, arrows.
import { type CSSProperties, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { dayStart } from '#domain/city-time.ts'
import { addDays } from '#domain/days.ts'
import { useResource } from '../../../api/use-resource.ts'
import { problemText } from '../../../api/problem.ts'
import { formatMinutes, formatTime } from '../../../i18n/format.ts'
import { useLanguage, useT } from '../../../i18n/translate.ts'
import { DayCurve } from './day-curve.tsx'
import { Icon } from './icon.tsx'
import type { Player, PlayerView } from './player.ts'
import styles from './replay-bar.module.css'
import { useReplayKeys } from './use-replay-keys.ts'
import { useControls } from './use-replay.ts'
import { nextSpeed } from './virtual-clock.ts'

const LOOK_MS = 200
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24]

interface BarProps {
  player: Player
  day: string
  scope: string
  timeZone: string
}

/** The clock of the replay, looked at a few times a second. */
function useNow(player: Player): number | undefined {
  const [now, setNow] = useState(player.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(player.now()), LOOK_MS)
    return () => clearInterval(timer)
  }, [player])
  return now
}

/** Keeps day, speed and, standing still, the time in the address, so that it can be handed on. */
function useAddress(player: Player, { day, timeZone }: BarProps, view: PlayerView): void {
  const [, setSearch] = useSearchParams()
  const { state, speed, bounds } = view
  const stands = state === 'paused' || state === 'ended' ? player.now() : undefined
  const at = stands === undefined ? undefined : formatTime(stands, timeZone, 'zh-CN')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the setter is another one after each change of the address.
  useEffect(() => {
    // On its way somewhere: the address stays until it is there.
    if (!bounds || state === 'loading' || state === 'waiting') return
    setSearch(
      (search) => {
        search.set('replay', day)
        search.set('speed', String(speed))
        if (at === undefined) search.delete('at')
        else search.set('at', at)
        return search
      },
      { replace: true },
    )
  }, [day, speed, at, state, bounds])
}

/** @param props.isHalved a seam runs through its middle: its parts stand on either side. */
export function ReplayBar(props: BarProps & { isHalved: boolean }) {
  const { player, day, scope, timeZone, isHalved } = props
  const t = useT()
  const language = useLanguage()
  const view = useControls(player)
  const now = useNow(player)
  const [, setSearch] = useSearchParams()
  useAddress(player, props, view)
  const { state, speed, bounds, problem } = view
  const plays = state === 'playing' || state === 'waiting'

  const toggle = () => (plays ? player.pause() : player.play())
  const change = (up: boolean) => player.setSpeed(nextSpeed(speed, up))
  useReplayKeys({
    toggle,
    faster: change,
    by: (ms) => player.seek((player.now() ?? 0) + ms),
    toStart: () => bounds && player.seek(bounds.start),
    toEnd: () => bounds && player.seek(bounds.end),
  })
  const go = (to: string | undefined) =>
    setSearch((search) => {
      search.delete('at')
      if (to !== undefined) search.set('replay', to)
      else for (const key of ['replay', 'speed']) search.delete(key)
      return search
    })

  return (
    <section className={`${styles.bar} ${isHalved ? styles.halved : ''}`} aria-label={t('replay.bar')}>
      <div className={styles.part}>
        <p className={styles.mark}>
          <span className={styles.pill}>
            <b>回放</b> REPLAY
          </span>
          <span className={styles.day}>{day}</span>
          <time className={styles.time}>
            {now === undefined || !bounds
              ? '--:--'
              : (speed <= 5 ? formatTime : formatMinutes)(now, timeZone, language)}
          </time>
        </p>
        <div className={styles.controls}>
          <button
            type="button"
            className={styles.play}
            onClick={toggle}
            disabled={!bounds}
            aria-label={plays ? t('replay.pause') : t('replay.play')}
            title={`${plays ? t('replay.pause') : t('replay.play')} (${t('replay.key.space')})`}
          >
            <Icon name={plays ? 'pause' : 'play'} />
          </button>
          <fieldset className={styles.speed}>
            <legend className="visually-hidden">{t('replay.speed')}</legend>
            <button
              type="button"
              onClick={() => change(false)}
              aria-label={t('replay.slower')}
              title={`${t('replay.slower')} (−)`}
            >
              <Icon name="minus" />
            </button>
            <output>{t('replay.times', { n: speed })}</output>
            <button
              type="button"
              onClick={() => change(true)}
              aria-label={t('replay.faster')}
              title={`${t('replay.faster')} (+)`}
            >
              <Icon name="plus" />
            </button>
          </fieldset>
        </div>
        <DaySteps day={day} onDay={go} />
      </div>
      <div className={styles.part}>
        {state === 'failed' && problem ? (
          <p className={styles.problem} role="alert">
            {problemText(problem, t)}
          </p>
        ) : (
          <Scrubber player={player} view={view} now={now} day={day} scope={scope} timeZone={timeZone} />
        )}
        <button type="button" className={styles.live} onClick={() => go(undefined)}>
          {t('replay.live')}
        </button>
      </div>
    </section>
  )
}

function Scrubber(props: BarProps & { view: PlayerView; now: number | undefined }) {
  const { player, view, now, day, scope, timeZone } = props
  const t = useT()
  const language = useLanguage()
  const [from, to] = [dayStart(day, timeZone), dayStart(addDays(day, 1), timeZone)]
  const share = (at: number) => `${((at - from) / (to - from)) * 100}%`
  const [held, setHeld] = useState<number>()
  const asked = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(asked.current), [])
  const at = Math.min(Math.max(held ?? now ?? from, from), to)
  const { bounds, state } = view

  /** While it is dragged the board follows a moment later, not at each pixel. */
  const drag = (instant: number) => {
    setHeld(instant)
    clearTimeout(asked.current)
    asked.current = setTimeout(() => {
      player.seek(instant)
      setHeld(undefined)
    }, 150)
  }
  return (
    <div className={styles.scrubber} data-state={state}>
      <div className={styles.track} aria-hidden="true">
        {bounds && <DayCurve scope={scope} until={bounds.isOver ? bounds.end : undefined} />}
        <span className={styles.past} style={{ width: share(at) }} />
        {HOURS.map((hour) => (
          <span
            key={hour}
            className={styles.hour}
            style={{ left: `${(hour / 24) * 100}%` } as CSSProperties}
            data-edge={hour === 0 ? 'start' : hour === 24 ? 'end' : undefined}
          >
            {hour}
          </span>
        ))}
      </div>
      <input
        type="range"
        min={from}
        max={to}
        step={1000}
        value={at}
        disabled={!bounds}
        aria-label={t('replay.scrubber')}
        aria-valuetext={formatTime(at, timeZone, language)}
        onChange={(e) => drag(Number(e.target.value))}
      />
      {held !== undefined && (
        <span className={styles.preview} style={{ left: share(at) }}>
          {formatMinutes(at, timeZone, language)}
        </span>
      )}
    </div>
  )
}

function DaySteps({ day, onDay }: { day: string; onDay: (day: string) => void }) {
  const t = useT()
  const { value } = useResource<{ items: { day: string }[] }>('/board/days')
  const days = value?.items.map((d) => d.day) ?? []
  const before = days.findLast((d) => d < day)
  const after = days.find((d) => d > day)
  return (
    <div className={styles.days}>
      <button
        type="button"
        disabled={before === undefined}
        onClick={() => before && onDay(before)}
        aria-label={t('replay.day-before')}
        title={before ?? t('replay.day-before')}
      >
        <Icon name="back" />
      </button>
      <span>{t('replay.day')}</span>
      <button
        type="button"
        disabled={after === undefined}
        onClick={() => after && onDay(after)}
        aria-label={t('replay.day-after')}
        title={after ?? t('replay.day-after')}
      >
        <Icon name="on" />
      </button>
    </div>
  )
}
