// `apply`: the next case from a case and one event. Total over every event type; never asks for anything outside.
// Folding the whole log of a case from `undefined` gives exactly its row.
import type { CaseState, HandleClock, RoundFacts, Status, WaitsFor } from './case.ts'
import type { CaseEvent, EventType } from './event.ts'
import { isClockRunning } from './light.ts'
import type { FieldTask } from './task.ts'

/** What apply reads of an event. */
export type AppliedEvent = Pick<CaseEvent, 'caseId' | 'no' | 'type' | 'at' | 'actor' | 'payload'>

type Change = Partial<CaseState>
type Handler = (state: CaseState, event: AppliedEvent) => Change

/** Payloads are written by `decide` alone, and fixtures of every schema are replayed in tests: cast, not parsed. */
const facts = <T>(event: AppliedEvent) => event.payload as unknown as T

const enter = (status: Status, event: AppliedEvent): Change => ({ status, since: event.at })

const endPause = (clock: HandleClock, at: number) =>
  clock.pauses.map((p) => (p.to === undefined ? { ...p, to: at } : p))

const stopClock = ({ clock }: CaseState, at: number): Change =>
  clock && clock.stoppedAt === undefined
    ? { clock: { ...clock, pauses: endPause(clock, at), stoppedAt: at } }
    : {}

const endTasks = (state: CaseState): Change =>
  state.tasks.some(isOpenTask)
    ? { tasks: state.tasks.map((t) => (isOpenTask(t) ? { ...t, status: 'cancelled' as const } : t)) }
    : {}

const reportTask = (state: CaseState, taskId: string, result: boolean, at: number): FieldTask[] =>
  state.tasks.map((t) => (t.id === taskId ? { ...t, status: 'reported', result, reportedAt: at } : t))

const addTask = (state: CaseState, event: AppliedEvent, kind: FieldTask['kind']): Change => {
  const { task } = facts<{ task: { id: string; assignee: string; dueAt: number } }>(event)
  return {
    tasks: [
      ...state.tasks,
      { ...task, kind, round: state.round, status: 'assigned', createdAt: event.at, handedOver: [] },
    ],
  }
}

export const isOpenTask = (t: FieldTask) => t.status === 'assigned' || t.status === 'accepted'
export const openTask = (state: CaseState, kind?: FieldTask['kind']) =>
  state.tasks.find((t) => isOpenTask(t) && (kind === undefined || t.kind === kind))

/** A new round: the same unit, its own clock; what happened in earlier rounds stays. */
const newRound = (state: CaseState, event: AppliedEvent): Change => {
  const { clock } = facts<{ clock: HandleClock }>(event)
  return {
    ...enter('handling', event),
    ...endTasks(state),
    round: state.round + 1,
    clock,
    repliedAt: undefined,
    checkedAt: undefined,
    closedAt: undefined,
    outcome: undefined,
    satisfaction: undefined,
    request: undefined,
  }
}

const roundFacts = (state: CaseState, at: number): RoundFacts[] =>
  state.clock
    ? [
        ...state.rounds,
        {
          round: state.round,
          ...(state.department === undefined ? {} : { department: state.department }),
          dispatchedAt: state.clock.startedAt,
          dueAt: state.clock.dueAt,
          repliedAt: at,
          late: at > state.clock.dueAt,
        },
      ]
    : state.rounds

const resumedClock = (state: CaseState, event: AppliedEvent): Change => {
  const { dueAt, warnAt } = facts<{ dueAt: number; warnAt: number }>(event)
  if (!state.clock) return {}
  return { clock: { ...state.clock, pauses: endPause(state.clock, event.at), dueAt, warnAt } }
}

