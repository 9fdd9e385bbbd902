// Climbing the ladder 升级: when which rung of the city's ladder falls due for a case, and the events that it leaves. The
// memory of what was climbed is the log alone, so a lost queue or timer table can neither forget a rung nor repeat one.
import type { CaseState, Post } from './case.ts'
import type { City } from './city/types.ts'
import { type Deadline, deadline } from './deadline.ts'
import { dueOf } from './decide-clock.ts'
import type { NewEvent } from './event.ts'
import { ladderLimit, ladderOf, type Rung, type RungStep, whoOf } from './escalation.ts'
import { policyDecision } from './policy.ts'
import { type CaseStage, type StageRun, stagesOf, turnOf } from './stage-limit.ts'

export interface RungDue {
  rung: Rung
  round: number
  turn: number
  /** Epoch ms; may have passed. */
  fireAt: number
  run: StageRun
}

/** Payload of an `escalated` event: facts only. One of `person`, `unit` and `post` names whom it is about. */
export interface Escalated {
  rung: string
  do: RungStep
  stage: CaseStage
  of: string
  round: number
  turn: number
  /** When it fell due, epoch ms; the event may be later. */
  fellDueAt: number
  person?: string
  unit?: string
  post?: Post
}

/**
 * The rungs that this case has still to climb in its present go, with the instants at which they fall due; the earliest
 * first. Those of a stage that stands still, or whose calendar has ended, come when it runs again.
 */
export function nextRungs(state: CaseState, city: City): RungDue[] {
  const ladder = ladderOf(city.pack.policies)
  if (ladder.length === 0) return []
  const turn = turnOf(state)
  const runs = stagesOf(state, city).filter((run) => !run.paused)
  const next: RungDue[] = []
  for (const rung of ladder) {
    if (!isFor(rung, state, city)) continue
    const climbed = (state.escalations ?? []).filter((c) => c.rung === rung.id)
    // Once a go; and what outlasts a go, like a 督办, is told of once.
    if (climbed.some((c) => c.turn === turn)) continue
    const due = runs
      .filter((run) => run.stage === rung.stage && !climbed.some((c) => c.of === run.id))
      .flatMap((run) => {
        const fireAt = fallsDue(rung, run, state, city)
        return fireAt === undefined ? [] : [{ rung, round: state.round, turn, fireAt, run }]
      })
      .sort((a, b) => a.fireAt - b.fireAt)[0]
    if (due) next.push(due)
  }
  return next.sort((a, b) => a.fireAt - b.fireAt)
}

/** The rungs that have fallen due by now (epoch ms) and were not climbed yet, in the order in which they did. */
export const dueRungs = (state: CaseState, city: City, now: number): RungDue[] =>
  nextRungs(state, city).filter((r) => r.fireAt <= now)

/** When to look again; undefined when nothing is left to climb. The rungs above it are looked for once this one is in the log. */
export function nextRungTime(state: CaseState, city: City): { round: number; fireAt: number } | undefined {
  const [next] = nextRungs(state, city)
  return next && { round: next.round, fireAt: next.fireAt }
}

/**
 * What climbing a rung leaves in the log; undefined when it is not due (any more): climbed already, answered meanwhile,
 * or never of this city. Ask again for each rung after applying the events of the one before.
 */
export function climb(state: CaseState, id: string, city: City, now: number): NewEvent[] | undefined {
  const due = dueRungs(state, city, now).find((r) => r.rung.id === id)
  if (!due) return undefined
  const { rung, round, turn, fireAt, run } = due
  const payload: Escalated = {
    rung: rung.id,
    do: rung.do,
    stage: rung.stage,
    of: run.id,
    round,
    turn,
    fellDueAt: fireAt,
    ...target(rung, run, state, city),
  }
  const escalated: NewEvent = { type: 'escalated', payload: { ...payload } }
  return rung.do === 'oversee' ? [escalated, overseen(rung, city, now)] : [escalated]
}

/** What an `escalated` event changes in a case: the handler of `apply`. */
export function remember(
  state: CaseState,
  { at, payload }: { at: number; payload: Record<string, unknown> },
): Pick<CaseState, 'escalations'> {
  const { rung, of, round, turn } = payload as unknown as Escalated
  return { escalations: [...(state.escalations ?? []), { rung, of, round, turn, at }] }
}

