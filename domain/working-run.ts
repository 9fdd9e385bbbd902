// One unbroken stretch of covered dates of a calendar as two rising scales, working milliseconds and working days, and
// the way back from a place on a scale to the earliest instant there. Indexed once, day by day, as far as it is asked.
import type { Calendar, Interval, Period, Season } from './calendar.ts'
import { DAY_MS, dayNumber, dayText, MINUTE_MS, weekday } from './days.ts'
import { dayStartOf, instantOf, localDay } from './zone.ts'

export interface Run {
  calendar: Calendar
  seasons: Season[]
  holidays: ReadonlySet<string>
  makeUpWorkdays: ReadonlySet<string>
  /** First and last covered day number. */
  first: number
  last: number
  /** First day not indexed yet, and the instant at which it begins. */
  nextDay: number
  indexedUntil: number
  /** Intervals in order: start, end, working ms before it, and the ordinal of its working day. */
  starts: number[]
  ends: number[]
  before: number[]
  dayOf: number[]
  /** Working days in order: working ms before the day, and its own length. */
  dayBefore: number[]
  dayLength: number[]
  total: number
}

/** Below this part of a millisecond a difference is rounding of fractions of a day, not time. */
const ROUNDING_MS = 1e-3
const ROUNDING_DAYS = 1e-9

/** Runs of a calendar that has no faults, oldest first. */
export function compileRuns(calendar: Calendar): Run[] {
  const seasons = calendar.seasons.toSorted((a, b) => dayNumber(a.from) - dayNumber(b.from))
  const holidays = new Set(calendar.holidays)
  const makeUpWorkdays = new Set(calendar.makeUpWorkdays)
  const runs: Run[] = []
  for (const season of seasons) {
    const first = dayNumber(season.from)
    const last = dayNumber(season.to)
    const previous = runs.at(-1)
    if (previous && first === previous.last + 1) {
      previous.seasons.push(season)
      previous.last = last
      continue
    }
    runs.push({
      calendar,
      seasons: [season],
      holidays,
      makeUpWorkdays,
      first,
      last,
      nextDay: first,
      indexedUntil: dayStartOf(calendar.timeZone, first),
      starts: [],
      ends: [],
      before: [],
      dayOf: [],
      dayBefore: [],
      dayLength: [],
      total: 0,
    })
  }
  return runs
}

/** Working periods of a covered day as instants. What a clock change swallows whole is left out. */
export function intervalsOn(run: Run, day: number): Interval[] {
  const { timeZone } = run.calendar
  const found: Interval[] = []
  for (const period of periodsOn(run, day)) {
    const from = instantOf(timeZone, day * DAY_MS + minuteOfDay(period.start) * MINUTE_MS)
    const to = instantOf(timeZone, day * DAY_MS + minuteOfDay(period.end) * MINUTE_MS)
    if (to > from) found.push({ from, to })
  }
  return found
}

/** Working ms from the beginning of the run to an instant. */
export function positionInMs(run: Run, at: number): number {
  indexTo(run, at)
  const i = lastAtMost(run.starts, at)
  return i < 0 ? 0 : num(run.before, i) + Math.min(at, num(run.ends, i)) - num(run.starts, i)
}

/** Working days from the beginning of the run to an instant, parts of a day as parts of that day's own length. */
export function positionInDays(run: Run, at: number): number {
  indexTo(run, at)
  const i = lastAtMost(run.starts, at)
  if (i < 0) return 0
  const day = num(run.dayOf, i)
  const worked = num(run.before, i) + Math.min(at, num(run.ends, i)) - num(run.starts, i)
  return day + (worked - num(run.dayBefore, day)) / num(run.dayLength, day)
}

/** Earliest instant of the run at `position` working ms, whole ms; undefined when the run ends before it. */
export function timeAtMs(run: Run, position: number): number | undefined {
  const whole = wholeMs(position)
  while (run.total < whole && indexDay(run));
  if (run.total < whole) return undefined
  const i = lastBelow(run.before, whole)
  if (i < 0) return dayStartOf(run.calendar.timeZone, run.first)
  return num(run.starts, i) + whole - num(run.before, i)
}

/** Earliest instant of the run at `position` working days, whole ms; undefined when the run ends before it. */
export function timeAtDays(run: Run, position: number): number | undefined {
  const nearest = Math.round(position)
  const exact = Math.abs(position - nearest) < ROUNDING_DAYS ? nearest : position
  const day = Math.max(0, Math.ceil(exact) - 1)
  while (run.dayLength.length <= day && indexDay(run));
  if (run.dayLength.length <= day) return undefined
  return timeAtMs(run, num(run.dayBefore, day) + (exact - day) * num(run.dayLength, day))
}

/** The working interval that holds an instant, else the next one; undefined when the run has no more. */
export function intervalFrom(run: Run, at: number): Interval | undefined {
  indexTo(run, at)
  const i = lastAtMost(run.starts, at)
  const inside = i >= 0 && at < num(run.ends, i)
  const wanted = inside ? i : i + 1
  while (run.starts.length <= wanted && indexDay(run));
  if (run.starts.length <= wanted) return undefined
  return { from: num(run.starts, wanted), to: num(run.ends, wanted) }
}

/** Whole milliseconds, rounded up unless the difference is only rounding. */
export function wholeMs(ms: number): number {
  const nearest = Math.round(ms)
  return Math.abs(ms - nearest) < ROUNDING_MS ? nearest : Math.ceil(ms)
}

function periodsOn(run: Run, day: number): Period[] {
  const date = dayText(day)
  if (run.holidays.has(date)) return []
  const season = run.seasons.find((s) => s.from <= date && date <= s.to)
  if (!season) throw new RangeError(`${date} is outside the run`)
  const usual = season.weekdays[weekday(day)] ?? []
  if (!run.makeUpWorkdays.has(date)) return usual
  return season.makeUp ?? season.weekdays[1] ?? usual
}

/** Adds the next covered day to the index; false when there is none. */
function indexDay(run: Run): boolean {
  if (run.nextDay > run.last) return false
  const intervals = intervalsOn(run, run.nextDay)
  const dayBefore = run.total
  for (const { from, to } of intervals) {
    run.starts.push(from)
    run.ends.push(to)
    run.before.push(run.total)
    run.dayOf.push(run.dayLength.length)
    run.total += to - from
  }
  if (intervals.length > 0) {
    run.dayBefore.push(dayBefore)
    run.dayLength.push(run.total - dayBefore)
  }
  run.nextDay += 1
  run.indexedUntil = dayStartOf(run.calendar.timeZone, run.nextDay)
  return true
}

function indexTo(run: Run, at: number): void {
  if (at < run.indexedUntil) return
  const day = localDay(run.calendar.timeZone, at)
  while (run.nextDay <= day && indexDay(run));
}

/** `08:30` → 510; `24:00` → 1440. */
function minuteOfDay(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

/** Index of the last value ≤ `wanted` in rising numbers, −1 when there is none. */
function lastAtMost(values: readonly number[], wanted: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (num(values, middle) <= wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Index of the last value < `wanted`; the numbers are whole. */
function lastBelow(values: readonly number[], wanted: number): number {
  return lastAtMost(values, wanted - 1)
}

function num(values: readonly number[], i: number): number {
  const value = values[i]
  if (value === undefined) throw new RangeError(`nothing indexed at ${i}`)
  return value
}