const HANDLERS: Record<Exclude<EventType, 'reported'>, Handler> = {
  screened: (_, e) => {
    const p = facts<{
      verdict: 'certain' | 'uncertain'
      reasons: string[]
      area?: string
      areaPath: string[]
      zone?: string
      urgent: boolean
    }>(e)
    return {
      screening: { verdict: p.verdict, reasons: p.reasons },
      area: p.area,
      areaPath: p.areaPath,
      zone: p.zone,
      urgent: p.urgent,
    }
  },
  'decision-awaited': (_, e) => {
    const p = facts<{ action: string; who: WaitsFor['who']; reason: string }>(e)
    return { waitsFor: { ...p, since: e.at } }
  },
  accepted: (s, e) => ({
    ...enter('accepted', e),
    acceptedAt: e.at,
    category: facts<{ category?: string }>(e).category ?? s.category,
    urgent: facts<{ urgent?: boolean }>(e).urgent ?? s.urgent,
    waitsFor: undefined,
  }),
  'confirm-requested': (s, e) => addTask(s, e, 'confirm'),
  confirmed: (s, e) => {
    const p = facts<{ taskId: string; result: boolean; photos?: string[] }>(e)
    return {
      tasks: reportTask(s, p.taskId, p.result, e.at),
      checkPhotos: [...s.checkPhotos, ...(p.photos ?? [])],
    }
  },
  rejected: (s, e) => {
    const p = facts<{ stage: 'accept' | 'file'; reason?: string }>(e)
    return {
      ...enter('rejected', e),
      ...endTasks(s),
      rejection: { stage: p.stage, reason: p.reason ?? 'stated' },
      closedAt: e.at,
    }
  },
  merged: (s, e) => ({
    ...enter('merged', e),
    ...endTasks(s),
    duplicateOf: facts<{ into: string }>(e).into,
    closedAt: e.at,
  }),
  filed: (s, e) => {
    const p = facts<{
      caseNo: string
      category: string
      condition: string
      urgent: boolean
      cityVersion: number
    }>(e)
    return {
      ...enter('filed', e),
      ...endTasks(s),
      filedAt: e.at,
      caseNo: p.caseNo,
      category: p.category,
      urgent: p.urgent,
      condition: p.condition,
      cityVersion: p.cityVersion,
      waitsFor: undefined,
    }
  },
  dispatched: (_, e) => {
    const p = facts<{
      department?: string
      pool?: string
      coDepartments: string[]
      zone?: string
      clock: HandleClock
      routing: CaseState['routing']
    }>(e)
    return {
      ...enter('dispatched', e),
      dispatchedAt: e.at,
      department: p.department,
      pool: p.pool,
      coDepartments: p.coDepartments,
      clock: p.clock,
      routing: p.routing,
      ...(p.zone === undefined ? {} : { zone: p.zone }),
      handler: undefined,
      unit: undefined,
      request: undefined,
      waitsFor: undefined,
    }
  },
  acknowledged: (_, e) => ({ ...enter('handling', e), acknowledgedAt: e.at }),
  claimed: (_, e) => ({
    ...enter('handling', e),
    acknowledgedAt: e.at,
    department: facts<{ department?: string }>(e).department,
    handler: e.actor.id,
  }),
  'return-requested': (_, e) => {
    const p = facts<{ reason?: string; suggested?: string }>(e)
    return {
      request: {
        kind: 'return',
        reason: p.reason ?? 'stated',
        ...(p.suggested === undefined ? {} : { suggested: p.suggested }),
        at: e.at,
      },
    }
  },
  'return-granted': (s, e) => ({
    ...enter('filed', e),
    returns: s.returns + 1,
    request: undefined,
    department: undefined,
    pool: undefined,
    coDepartments: [],
    handler: undefined,
    unit: undefined,
    dispatchedAt: undefined,
    acknowledgedAt: undefined,
    clock: undefined,
  }),
  'return-refused': () => ({ request: undefined }),
  assigned: (_, e) => {
    const p = facts<{ handler?: string; unit?: string }>(e)
    return { handler: p.handler, unit: p.unit }
  },
  taken: (_, e) => ({ handler: e.actor.id }),
  'extension-requested': (_, e) => ({
    request: { kind: 'extension', reason: facts<{ reason?: string }>(e).reason ?? 'stated', at: e.at },
  }),
  'extension-granted': (s, e) => {
    const p = facts<{ dueAt: number; warnAt: number; times: number }>(e)
    return {
      extensions: s.extensions + 1,
      request: undefined,
      ...(s.clock ? { clock: { ...s.clock, dueAt: p.dueAt, warnAt: p.warnAt, times: p.times } } : {}),
    }
  },
  'extension-refused': () => ({ request: undefined }),
  'suspension-requested': (_, e) => {
    const p = facts<{ reason?: string; until: number }>(e)
    return { request: { kind: 'suspension', reason: p.reason ?? 'stated', until: p.until, at: e.at } }
  },
  suspended: (s, e) => ({
    ...enter('suspended', e),
    suspensions: s.suspensions + 1,
    suspendedUntil: facts<{ until: number }>(e).until,
    request: undefined,
    ...(s.clock ? { clock: { ...s.clock, pauses: [...s.clock.pauses, { from: e.at }] } } : {}),
  }),
  'suspension-refused': () => ({ request: undefined }),
  resumed: (s, e) => ({ ...enter('handling', e), suspendedUntil: undefined, ...resumedClock(s, e) }),
  replied: (s, e) => {
    const p = facts<{ outcome?: CaseState['outcome']; photos?: string[] }>(e)
    return {
      ...enter('replied', e),
      ...stopClock(s, e.at),
      repliedAt: e.at,
      rounds: roundFacts(s, e.at),
      afterPhotos: p.photos ?? [],
      outcome: p.outcome,
      request: undefined,
      waitsFor: undefined,
    }
  },
  'self-handled': (s, e) => ({
    ...enter('closed', e),
    ...endTasks(s),
    ...stopClock(s, e.at),
    selfHandled: true,
    request: undefined,
    closedAt: e.at,
    outcome: 'fixed',
    afterPhotos: facts<{ photos: string[] }>(e).photos,
  }),
  'check-requested': (s, e) => ({ ...addTask(s, e, 'check'), waitsFor: undefined }),
  passed: (s, e) => {
    const p = facts<{ taskId: string; photos?: string[] }>(e)
    return {
      ...enter('checked', e),
      checkedAt: e.at,
      tasks: reportTask(s, p.taskId, true, e.at),
      checkPhotos: [...s.checkPhotos, ...(p.photos ?? [])],
    }
  },
  failed: (s, e) => {
    const p = facts<{ taskId: string; photos?: string[] }>(e)
    return {
      tasks: reportTask(s, p.taskId, false, e.at),
      checkPhotos: [...s.checkPhotos, ...(p.photos ?? [])],
    }
  },
  reworked: newRound,
  closed: (_, e) => ({
    ...enter('closed', e),
    closedAt: e.at,
    outcome: facts<{ outcome: CaseState['outcome'] }>(e).outcome,
  }),
  reopened: newRound,
  voided: (s, e) => ({
    ...enter('voided', e),
    ...endTasks(s),
    ...stopClock(s, e.at),
    request: undefined,
    suspendedUntil: undefined,
    closedAt: e.at,
  }),
  overseen: (s) => ({ overseen: s.overseen + 1 }),
  urged: (s) => ({ urged: s.urged + 1 }),
  commented: () => ({}),
  appealed: (s, e) => ({
    appeals: [...s.appeals, { about: facts<{ about: string }>(e).about, at: e.at }],
  }),
  'appeal-ruled': (s, e) => ({
    appeals: s.appeals.map((a, i) =>
      i === s.appeals.length - 1 ? { ...a, granted: facts<{ granted: boolean }>(e).granted } : a,
    ),
  }),
  rated: (_, e) => ({ satisfaction: facts<{ satisfaction: string }>(e).satisfaction }),
  'task-accepted': (s, e) => ({
    tasks: s.tasks.map((t) =>
      t.id === facts<{ taskId: string }>(e).taskId ? { ...t, status: 'accepted', acceptedAt: e.at } : t,
    ),
  }),
  'task-handed-over': (s, e) => {
    const p = facts<{ taskId: string; to: string }>(e)
    return {
      tasks: s.tasks.map((t) =>
        t.id === p.taskId
          ? {
              ...t,
              assignee: p.to,
              status: 'assigned',
              handedOver: [...t.handedOver, { from: t.assignee, to: p.to, at: e.at }],
            }
          : t,
      ),
    }
  },
  erased: () => ({}),
}

