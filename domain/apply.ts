// `apply`: the next case from a case and one event. Total over every event type; never asks for anything outside.
// Folding the whole log of a case from `undefined` gives exactly its row.
import type { CaseState } from './case.ts'
import { countedAt } from './device-time.ts'
import type { EventType } from './event.ts'
import { type AppliedEvent, born, HANDLERS } from './handlers.ts'
import { isWithUnit } from './light.ts'
import { isOpenTask } from './task.ts'
import { settled } from './waits.ts'

export type { AppliedEvent } from './handlers.ts'
export { isOpenTask, openTask } from './task.ts'

/** Changes of these change what anybody may do, or by when: only they raise the version. */
const versionKey = (s: CaseState) =>
  JSON.stringify([
    s.status,
    s.round,
    s.department,
    s.handler,
    s.request?.kind,
    s.request && 'approved' in s.request ? s.request.approved : 0,
    s.papersOwed,
    s.unitDueAt,
    s.clock?.dueAt,
    s.suspendedUntil,
    s.tasks.filter(isOpenTask).map((t) => [t.id, t.assignee, t.status]),
    s.appeals.some((a) => a.granted === undefined),
  ])

/** Events after which a rule looks again before anybody is named to act. */
const WAIT_ENDS: ReadonlySet<EventType> = new Set([
  'passed',
  'return-granted',
  'confirm-requested',
  'confirmed',
  'screened',
])

/**
 * The next state. `event.no` must be the successor of `state.no` (1 for the first event).
 * @throws Error when the log has a gap or does not begin with `reported`: a bug or a damaged log, never a user's fault.
 */
export function apply(state: CaseState | undefined, event: AppliedEvent): CaseState {
  if (state === undefined) {
    if (event.type !== 'reported' || event.no !== 1)
      throw new Error(`log of ${event.caseId} does not begin with reported`)
    return dropUndefined(born(event))
  }
  if (event.no !== state.no + 1)
    throw new Error(`log of ${event.caseId}: event ${event.no} after ${state.no}`)
  if (event.type === 'reported') throw new Error(`log of ${event.caseId}: reported twice`)
  const next: CaseState = {
    ...state,
    ...(WAIT_ENDS.has(event.type) ? { waitsFor: undefined } : {}),
    ...HANDLERS[event.type](state, event),
    no: event.no,
    wasOverdue: state.wasOverdue || isPastDue(state, countedAt(event)),
    seen: { ...state.seen, [event.type]: (state.seen[event.type] ?? 0) + 1 },
    lastAt: event.at,
  }
  next.waitsFor = settled(next, event.at)
  if (versionKey(next) !== versionKey(state)) next.version = state.version + 1
  return dropUndefined(next)
}

const isPastDue = (state: CaseState, at: number) =>
  state.clock !== undefined && isWithUnit(state) && at > state.clock.dueAt

/** Absent is absent: keys with undefined vanish, so that a stored and a folded state compare equal. */
function dropUndefined(state: CaseState): CaseState {
  const all = state as unknown as Record<string, unknown>
  const clean: Record<string, unknown> = {}
  for (const key in all) if (all[key] !== undefined) clean[key] = all[key]
  return clean as unknown as CaseState
}

/** Folds a whole log. */
export function fold(events: Iterable<AppliedEvent>): CaseState | undefined {
  let state: CaseState | undefined
  for (const event of events) state = apply(state, event)
  return state
}
