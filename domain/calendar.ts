// Working calendars: periods by weekday and season, minus holidays, plus make-up workdays 调休; and counting on them.
// A calendar is data that ends: where no season covers a date, counting is refused with that date, never guessed.
import { calendarFaults } from './calendar-faults.ts'
import { dayNumber, dayText } from './days.ts'
import {
  compileRuns,
  intervalFrom,
  intervalsOn,
  positionInDays,
  positionInMs,
  type Run,
  timeAtDays,
  timeAtMs,
} from './working-run.ts'
import { localDay } from './zone.ts'

/** Local wall-clock times `HH:MM`; `end` may be `24:00`. */
export interface Period {
  start: string
  end: string
}

export interface Season {
  /** Inclusive local dates `YYYY-MM-DD`. */
  from: string
  to: string
  /** ISO weekday 1 (Monday) … 7 → periods in order, not overlapping. Missing = no work. */
  weekdays: Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, Period[]>>
  /** Periods of a make-up workday; default: those of Monday. */
  makeUp?: Period[] | undefined
}

/** Not to be changed once it has been counted with: what is derived from it is kept beside it. */
export interface Calendar {
  /** `centre` or a department code. */
  owner: string
  /** IANA name. */
  timeZone: string
  seasons: Season[]
  /** Local dates without work. */
  holidays: string[]
  /** Local dates worked although the weekday is off. */
  makeUpWorkdays: string[]
}

/** The refusal of a calendar that does not reach far enough: the first local date that no season covers. */
export interface Ended {
  ended: string
}

/** A working period as instants, `from` ≤ t < `to`. */
export interface Interval {
  from: number
  to: number
}

const compiled = new WeakMap<Calendar, Run[]>()

/** Whether an instant lies in a working period; a closing time does not. */
export function isWorking(calendar: Calendar, at: number): boolean {
  const run = runAt(calendar, at)
  const interval = run && intervalFrom(run, at)
  return interval !== undefined && interval.from <= at
}

/** Working ms between two instants; 0 when `to` is not after `from`. A date that no season covers counts as none. */
export function workingMs(calendar: Calendar, from: number, to: number): number {
  if (to <= from) return 0
  let sum = 0
  for (const run of runsOf(calendar)) sum += positionInMs(run, to) - positionInMs(run, from)
  return sum
}

/**
 * The earliest instant, from `from` on, by which `ms` of working time have passed: on an edge the end of a period, not
 * the beginning of the next.
 */
export function addWorkingMs(calendar: Calendar, from: number, ms: number): number | Ended {
  const run = runAt(calendar, from)
  if (!run) return endedAt(calendar, from)
  const time = timeAtMs(run, positionInMs(run, from) + ms)
  return time === undefined ? endedAfter(run) : Math.max(from, time)
}

/**
 * The earliest instant, from `from` on, by which `days` working days have passed. A working day is as long as its own
 * periods: from a fraction f of one day, one day later is the fraction f of the next. Outside periods counting starts
 * at the next opening.
 */
export function addWorkDays(calendar: Calendar, from: number, days: number): number | Ended {
  const run = runAt(calendar, from)
  if (!run) return endedAt(calendar, from)
  const time = timeAtDays(run, positionInDays(run, from) + days)
  return time === undefined ? endedAfter(run) : Math.max(from, time)
}

/** The instant itself when it lies in a working period, else the next opening. */
export function nextWorking(calendar: Calendar, at: number): number | Ended {
  const run = runAt(calendar, at)
  if (!run) return endedAt(calendar, at)
  const interval = intervalFrom(run, at)
  return interval ? Math.max(interval.from, at) : endedAfter(run)
}

/** Working periods of a local date `YYYY-MM-DD`, empty on a day off; undefined where no season covers the date. */
export function workingPeriods(calendar: Calendar, date: string): Interval[] | undefined {
  const day = dayNumber(date)
  const run = runsOf(calendar).find((r) => r.first <= day && day <= r.last)
  return run && intervalsOn(run, day)
}

/** Last covered local date; undefined for a calendar without seasons. */
export function calendarEnds(calendar: Calendar): string | undefined {
  const run = runsOf(calendar).at(-1)
  return run && dayText(run.last)
}

/** The unbroken stretch of covered dates that holds an instant; counting never leaves it. */
export function runAt(calendar: Calendar, at: number): Run | undefined {
  const day = localDay(calendar.timeZone, at)
  return runsOf(calendar).find((r) => r.first <= day && day <= r.last)
}

export function endedAfter(run: Run): Ended {
  return { ended: dayText(run.last + 1) }
}

export function endedAt(calendar: Calendar, at: number): Ended {
  return { ended: dayText(localDay(calendar.timeZone, at)) }
}

function runsOf(calendar: Calendar): Run[] {
  let runs = compiled.get(calendar)
  if (!runs) {
    const [fault] = calendarFaults(calendar)
    if (fault) throw new RangeError(`calendar of ${calendar.owner}: ${fault.path}: ${fault.message}`)
    runs = compileRuns(calendar)
    compiled.set(calendar, runs)
  }
  return runs
}