function born(event: AppliedEvent): CaseState {
  const p = facts<
    Pick<CaseState, 'receiptNo' | 'source' | 'dispatchMode' | 'cityVersion' | 'position' | 'photos'> &
      Partial<CaseState>
  >(event)
  return dropUndefined({
    ...p,
    id: event.caseId,
    no: 1,
    version: 1,
    status: 'reported',
    areaPath: [],
    afterPhotos: [],
    checkPhotos: [],
    urgent: false,
    coDepartments: [],
    round: 1,
    rounds: [],
    wasOverdue: false,
    reportedAt: event.at,
    since: event.at,
    returns: 0,
    extensions: 0,
    suspensions: 0,
    overseen: 0,
    urged: 0,
    appeals: [],
    tasks: [],
    selfHandled: false,
    seen: { reported: 1 },
    lastAt: event.at,
  })
}

/** Changes of these change what anybody may do, or by when: only they raise the version. */
const versionKey = (s: CaseState) =>
  JSON.stringify([
    s.status,
    s.round,
    s.department,
    s.handler,
    s.request?.kind,
    s.clock?.dueAt,
    s.suspendedUntil,
    s.tasks.filter(isOpenTask).map((t) => [t.id, t.assignee, t.status]),
    s.appeals.some((a) => a.granted === undefined),
  ])

