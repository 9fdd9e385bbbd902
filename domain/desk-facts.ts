// What a desk needs of a case beyond the case itself: what the reader may do now, the working time that is left, and who
// decides what the unit asked for.
import type { Actor, CaseState, Post } from './case.ts'
import { workingMs } from './calendar.ts'
import type { City } from './city/types.ts'
import type { Action } from './lifecycle.ts'
import type { LimitUnit } from './limit.ts'
import { legalActions, whoMay } from './permission.ts'

export interface DeskFacts {
  offers: Action[]
  /**
   * Working time until the due moment on the unit's calendar, ms; negative past it. Absent where the limit runs day and
   * night, and where the clock stands or has stopped.
   */
  workLeftMs?: number | undefined
  /** Posts that may decide the pending request, any of them. */
  decides?: Post[] | undefined
}

const DECIDED_BY = {
  return: 'grant-return',
  extension: 'grant-extension',
  suspension: 'suspend',
} as const satisfies Record<NonNullable<CaseState['request']>['kind'], Action>

export function deskFacts(state: CaseState, actor: Actor, city: City, now: number): DeskFacts {
  const { request } = state
  const workLeftMs = workLeft(state, city, now)
  return {
    offers: legalActions(state, actor, city, now),
    ...(workLeftMs === undefined ? {} : { workLeftMs }),
    // The lifecycle names posts alone for these steps.
    ...(request ? { decides: [...whoMay(DECIDED_BY[request.kind], state)] as Post[] } : {}),
  }
}

const WORKING: readonly LimitUnit[] = ['work-hour', 'work-day']

function workLeft({ clock, status }: CaseState, city: City, now: number): number | undefined {
  const runs = clock && clock.stoppedAt === undefined && status !== 'suspended'
  if (!runs || !WORKING.includes(clock.limit.unit)) return undefined
  const calendar = city.calendarFor(clock.calendar)
  return now <= clock.dueAt ? workingMs(calendar, now, clock.dueAt) : -workingMs(calendar, clock.dueAt, now)
}
