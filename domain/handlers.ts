// What each event changes in a case. One handler an event type; `apply` gives them their order.
import type {
  BorderCandidate,
  PossibleDuplicate,
  CaseState,
  CoAnswer,
  CoStep,
  HandleClock,
  Post,
  RoundFacts,
  Status,
  WaitsFor,
} from './case.ts'
import { countedAt } from './device-time.ts'
import { remember } from './escalate.ts'
import type { CaseEvent, EventType } from './event.ts'
import type { Finding } from './finding.ts'
import type { Limit } from './limit.ts'
import { type FieldTask, isOpenTask } from './task.ts'

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

/** The receipt says when the case went on; whether it was in time, the counted time. */
const reportTask = (state: CaseState, taskId: string, result: boolean, event: AppliedEvent): FieldTask[] =>
  state.tasks.map((t) =>
    t.id === taskId ? { ...t, status: 'reported', result, reportedAt: event.at, ...counted(event) } : t,
  )

const counted = (event: AppliedEvent): { countedAt?: number } =>
  countedAt(event) === event.at ? {} : { countedAt: countedAt(event) }

const addTask = (state: CaseState, event: AppliedEvent, kind: FieldTask['kind']): Change => {
  const { task } = facts<{ task: { id: string; assignee: string; dueAt: number } }>(event)
  return {
    tasks: [
      ...state.tasks,
      { ...task, kind, round: state.round, status: 'assigned', createdAt: event.at, handedOver: [] },
    ],
  }
}

const approvalOf = (event: AppliedEvent) => {
  const { chain } = facts<{ chain?: Post[] }>(event)
  return chain === undefined ? {} : { chain }
}

/** A reply found false on site is a fact of its round, however often it is said. */
const falseReply = (s: CaseState, event: AppliedEvent): Change =>
  facts<{ reason?: string }>(event).reason === 'false-reply' && !s.falseReplies?.includes(s.round)
    ? { falseReplies: [...(s.falseReplies ?? []), s.round] }
    : {}

/** A new round: the same unit, its own clock; what happened in earlier rounds stays. */
const newRound = (state: CaseState, event: AppliedEvent): Change => {
  const { clock } = facts<{ clock: HandleClock }>(event)
  return {
    ...enter('handling', event),
    ...endTasks(state),
    round: state.round + 1,
    clock,
    repliedAt: undefined,
    replyFindings: undefined,
    checkedAt: undefined,
    closedAt: undefined,
    outcome: undefined,
    satisfaction: undefined,
    request: undefined,
    unitDueAt: undefined,
  }
}

const roundFacts = (state: CaseState, event: AppliedEvent): RoundFacts[] =>
  state.clock
    ? [
        ...state.rounds,
        {
          round: state.round,
          ...(state.department === undefined ? {} : { department: state.department }),
          dispatchedAt: state.clock.startedAt,
          dueAt: state.clock.dueAt,
          repliedAt: event.at,
          ...counted(event),
          late: countedAt(event) > state.clock.dueAt,
        },
      ]
    : state.rounds

const resumedClock = (state: CaseState, event: AppliedEvent): Change => {
  const { dueAt, warnAt } = facts<{ dueAt: number; warnAt: number }>(event)
  if (!state.clock) return {}
  return { clock: { ...state.clock, pauses: endPause(state.clock, event.at), dueAt, warnAt } }
}

