// Standings: counts that move down as well as up with what becomes of a case. What a case counts in is a function of the
// case as its facts have left it, equal to its flags 考核标志 (domain/flags); a count changes by the difference that a
// fact makes, so that the board has them exact at a seq. A month's are those of the cases dispatched in it.
import { DUE_STANDINGS, type Standing } from './board.ts'
import type { CaseState, Status } from './case.ts'
import type { City } from './city/types.ts'
import { cityDay } from './city-time.ts'
import { type AppealSubject, EXEMPTS, SATISFACTION_FLAGS } from './flags/table.ts'
import type { AppliedEvent } from './handlers.ts'
import { isWithUnit } from './light.ts'
import { unitsOf } from './units.ts'

/** Flags that a granted appeal can leave out, by the event that replaces them with others. */
type Exempt = 'dispatched' | 'replied' | 'rated'

/** What of a case its state does not tell. Undefined: nothing. */
export interface StandingFacts {
  /** The unit's own limit has run out while it had the case, as far as facts have told. */
  late?: true | undefined
  exempt?: readonly Exempt[] | undefined
}

const factsOf = (late: boolean, exempt: readonly Exempt[]): StandingFacts | undefined =>
  late || exempt.length > 0
    ? { ...(late ? { late } : {}), ...(exempt.length > 0 ? { exempt } : {}) }
    : undefined

const isLate = (state: CaseState, at: number): boolean =>
  isWithUnit(state) && state.clock !== undefined && at > state.clock.dueAt

/** The facts after one more event. `before` and `after` are the case's states. */
export function factsAfter(
  facts: StandingFacts | undefined,
  { before, after, event }: { before: CaseState | undefined; after: CaseState; event: AppliedEvent },
): StandingFacts | undefined {
  return factsOf(isLate(after, event.at), exemptAfter(facts?.exempt ?? [], before, event))
}

/** The facts at an instant (epoch ms) at which time alone was noted. */
export const factsAt = (
  facts: StandingFacts | undefined,
  state: CaseState,
  at: number,
): StandingFacts | undefined => factsOf(facts?.late === true || isLate(state, at), facts?.exempt ?? [])

function exemptAfter(
  exempt: readonly Exempt[],
  before: CaseState | undefined,
  { type, payload }: AppliedEvent,
): readonly Exempt[] {
  switch (type) {
    case 'dispatched':
      return []
    case 'reworked':
    case 'reopened':
      return exempt.filter((e) => e === 'dispatched')
    case 'rated':
      return exempt.filter((e) => e !== 'rated')
    case 'appeal-ruled':
      return payload.granted === true && before ? [...new Set([...exempt, ...granted(before)])] : exempt
    default:
      return exempt
  }
}

/** What the appeal that is being granted leaves out. Nothing is any unit's where there is none. */
function granted({ appeals, department, satisfaction }: CaseState): Exempt[] {
  const about = appeals.at(-1)?.about
  if (about === undefined || department === undefined || !Object.hasOwn(EXEMPTS, about)) return []
  const keys = EXEMPTS[about as AppealSubject]
  const rated = SATISFACTION_FLAGS[satisfaction ?? '']
  const left: Exempt[] = []
  if (keys === 'all' || keys.includes('dispatched')) left.push('dispatched')
  if (keys === 'all' || keys.includes('replied')) left.push('replied')
  if (rated !== undefined && (keys === 'all' || keys.includes(rated))) left.push('rated')
  return left
}

/** What a case counts in. */
export interface CaseStanding {
  /** City day of the dispatch that stands: the month is the one that holds it. */
  dispatchedOn: string
  /** City day of the unit's due time; absent while it is suspended. */
  dueOn?: string | undefined
  metrics: Standing[]
  /** As those of today's counts, without the hour: at every level of units, by the case's own due time. */
  keys: string[]
}

