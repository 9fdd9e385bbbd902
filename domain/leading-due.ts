// The due time that leads 主时限: an outside due time runs beside the case's own, and the earlier of the two is what
// lights, lists and reminders go by. Whether the unit was late is never judged by the outside one.
import type { CaseState } from './case.ts'
import { WARN_SHARE } from './deadline.ts'

export interface LeadingDue {
  /** Epoch ms. */
  dueAt: number
  warnAt: number
  by: 'own' | 'outside'
}

/**
 * The earlier of the handling clock's and the outside due time; undefined when there is neither. The outside one warns
 * at `warnShare` of the time between the report and it. Of two equal ones the case's own leads.
 */
export function leadingDue(
  { clock, externalDueAt, reportedAt }: Pick<CaseState, 'clock' | 'externalDueAt' | 'reportedAt'>,
  warnShare: number = WARN_SHARE,
): LeadingDue | undefined {
  if (externalDueAt === undefined || (clock && clock.dueAt <= externalDueAt))
    return clock && { dueAt: clock.dueAt, warnAt: clock.warnAt, by: 'own' }
  const span = Math.max(0, externalDueAt - reportedAt)
  const warnAt = Math.ceil(externalDueAt - span * (1 - warnShare))
  return { dueAt: externalDueAt, warnAt: Math.min(warnAt, clock?.warnAt ?? warnAt), by: 'outside' }
}

/** The earlier due instant, epoch ms. */
export const leadingDueAt = (state: Parameters<typeof leadingDue>[0]): number | undefined =>
  leadingDue(state)?.dueAt