export const HANDLERS: Record<Exclude<EventType, 'reported'>, Handler> = {
  screened: (_, e) => {
    const p = facts<{
      verdict: 'certain' | 'uncertain'
      reasons: string[]
      area?: string
      areaPath: string[]
      zone?: string
      urgent: boolean
      component?: { code: string; distanceM: number }
      components?: NonNullable<CaseState['screening']>['components']
      border?: BorderCandidate[]
      duplicates?: PossibleDuplicate[]
      findings?: Finding[]
      wordRules?: string[]
    }>(e)
    return {
      screening: {
        verdict: p.verdict,
        reasons: p.reasons,
        ...(p.component ? { component: p.component } : {}),
        ...(p.components ? { components: p.components } : {}),
        ...(p.border ? { border: p.border } : {}),
        ...(p.duplicates ? { duplicates: p.duplicates } : {}),
        ...(p.findings ? { findings: p.findings } : {}),
      },
      area: p.area,
      areaPath: p.areaPath,
      zone: p.zone,
      urgent: p.urgent,
      wordRules: p.wordRules,
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
      tasks: reportTask(s, p.taskId, p.result, e),
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
      papersOwed?: boolean
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
      ...(p.papersOwed === true ? { papersOwed: true } : {}),
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
      unitDueAt: undefined,
      coAnswers: undefined,
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
    const p = facts<{ reason?: string; suggested?: string; photos?: string[] }>(e)
    return {
      request: {
        kind: 'return',
        reason: p.reason ?? 'stated',
        ...(p.suggested === undefined ? {} : { suggested: p.suggested }),
        at: e.at,
        ...(p.photos === undefined ? {} : { photos: p.photos }),
      },
    }
  },
  'return-granted': (s, e) => ({
    ...enter('filed', e),
    returns: s.returns + 1,
    ...(s.department === undefined
      ? {}
      : { returnedBy: [...new Set([...(s.returnedBy ?? []), s.department])] }),
    lastReturn: {
      ...(s.department === undefined ? {} : { from: s.department }),
      ...(s.request?.kind === 'return' && s.request.suggested !== undefined
        ? { suggested: s.request.suggested }
        : {}),
      at: e.at,
    },
    request: undefined,
    department: undefined,
    pool: undefined,
    coDepartments: [],
    coAnswers: undefined,
    handler: undefined,
    unit: undefined,
    unitDueAt: undefined,
    dispatchedAt: undefined,
    acknowledgedAt: undefined,
    clock: undefined,
  }),
  'return-refused': () => ({ request: undefined }),
  assigned: (_, e) => {
    const p = facts<{ handler?: string; unit?: string; dueAt?: number }>(e)
    return { handler: p.handler, unit: p.unit, unitDueAt: p.dueAt }
  },
  taken: (_, e) => ({ handler: e.actor.id }),
  'extension-requested': (_, e) => ({
    request: {
      kind: 'extension',
      reason: facts<{ reason?: string }>(e).reason ?? 'stated',
      at: e.at,
      ...approvalOf(e),
    },
  }),
  'request-approved': ({ request }) =>
    request && request.kind !== 'return'
      ? { request: { ...request, approved: (request.approved ?? 0) + 1 } }
      : {},
  'extension-granted': (s, e) => {
    const { added, ...p } = facts<{ dueAt: number; warnAt: number; times: number; added?: Limit }>(e)
    const more = added === undefined ? {} : { added: [...(s.clock?.added ?? []), added] }
    return {
      extensions: s.extensions + 1,
      request: undefined,
      ...(s.clock
        ? { clock: { ...s.clock, dueAt: p.dueAt, warnAt: p.warnAt, times: p.times, ...more } }
        : {}),
    }
  },
  'extension-refused': () => ({ request: undefined }),
  'suspension-requested': (_, e) => {
    const p = facts<{ reason?: string; until: number; photos?: string[] }>(e)
    return {
      request: {
        kind: 'suspension',
        reason: p.reason ?? 'stated',
        until: p.until,
        at: e.at,
        ...(p.photos === undefined ? {} : { photos: p.photos }),
        ...approvalOf(e),
      },
    }
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
    const p = facts<{
      outcome?: CaseState['outcome']
      photos?: string[]
      clockRuns?: true
      findings?: Finding[]
    }>(e)
    return {
      ...enter('replied', e),
      ...(p.clockRuns ? {} : stopClock(s, countedAt(e))),
      repliedAt: e.at,
      rounds: roundFacts(s, e),
      afterPhotos: p.photos ?? [],
      replyFindings: p.findings,
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
    const p = facts<{ taskId: string; photos?: string[]; clockRuns?: true }>(e)
    return {
      ...enter('checked', e),
      ...(p.clockRuns ? {} : stopClock(s, countedAt(e))),
      checkedAt: e.at,
      tasks: reportTask(s, p.taskId, true, e),
      checkPhotos: [...s.checkPhotos, ...(p.photos ?? [])],
    }
  },
  failed: (s, e) => {
    const p = facts<{ taskId: string; photos?: string[] }>(e)
    return {
      ...falseReply(s, e),
      tasks: reportTask(s, p.taskId, false, e),
      checkPhotos: [...s.checkPhotos, ...(p.photos ?? [])],
    }
  },
  reworked: (s, e) => ({ ...falseReply(s, e), ...newRound(s, e) }),
  closed: (s, e) => ({
    ...enter('closed', e),
    ...stopClock(s, e.at),
    closedAt: e.at,
    outcome: facts<{ outcome: CaseState['outcome'] }>(e).outcome,
    followUp: facts<{ followUp?: string }>(e).followUp,
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
  overseen: (s, e) => {
    const { dueAt } = facts<{ dueAt?: number }>(e)
    const by = e.actor.kind === 'user' ? (e.actor.post ?? 'user') : e.actor.kind
    return {
      overseen: s.overseen + 1,
      oversights: [...(s.oversights ?? []), { at: e.at, by, ...(dueAt === undefined ? {} : { dueAt }) }],
    }
  },
  'oversight-answered': (s, e) => ({
    oversights: s.oversights?.map((o) => (o.answeredAt === undefined ? { ...o, answeredAt: e.at } : o)),
  }),
  escalated: remember,
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
  'papers-completed': (s, e) => {
    const p = facts<{ condition?: string; clock?: Pick<HandleClock, 'limit' | 'dueAt' | 'warnAt'> }>(e)
    return {
      papersOwed: undefined,
      ...(p.condition === undefined ? {} : { condition: p.condition }),
      ...(p.clock && s.clock ? { clock: { ...s.clock, ...p.clock } } : {}),
    }
  },
  'co-answered': (s, e) => {
    const { department, step } = facts<{ department: string; step: CoStep }>(e)
    const all = s.coAnswers ?? []
    const mine = all.find((a) => a.department === department) ?? { department }
    const next: CoAnswer = { ...mine, [`${step}At`]: mine[`${step}At`] ?? e.at }
    return { coAnswers: [...all.filter((a) => a !== mine), next] }
  },
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

/** The case as its report makes it. */
export function born(event: AppliedEvent): CaseState {
  const p = facts<
    Pick<CaseState, 'receiptNo' | 'source' | 'dispatchMode' | 'cityVersion' | 'position' | 'photos'> &
      Partial<CaseState>
  >(event)
  return {
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
  }
}
