// Folds log events and time facts into open cases and today's counts. The projector stores the result; the audit and
// replay run the same fold over the log from empty, and the two must be equal at every seq.
import { apply, type AppliedEvent } from './apply.ts'
import type { BoardCase, Metric } from './board.ts'
import { type CaseState, isFinal, type Light, type Status } from './case.ts'
import type { City } from './city/types.ts'
import { cityHour } from './city-time.ts'
import { deadline } from './deadline.ts'
import type { EventType } from './event.ts'
import { isClockRunning, isWithUnit, lightOf } from './light.ts'
import { parseLimit } from './limit.ts'

/** A case as the fold keeps it while it is open. */
export interface OpenCase {
  state: CaseState
  light: Light
  /** It has been red before: `overdue` counts a case once. */
  overdueSeen: boolean
}

/** A time fact: the timer reader's word that an instant has passed. */
export interface TimeFact {
  kind: 'yellow' | 'red'
  caseId: string
  round: number
  /** The timer's own instant, epoch ms. */
  fireAt: number
  /** When it was noted, epoch ms. */
  at: number
}

export interface FoldResult {
  /** Undefined once the case has left the board. */
  open: OpenCase | undefined
  metrics: Metric[]
}

/** Counted at a case's first event of the type only; never taken back. */
const FIRSTS: Partial<Record<EventType, Metric>> = {
  reported: 'reported',
  accepted: 'accepted',
  filed: 'filed',
  dispatched: 'dispatched',
  replied: 'replied',
  passed: 'checked',
  closed: 'closed',
  'self-handled': 'selfHandled',
  rejected: 'rejected',
  merged: 'merged',
  voided: 'voided',
}
/** Counted every time. */
const EACH: Partial<Record<EventType, Metric>> = {
  'return-granted': 'returned',
  reworked: 'reworked',
  reopened: 'reopened',
  overseen: 'overseen',
}

/** Fixed before it was reported 自行处置: it counts as that alone, not as a report that the centre has to answer. */
const isFixedAlready = ({ type, payload }: Pick<AppliedEvent, 'type' | 'payload'>) =>
  type === 'reported' && payload.selfHandled === true

/** Which events a metric counts, so that a figure can name its cases; undefined for `overdue`, which time counts too. */
export function countedEvents(metric: Metric): { type: EventType; firstOnly: boolean } | undefined {
  const of = (table: Partial<Record<EventType, Metric>>) =>
    Object.entries(table).find(([, m]) => m === metric)?.[0] as EventType | undefined
  const first = of(FIRSTS)
  if (first) return { type: first, firstOnly: true }
  const each = of(EACH)
  return each && { type: each, firstOnly: false }
}

/** `before` is the case as open on the board, or its folded state when it had left it (closed, then rated or reopened). */
export function foldEvent(before: OpenCase | undefined, event: AppliedEvent & { nth: number }): FoldResult {
  const state = apply(before?.state, event)
  const metrics: Metric[] = []
  const first = FIRSTS[event.type]
  if (first && event.nth === 1 && !isFixedAlready(event)) metrics.push(first)
  const each = EACH[event.type]
  if (each) metrics.push(each)
  const light = lightOf(state, event.at)
  // A case that had left the board is known by its state alone: what was seen before must not depend on who remembers.
  const known = before !== undefined && isOnBoard(before.state)
  let overdueSeen = known ? before.overdueSeen : (before?.state.wasOverdue ?? false)
  const wasWithUnit = before !== undefined && isWithUnit(before.state)
  if (!overdueSeen && wasWithUnit && lightOf(before.state, event.at) === 'red') {
    overdueSeen = true
    metrics.push('overdue')
  }
  return { open: { state, light, overdueSeen }, metrics }
}

/** Time alone: turns the light when the clock still runs towards that instant; otherwise nothing. */
export function foldTime(before: OpenCase | undefined, fact: TimeFact): FoldResult {
  if (!before || !isClockRunning(before.state) || before.state.round !== fact.round)
    return { open: before, metrics: [] }
  const light = lightOf(before.state, Math.max(fact.at, fact.fireAt))
  // After the reply the light may turn still, where policy lets the clock run; 超期 is the unit's alone.
  const isLate = light === 'red' && isWithUnit(before.state)
  const metrics: Metric[] = isLate && !before.overdueSeen ? ['overdue'] : []
  return { open: { ...before, light, overdueSeen: before.overdueSeen || isLate }, metrics }
}

/**
 * Keys that a metric of this case counts under; `before` names the unit it leaves. A report counts in its areas at
 * once, although its screening, which notes them, is an event of its own.
 */
export function countKeys(state: CaseState, before: CaseState | undefined, at: number, city: City): string[] {
  const department = state.department ?? before?.department
  const hour = String(cityHour(at, city.pack.timeZone)).padStart(2, '0')
  const areaPath = state.screening
    ? state.areaPath
    : city.locate(state.position.lng, state.position.lat).areaPath
  return [
    'city',
    `hour:${hour}`,
    `source:${state.source}`,
    ...(state.category === undefined ? [] : [`category:${state.category}`]),
    ...(department === undefined ? [] : [`department:${department}`]),
    ...areaPath.map((a) => `area:${a}`),
  ]
}

export const isOnBoard = (state: CaseState) => !isFinal(state.status)

const STAGE_OF: Partial<Record<Status, 'accept' | 'file' | 'dispatch' | 'acknowledge' | 'check' | 'close'>> =
  {
    reported: 'accept',
    accepted: 'file',
    filed: 'dispatch',
    dispatched: 'acknowledge',
    replied: 'check',
    checked: 'close',
  }

/** When the present stage should be over, on its owner's calendar; undefined when the pack sets no limit. */
function stageDueAt(state: CaseState, city: City): number | undefined {
  const stage = STAGE_OF[state.status]
  const text = stage === undefined ? undefined : city.pack.policies.stageLimits[stage]
  if (text === undefined) return undefined
  const limit = parseLimit(text, city.pack.policies.limitWords)
  if (!limit.ok) return undefined
  const owner = stage === 'acknowledge' ? (state.department ?? 'centre') : 'centre'
  const due = deadline({ start: state.since, limit: limit.limit, calendar: city.calendarFor(owner) })
  return due.ok ? due.dueAt : undefined
}

/** The open case as screens may see it. */
export function toBoardCase({ state, light }: OpenCase, city: City): BoardCase {
  const optional = {
    caseNo: state.caseNo,
    category: state.category,
    area: state.area,
    zone: state.zone,
    department: state.department,
    stageDueAt: stageDueAt(state, city),
    startedAt: state.clock?.startedAt,
    warnAt: state.clock?.warnAt,
    dueAt: state.clock?.dueAt,
    waitsFor: state.waitsFor,
  }
  return {
    id: state.id,
    receiptNo: state.receiptNo,
    status: state.status,
    source: state.source,
    dispatchMode: state.dispatchMode,
    areaPath: state.areaPath,
    coDepartments: state.coDepartments,
    lng: state.position.lng,
    lat: state.position.lat,
    urgent: state.urgent,
    round: state.round,
    overseen: state.overseen > 0,
    light,
    reportedAt: state.reportedAt,
    since: state.since,
    ...Object.fromEntries(Object.entries(optional).filter(([, v]) => v !== undefined)),
  }
}
