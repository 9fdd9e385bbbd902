// The simulated clock of a replay. Steps run side by side, each at its own instant: inside `at` the clock says that
// instant, also behind awaits; everywhere else (worker, readers) it says where the replay as a whole stands.
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Clock, SimulatedClock } from '#domain/clock.ts'

export interface StepClock extends Clock {
  /** Moves the whole forward; an earlier instant is ignored. */
  set(at: number): void
  at<T>(instant: number, work: () => Promise<T>): Promise<T>
}

export function openStepClock(start: number): StepClock {
  const whole = new SimulatedClock(start)
  const step = new AsyncLocalStorage<number>()
  return {
    now: () => step.getStore() ?? whole.now(),
    set: (at) => whole.set(at),
    at: (instant, work) => step.run(instant, work),
  }
}
