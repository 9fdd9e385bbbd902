// Folds log events and time facts into open cases and today's counts. The projector stores the result; the audit and
// replay run the same fold over the log from empty, and the two must be equal at every seq.
import { apply, type AppliedEvent } from './apply.ts'
import type { BoardCase, Metric } from './board.ts'
import { type CaseState, isFinal, type Light } from './case.ts'
import type { City } from './city/types.ts'
import { cityHour } from './city-time.ts'
import type { EventType } from './event.ts'
import { isOutsideRunning, leadingDueAt } from './leading-due.ts'
import { isClockRunning, isWithUnit, lightOf } from './light.ts'
import { partDueAt, partMoved, partOf } from './part.ts'
import { runningStage } from './stage-limit.ts'
import { factsAfter, factsAt, type StandingFacts } from './standing.ts'
import type { LightKind } from './timer.ts'
import { unitsOf } from './units.ts'

/**
 * Rises whenever equal facts fold to another board or other counts than before: what is stored is then folded anew
 * from the log (store/rebuild.ts).
 */
export const FOLD_VERSION = 2

/** What the fold remembers of an open case beside its state. Nothing of it outlives the case's leaving the board. */
export interface CaseMarks {
  /** Of the outside due time, while it runs: turned by its facts alone. */
  outsideLight?: Light
  /** The second-level unit's own limit no longer counts. */
  partMoved?: true
  /** The second-level unit is past its own limit. */
  unitOverdue?: true
}

/** A case as the fold keeps it while it is open. */
export interface OpenCase {
  state: CaseState
  light: Light
  /** It has been red before: `overdue` counts a case once. */
  overdueSeen: boolean
  /** Absent = none. */
  marks?: CaseMarks
  /** What its standings need beside its state; outlives its leaving the board. Absent = nothing. */
  standing?: StandingFacts
}

/** A time fact: the timer reader's word that an instant has passed. */
export interface TimeFact {
  kind: LightKind
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
  const standing = factsAfter(before?.standing, { before: before?.state, after: state, event })
  return {
    open: {
      state,
      light,
      overdueSeen,
      ...marked(known ? before.marks : undefined, state, event),
      ...(standing ? { standing } : {}),
    },
    metrics,
  }
}

/** A case that has left the board, from its whole log: as `foldEvent` takes it back when something happens to it still. */
export function recalled(log: Iterable<AppliedEvent>): OpenCase | undefined {
  let state: CaseState | undefined
  let standing: StandingFacts | undefined
  for (const event of log) {
    const after = apply(state, event)
    standing = factsAfter(standing, { before: state, after, event })
    state = after
  }
  return state && { state, light: 'none', overdueSeen: state.wasOverdue, ...(standing ? { standing } : {}) }
}

/** The marks after an event. An outside light goes on as its facts left it: the event alone never turns it. */
function marked(
  before: CaseMarks | undefined,
  state: CaseState,
  { type, at }: Pick<AppliedEvent, 'type' | 'at'>,
): Pick<OpenCase, 'marks'> {
  const hasMoved = partMoved(before?.partMoved === true, type)
  return withMarks({
    ...(isOutsideRunning(state) ? { outsideLight: before?.outsideLight ?? 'green' } : {}),
    ...(hasMoved ? { partMoved: true } : {}),
    ...(isPartLate(state, hasMoved, at) ? { unitOverdue: true } : {}),
  })
}

const withMarks = (marks: CaseMarks): Pick<OpenCase, 'marks'> =>
  Object.keys(marks).length === 0 ? {} : { marks }

const isPartLate = (state: CaseState, hasMoved: boolean, at: number): boolean =>
  isWithUnit(state) && at > (partDueAt(state, hasMoved) ?? Number.POSITIVE_INFINITY)

/** Time alone: turns a light when what it is about still runs towards that instant; otherwise nothing. */
export function foldTime(before: OpenCase | undefined, fact: TimeFact): FoldResult {
  const nothing: FoldResult = { open: before, metrics: [] }
  if (!before) return nothing
  switch (fact.kind) {
    case 'yellow':
    case 'red':
      return turned(before, fact)
    case 'outside-yellow':
    case 'outside-red': {
      if (!isOutsideRunning(before.state)) return nothing
      const isRed = fact.kind === 'outside-red' || before.marks?.outsideLight === 'red'
      const marks: CaseMarks = { ...before.marks, outsideLight: isRed ? 'red' : 'yellow' }
      return { open: { ...before, marks }, metrics: [] }
    }
    case 'unit-red': {
      const { state, marks } = before
      const at = Math.max(fact.at, fact.fireAt)
      if (state.round !== fact.round || !isPartLate(state, marks?.partMoved === true, at)) return nothing
      return { open: { ...before, marks: { ...marks, unitOverdue: true } }, metrics: [] }
    }
  }
}

function turned(before: OpenCase, fact: TimeFact): FoldResult {
  if (!isClockRunning(before.state) || before.state.round !== fact.round) return { open: before, metrics: [] }
  const at = Math.max(fact.at, fact.fireAt)
  const light = lightOf(before.state, at)
  // After the reply the light may turn still, where policy lets the clock run; 超期 is the unit's alone.
  const isLate = light === 'red' && isWithUnit(before.state)
  const metrics: Metric[] = isLate && !before.overdueSeen ? ['overdue'] : []
  const standing = factsAt(before.standing, before.state, at)
  return {
    open: {
      ...before,
      light,
      overdueSeen: before.overdueSeen || isLate,
      ...(standing ? { standing } : {}),
    },
    metrics,
  }
}

/**
 * Keys that a metric of this case counts under, each once; `before` names the units it leaves. It counts at every level:
 * for its lead, the second-level unit that has it, and those between. A report counts in its areas at once, although
 * its screening, which notes them, is an event of its own.
 */
export function countKeys(state: CaseState, before: CaseState | undefined, at: number, city: City): string[] {
  const units = unitsOf(state.department === undefined && before ? before : state, city)
  const hour = String(cityHour(at, city.pack.timeZone)).padStart(2, '0')
  const areaPath = state.screening
    ? state.areaPath
    : city.locate(state.position.lng, state.position.lat).areaPath
  return [
    'city',
    `hour:${hour}`,
    `source:${state.source}`,
    ...(state.category === undefined ? [] : [`category:${state.category}`]),
    ...units.map((u) => `department:${u}`),
    ...areaPath.map((a) => `area:${a}`),
  ]
}

export const isOnBoard = (state: CaseState) => !isFinal(state.status)

/** The open case as screens may see it. */
export function toBoardCase({ state, light, marks }: OpenCase, city: City): BoardCase {
  const stage = runningStage(state, city)
  const units = unitsOf(state, city)
  const optional = {
    caseNo: state.caseNo,
    category: state.category,
    area: state.area,
    zone: state.zone,
    department: state.department,
    unit: partOf(state),
    unitPath: units.length > 1 ? units : undefined,
    outsideLight: marks?.outsideLight,
    stageStartedAt: stage?.startedAt,
    stageDueAt: stage?.paused ? undefined : stage?.dueAt,
    startedAt: state.clock?.startedAt,
    warnAt: state.clock?.warnAt,
    dueAt: state.clock?.dueAt,
    externalDueAt: isOutsideRunning(state) ? state.externalDueAt : undefined,
    leadingDueAt: leadingDueAt(state),
    unitDueAt: isWithUnit(state) ? partDueAt(state, marks?.partMoved === true) : undefined,
    unitOverdue: marks?.unitOverdue,
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
