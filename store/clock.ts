// The one clock of the log: the database's, sampled, and advanced by this process's monotonic clock in between. In a demo
// it goes as the demo's row says (domain/demo-clock.ts); outside of one that is the world's clock.
import type { Clock, ClockPace } from '#domain/clock.ts'
import { type DemoClock, isWorlds, shownAt, WORLD_CLOCK } from '#domain/demo-clock.ts'
import { attendDemo } from './demo.ts'
import { onceMore } from './once-more.ts'
import type { Store } from './open.ts'
import type { Signals } from './signal.ts'

const SAMPLE_EVERY_MS = 10_000
/** Where a demo is kept, a lost wake-up must not cost more than this: less than the notice that a change gives. */
const SAMPLE_DEMO_EVERY_MS = 1_000
/** A reading that took long tells the time badly: it is used only when the last good one is as old as this. */
const GOOD_FOR_MS = 30_000
const OFF_MS = 100

export interface DatabaseClock extends Clock {
  readonly pace: ClockPace
  /** Reads again now; a change made before the call is known after it. */
  refresh(): Promise<void>
  stop(): void
}

/**
 * Resolves after the first sample. A failed later sample leaves the clock going as before and is reported to `onError`.
 * @param signals wake it when the demo's row was changed
 */
export async function databaseClock(
  store: Store,
  onError: (error: unknown) => void,
  signals?: Pick<Signals, 'on'>,
): Promise<DatabaseClock> {
  let reading = { real: 0, tick: 0, tookMs: Number.POSITIVE_INFINITY }
  let demo: DemoClock = WORLD_CLOCK
  let stretch = ''
  let last = 0
  let everyMs = SAMPLE_EVERY_MS
  let sampledAt = 0
  let stopped = false
  let bend: NodeJS.Timeout | undefined
  const listeners = new Set<() => void>()

  /** The database's clock now. */
  const real = () => reading.real + (performance.now() - reading.tick)

  /** Enters the newest stretch at once, or when it begins. */
  const turn = () => {
    clearTimeout(bend)
    if (stopped) return
    const wait = demo.anchoredAt - real()
    if (wait > 0) {
      bend = setTimeout(turn, Math.ceil(wait))
      bend.unref()
      return
    }
    const next = isWorlds(demo) ? '' : String(demo.anchoredAt)
    if (next === stretch) return
    stretch = next
    for (const tell of listeners) tell()
  }

  async function sample(): Promise<void> {
    const sent = performance.now()
    sampledAt = sent
    const state = await attendDemo(store)
    const tookMs = performance.now() - sent
    // This machine slept, or the database's clock was set: then the last good reading is wrong.
    const isOff = Math.abs(state.real - real()) > tookMs + OFF_MS
    if (isOff || tookMs <= 2 * reading.tookMs || sent - reading.tick > GOOD_FOR_MS)
      reading = { real: state.real, tick: sent + tookMs / 2, tookMs }
    demo = state.clock
    if (state.isKept) everyMs = SAMPLE_DEMO_EVERY_MS
    turn()
  }

  const { refresh } = onceMore(sample)

  await refresh()
  const keepUp = () => void refresh().catch((error) => stopped || onError(error))
  const stopListening = signals?.on('clock', keepUp)
  const look = () => performance.now() - sampledAt > everyMs - SAMPLE_DEMO_EVERY_MS / 2 && keepUp()
  const timer = setInterval(look, SAMPLE_DEMO_EVERY_MS)
  timer.unref()

  return {
    now() {
      last = Math.max(last, Math.floor(shownAt(demo, real())))
      return last
    },
    pace: {
      rate: () => (real() < demo.anchoredAt ? demo.rateBefore : demo.rate),
      stretch: () => stretch,
      onStretch(tell) {
        listeners.add(tell)
        return () => listeners.delete(tell)
      },
    },
    refresh,
    stop() {
      stopped = true
      clearInterval(timer)
      clearTimeout(bend)
      stopListening?.()
    },
  }
}