function isFor({ when }: Rung, state: CaseState, city: City): boolean {
  if (when === undefined) return true
  const category = state.category === undefined ? undefined : city.categories.get(state.category)
  return policyDecision([{ when, decide: 'rule' }], { source: state.source, category }).who === 'rule'
}

/** From just after an instant on: at it, whoever acts is still in time. */
const after = (due: Deadline): number | undefined => (due.ok ? due.dueAt + 1 : undefined)

function fallsDue(rung: Rung, run: StageRun, state: CaseState, city: City): number | undefined {
  const { policies } = city.pack
  const calendar = city.calendarFor(run.calendar)
  const pauses = run.pauses ?? []
  if (rung.after !== undefined)
    return after(
      deadline({ start: run.startedAt, limit: ladderLimit(rung.after, policies), calendar, pauses }),
    )
  if (run.dueAt === undefined) return undefined
  if (rung.past !== undefined)
    return after(deadline({ start: run.dueAt, limit: ladderLimit(rung.past, policies), calendar, pauses }))
  const { share = 1 } = rung
  if (share === 1) return run.dueAt + 1
  return share < 1 ? within(share, run, state, city) : beyond(share, run, state, city)
}

/** Where a part of the limit is used; of a limit that nobody stated, the part of the time. */
function within(share: number, run: StageRun, state: CaseState, city: City): number | undefined {
  if (run.dueAt === undefined) return undefined
  if (run.stage === 'handle' && state.clock) {
    const due = dueOf(state.clock, state.lastAt, { city }, share)
    return 'ok' in due ? undefined : due.warnAt
  }
  if (run.limit === undefined) return Math.ceil(run.startedAt + (run.dueAt - run.startedAt) * share)
  const { startedAt: start, limit, pauses = [] } = run
  const due = deadline({ start, limit, calendar: city.calendarFor(run.calendar), pauses, warnShare: share })
  return due.ok ? due.warnAt : undefined
}

/** Where the limit, as it stood at the start, is used a further part of a time after the due instant. */
function beyond(share: number, run: StageRun, state: CaseState, city: City): number | undefined {
  if (run.dueAt === undefined) return undefined
  if (run.limit === undefined) return Math.ceil(run.dueAt + (run.dueAt - run.startedAt) * (share - 1)) + 1
  const times = run.stage === 'handle' ? (state.clock?.times ?? 1) : 1
  const limit = { unit: run.limit.unit, amount: run.limit.amount * times * (share - 1) }
  const { pauses = [] } = run
  return after(deadline({ start: run.dueAt, limit, calendar: city.calendarFor(run.calendar), pauses }))
}

/** Whom it is about. Where nobody has the case yet, the dispatcher. */
function target(
  rung: Rung,
  run: StageRun,
  state: CaseState,
  city: City,
): Pick<Escalated, 'person' | 'unit' | 'post'> {
  const who = whoOf(rung)
  if (who !== 'person' && who !== 'unit') return { post: who }
  const person = run.holder.person ?? (run.stage === 'handle' ? state.handler : undefined)
  if (who === 'person' && person !== undefined) return { person }
  const unit = run.holder.unit === undefined ? undefined : (state.unit ?? run.holder.unit)
  if (unit !== undefined) return { unit: rung.do === 'call' ? withPhone(unit, city) : unit }
  return { post: run.holder.post ?? 'dispatcher' }
}

/** The unit itself or the nearest above it that has a duty phone; itself when none has. */
export function withPhone(unit: string, { departments }: Pick<City, 'departments'>): string {
  const seen = new Set<string>()
  for (
    let at: string | undefined = unit;
    at !== undefined && !seen.has(at);
    at = departments.get(at)?.parent
  ) {
    seen.add(at)
    if (departments.get(at)?.dutyPhone !== undefined) return at
  }
  return unit
}

function overseen(rung: Rung, city: City, now: number): NewEvent {
  const { policies } = city.pack
  const given = rung.limit ?? policies.exceptions?.oversight?.limit
  const due =
    given === undefined
      ? undefined
      : deadline({ start: now, limit: ladderLimit(given, policies), calendar: city.calendarFor('centre') })
  return { type: 'overseen', payload: { rung: rung.id, ...(due?.ok ? { dueAt: due.dueAt } : {}) } }
}
