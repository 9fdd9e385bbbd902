// Who may take which step now: the lifecycle's table, the actor's posts and relation to the case, and what else an edge
// needs. The desks offer exactly this.
import type { Actor, CaseState, Post } from './case.ts'
import { approver } from './approval.ts'
import type { City } from './city/types.ts'
import { deadline } from './deadline.ts'
import { dueRungs } from './escalate.ts'
import { ACTIONS, type Action, INTERNAL_ACTIONS, transition, type Who } from './lifecycle.ts'
import { parseLimit } from './limit.ts'
import { openTask, type TaskKind } from './task.ts'

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
  // Whoever reported without a login says how it was done, and nothing else.
  if (actor.kind === 'anonymous')
    return who === 'reporter' && action === 'rate' && actor.reporterOf === state.id
  if (actor.kind !== 'user') return false
  switch (who) {
    case 'lead':
      return (
        actor.posts.includes('department-officer') && isRelatedUnit(actor.department, state.department, city)
      )
    case 'co':
      return coUnit(actor, state, city) !== undefined
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

/** The co-unit 协办单位 of the case for which this person speaks; the first named, when several. */
export const coUnit = (actor: Actor, state: CaseState, city: City): string | undefined =>
  actor.kind === 'user' && actor.posts.some((p) => p === 'department-officer' || p === 'handler')
    ? state.coDepartments.find((code) => isRelatedUnit(actor.department, code, city))
    : undefined

/** The post of somebody who works outdoors: only they fix or look on the spot. */
const fieldPost = (actor: Extract<Actor, { kind: 'user' }>): Post | undefined =>
  actor.posts.find((p) => p === 'supervisor' || p === 'grid-member')

/** Could this actor ever take this action, on some case? Tells "wrong role" from "not now". */
export function fitsPost(who: Who, actor: Actor): boolean {
  if (who === 'rule') return actor.kind === 'rule'
  if (actor.kind === 'anonymous') return who === 'reporter' && actor.reporterOf !== undefined
  if (actor.kind !== 'user') return false
  const has = (...posts: Post[]) => posts.some((p) => actor.posts.includes(p))
  if (who === 'lead' || who === 'pool') return has('department-officer')
  if (who === 'co') return has('department-officer', 'handler')
  if (who === 'assignee' || who === 'reporter') return fieldPost(actor) !== undefined
  return has(who)
}

/** Conditions of an edge beyond status and actor. Returns why not, or undefined. */
export function blocked(action: Action, state: CaseState, city: City, now: number): string | undefined {
  const needs = (kind: NonNullable<CaseState['request']>['kind']) =>
    state.request?.kind === kind ? undefined : `no ${kind} has been requested`
  const { exceptions } = city.pack.policies
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
      if (exceptions?.extension?.latest === 'warn' && state.clock && now > state.clock.warnAt)
        return 'its light is yellow already; an extension is asked for before that'
      if (state.extensions >= city.pack.policies.maxExtensions)
        return `it has been extended ${state.extensions} times, the most that policy allows`
      return pending(state)
    case 'request-return':
      return pending(state) ?? returnWindow(state, city, now)
    case 'request-suspension':
      if (state.suspensions >= (exceptions?.suspension?.most ?? Number.POSITIVE_INFINITY))
        return `it has been suspended ${state.suspensions} times, the most that policy allows`
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
    case 'answer-oversight':
      return state.oversights?.some((o) => o.answeredAt === undefined)
        ? undefined
        : 'no oversight waits for an answer'
    case 'escalate':
      return dueRungs(state, city, now).length > 0 ? undefined : 'no rung of the ladder is due'
    case 'dispatch-first':
      return city.categories.get(state.category ?? '')?.risk === 'urgent'
        ? undefined
        : 'only a case of an urgent category is dispatched before its papers'
    case 'complete-papers':
      return state.papersOwed ? undefined : 'no papers are owed'
    case 'close':
      return state.papersOwed ? 'its papers are owed still: complete them first' : undefined
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

/** 退单时限: how long after the dispatch a return can be asked for, on the lead unit's calendar. */
function returnWindow(state: CaseState, city: City, now: number): string | undefined {
  const within = city.pack.policies.exceptions?.return?.within
  if (within === undefined || !state.clock) return undefined
  const parsed = parseLimit(within, city.pack.policies.limitWords)
  if (!parsed.ok) throw new Error(`return limit of ${city.pack.code}: ${parsed.reason}`)
  const calendar = city.calendarFor(state.clock.calendar)
  const end = deadline({ start: state.clock.startedAt, limit: parsed.limit, calendar })
  return end.ok && now > end.dueAt
    ? `a return is asked for within ${within} of the dispatch, and that has passed`
    : undefined
}

const pending = (state: CaseState) =>
  state.request ? `a request for ${state.request.kind} is pending` : undefined
const isOpenAppeal = (a: CaseState['appeals'][number]) => a.granted === undefined

/** The steps that decide a request with an approval chain. */
const DECIDES: Partial<Record<Action, 'extension' | 'suspension'>> = {
  'grant-extension': 'extension',
  'refuse-extension': 'extension',
  suspend: 'suspension',
  'refuse-suspension': 'suspension',
}
const approverOf = ({ request }: CaseState): Post | undefined =>
  request && request.kind !== 'return' ? approver(request) : undefined

/**
 * Who the table names for this step of this case: a second return is the centre head's alone, and a
 * request with an approval chain is for whoever is next in it.
 */
export function whoMay(action: Action, state: CaseState): readonly Who[] {
  const second = (action === 'grant-return' || action === 'refuse-return') && state.returns > 0
  if (second) return ['head']
  const next = DECIDES[action] === state.request?.kind ? approverOf(state) : undefined
  return next === undefined ? (transition(action)?.who ?? []) : [next]
}

export const permits = (action: Action, actor: Actor, state: CaseState, city: City) =>
  whoMay(action, state).some((who) => is(who, actor, state, action, city))

/** The post in which the actor takes this action; undefined when none permits it. Goes into the log beside the account. */
export function capacity(action: Action, actor: Actor, state: CaseState, city: City): string | undefined {
  const who = whoMay(action, state).find((w) => is(w, actor, state, action, city))
  if (who === 'lead') return 'department-officer'
  if (who === 'co' && actor.kind === 'user')
    return actor.posts.includes('department-officer') ? 'department-officer' : 'handler'
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