const REPLIED: readonly Status[] = ['replied', 'checked', 'closed']
const DISPATCHED: readonly Status[] = ['dispatched', 'handling', 'suspended', ...REPLIED]

/** Undefined when it counts in nothing: not dispatched, given back, or turned out to be no case. */
export function standingOf(
  { state, standing }: { state: CaseState; standing?: StandingFacts | undefined },
  city: City,
): CaseStanding | undefined {
  const { status, dispatchedAt, clock } = state
  if (state.selfHandled || dispatchedAt === undefined || !DISPATCHED.includes(status)) return undefined
  const { timeZone } = city.pack
  const isExempt = (what: Exempt) => standing?.exempt?.includes(what) === true
  const isReplied = REPLIED.includes(status)
  const isClosed = status === 'closed'
  const dueOn = clock && status !== 'suspended' ? cityDay(clock.dueAt, timeZone) : undefined
  const metrics: Standing[] = []
  if (!isExempt('dispatched')) metrics.push('monthDispatched')
  if (!isExempt('replied')) {
    if (dueOn !== undefined) metrics.push('dueToday')
    if (dueOn !== undefined && isClosed) metrics.push('dueTodayClosed')
    if (isClosed) metrics.push('monthClosed')
    if (isReplied || standing?.late) metrics.push('monthDueReplied')
    if (isReplied) metrics.push('monthReplied')
    if (isReplied && state.rounds.at(-1)?.late === false) metrics.push('monthOnTimeReplied')
  }
  const rated = isClosed ? SATISFACTION_FLAGS[state.satisfaction ?? ''] : undefined
  if (rated !== undefined && !isExempt('rated')) {
    metrics.push('monthRated')
    if (rated === 'very-satisfied' || rated === 'satisfied') metrics.push('monthSatisfied')
  }
  if (metrics.length === 0) return undefined
  return {
    dispatchedOn: cityDay(dispatchedAt, timeZone),
    ...(dueOn === undefined ? {} : { dueOn }),
    metrics,
    keys: keysOf(state, city),
  }
}

function keysOf(state: CaseState, city: City): string[] {
  const { lng, lat } = state.position
  const areaPath = state.screening ? state.areaPath : city.locate(lng, lat).areaPath
  return [
    'city',
    `source:${state.source}`,
    ...(state.category === undefined ? [] : [`category:${state.category}`]),
    ...unitsOf(state, city).map((u) => `department:${u}`),
    ...areaPath.map((a) => `area:${a}`),
  ]
}

/** The day under which a standing counts a case. */
const dayOf = (metric: Standing, { dispatchedOn, dueOn }: CaseStanding): string =>
  DUE_STANDINGS.some((m) => m === metric) ? (dueOn ?? dispatchedOn) : dispatchedOn

/** A change of one count of a city day. */
export interface StandingChange {
  day: string
  key: string
  metric: Standing
  /** 1 or −1 */
  n: number
}

const isSame = (a: CaseStanding, b: CaseStanding): boolean =>
  a.dispatchedOn === b.dispatchedOn &&
  a.dueOn === b.dueOn &&
  a.metrics.join() === b.metrics.join() &&
  a.keys.join() === b.keys.join()

/** What a fact changes; `undefined` when what the case counts in stays the same. */
export function standingChanges(
  before: CaseStanding | undefined,
  after: CaseStanding | undefined,
): StandingChange[] | undefined {
  if (before === after || (before && after && isSame(before, after))) return undefined
  const changes = new Map<string, StandingChange>()
  const add = (standing: CaseStanding | undefined, n: 1 | -1) => {
    for (const metric of standing?.metrics ?? []) {
      const day = standing ? dayOf(metric, standing) : ''
      for (const key of standing?.keys ?? []) {
        const k = `${day}|${key}|${metric}`
        if (changes.has(k)) changes.delete(k)
        else changes.set(k, { day, key, metric, n })
      }
    }
  }
  add(before, -1)
  add(after, 1)
  return [...changes.values()]
}
