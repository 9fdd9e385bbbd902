// The board: open cases and today's counts, folded from absolute changes. One reducer serves the wall, the desks,
// GET /board and replay, so that what a screen shows equals a recount at the same seq.
import type { DispatchMode, Light, Source, Status, WaitsFor } from './case.ts'
import type { BandRow, BoardMonth } from './month.ts'

export const LIGHTS = ['green', 'yellow', 'red', 'none'] as const satisfies Light[]

/** An open case as screens may see it: no words, no persons. Instants are epoch ms. */
export interface BoardCase {
  id: string
  receiptNo: string
  caseNo?: string | undefined
  status: Status
  source: Source
  dispatchMode: DispatchMode
  category?: string | undefined
  area?: string | undefined
  areaPath: string[]
  zone?: string | undefined
  /** Lead unit. */
  department?: string | undefined
  /** Second-level unit 二级单位 that the lead passed it to. */
  unit?: string | undefined
  /** Every unit that it counts for, from the first level down; absent where that is the lead alone. */
  unitPath?: string[] | undefined
  coDepartments: string[]
  lng: number
  lat: number
  urgent: boolean
  round: number
  overseen: boolean
  /** Of the unit's own clock. Turned by feed facts (time is an event), so it is exact at a seq. */
  light: Light
  /** Of the outside due time while it runs; turned by feed facts of its own. */
  outsideLight?: Light | undefined
  reportedAt: number
  /** When the present status was entered. */
  since: number
  /** When the present stage began, and when it should be over: on its owner's calendar; absent = no limit, or it stands still. */
  stageStartedAt?: number | undefined
  stageDueAt?: number | undefined
  startedAt?: number | undefined
  warnAt?: number | undefined
  dueAt?: number | undefined
  /** Set by another system; runs until the case first ends. */
  externalDueAt?: number | undefined
  /** The earlier of `dueAt` and `externalDueAt`, of those that run. */
  leadingDueAt?: number | undefined
  /** The second-level unit's own limit 二级时限 while it counts, and whether it has passed: a feed fact too. */
  unitDueAt?: number | undefined
  unitOverdue?: true | undefined
  waitsFor?: WaitsFor | undefined
}

/** Today's counts: first occurrences per case on the city's day; what comes later has its own count. */
export const METRICS = [
  'reported',
  'accepted',
  'filed',
  'dispatched',
  'replied',
  'checked',
  'closed',
  'selfHandled',
  'rejected',
  'merged',
  'voided',
  'returned',
  'reworked',
  'reopened',
  'overseen',
  'overdue',
] as const
export type Metric = (typeof METRICS)[number]

/** Of the cases whose due time falls on the board's day 今日到期应结: all, and those closed. */
export const DUE_STANDINGS = ['dueToday', 'dueTodayClosed'] as const
/** Of the cases that were dispatched in the board's month, as they stand now. */
export const MONTH_STANDINGS = [
  'monthDispatched',
  'monthClosed',
  'monthDueReplied',
  'monthReplied',
  'monthOnTimeReplied',
  'monthRated',
  'monthSatisfied',
] as const
/** Counts that move down as well as up: see domain/standing.ts. */
export const STANDINGS = [...DUE_STANDINGS, ...MONTH_STANDINGS] as const
export type Standing = (typeof STANDINGS)[number]
export type MonthStanding = (typeof MONTH_STANDINGS)[number]

/** The same of the month before, cut at the same day. */
export const BEFORE_STANDINGS = MONTH_STANDINGS.map(
  (m) => `before${m.slice('month'.length)}` as `before${MonthStanding extends `month${infer F}` ? F : never}`,
)
export type CountMetric = Metric | Standing | (typeof BEFORE_STANDINGS)[number]

/** One counter, absolute. Standings are not counted by hour. Keys: `city` · `department:CODE` · `area:CODE` · `category:CODE` · `source:SRC` · `hour:HH`. */
export interface Count {
  key: string
  metric: CountMetric
  n: number
}

/** A recent step, for the ticker. */
export interface BoardStep {
  seq: number
  at: number
  caseId: string
  type: string
  category?: string | undefined
  area?: string | undefined
  department?: string | undefined
}

export interface BoardState {
  epoch: string
  /** Everything up to here is in. */
  seq: number
  /** City day of the counts, `YYYY-MM-DD`. */
  day: string
  /** Log clock of the newest fact, epoch ms. */
  at: number
  cases: Map<string, BoardCase>
  counts: Map<string, Count>
  /** Newest last, at most 20. */
  recent: BoardStep[]
  /** What the standings of the month count; absent before the first fact. */
  month?: BoardMonth | undefined
  /** Reports by hour on the last four same weekdays; in the city scope, absent with fewer than two such days. */
  band?: BandRow[] | undefined
}

