// A second, slow opinion about working time: it asks Intl what the clock on the wall shows and then walks minute by
// minute. Shares no code with the calendar; right for periods whose edges no clock change repeats or skips.
import type { Calendar, Period } from '../calendar.ts'

const MINUTE = 60_000
const QUARTER = 15 * MINUTE

export interface Minutes {
  from: number
  /** Per minute: 1 = working, 0 = not, 2 = a date that no season covers. */
  state: Uint8Array
  /** Per minute: working minutes of its local date. */
  dayLength: Uint16Array
}

export interface Pause {
  from: number
  to: number
}

/** Every minute from one instant to another, both on a quarter of an hour. */
export function minutesOf(calendar: Calendar, from: number, to: number): Minutes {
  const count = (to - from) / MINUTE
  const state = new Uint8Array(count)
  const dayLength = new Uint16Array(count)
  const wall = new Intl.DateTimeFormat('en-CA', {
    timeZone: calendar.timeZone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'short',
  })
  const lengths = new Map<string, number>()
  const dateOf: string[] = []
  for (let quarter = from; quarter < to; quarter += QUARTER) {
    const [date = '', clock = ''] = wall.format(quarter).split(', ')
    const periods = periodsOf(calendar, date)
    for (let k = 0; k < 15; k++) {
      const i = (quarter - from) / MINUTE + k
      const now = `${clock.slice(0, 3)}${String(Number(clock.slice(3)) + k).padStart(2, '0')}`
      const working = periods?.some((p) => p.start <= now && now < p.end)
      state[i] = periods ? (working ? 1 : 0) : 2
      dateOf[i] = date
      if (working) lengths.set(date, (lengths.get(date) ?? 0) + 1)
    }
  }
  dateOf.forEach((date, i) => {
    dayLength[i] = lengths.get(date) ?? 0
  })
  return { from, state, dayLength }
}

function periodsOf(calendar: Calendar, date: string): Period[] | undefined {
  const season = calendar.seasons.find((s) => s.from <= date && date <= s.to)
  if (!season) return undefined
  if (calendar.holidays.includes(date)) return []
  const weekday = (new Date(`${date}T12:00Z`).getUTCDay() || 7) as 1 | 2 | 3 | 4 | 5 | 6 | 7
  if (calendar.makeUpWorkdays.includes(date)) return season.makeUp ?? season.weekdays[1] ?? []
  return season.weekdays[weekday] ?? []
}

/** What a millisecond of each minute is worth in working time: 1 while work goes on. */
export function worthInTime(minutes: Minutes): Float64Array {
  return Float64Array.from(minutes.state, (s) => (s === 1 ? 1 : 0))
}

/** What a millisecond of each minute is worth in working days, a whole day being `parts` × 60,000. */
export function worthInDays(minutes: Minutes, parts: number): Float64Array {
  return Float64Array.from(minutes.state, (s, i) => (s === 1 ? parts / (minutes.dayLength[i] ?? 0) : 0))
}

/** Smallest number of parts into which every working day of the stretch falls in whole minutes. */
export function commonParts(minutes: Minutes): number {
  let common = 1
  for (const length of new Set(minutes.dayLength)) {
    if (length > 0) common = (common * length) / divisor(common, length)
  }
  return common
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}

/** Earliest instant by which `size` has been worked off, pauses left out; undefined where the calendar ends first. */
export function walk(
  minutes: Minutes,
  worth: Float64Array,
  start: number,
  size: number,
  pauses: Pause[],
): number | undefined {
  return step(minutes, worth, start, Number.POSITIVE_INFINITY, size, pauses).time
}

/** What was worked off between two instants, pauses left out. */
export function worked(
  minutes: Minutes,
  worth: Float64Array,
  start: number,
  end: number,
  pauses: Pause[],
): number {
  return step(minutes, worth, start, end, Number.POSITIVE_INFINITY, pauses).sum
}

/** Walks until the time or the work is up, in pieces of a minute or less. */
function step(
  { from, state }: Minutes,
  worth: Float64Array,
  start: number,
  end: number,
  size: number,
  pauses: Pause[],
): { sum: number; time?: number } {
  let sum = 0
  let t = start
  while (t < end) {
    const i = Math.floor((t - from) / MINUTE)
    if (i >= state.length || state[i] === 2) return { sum }
    let next = Math.min(from + (i + 1) * MINUTE, end)
    let paused = false
    for (const p of pauses) {
      if (p.from > t && p.from < next) next = p.from
      if (p.to > t && p.to < next) next = p.to
      if (p.from <= t && t < p.to) paused = true
    }
    const each = worth[i] ?? 0
    if (each > 0 && !paused) {
      const needed = Math.ceil((size - sum) / each)
      if (needed <= next - t) return { sum: size, time: t + needed }
      sum += (next - t) * each
    }
    t = next
  }
  return { sum }
}
