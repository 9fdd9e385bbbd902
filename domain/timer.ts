// Timers 时限提醒: which instants of a case will need attention. Derivable from the case and its city alone, so that a lost
// queue or timer table loses nothing.
import type { CaseState } from './case.ts'
import type { City } from './city/types.ts'
import { isOpenTask } from './apply.ts'
import { rungTimes } from './escalate.ts'
import { isClockRunning } from './light.ts'

/**
 * `yellow`/`red` turn the light; `resume` ends a suspension; `task` = a field task's limit has run out; `rung` = one
 * or more rungs of the city's ladder 升级 fall due; `day` = a city day begins (no case).
 */
export const TIMER_KINDS = ['yellow', 'red', 'resume', 'task', 'rung', 'day'] as const
export type TimerKind = (typeof TIMER_KINDS)[number]

export interface Timer {
  kind: TimerKind
  round: number
  /** Epoch ms. */
  fireAt: number
}

/** The timers that a case has by itself, whatever its city's ladder. Red begins a millisecond after the due instant. */
export function timersOf(state: CaseState): Timer[] {
  const timers: Timer[] = []
  if (state.clock && isClockRunning(state)) {
    timers.push({ kind: 'yellow', round: state.round, fireAt: state.clock.warnAt })
    timers.push({ kind: 'red', round: state.round, fireAt: state.clock.dueAt + 1 })
  }
  if (state.status === 'suspended' && state.suspendedUntil !== undefined)
    timers.push({ kind: 'resume', round: state.round, fireAt: state.suspendedUntil })
  for (const task of state.tasks)
    if (isOpenTask(task)) timers.push({ kind: 'task', round: state.round, fireAt: task.dueAt })
  return timers
}

/** All timers that a case in this state should have; those of the ladder are its city's. */
export const timersIn = (state: CaseState, city: City): Timer[] => [
  ...timersOf(state),
  ...rungTimes(state, city).map((time) => ({ kind: 'rung' as const, ...time })),
]
