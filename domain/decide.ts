// `decide`: may this actor take this step on this case now, and which events follow? Pure: time, ids, numbers and
// people come in through the context. A refusal is a value; only a broken context throws.
import type { Actor, CaseState, HandleClock, Post } from './case.ts'
import { openTask } from './apply.ts'
import type { City, FilingCondition } from './city/types.ts'
import { toWgs84 } from './geo/crs.ts'
import { type Command, declared, type Location, satisfactionOf, splitPrivate } from './command.ts'
import { deadline } from './deadline.ts'
import type { NewEvent } from './event.ts'
import { ACTIONS, type Action, INTERNAL_ACTIONS, transition, type Who } from './lifecycle.ts'
import { type Limit, parseLimit } from './limit.ts'
import { route } from './route.ts'
import { screen } from './screen.ts'
import type { TaskKind } from './task.ts'

export const REFUSAL_CODES = [
  'illegal-step',
  'stale-version',
  'forbidden',
  'invalid',
  'unknown-category',
  'unknown-condition',
  'unknown-department',
  'nobody-on-duty',
  'calendar-ended',
] as const

export interface Refusal {
  code: (typeof REFUSAL_CODES)[number]
  detail: string
  /** Actions this actor may take instead. */
  allowed?: Action[]
  errors?: { path: string; message: string }[]
}

export type Decision = { ok: true; events: NewEvent[] } | { ok: false; refusal: Refusal }

export interface DecideContext {
  /** Log clock, epoch ms. */
  now: number
  actor: Actor
  city: City
  newId(): string
  /** Takes the next case number of the day for a category code. */
  takeCaseNo(category: string): string
  /** Whether the report has any words (they live in the side table). */
  hasText: boolean
  /** Who gets a field task here; undefined when nobody can. */
  assigneeFor(kind: TaskKind, state: CaseState): string | undefined
  /** References of the payload that the edge has looked up: account or case ids. */
  resolved?: {
    into?: string | undefined
    to?: string | undefined
    handler?: string | undefined
    unit?: string | undefined
  }
  /** The version the client saw; a different one now is a refusal. */
  expectVersion?: number | undefined
}

const refuse = (code: Refusal['code'], detail: string, more: Partial<Refusal> = {}): Decision => ({
  ok: false,
  refusal: { code, detail, ...more },
})
const done = (...events: NewEvent[]): Decision => ({ ok: true, events })

/** Is `a` the same unit as `b`, or above or below it in the tree? */
export function isRelatedUnit(a: string | undefined, b: string | undefined, city: City): boolean {
  if (a === undefined || b === undefined) return false
  const isUnder = (low: string, high: string) => {
    const seen = new Set<string>()
    for (
      let at: string | undefined = low;
      at !== undefined && !seen.has(at);
      at = city.departments.get(at)?.parent
    ) {
      if (at === high) return true
      seen.add(at)
    }
    return false
  }
  return isUnder(a, b) || isUnder(b, a)
}

const taskKindOf = (action: string): TaskKind | undefined =>
  action === 'confirm' ? 'confirm' : action === 'pass' || action === 'fail' ? 'check' : undefined

function is(who: Who, actor: Actor, state: CaseState, action: string, city: City): boolean {
  if (who === 'rule') return actor.kind === 'rule'
  if (actor.kind !== 'user') return false
  switch (who) {
    case 'lead':
      return (
        actor.posts.includes('department-officer') && isRelatedUnit(actor.department, state.department, city)
      )
    case 'handler':
      if (action === 'claim') return actor.posts.includes('handler')
      return state.handler === undefined
        ? actor.posts.includes('handler') && isRelatedUnit(actor.department, state.department, city)
        : state.handler === actor.id
    case 'assignee':
      return openTask(state, taskKindOf(action))?.assignee === actor.id
    case 'reporter':
      return state.reportedBy === actor.id && (action !== 'self-handle' || fieldPost(actor) !== undefined)
    case 'pool':
      return false
    default:
      return actor.posts.includes(who)
  }
}

/** The post of somebody who works outdoors: only they fix or look on the spot. */
const fieldPost = (actor: Extract<Actor, { kind: 'user' }>): Post | undefined =>
  actor.posts.find((p) => p === 'supervisor' || p === 'grid-member')