/** The log's clock as a message carries it, so that screens can go on by it until the next one. */
export interface ClockReading {
  /** Epoch ms when the message was sent. */
  at: number
  /** Its milliseconds in a real one: more than 1 in a demo that goes faster than the world. */
  rate: number
}

/** Wire form of a snapshot. */
export interface BoardSnapshot {
  epoch: string
  seq: number
  day: string
  at: number
  cases: BoardCase[]
  counts: Count[]
  recent: BoardStep[]
  month?: BoardMonth | undefined
  band?: BandRow[] | undefined
  /** On `/live` only. */
  clock?: ClockReading | undefined
}

/** Absolute values: applying twice is harmless. A case that left the board is in `gone`. */
export interface BoardChanges {
  day: string
  at: number
  cases: BoardCase[]
  gone: string[]
  counts: Count[]
  recent: BoardStep[]
  /** When day or month are others than before: then every count of the present ones is there, and the band. */
  month?: BoardMonth | undefined
  band?: BandRow[] | undefined
}

export interface BoardDelta {
  epoch: string
  prevSeq: number
  seq: number
  changes: BoardChanges
}

export interface Heartbeat {
  epoch: string
  /** Seq of the last delta sent in this scope: behind it means something was lost. */
  prevSeq: number
  seq: number
  /** Server's log clock, epoch ms. */
  at: number
  /** As in a ClockReading; absent = 1. */
  rate?: number | undefined
}

export const countKey = (c: { key: string; metric: string }) => `${c.key}|${c.metric}`

export function fromSnapshot(s: BoardSnapshot): BoardState {
  return {
    epoch: s.epoch,
    seq: s.seq,
    day: s.day,
    at: s.at,
    cases: new Map(s.cases.map((c) => [c.id, c])),
    counts: new Map(s.counts.map((c) => [countKey(c), c])),
    recent: s.recent,
    ...(s.month ? { month: s.month } : {}),
    ...(s.band ? { band: s.band } : {}),
  }
}

export function toSnapshot(s: BoardState): BoardSnapshot {
  return { ...s, cases: [...s.cases.values()], counts: [...s.counts.values()] }
}

export type Verdict = 'applied' | 'dropped' | 'resync'

/**
 * Folds a delta into `state` in place. `seq ≤ last` is dropped, `prevSeq ≤ last < seq` applied,
 * anything else (a gap, another epoch) asks for a resync and changes nothing.
 */
export function applyDelta(state: BoardState, delta: BoardDelta): Verdict {
  if (delta.epoch !== state.epoch) return 'resync'
  if (delta.seq <= state.seq) return 'dropped'
  if (delta.prevSeq > state.seq) return 'resync'
  const { changes } = delta
  forget(state, changes)
  for (const id of changes.gone) state.cases.delete(id)
  for (const c of changes.cases) state.cases.set(c.id, c)
  for (const c of changes.counts) state.counts.set(countKey(c), c)
  if (changes.recent.length > 0) {
    const known = new Set(state.recent.map((r) => r.seq))
    state.recent = [...state.recent, ...changes.recent.filter((r) => !known.has(r.seq))]
      .sort((a, b) => a.seq - b.seq)
      .slice(-20)
  }
  state.at = Math.max(state.at, changes.at)
  state.seq = delta.seq
  return 'applied'
}

const BELONG_TO_MONTH: ReadonlySet<string> = new Set(MONTH_STANDINGS)
const BELONG_TO_MONTH_BEFORE: ReadonlySet<string> = new Set(BEFORE_STANDINGS)

/** Counts of a day or a month that is over. */
function forget(state: BoardState, { day, month, band }: BoardChanges): void {
  const isNewDay = day !== state.day
  const isNew = (a: { start: string; end: string } | undefined, b: typeof a) =>
    a?.start !== b?.start || a?.end !== b?.end
  const isNewMonth = month !== undefined && isNew(month, state.month)
  const isNewBefore =
    month !== undefined &&
    (isNew(month.before, state.month?.before) || month.before.through !== state.month?.before.through)
  if (isNewDay || isNewMonth || isNewBefore)
    for (const [key, { metric }] of state.counts) {
      const isOver = BELONG_TO_MONTH.has(metric)
        ? isNewMonth
        : BELONG_TO_MONTH_BEFORE.has(metric)
          ? isNewBefore
          : isNewDay
      if (isOver) state.counts.delete(key)
    }
  state.day = day
  if (month) state.month = month
  if (!isNewDay) return
  if (band) state.band = band
  else delete state.band
}

/** A heartbeat advances `seq` (facts outside the scope) unless a delta of this scope was lost. */
export function applyHeartbeat(state: BoardState, beat: Heartbeat): Verdict {
  if (beat.epoch !== state.epoch) return 'resync'
  if (beat.seq < state.seq) return 'dropped'
  if (beat.prevSeq > state.seq) return 'resync'
  state.seq = beat.seq
  state.at = Math.max(state.at, beat.at)
  return 'applied'
}
