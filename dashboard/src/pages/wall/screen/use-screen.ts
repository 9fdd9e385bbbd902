// This screen in React: its record, what the desk shows on it now, its plan, warning and duty. A show that ends by time
// ends here by the page's own timer, measured by the server's clock.
import { useEffect, useReducer, useSyncExternalStore } from 'react'
import type { DutyCount, PlanStep, ScreenRecord, WallWarning, OnNow } from '#domain/wall-screen.ts'
import { onNow } from '#domain/wall-screen.ts'
import { setLanguage } from '../../../i18n/language.ts'
import { useFreshPage } from './fresh-page.ts'
import type { ScreenFeed, ScreenFeedView } from '../../../live/screen-feed.ts'

export interface ScreenState {
  /** Absent for a wall that is no registered screen. */
  record?: ScreenRecord | undefined
  /** Wins over the plan until its time is over. */
  show?: OnNow['show']
  /** Empty = the normal scene, always. */
  plan: PlanStep[]
  announcement?: OnNow['announcement']
  warning?: WallWarning | undefined
  revoked: boolean
  duty?: DutyCount | undefined
}

const BEFORE: ScreenFeedView = { message: undefined, heardTick: 0, revoked: false }
const never = () => () => {}
/** Browsers count timers in 32 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
/** A timer may ring a moment early. */
const TIMER_SLACK_MS = 20

/** What a page shows of a view. @param now the server's real clock, epoch ms. */
export function screenState(
  { message, revoked }: ScreenFeedView,
  now: number,
): ScreenState & { nextEnd?: number | undefined } {
  if (!message) return { plan: [], revoked }
  const { record, plan, duty } = message
  return { record, plan, duty, revoked, ...onNow(message, now) }
}

/** @param live of useConnection; a replay has no screen. */
export function useScreen(live: { screen?: ScreenFeed } | undefined): ScreenState {
  const feed = live?.screen
  const view = useSyncExternalStore(feed?.subscribe ?? never, feed?.view ?? (() => BEFORE))
  const [looked, lookAgain] = useReducer((n: number) => n + 1, 0)
  const now = feed?.now() ?? 0
  const state = screenState(view, now)
  const { nextEnd } = state
  const language = state.record?.language

  // biome-ignore lint/correctness/useExhaustiveDependencies: `looked` begins the next stretch of a long or early timer.
  useEffect(() => {
    if (nextEnd === undefined) return
    const wait = nextEnd - (feed?.now() ?? 0) + TIMER_SLACK_MS
    const timer = setTimeout(lookAgain, Math.min(Math.max(0, wait), LONGEST_TIMER_MS))
    return () => clearTimeout(timer)
  }, [feed, nextEnd, looked])
  useFreshPage(view.message?.build, state.show !== undefined || state.announcement !== undefined)
  useEffect(() => {
    if (language) setLanguage(language)
  }, [language])
  return state
}