/** Could this actor ever take this action, on some case? Tells "wrong role" from "not now". */
function fitsPost(who: Who, actor: Actor): boolean {
  if (who === 'rule') return actor.kind === 'rule'
  if (actor.kind !== 'user') return false
  const has = (...posts: Post[]) => posts.some((p) => actor.posts.includes(p))
  if (who === 'lead' || who === 'pool') return has('department-officer')
  if (who === 'assignee' || who === 'reporter') return fieldPost(actor) !== undefined
  return has(who)
}

/** Conditions of an edge beyond status and actor. Returns why not, or undefined. */
function blocked(action: Action, state: CaseState, city: City, now: number): string | undefined {
  const needs = (kind: NonNullable<CaseState['request']>['kind']) =>
    state.request?.kind === kind ? undefined : `no ${kind} has been requested`
  switch (action) {
    case 'confirm':
      return openTask(state, 'confirm') ? undefined : 'no confirm task is open'
    case 'pass':
    case 'fail':
      return openTask(state, 'check') ? undefined : 'no check task is open'
    case 'accept-task':
      return openTask(state)?.status === 'assigned' ? undefined : 'no task waits to be accepted'
    case 'hand-over-task':
      return openTask(state) ? undefined : 'no task is open'
    case 'request-confirm':
      return openTask(state, 'confirm') ? 'a confirm task is open already' : undefined
    case 'request-check':
      return openTask(state, 'check') ? 'a check task is open already' : undefined
    case 'reject':
      return state.status === 'filed' && state.returns === 0
        ? 'a filed case can be rejected only after a return; void it instead'
        : undefined
    case 'request-extension':
      if (state.clock && now > state.clock.dueAt)
        return 'it is overdue already; an extension is asked for before the deadline'
      if (state.extensions >= city.pack.policies.maxExtensions)
        return `it has been extended ${state.extensions} times, the most that policy allows`
      return pending(state)
    case 'request-return':
    case 'request-suspension':
      return pending(state)
    case 'acknowledge':
      return state.department === undefined ? 'it waits in a pool to be claimed' : undefined
    case 'claim':
      return state.pool === undefined ? 'it was dispatched to a unit, not to a pool' : undefined
    case 'grant-return':
    case 'refuse-return':
      return needs('return')
    case 'grant-extension':
    case 'refuse-extension':
      return needs('extension')
    case 'refuse-suspension':
      return needs('suspension')
    case 'suspend':
      return state.request && state.request.kind !== 'suspension' ? needs('suspension') : undefined
    case 'reopen':
      return state.acknowledgedAt === undefined ? 'nobody has handled it; report it anew' : undefined
    case 'appeal':
      return state.appeals.some(isOpenAppeal) ? 'an appeal is open already' : undefined
    case 'rule-on-appeal':
      return state.appeals.some(isOpenAppeal) ? undefined : 'no appeal is open'
    default:
      return undefined
  }
}

const pending = (state: CaseState) =>
  state.request ? `a request for ${state.request.kind} is pending` : undefined
const isOpenAppeal = (a: CaseState['appeals'][number]) => a.granted === undefined

/** Who the table names for this step of this case: a second return is the centre head's alone. */
function whoMay(action: Action, state: CaseState): readonly Who[] {
  const second = (action === 'grant-return' || action === 'refuse-return') && state.returns > 0
  return second ? ['head'] : (transition(action)?.who ?? [])
}

const permits = (action: Action, actor: Actor, state: CaseState, city: City) =>
  whoMay(action, state).some((who) => is(who, actor, state, action, city))

/** The post in which the actor takes this action; undefined when none permits it. Goes into the log beside the account. */
export function capacity(action: Action, actor: Actor, state: CaseState, city: City): string | undefined {
  const who = whoMay(action, state).find((w) => is(w, actor, state, action, city))
  if (who === 'lead') return 'department-officer'
  if (actor.kind !== 'user') return who
  if (who === 'reporter' || who === 'assignee') return fieldPost(actor) ?? actor.posts[0]
  if (who === 'handler') return actor.posts.includes('handler') ? 'handler' : actor.posts[0]
  return who
}

