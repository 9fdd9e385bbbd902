// What a step does to the handling clock 处置计时: start, extension, suspension, resumption, a new round.
import type { CaseState, HandleClock } from './case.ts'
import type { City, FilingCondition } from './city/types.ts'
import type { Command } from './command.ts'
import { deadline } from './deadline.ts'
import { calendarEnded, type DecideContext, type Decision, done, event, refuse } from './decision.ts'
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

export const conditionOf = (state: CaseState, city: City): FilingCondition => {
  const condition = state.condition === undefined ? undefined : city.conditions.get(state.condition)
  if (!condition) throw new Error(`case ${state.receiptNo} has no filing condition ${state.condition ?? ''}`)
  return condition
}

export function grantExtension(state: CaseState, ctx: DecideContext): Decision {
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
  const type = command.action === 'suspend' ? 'suspended' : 'suspension-requested'
  return done(event(type, command.payload, { until }))
}

export function resume(state: CaseState, ctx: DecideContext): Decision {
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

export function newRound(
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
