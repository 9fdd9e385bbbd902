// Plays rows in the order of their created and closed times. Time goes in windows: within one, rows run side by side, each
// step and each timer at its own instant and in order for its case; a window never reaches beyond a midnight of the city,
// nor so far that a timer born in it could be due in it.
import type { City } from '#domain/city/types.ts'
import { cityDay, dayStart } from '#domain/city-time.ts'
import { addDays } from '#domain/days.ts'
import type { Limit } from '#domain/limit.ts'
import { parseLimit } from '#domain/limit.ts'
import { isFinal } from '#domain/case.ts'
import type { ReplayedCase } from '#store/replay.ts'
import { type DueTimer, dueTimers } from '#store/timers.ts'
import { beginDays } from '#worker/timers/days.ts'
import { type FiringContext, fireTimer } from '#worker/timers/fire.ts'
import type { StepClock } from './clock.ts'
import type { ServiceRequest } from './rows.ts'
import { report, settle, type StepContext, takeAlong } from './steps.ts'

export interface PlayContext extends StepContext {
  firing: FiringContext
  clock: StepClock
  /** Rows that are cases already, by key: from an interrupted run. Grows as rows are reported. */
  known: Map<string, ReplayedCase>
}

export interface PlayOptions {
  /** Simulated seconds a real second; Infinity = as fast as possible. */
  speed: number
  /** Asked between windows: true ends the replay early. */
  isStopped(): boolean
  onProgress(progress: { done: number; of: number; reported: number; at: number }): void
  /** Waits so many ms; tests need not. */
  sleep(ms: number): Promise<void>
}

interface Step {
  at: number
  row: ServiceRequest
  kind: 'report' | 'close'
}

const SIDE_BY_SIDE = 24
const LONGEST_MS = 60 * 60_000
const MOST_STEPS = 400
/** At a given speed a window is at most this long in real time, so that the wall moves smoothly. */
const SMOOTH_MS = 250

/** A row ends when the file closed it, but not before it began. Undefined for rows the file leaves open. */
export const endOf = (row: ServiceRequest): number | undefined =>
  row.closedAt === undefined || row.status.toLowerCase() !== 'closed'
    ? undefined
    : Math.max(row.closedAt, row.createdAt)

/** Steps of the located rows in order of time. */
export function planOf(rows: readonly ServiceRequest[]): Step[] {
  return rows
    .filter((r) => r.position !== undefined)
    .flatMap((row): Step[] => {
      const end = endOf(row)
      const born: Step = { at: row.createdAt, row, kind: 'report' }
      return end === undefined ? [born] : [born, { at: end, row, kind: 'close' }]
    })
    .sort((a, b) => a.at - b.at)
}

/** Plays all steps, or until stopped. @returns the simulated instant it came to, and whether that is the end. */
export async function play(
  steps: readonly Step[],
  context: PlayContext,
  options: PlayOptions,
): Promise<{ at: number; ended: boolean }> {
  const { clock, rest, firing, known } = context
  const city = await context.runtime.cityFor()
  const longest = Math.min(LONGEST_MS, soonestTimer(city), options.speed * SMOOTH_MS)
  const began = performance.now()
  const pending = steps.filter((s) => !isDone(s, known))
  let at = pending[0]?.at ?? steps.at(-1)?.at ?? clock.now()
  const first = at
  let next = 0
  const progress = () =>
    options.onProgress({
      done: steps.length - pending.length + next,
      of: steps.length,
      reported: known.size,
      at,
    })
  while (next < pending.length) {
    if (options.isStopped()) return { at, ended: false }
    await rest.followed()
    const [timer] = await dueTimers(firing.store, pending[next]?.at ?? at, 1, { fireAt: at - 1, id: LAST_ID })
    at = Math.min(pending[next]?.at ?? at, timer?.fireAt ?? Number.POSITIVE_INFINITY)
    if (Number.isFinite(options.speed))
      await options.sleep((at - first) / options.speed - (performance.now() - began))
    const until = Math.min(at + longest, midnightAfter(at, city))
    const window: Step[] = []
    for (const s of pending.slice(next, next + MOST_STEPS)) if (s.at < until) window.push(s)
    const end = window.length === MOST_STEPS ? (window.at(-1)?.at ?? at) + 1 : until
    clock.set(at)
    await clock.at(at, () => beginDays(firing, at))
    await playWindow(window, await timersUntil(end - 1, context), context)
    next += window.length
    at = end
    progress()
  }
  await rest.followed()
  const last = steps.at(-1)?.at ?? at
  clock.set(last)
  // Nothing is left of these unless a run was interrupted after its last row.
  await playWindow([], await timersUntil(last, context), context)
  await rest.followed()
  return { at: last, ended: true }
}