/**
 * The actions this actor may take on the case now: what the desks offer, exactly. `now` (epoch ms, by default the
 * case's last event) ends the time in which an extension can be asked for.
 */
export function legalActions(state: CaseState, actor: Actor, city: City, now = state.lastAt): Action[] {
  return ACTIONS.filter((a) => !INTERNAL_ACTIONS.has(a) && isLegal(a, state, actor, city, now))
}

/** Whether the actor may take this one action now; also for the actions of field tasks and of rules. */
export const isLegal = (action: Action, state: CaseState, actor: Actor, city: City, now = state.lastAt) =>
  transition(action)?.from.includes(state.status) === true &&
  blocked(action, state, city, now) === undefined &&
  permits(action, actor, state, city)

export function decide(state: CaseState, command: Command, ctx: DecideContext): Decision {
  const edge = transition(command.action)
  if (!edge) throw new Error(`action ${command.action} is not in the lifecycle`)
  const { actor, city } = ctx
  const allowed = () => legalActions(state, actor, city, ctx.now)
  const mine = permits(command.action, actor, state, city)
  if (!mine && !edge.who.some((who) => fitsPost(who, actor)))
    return refuse('forbidden', `${edge.zh} (${command.action}) is not for your post`, { allowed: allowed() })
  if (!edge.from.includes(state.status))
    return refuse('illegal-step', `${command.action} is not possible while the case is ${state.status}`, {
      allowed: allowed(),
    })
  const why = blocked(command.action, state, city, ctx.now)
  if (why !== undefined)
    return refuse('illegal-step', `${command.action} is not possible: ${why}`, { allowed: allowed() })
  if (!mine)
    return refuse('forbidden', `${command.action} is not yours to take on this case`, { allowed: allowed() })
  if (ctx.expectVersion !== undefined && ctx.expectVersion !== state.version)
    return refuse('stale-version', `the case is at version ${state.version}, not ${ctx.expectVersion}`, {
      allowed: allowed(),
    })
  return effects(state, declared(command), ctx)
}

/** An event whose facts and words are split as the payload declares. */
function event(
  type: NewEvent['type'],
  payload: Record<string, unknown>,
  extra: Record<string, unknown> = {},
): NewEvent {
  const { facts, words } = splitPrivate(payload)
  return { type, payload: dropUndefined({ ...facts, ...extra }), ...(words ? { private: { words } } : {}) }
}

const dropUndefined = (o: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined))