/** Who must act next when it isn't a machine, where the status alone says so. */
function settled(state: CaseState, at: number): WaitsFor | undefined {
  const wait = (who: WaitsFor['who'], action: string, reason: string): WaitsFor => {
    const same = state.waitsFor
    return same && same.who === who && same.action === action && same.reason === reason
      ? same
      : { who, action, reason, since: at }
  }
  switch (state.status) {
    case 'reported':
    case 'accepted':
      return openTask(state, 'confirm') ? wait('assignee', 'confirm', 'confirm-task') : state.waitsFor
    case 'filed':
      return state.waitsFor
    case 'dispatched':
    case 'handling':
      if (state.request?.kind === 'return')
        return wait(state.returns > 0 ? 'head' : 'dispatcher', 'grant-return', 'return-requested')
      if (state.request?.kind === 'extension')
        return wait('duty-manager', 'grant-extension', 'extension-requested')
      if (state.request?.kind === 'suspension') return wait('duty-manager', 'suspend', 'suspension-requested')
      return state.status === 'dispatched'
        ? wait('department', state.pool === undefined ? 'acknowledge' : 'claim', 'dispatched')
        : wait(state.department === undefined ? 'handler' : 'department', 'reply', 'handling')
    case 'replied': {
      if (openTask(state, 'check')) return wait('assignee', 'pass', 'check-task')
      const last = state.tasks.findLast((t) => t.kind === 'check' && t.round === state.round)
      if (last?.result === false) return wait('duty-manager', 'rework', 'check-failed')
      return state.waitsFor
    }
    case 'checked':
      return state.waitsFor?.action === 'close' ? state.waitsFor : wait('duty-manager', 'close', 'checked')
    default:
      return undefined
  }
}

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
    return born(event)
  }
  if (event.no !== state.no + 1)
    throw new Error(`log of ${event.caseId}: event ${event.no} after ${state.no}`)
  if (event.type === 'reported') throw new Error(`log of ${event.caseId}: reported twice`)
  const next: CaseState = {
    ...state,
    ...(WAIT_ENDS.has(event.type) ? { waitsFor: undefined } : {}),
    ...HANDLERS[event.type](state, event),
    no: event.no,
    wasOverdue: state.wasOverdue || isPastDue(state, event.at),
    seen: { ...state.seen, [event.type]: (state.seen[event.type] ?? 0) + 1 },
    lastAt: event.at,
  }
  next.waitsFor = settled(next, event.at)
  if (versionKey(next) !== versionKey(state)) next.version = state.version + 1
  return dropUndefined(next)
}

const isPastDue = (state: CaseState, at: number) =>
  state.clock !== undefined && isClockRunning(state) && at > state.clock.dueAt

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
