// The board: open cases and today's counts, folded from absolute changes. One reducer serves the wall, the desks,
// GET /board and replay, so that what a screen shows equals a recount at the same seq.
import type { DispatchMode, Light, Source, Status, WaitsFor } from './case.ts'

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
  department?: string | undefined
  coDepartments: string[]
  lng: number
  lat: number
  urgent: boolean
  round: number
  overseen: boolean
  /** Turned by feed facts (time is an event), so it is exact at a seq. */
  light: Light
  reportedAt: number
  /** When the present status was entered. */
  since: number
  /** When the present stage (accept, file, dispatch, acknowledge, check, close) should be over; absent = no limit set. */
  stageDueAt?: number | undefined
  startedAt?: number | undefined
  warnAt?: number | undefined
  dueAt?: number | undefined
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

/** One counter, absolute. Keys: `city` · `department:CODE` · `area:CODE` · `category:CODE` · `source:SRC` · `hour:HH`. */
export interface Count {
  key: string
  metric: Metric
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
  if (changes.day !== state.day) {
    state.counts.clear()
    state.day = changes.day
  }
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

/** A heartbeat advances `seq` (facts outside the scope) unless a delta of this scope was lost. */
export function applyHeartbeat(state: BoardState, beat: Heartbeat): Verdict {
  if (beat.epoch !== state.epoch) return 'resync'
  if (beat.seq < state.seq) return 'dropped'
  if (beat.prevSeq > state.seq) return 'resync'
  state.seq = beat.seq
  state.at = Math.max(state.at, beat.at)
  return 'applied'
}