function effects(state: CaseState, command: Command, ctx: DecideContext): Decision {
  const { city } = ctx
  switch (command.action) {
    case 'screen': {
      const facts = screen(state, ctx.hasText, city, ctx.now)
      return done({ type: 'screened', payload: dropUndefined({ ...facts }) })
    }
    case 'await-decision':
      return done({ type: 'decision-awaited', payload: { ...command.payload } })
    case 'accept': {
      const code = command.payload.categoryCode ?? state.category
      const category = code === undefined ? undefined : city.categories.get(code)
      if (command.payload.categoryCode !== undefined && !category)
        return unknownCategory(command.payload.categoryCode)
      return done({
        type: 'accepted',
        payload: dropUndefined({ category: code, urgent: category?.risk === 'urgent' }),
      })
    }
    case 'request-confirm':
      return withTask('confirm', 'confirm-requested', state, ctx)
    case 'confirm':
      return done(event('confirmed', siteReport(command.payload), { taskId: openTask(state, 'confirm')?.id }))
    case 'reject':
      return done(
        event('rejected', command.payload, { stage: state.status === 'reported' ? 'accept' : 'file' }),
      )
    case 'merge':
      if (ctx.resolved?.into === undefined || ctx.resolved.into === state.id)
        return refuse('invalid', 'merge needs another case to merge into', {
          errors: [{ path: '/into', message: 'is not another known case' }],
        })
      return done({ type: 'merged', payload: { into: ctx.resolved.into } })
    case 'file':
      return fileCase(state, command.payload, ctx)
    case 'dispatch':
      return dispatch(state, command.payload, ctx)
    case 'acknowledge':
      return done({ type: 'acknowledged', payload: {} })
    case 'claim':
      return done({
        type: 'claimed',
        payload: dropUndefined({ department: ctx.actor.kind === 'user' ? ctx.actor.department : undefined }),
      })
    case 'request-return':
      if (command.payload.suggested !== undefined && !city.departments.has(command.payload.suggested))
        return unknownDepartment('/suggested', command.payload.suggested)
      return done(event('return-requested', command.payload))
    case 'grant-return':
      return done({ type: 'return-granted', payload: dropUndefined({ from: state.department }) })
    case 'refuse-return':
      return done(event('return-refused', command.payload))
    case 'assign': {
      const { handler, unit } = ctx.resolved ?? {}
      if (handler === undefined && unit === undefined)
        return refuse('invalid', 'nobody and no unit goes by that name', {
          errors: [{ path: '/handler', message: 'is neither a person nor a unit of this department' }],
        })
      return done({ type: 'assigned', payload: dropUndefined({ handler, unit }) })
    }
    case 'take':
      return done({ type: 'taken', payload: {} })
    case 'request-extension':
      return done(event('extension-requested', command.payload))
    case 'grant-extension':
      return grantExtension(state, ctx)
    case 'refuse-extension':
      return done(event('extension-refused', command.payload))
    case 'request-suspension':
    case 'suspend':
      return suspend(state, command, ctx)
    case 'refuse-suspension':
      return done(event('suspension-refused', command.payload))
    case 'resume':
      return resume(state, ctx)
    case 'reply':
      return done(event('replied', command.payload))
    case 'self-handle':
      return done(event('self-handled', command.payload))
    case 'request-check':
      return withTask('check', 'check-requested', state, ctx)
    case 'pass':
      return done(event('passed', siteReport(command.payload), { taskId: openTask(state, 'check')?.id }))
    case 'fail':
      return done(event('failed', siteReport(command.payload), { taskId: openTask(state, 'check')?.id }))
    case 'rework':
      return newRound('reworked', state, command.payload, ctx)
    case 'close':
      return done(event('closed', command.payload))
    case 'reopen':
      return newRound('reopened', state, command.payload, ctx)
    case 'void':
      return done(event('voided', command.payload))
    case 'oversee': {
      const { dueAt } = command.payload
      return done(
        event('overseen', command.payload, { dueAt: dueAt === undefined ? undefined : Date.parse(dueAt) }),
      )
    }
    case 'urge':
      return done(event('urged', command.payload))
    case 'comment':
      return done(event('commented', command.payload))
    case 'appeal':
      return done(event('appealed', command.payload))
    case 'rule-on-appeal':
      return done(event('appeal-ruled', command.payload))
    case 'rate': {
      const { satisfaction } = command.payload
      const known = satisfactionOf(satisfaction)
      return known === undefined
        ? done({ type: 'rated', payload: { satisfaction: 'other' }, private: { words: { satisfaction } } })
        : done({ type: 'rated', payload: { satisfaction: known } })
    }
    case 'accept-task':
      return ofTask(state, command.payload.taskId, ctx, () =>
        done({ type: 'task-accepted', payload: { ...command.payload } }),
      )
    case 'hand-over-task':
      return ofTask(state, command.payload.taskId, ctx, (task) => {
        const to = ctx.resolved?.to ?? ctx.assigneeFor(task.kind, state)
        if (to === undefined || to === task.assignee)
          return refuse('nobody-on-duty', 'nobody else can take this task; name somebody with `to`')
        return done(event('task-handed-over', command.payload, { to }))
      })
    default:
      return command satisfies never
  }
}

const unknownCategory = (code: string) =>
  refuse('unknown-category', `category ${code} is not in this city’s catalogue`, {
    errors: [{ path: '/categoryCode', message: `unknown category ${code}` }],
  })
const unknownDepartment = (path: string, code: string) =>
  refuse('unknown-department', `department ${code} is not in this city`, {
    errors: [{ path, message: `unknown department ${code}` }],
  })
const calendarEnded = (date: string) =>
  refuse('calendar-ended', `the working calendar has no entry from ${date} on; load a newer one`)

function ofTask(
  state: CaseState,
  taskId: string,
  ctx: DecideContext,
  then: (task: NonNullable<ReturnType<typeof openTask>>) => Decision,
): Decision {
  const task = openTask(state)
  return task?.id === taskId
    ? then(task)
    : refuse('illegal-step', `task ${taskId} is not open`, {
        allowed: legalActions(state, ctx.actor, ctx.city, ctx.now),
      })
}

