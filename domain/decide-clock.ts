// What a step does to the handling clock 处置计时: start, extension, suspension, resumption, a new round.
import type { CaseState, HandleClock } from './case.ts'
import type { City, FilingCondition } from './city/types.ts'
import type { Command } from './command.ts'
import { deadline } from './deadline.ts'
import { calendarEnded, type DecideContext, type Decision, done, event, refuse } from './decision.ts'
import { chainFor, isPartial } from './approval.ts'
import { type Limit, parseLimit } from './limit.ts'

/** The handling clock of a new dispatch or round, on the lead unit's calendar. */
export function startClock(limit: Limit, owner: string, ctx: DecideContext): HandleClock | Decision {
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

/** What a step's event says of the clock: nothing where it stops, as it always has; `clockRuns` where policy lets it go on. */
export const clockAfter = (
  step: 'reply' | 'pass',
  { city }: Pick<DecideContext, 'city'>,
): { clockRuns?: true } => {
  const { clockStops = 'reply' } = city.pack.policies
  const order = ['reply', 'pass', 'close'] as const
  return order.indexOf(clockStops) > order.indexOf(step) ? { clockRuns: true } : {}
}

export const conditionOf = (state: CaseState, city: City): FilingCondition => {
  const condition = state.condition === undefined ? undefined : city.conditions.get(state.condition)
  if (!condition) throw new Error(`case ${state.receiptNo} has no filing condition ${state.condition ?? ''}`)
  return condition
}

/** Due and warning moments of a clock as it stands at `now`: its limit, whole extensions, pauses, then added amounts. */
export function dueOf(
  clock: HandleClock,
  now: number,
  ctx: Pick<DecideContext, 'city'>,
  warnShare = ctx.city.pack.policies.warnShare,
): { dueAt: number; warnAt: number } | Decision {
  const calendar = ctx.city.calendarFor(clock.calendar)
  const pauses = closedPauses(clock, now)
  const limit = { ...clock.limit, amount: clock.limit.amount * clock.times }
  let due = deadline({ start: clock.startedAt, limit, calendar, pauses, warnShare })
  for (const added of clock.added ?? []) {
    if (!due.ok) break
    due = deadline({ start: due.dueAt, limit: added, calendar, pauses, warnShare })
  }
  return due.ok ? { dueAt: due.dueAt, warnAt: due.warnAt } : calendarEnded(due.ended)
}

/** A limit text of the pack's policies. @throws on one that `city check` should have refused. */
function policyLimit(text: string, what: string, ctx: DecideContext): Limit {
  const { code, policies } = ctx.city.pack
  const parsed = parseLimit(text, policies.limitWords)
  if (!parsed.ok) throw new Error(`${what} of ${code}: ${parsed.reason}`)
  return parsed.limit
}

/** 申请延期: the chain of who must agree goes into the log with it. */
export function requestExtension(
  state: CaseState,
  payload: Record<string, unknown>,
  ctx: DecideContext,
): Decision {
  const chain = chainFor('extension', state, ctx.city.pack.policies.exceptions)
  return done(event('extension-requested', payload, { chain }))
}

const partly = (request: NonNullable<CaseState['request']>) =>
  request.kind !== 'return' && isPartial(request)
    ? done({ type: 'request-approved', payload: { kind: request.kind } })
    : undefined

export function grantExtension(state: CaseState, ctx: DecideContext): Decision {
  const { clock, request } = state
  if (!clock || !request) throw new Error(`case ${state.receiptNo} has no clock or request to extend`)
  const first = partly(request)
  if (first) return first
  const { amount = 'same' } = ctx.city.pack.policies.exceptions?.extension ?? {}
  const added = amount === 'same' ? undefined : policyLimit(amount, 'extension', ctx)
  const times = added ? clock.times : clock.times + 1
  const extended = { ...clock, times, ...(added ? { added: [...(clock.added ?? []), added] } : {}) }
  const due = dueOf(extended, ctx.now, ctx)
  if ('ok' in due) return due
  return done({ type: 'extension-granted', payload: { times, ...due, ...(added ? { added } : {}) } })
}

export const closedPauses = (clock: HandleClock, now: number) =>
  clock.pauses.map((p) => ({ from: p.from, to: p.to ?? now }))

export function suspend(
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
  if (command.action === 'suspend')
    return (state.request && partly(state.request)) ?? done(event('suspended', command.payload, { until }))
  const { exceptions } = ctx.city.pack.policies
  if (exceptions?.suspension?.proof === true && (command.payload.photos ?? []).length === 0)
    return refuse('invalid', 'a suspension needs proof', {
      errors: [{ path: '/photos', message: 'a photo or scan of the proof is needed' }],
    })
  const chain = chainFor('suspension', state, exceptions)
  return done(event('suspension-requested', command.payload, { until, chain }))
}

export function resume(state: CaseState, ctx: DecideContext): Decision {
  const { clock } = state
  if (!clock) return done({ type: 'resumed', payload: {} })
  const due = dueOf(clock, ctx.now, ctx)
  if ('ok' in due) return due
  return done({ type: 'resumed', payload: due })
}

export function newRound(
  type: 'reworked' | 'reopened',
  state: CaseState,
  payload: { reason?: string },
  ctx: DecideContext,
): Decision {
  const { reworkLimit } = ctx.city.pack.policies
  const limit =
    reworkLimit === 'same'
      ? conditionOf(state, ctx.city).limit
      : policyLimit(reworkLimit, 'rework limit', ctx)
  const clock = startClock(limit, state.department ?? 'centre', ctx)
  if ('ok' in clock) return clock
  return done(event(type, payload, { clock }))
}

/** 二级派遣 with a limit of the unit's own, on its calendar; never after the case's. */
export function assign(state: CaseState, limit: string | undefined, ctx: DecideContext): Decision {
  const { handler, unit } = ctx.resolved ?? {}
  if (handler === undefined && unit === undefined)
    return refuse('invalid', 'nobody and no unit goes by that name', {
      errors: [{ path: '/handler', message: 'is neither a person nor a unit of this department' }],
    })
  // Counted at both levels: of the lead, and of the unit below it.
  const to = { department: state.department, handler, unit }
  if (limit === undefined) return done(event('assigned', {}, to))
  const fault = (message: string) =>
    refuse('invalid', `the limit for the unit: ${message}`, { errors: [{ path: '/limit', message }] })
  const parsed = parseLimit(limit, ctx.city.pack.policies.limitWords)
  if (!parsed.ok) return fault(parsed.reason)
  const owner = unit ?? state.department ?? 'centre'
  const due = deadline({ start: ctx.now, limit: parsed.limit, calendar: ctx.city.calendarFor(owner) })
  if (!due.ok) return calendarEnded(due.ended)
  if (state.clock && due.dueAt > state.clock.dueAt) return fault('it ends after the limit of the case itself')
  return done(event('assigned', {}, { ...to, dueAt: due.dueAt }))
}

/** 督办, with the day on which the answer is due: as asked, else as policy says. */
export function oversee(payload: { note: string; dueAt?: string }, ctx: DecideContext): Decision {
  const text = ctx.city.pack.policies.exceptions?.oversight?.limit
  let dueAt = payload.dueAt === undefined ? undefined : Date.parse(payload.dueAt)
  if (dueAt === undefined && text !== undefined) {
    const limit = policyLimit(text, 'oversight limit', ctx)
    const due = deadline({ start: ctx.now, limit, calendar: ctx.city.calendarFor('centre') })
    if (!due.ok) return calendarEnded(due.ended)
    dueAt = due.dueAt
  }
  return done(event('overseen', payload, { dueAt }))
}

/** 补办手续: what was skipped; another filing condition moves the deadline of a running clock, from the same start. */
export function completePapers(
  state: CaseState,
  payload: { condition?: string; note?: string },
  ctx: DecideContext,
): Decision {
  const { condition: wanted } = payload
  if (wanted === undefined || wanted === state.condition) return done(event('papers-completed', payload))
  const condition = ctx.city.conditions.get(wanted)
  if (!condition || condition.category !== state.category)
    return refuse('unknown-condition', `${wanted} is not a filing condition of ${state.category}`, {
      errors: [{ path: '/condition', message: `unknown filing condition of ${state.category}` }],
    })
  if (!state.clock || state.clock.stoppedAt !== undefined)
    return refuse('invalid', 'the condition can be changed only while the unit works on the case', {
      errors: [{ path: '/condition', message: 'is fixed since the reply' }],
    })
  const due = dueOf({ ...state.clock, limit: condition.limit }, ctx.now, ctx)
  if ('ok' in due) return due
  return done(event('papers-completed', payload, { clock: { limit: condition.limit, ...due } }))
}