const LAST_ID = '9223372036854775807'

const isDone = (s: Step, known: PlayContext['known']) => {
  const status = known.get(s.row.key)?.status
  if (status === undefined) return false
  if (s.kind === 'close') return isFinal(status)
  return !['reported', 'accepted', 'filed'].includes(status)
}

async function timersUntil(until: number, { firing }: PlayContext): Promise<DueTimer[]> {
  const all: DueTimer[] = []
  for (;;) {
    const page = await dueTimers(firing.store, until, 1_000, all.at(-1))
    all.push(...page)
    if (page.length < 1_000) return all
  }
}

/** One line of work a case: its steps and timers in order. Lines run side by side. */
async function playWindow(
  steps: readonly Step[],
  timers: readonly DueTimer[],
  context: PlayContext,
): Promise<void> {
  const { known, clock, firing } = context
  type Line = { at: number; run(): Promise<unknown> }[]
  const lines = new Map<string, Line>()
  const lineOf = (key: string): Line => {
    const line = lines.get(key) ?? []
    lines.set(key, line)
    return line
  }
  const rowOf = new Map<string, string>()
  for (const s of steps) {
    const id = known.get(s.row.key)?.id
    if (id !== undefined) rowOf.set(id, s.row.key)
  }
  // Timers before steps: at one and the same instant the light turns first.
  for (const t of timers) {
    const key = rowOf.get(t.caseId ?? '') ?? `timer ${t.caseId}`
    lineOf(key).push({ at: t.fireAt, run: () => fireTimer(firing, t) })
  }
  for (const s of steps) lineOf(s.row.key).push({ at: s.at, run: () => playStep(s, context) })
  const work = [...lines.values()].map((line) => line.sort((a, b) => a.at - b.at))
  work.sort((a, b) => (a[0]?.at ?? 0) - (b[0]?.at ?? 0))
  let taken = 0
  const hand = async () => {
    for (let line = work[taken++]; line; line = work[taken++])
      for (const { at, run } of line) await clock.at(at, run)
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, hand))
}

async function playStep({ row, kind }: Step, context: PlayContext): Promise<void> {
  const { known } = context
  const before = known.get(row.key)
  if (kind === 'close') {
    if (!before) throw new Error(`row ${row.key} is to be closed before it was reported`)
    const { status } = await settle(before.id, row, context)
    known.set(row.key, { id: before.id, status })
    return
  }
  const id = before?.id ?? (await report(row, context))
  const { status } = await takeAlong(id, context)
  known.set(row.key, { id, status })
}

const midnightAfter = (at: number, { pack }: City) =>
  dayStart(addDays(cityDay(at, pack.timeZone), 1), pack.timeZone)

/** The least time in which a timer of a case or task can come due after its clock starts, in ms. */
function soonestTimer({ pack }: City): number {
  const stages = Object.values(pack.policies.stageLimits).flatMap((text) => {
    const parsed = parseLimit(text, pack.policies.limitWords)
    return parsed.ok ? [parsed.limit] : []
  })
  const spans = [
    ...pack.conditions.map((c) => least(c.limit) * pack.policies.warnShare),
    ...stages.map(least),
  ]
  return Math.max(1, Math.min(...spans))
}

const HOUR_MS = 3_600_000
/** Working time is never faster than the clock; a working day may be short, but not shorter than an hour. */
function least({ amount, unit }: Pick<Limit, 'amount' | 'unit'>): number {
  if (unit === 'work-day') return amount * HOUR_MS
  return amount * (unit.endsWith('day') ? 24 * HOUR_MS : HOUR_MS)
}