/** A person on site: what they saw, and where they stood, in WGS-84. */
function siteReport({ location, ...rest }: { location?: Location | undefined } & Record<string, unknown>) {
  if (location === undefined) return rest
  const { lng, lat, crs = 'wgs84', accuracyM } = location
  return { ...rest, position: dropUndefined({ ...toWgs84(lng, lat, crs), accuracyM }) }
}

function stageDue(kind: TaskKind, ctx: DecideContext): number | Decision {
  const text = ctx.city.pack.policies.stageLimits[kind] ?? '4紧急工作时'
  const limit = parseLimit(text, ctx.city.pack.policies.limitWords)
  if (!limit.ok) throw new Error(`stage limit ${kind} of ${ctx.city.pack.code}: ${limit.reason}`)
  const due = deadline({ start: ctx.now, limit: limit.limit, calendar: ctx.city.calendarFor('centre') })
  return due.ok ? due.dueAt : calendarEnded(due.ended)
}

function withTask(
  kind: TaskKind,
  type: 'confirm-requested' | 'check-requested',
  state: CaseState,
  ctx: DecideContext,
): Decision {
  const assignee = ctx.resolved?.to ?? ctx.assigneeFor(kind, state)
  if (assignee === undefined)
    return refuse('nobody-on-duty', 'no supervisor can take this task; name somebody with `to`')
  const due = stageDue(kind, ctx)
  if (typeof due !== 'number') return due
  return done({ type, payload: { task: { id: ctx.newId(), assignee, dueAt: due } } })
}

function fileCase(
  state: CaseState,
  wanted: { categoryCode?: string; condition?: string },
  ctx: DecideContext,
): Decision {
  const { city } = ctx
  const code = wanted.categoryCode ?? state.category
  if (code === undefined)
    return refuse('unknown-category', 'the case has no category yet; file it under one', {
      errors: [{ path: '/categoryCode', message: 'is needed here' }],
    })
  const category = city.categories.get(code)
  if (!category) return unknownCategory(code)
  const condition = city.conditions.get(wanted.condition ?? category.defaultCondition)
  if (!condition || condition.category !== category.code)
    return refuse(
      'unknown-condition',
      `${wanted.condition ?? category.defaultCondition} is not a filing condition of ${category.code}`,
      {
        errors: [{ path: '/condition', message: `unknown filing condition of ${category.code}` }],
      },
    )
  return done({
    type: 'filed',
    payload: {
      caseNo: state.caseNo ?? ctx.takeCaseNo(category.code),
      category: category.code,
      urgent: category.risk === 'urgent',
      condition: condition.id,
      limit: condition.limit.text,
      cityVersion: city.version,
    },
  })
}

/** The handling clock of a new dispatch or round, on the lead unit's calendar. */
function startClock(limit: Limit, owner: string, ctx: DecideContext): HandleClock | Decision {
  const due = deadline({
    start: ctx.now,
    limit,
    calendar: ctx.city.calendarFor(owner),
    warnShare: ctx.city.pack.policies.warnShare,
  })
  if (!due.ok) return calendarEnded(due.ended)
  return {
    limit,
    times: 1,
    calendar: owner,
    startedAt: ctx.now,
    pauses: [],
    dueAt: due.dueAt,
    warnAt: due.warnAt,
  }
}

const conditionOf = (state: CaseState, city: City): FilingCondition => {
  const condition = state.condition === undefined ? undefined : city.conditions.get(state.condition)
  if (!condition) throw new Error(`case ${state.receiptNo} has no filing condition ${state.condition ?? ''}`)
  return condition
}

