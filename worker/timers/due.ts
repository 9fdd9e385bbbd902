// Firing everything that is due without any queue: what the reconciler does after a lost alarm, and a replay before
// each row.
import { cityDay } from '#domain/city-time.ts'
import { dueTimers } from '#store/timers.ts'
import { beginDays } from './days.ts'
import { type FiringContext, fireTimer } from './fire.ts'

export interface DueOptions {
  /** Epoch ms; the log's clock when absent. */
  until?: number
  /** Called with each instant before its timer fires or its day begins: a replay moves its simulated clock there. */
  onInstant?: (at: number) => void
}

const PAGE = 500

/**
 * Fires timers due until then, earliest first, and begins the city days in between. Expects the feed to be followed
 * already: timers of events still in the inbox are not there yet. @returns how many fired.
 */
export async function fireDueTimers(context: FiringContext, options: DueOptions = {}): Promise<number> {
  const { store, runtime } = context
  const until = options.until ?? runtime.clock.now()
  const { timeZone } = (await runtime.cityFor()).pack
  let begunTo: string | undefined
  const beginUntil = async (at: number) => {
    const day = cityDay(at, timeZone)
    if (begunTo !== undefined && day <= begunTo) return
    begunTo = day
    await beginDays(context, at)
  }

  let fired = 0
  let after: { fireAt: number; id: string } | undefined
  for (;;) {
    const due = await dueTimers(store, until, PAGE, after)
    for (const timer of due) {
      options.onInstant?.(timer.fireAt)
      await beginUntil(timer.fireAt)
      if ((await fireTimer(context, timer)) === 'fired') fired += 1
      after = timer
    }
    if (due.length < PAGE) break
  }
  options.onInstant?.(until)
  await beginUntil(until)
  return fired
}
