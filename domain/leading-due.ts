// The due time that leads 主时限: an outside due time runs beside the case's own, and the earlier of the two that run is
// what the centre's lights, lists and reminders go by. Whether the unit was late is never judged by the outside one.
import type { CaseState, Light } from './case.ts'
import { lightAt, WARN_SHARE } from './deadline.ts'
import { isClockRunning, lightOf } from './light.ts'

export interface LeadingDue {
  /** Epoch ms. */
  dueAt: number
  warnAt: number
  by: 'own' | 'outside'
}

type DueState = Pick<CaseState, 'clock' | 'status' | 'externalDueAt' | 'reportedAt' | 'seen'>

/** The events that end a case. */
export const ENDINGS = ['closed', 'self-handled', 'rejected', 'merged', 'voided'] as const

/** The outside due time runs from the report until the case first ends, whichever way; it never stands still. */
export const isOutsideRunning = ({
  externalDueAt,
  seen,
}: Pick<CaseState, 'externalDueAt' | 'seen'>): boolean =>
  externalDueAt !== undefined && !ENDINGS.some((type) => seen[type])

/** The outside due time while it runs; it warns at `warnShare` of the time between the report and it. */
export function outsideDue(
  state: Pick<DueState, 'externalDueAt' | 'reportedAt' | 'seen'>,
  warnShare: number = WARN_SHARE,
): LeadingDue | undefined {
  const { externalDueAt: dueAt, reportedAt } = state
  if (dueAt === undefined || !isOutsideRunning(state)) return undefined
  const span = Math.max(0, dueAt - reportedAt)
  return { dueAt, warnAt: Math.ceil(dueAt - span * (1 - warnShare)), by: 'outside' }
}

/**
 * The earlier of those that run: the handling clock's due time and the outside one; it warns as soon as either does, so
 * that its light is the worse of both. Of two equal ones the case's own leads. When the case's own stands (answered,
 * suspended) the outside one leads; when neither runs, the case's own is what is left. Undefined when there is none.
 */
export function leadingDue(state: DueState, warnShare: number = WARN_SHARE): LeadingDue | undefined {
  const { clock } = state
  const own: LeadingDue | undefined = clock && { dueAt: clock.dueAt, warnAt: clock.warnAt, by: 'own' }
  const outside = outsideDue(state, warnShare)
  if (!outside || !own) return outside ?? own
  if (!isClockRunning(state)) return outside
  return { ...(own.dueAt <= outside.dueAt ? own : outside), warnAt: Math.min(own.warnAt, outside.warnAt) }
}

/** The earlier due instant, epoch ms. */
export const leadingDueAt = (state: DueState): number | undefined => leadingDue(state)?.dueAt

/** The light by the due time that leads: the unit's own light wherever no outside due time runs. */
export function leadingLight(state: DueState, at: number, warnShare: number = WARN_SHARE): Light {
  const due = leadingDue(state, warnShare)
  return due && isOutsideRunning(state) ? lightAt({ at, ...due }) : lightOf(state, at)
}