function dispatch(
  state: CaseState,
  wanted: { department?: string; pool?: string; coDepartments?: string[] },
  ctx: DecideContext,
): Decision {
  const { city } = ctx
  for (const [i, code] of (wanted.coDepartments ?? []).entries())
    if (!city.departments.has(code)) return unknownDepartment(`/coDepartments/${i}`, code)
  if (wanted.department !== undefined && !city.departments.has(wanted.department))
    return unknownDepartment('/department', wanted.department)
  const proposed = route(state, city, ctx.now)
  if (wanted.pool !== undefined && state.dispatchMode !== 'claim')
    return refuse('invalid', 'only a case to be claimed goes to a pool', {
      errors: [{ path: '/pool', message: `is not for a case dispatched by ${state.dispatchMode}` }],
    })
  const { pool } = wanted
  const department = pool === undefined ? (wanted.department ?? proposed.department) : undefined
  if (pool === undefined && department === undefined)
    return refuse('unknown-department', 'no rule names a unit for this place; choose one', {
      errors: [{ path: '/department', message: 'is needed here' }],
    })
  const clock = startClock(conditionOf(state, city).limit, department ?? 'centre', ctx)
  if ('ok' in clock) return clock
  const followed = department === proposed.department
  return done({
    type: 'dispatched',
    payload: dropUndefined({
      department,
      pool,
      coDepartments: wanted.coDepartments ?? (followed ? proposed.coDepartments : []),
      zone: followed ? proposed.zone : undefined,
      clock,
      routing: proposed.steps,
      chosen: followed ? 'rule' : 'person',
    }),
  })
}

function grantExtension(state: CaseState, ctx: DecideContext): Decision {
  const { clock } = state
  if (!clock) throw new Error(`case ${state.receiptNo} is handled without a clock`)
  const times = clock.times + 1
  const due = deadline({
    start: clock.startedAt,
    limit: { ...clock.limit, amount: clock.limit.amount * times },
    calendar: ctx.city.calendarFor(clock.calendar),
    pauses: closedPauses(clock, ctx.now),
    warnShare: ctx.city.pack.policies.warnShare,
  })
  if (!due.ok) return calendarEnded(due.ended)
  return done({ type: 'extension-granted', payload: { times, dueAt: due.dueAt, warnAt: due.warnAt } })
}

const closedPauses = (clock: HandleClock, now: number) =>
  clock.pauses.map((p) => ({ from: p.from, to: p.to ?? now }))

function suspend(
  state: CaseState,
  command: Extract<Command, { action: 'suspend' | 'request-suspension' }>,
  ctx: DecideContext,
): Decision {
  const asked = command.payload.until === undefined ? undefined : Date.parse(command.payload.until)
  const until = asked ?? (state.request?.kind === 'suspension' ? state.request.until : undefined)
  const latest = ctx.now + ctx.city.pack.policies.maxSuspendDays * 86_400_000
  if (until === undefined || until <= ctx.now || until > latest)
    return refuse('invalid', 'a suspension needs an end within the policy', {
      errors: [
        {
          path: '/until',
          message: `must lie after now and within ${ctx.city.pack.policies.maxSuspendDays} days`,
        },
      ],
    })
  const type = command.action === 'suspend' ? 'suspended' : 'suspension-requested'
  return done(event(type, command.payload, { until }))
}

function resume(state: CaseState, ctx: DecideContext): Decision {
  const { clock } = state
  if (!clock) return done({ type: 'resumed', payload: {} })
  const due = deadline({
    start: clock.startedAt,
    limit: { ...clock.limit, amount: clock.limit.amount * clock.times },
    calendar: ctx.city.calendarFor(clock.calendar),
    pauses: closedPauses(clock, ctx.now),
    warnShare: ctx.city.pack.policies.warnShare,
  })
  if (!due.ok) return calendarEnded(due.ended)
  return done({ type: 'resumed', payload: { dueAt: due.dueAt, warnAt: due.warnAt } })
}

function newRound(
  type: 'reworked' | 'reopened',
  state: CaseState,
  payload: { reason?: string },
  ctx: DecideContext,
): Decision {
  const { reworkLimit, limitWords } = ctx.city.pack.policies
  let limit = conditionOf(state, ctx.city).limit
  if (reworkLimit !== 'same') {
    const parsed = parseLimit(reworkLimit, limitWords)
    if (!parsed.ok) throw new Error(`rework limit of ${ctx.city.pack.code}: ${parsed.reason}`)
    limit = parsed.limit
  }
  const clock = startClock(limit, state.department ?? 'centre', ctx)
  if ('ok' in clock) return clock
  return done(event(type, payload, { clock }))
}
