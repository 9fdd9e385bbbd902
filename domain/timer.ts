// Timers 时限提醒: which instants of a case will need attention. Derivable from the case and its city alone, so that a lost
// queue or timer table loses nothing.
import type { CaseState } from './case.ts'
import type { City } from './city/types.ts'
import { isOpenTask } from './apply.ts'
import { nextRungTime } from './escalate.ts'
import { outsideDue } from './leading-due.ts'
import { isClockRunning } from './light.ts'
import { partTurnsRed } from './part.ts'

/**
 * Facts of the feed: `yellow`/`red` turn the light; `outside-yellow`/`outside-red` that of an outside due time, which
 * knows no rounds (round 0); `unit-red` = the own limit of a second-level unit 二级时限 has run out.
 */
export const LIGHT_KINDS = ['yellow', 'red', 'outside-yellow', 'outside-red', 'unit-red'] as const
export type LightKind = (typeof LIGHT_KINDS)[number]
export const isLightKind = (kind: string): kind is LightKind => LIGHT_KINDS.some((k) => k === kind)

/**
 * `resume` ends a suspension; `task` = a field task's limit has run out; `rung` = one or more rungs of the city's
 * ladder 升级 fall due; `day` = a city day begins (no case).
 */
export const TIMER_KINDS = [...LIGHT_KINDS, 'resume', 'task', 'rung', 'day'] as const
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
    const partRed = partTurnsRed(state)
    if (partRed !== undefined) timers.push({ kind: 'unit-red', round: state.round, fireAt: partRed })
  }
  if (state.status === 'suspended' && state.suspendedUntil !== undefined)
    timers.push({ kind: 'resume', round: state.round, fireAt: state.suspendedUntil })
  for (const task of state.tasks)
    if (isOpenTask(task)) timers.push({ kind: 'task', round: state.round, fireAt: task.dueAt })
  return timers
}

/** The lights of an outside due time; how early it warns is its city's. */
function outsideTimers(state: CaseState, { pack }: City): Timer[] {
  const due = outsideDue(state, pack.policies.warnShare)
  return due
    ? [
        { kind: 'outside-yellow', round: 0, fireAt: due.warnAt },
        { kind: 'outside-red', round: 0, fireAt: due.dueAt + 1 },
      ]
    : []
}

/**
 * All timers that a case in this state should have; of its city's ladder the next rung alone, for most cases are answered
 * long before the others, and each would be written and removed with every step.
 */
export function timersIn(state: CaseState, city: City): Timer[] {
  const rung = nextRungTime(state, city)
  return [
    ...timersOf(state),
    ...outsideTimers(state, city),
    ...(rung ? [{ kind: 'rung' as const, ...rung }] : []),
  ]
}
