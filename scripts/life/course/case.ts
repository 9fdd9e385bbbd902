// A case as simulated people see it, a step that somebody takes, and what people go by.
import type { CaseState, Post, Source, Status, WaitsFor } from '#domain/case.ts'
import type { Action } from '#domain/lifecycle.ts'
import type { Fate } from '../fate.ts'
import type { Hours } from '../hours.ts'

/** A case as people see it: from a CaseState (`lifeCase`) or from the API's answer. Instants are epoch ms. */
export interface LifeCase {
  /** Seed of what becomes of it, e.g. its id. */
  key: string
  source: Source
  category?: string | undefined
  risk?: string | undefined
  /** What the report says. */
  description?: string | undefined
  status: Status
  round: number
  /** Code of the lead unit. */
  department?: string | undefined
  /** Where the present status was entered, and the case's last event. */
  since: number
  lastAt: number
  reportedAt: number
  dispatchedAt?: number | undefined
  dueAt?: number | undefined
  warnAt?: number | undefined
  closedAt?: number | undefined
  /** Its limit runs on without a break. */
  continuous: boolean
  waitsFor?: Pick<WaitsFor, 'who' | 'action' | 'reason' | 'since'> | undefined
  request?: { kind: 'return' | 'extension' | 'suspension'; at: number } | undefined
  /** An oversight 督办 waits for the unit's answer. */
  owesAnswer: boolean
  /** The open field task. */
  task?: { id: string; createdAt: number } | undefined
  /** Result of the newest confirm task. */
  confirmed?: boolean | undefined
  /** Passed to a squad or a person of the unit. */
  assigned: boolean
  /** How often each of these has happened. */
  seen: {
    returnAsked: number
    extensionAsked: number
    suspensionAsked: number
    overseen: number
    reopened: number
  }
  satisfaction?: string | undefined
  /** The open case that it repeats, where the operator sees that. */
  repeats?: string | undefined
}

export interface LifeStep {
  at: number
  who: Post | 'department' | 'assignee'
  action: Action
  payload: Record<string, unknown>
  /** A photo goes with it. */
  photo?: 'after' | 'check' | 'evidence'
}

/** Whether the photo of this step shows the matter itself: somebody who looks finds it there. */
export const showsMatter = ({ action, payload }: Pick<LifeStep, 'action' | 'payload'>): boolean =>
  action === 'fail' || (action === 'confirm' && payload.result !== false)

/** What people go by. */
export interface Ways {
  timeZone: string
  centre: Hours
  shift: Hours
  /** Working time of a unit. */
  unit(code: string | undefined): Hours
  fate(c: LifeCase): Fate
  /** Whom a case goes to that this unit has given back; undefined when nobody else could. */
  otherUnit(c: LifeCase): string | undefined
  /** A second-level unit that the lead passes it to; undefined when it has none. */
  squad(c: LifeCase): string | undefined
  /** Id of a filing condition by its number in the category; undefined when there is none. */
  condition(category: string, number: number): string | undefined
}

export const step = (
  who: LifeStep['who'],
  action: Action,
  at: number,
  payload: Record<string, unknown> = {},
): LifeStep => ({ at, who, action, payload })

const CONTINUOUS = /^(urgent|natural)-/

/** A case as people see it, from its state. */
export function lifeCase(
  state: CaseState,
  more: Pick<LifeCase, 'key' | 'risk' | 'description' | 'repeats'>,
): LifeCase {
  const task = state.tasks.find((t) => t.status === 'assigned' || t.status === 'accepted')
  const confirm = state.tasks.findLast((t) => t.kind === 'confirm' && t.status === 'reported')
  const n = (type: string) => state.seen[type] ?? 0
  return {
    ...more,
    source: state.source,
    category: state.category,
    status: state.status,
    round: state.round,
    department: state.department,
    since: state.since,
    lastAt: state.lastAt,
    reportedAt: state.reportedAt,
    dispatchedAt: state.clock?.startedAt ?? state.dispatchedAt,
    dueAt: state.clock?.dueAt,
    warnAt: state.clock?.warnAt,
    closedAt: state.closedAt,
    continuous: CONTINUOUS.test(state.clock?.limit.unit ?? ''),
    waitsFor: state.waitsFor,
    request: state.request && { kind: state.request.kind, at: state.request.at },
    task: task && { id: task.id, createdAt: task.createdAt },
    confirmed: confirm?.result,
    owesAnswer: state.oversights?.some((o) => o.answeredAt === undefined) ?? false,
    assigned: state.handler !== undefined || state.unit !== undefined,
    seen: {
      returnAsked: n('return-requested'),
      extensionAsked: n('extension-requested'),
      suspensionAsked: n('suspension-requested'),
      overseen: state.overseen,
      reopened: n('reopened'),
    },
    satisfaction: state.satisfaction,
  }
}
