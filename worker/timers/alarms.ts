// Sets the alarm clocks: a delayed job for every timer due soon, and one for the next midnight. An alarm only rings; the
// table `timer` stays the truth, and what a lost queue forgets the reconciler fires.
import { rateOf } from '#domain/clock.ts'
import { dueTimers } from '#store/timers.ts'
import type { JobContext } from '../context.ts'
import type { NewJob } from '../queues.ts'
import { nextDay } from './days.ts'

/** Timers further away than this by the log's clock stay in the table only; in a fast demo, than a real minute. */
const AHEAD_MS = 10 * 60_000
const AHEAD_REAL_MS = 60_000
/** The memory of what was set is forgotten this often, so that a flushed queue gets its alarms back. */
const FORGET_AFTER_MS = 60_000

export interface Alarms {
  /** @returns alarms set. */
  set(): Promise<number>
}

export function openAlarms({
  store,
  runtime,
  queues,
}: Pick<JobContext, 'store' | 'runtime' | 'queues'>): Alarms {
  const { clock } = runtime
  const known = new Set<string>()
  let forgotAt = performance.now()
  /** Alarms set at another pace ring at the wrong moment; those of this one need names of their own beside them. */
  const named = (name: string) => {
    const stretch = clock.pace?.stretch() ?? ''
    return stretch === '' ? name : `${name}-${stretch}`
  }

  return {
    async set() {
      if (performance.now() - forgotAt > FORGET_AFTER_MS) {
        known.clear()
        forgotAt = performance.now()
      }
      const now = clock.now()
      const rate = rateOf(clock)
      const until = now + Math.max(AHEAD_MS, AHEAD_REAL_MS * rate)
      const alarms: NewJob<'deadline'>[] = (await dueTimers(store, until)).map((t) => ({
        name: 'deadline',
        payload: { timerId: t.id, kind: t.kind, fireAt: t.fireAt },
        jobId: named(`timer-${t.id}-${t.fireAt}`),
        delayMs: (t.fireAt - now) / rate,
      }))
      const next = nextDay(now, (await runtime.cityFor()).pack.timeZone)
      if (next.fireAt <= until)
        alarms.push({
          name: 'deadline',
          payload: next,
          jobId: named(`day-${next.day}`),
          delayMs: (next.fireAt - now) / rate,
        })
      const fresh = alarms.filter((a) => !known.has(a.jobId))
      if (fresh.length > 0) await queues.addBulk(fresh)
      for (const a of fresh) known.add(a.jobId)
      return fresh.length
    },
  }
}
