// When a limit is up, when to warn, and how much of it is used: on the clock that the limit's unit names, with pauses
// taken out exactly. Whether a case should be on a clock at all is the lifecycle's business.
import {
  type Calendar,
  type Ended,
  endedAfter,
  endedAt,
  type Interval,
  nextWorking,
  runAt,
} from './calendar.ts'
import { DAY_MS, HOUR_MS } from './days.ts'
import type { Limit } from './limit.ts'
import { positionInDays, positionInMs, type Run, timeAtDays, timeAtMs, wholeMs } from './working-run.ts'

/** While a pause lasts the clock stands. `to` absent = it still lasts. */
export interface Pause {
  from: number
  to?: number | undefined
}

/** Yellow from 80 % of the limit on, the usual line of the field; a city's policies may move it. */
export const WARN_SHARE = 0.8

/** What a deadline was counted on, for the explanation beside it. */
export interface DeadlineBasis {
  clock: 'continuous' | 'working-time' | 'working-days'
  /** Owner of the calendar; absent on the continuous clock. */
  calendar?: string
  /** The first counted moment: the start, or the next opening after it. */
  countedFrom: number
}

export type Deadline =
  | { ok: true; dueAt: number; warnAt: number; basis: DeadlineBasis }
  /** `ended`: the first local date that the calendar does not cover. */
  | { ok: false; ended: string }

export interface DeadlineInput {
  start: number
  limit: Pick<Limit, 'amount' | 'unit'>
  calendar: Calendar
  /** In any order, overlapping or not; a pause that still lasts is not counted: the answer is as if it ended at once. */
  pauses?: readonly Pause[] | undefined
  /** Above 0, at most 1. */
  warnShare?: number | undefined
}

/**
 * Due and warning moments, epoch ms: the earliest at which the limit, and `warnShare` of it, have run. `urgent-*` and
 * `natural-*` run continuously (a day is 24 h); `work-hour` and `work-day` on the calendar.
 */
export function deadline(input: DeadlineInput): Deadline {
  const { start, limit, calendar, warnShare = WARN_SHARE } = input
  const scale = scaleOf(limit, calendar, start)
  if ('ended' in scale) return { ok: false, ended: scale.ended }
  const pauses = mergePauses(input.pauses ?? [], start)
  const dueAt = countOn(scale, start, scale.size, pauses)
  if (typeof dueAt !== 'number') return { ok: false, ended: dueAt.ended }
  const warnAt = countOn(scale, start, scale.size * warnShare, pauses)
  if (typeof warnAt !== 'number') return { ok: false, ended: warnAt.ended }
  if (scale.clock === 'continuous') {
    return { ok: true, dueAt, warnAt, basis: { clock: scale.clock, countedFrom: start } }
  }
  const countedFrom = nextWorking(calendar, start)
  if (typeof countedFrom !== 'number') return { ok: false, ended: countedFrom.ended }
  return { ok: true, dueAt, warnAt, basis: { clock: scale.clock, calendar: calendar.owner, countedFrom } }
}

export interface Elapsed {
  /** Milliseconds on the clock; for `work-day`, whose days differ in length, the share again. */
  used: number
  /** Part of the limit used: 1 at the due moment, above it when overdue. */
  share: number
}

/**
 * How much of a limit has run at an instant; a pause that still lasts stands until then. Dates that the calendar does
 * not cover count as no working time: `deadline` is where such a limit is refused.
 */
export function elapsed(input: Omit<DeadlineInput, 'warnShare'> & { at: number }): Elapsed {
  const { start, at, limit, calendar } = input
  const scale = scaleOf(limit, calendar, start)
  if ('ended' in scale || at <= start) return { used: 0, share: 0 }
  let used = scale.position(at) - scale.position(start)
  for (const pause of mergePauses(input.pauses ?? [], start, at)) {
    used -= scale.position(pause.to) - scale.position(pause.from)
  }
  const share = used / scale.size
  return { used: scale.clock === 'working-days' ? share : used, share }
}

/** Green before the warning, yellow from it up to and including the due moment, red after. */
export function lightAt(moments: { at: number; warnAt: number; dueAt: number }): 'green' | 'yellow' | 'red' {
  if (moments.at > moments.dueAt) return 'red'
  return moments.at >= moments.warnAt ? 'yellow' : 'green'
}

/** A clock as a rising scale: where an instant stands on it, and the earliest instant at a place. */
interface Scale {
  clock: DeadlineBasis['clock']
  position(at: number): number
  time(position: number): number | Ended
  /** The limit, in the scale's own measure. */
  size: number
}

function scaleOf(limit: DeadlineInput['limit'], calendar: Calendar, start: number): Scale | Ended {
  switch (limit.unit) {
    case 'urgent-hour':
    case 'natural-hour':
      return continuous(limit.amount * HOUR_MS)
    case 'urgent-day':
    case 'natural-day':
      return continuous(limit.amount * DAY_MS)
    case 'work-hour': {
      const run = runAt(calendar, start)
      return run ? workingTime(run, limit.amount * HOUR_MS) : endedAt(calendar, start)
    }
    case 'work-day': {
      const run = runAt(calendar, start)
      return run ? workingDays(run, limit.amount) : endedAt(calendar, start)
    }
  }
}

function continuous(size: number): Scale {
  return { clock: 'continuous', position: (at) => at, time: wholeMs, size }
}

function workingTime(run: Run, size: number): Scale {
  return {
    clock: 'working-time',
    position: (at) => positionInMs(run, at),
    time: (position) => timeAtMs(run, position) ?? endedAfter(run),
    size,
  }
}

function workingDays(run: Run, size: number): Scale {
  return {
    clock: 'working-days',
    position: (at) => positionInDays(run, at),
    time: (position) => timeAtDays(run, position) ?? endedAfter(run),
    size,
  }
}

/** A pause that begins at or after the due moment changes nothing. */
function countOn(scale: Scale, start: number, size: number, pauses: readonly Interval[]): number | Ended {
  let due = scale.time(scale.position(start) + size)
  let shift = 0
  for (const pause of pauses) {
    if (typeof due === 'number' && pause.from >= due) break
    shift += scale.position(pause.to) - scale.position(pause.from)
    due = scale.time(scale.position(start) + size + shift)
  }
  return typeof due === 'number' ? Math.max(start, due) : due
}

/** Ended pauses after `start`, in order and apart; one that still lasts ends at `until` where that is given. */
function mergePauses(pauses: readonly Pause[], start: number, until?: number): Interval[] {
  const merged: Interval[] = []
  const ended = pauses
    .map((p) => ({ from: Math.max(p.from, start), to: Math.min(p.to ?? until ?? p.from, until ?? Infinity) }))
    .filter((p) => p.to > p.from)
    .sort((a, b) => a.from - b.from)
  for (const pause of ended) {
    const previous = merged.at(-1)
    if (previous && pause.from <= previous.to) previous.to = Math.max(previous.to, pause.to)
    else merged.push(pause)
  }
  return merged
}
