// The month that a board shows, the month before it cut at the same day, and the band of the same weekdays. A month is
// the city's own (periods.csv) where the pack has one for the day, else the calendar's. Pure; days are `YYYY-MM-DD`.
import type { PackPeriod } from './city/types.ts'
import { addDays, dayNumber } from './days.ts'

/** Both days belong to it. */
export interface Period {
  /** As the pack calls it; absent for a calendar month. */
  name?: string | undefined
  start: string
  end: string
}

/** The months of a board on a city day. */
export interface BoardMonth extends Period {
  day: string
  /** The month before; figures of it are of its days up to `through`, as far into it as `day` is into this one. */
  before: Period & { through: string }
}

/** The month that holds the day. */
export function monthOf(day: string, periods: readonly PackPeriod[] = []): Period {
  const own = periods.find((p) => p.kind === 'month' && p.from <= day && day <= p.to)
  if (own) return { name: own.name, start: own.from, end: own.to }
  const start = `${day.slice(0, 7)}-01`
  // The 28th and four days more are in the next month, whichever it is.
  const next = `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`
  return { start, end: addDays(next, -1) }
}

export function boardMonth(day: string, periods: readonly PackPeriod[] = []): BoardMonth {
  const month = monthOf(day, periods)
  const before = monthOf(addDays(month.start, -1), periods)
  const through = addDays(before.start, dayNumber(day) - dayNumber(month.start))
  return {
    ...month,
    day,
    before: { ...before, through: through < before.end ? through : before.end },
  }
}

/** Reports of one hour of the day on earlier days of the same weekday. */
export interface BandRow {
  /** 0 … 23 */
  hour: number
  low: number
  /** The median; between two days it may be a half. */
  mid: number
  high: number
}

/** Fewer days than this are no band. */
const LEAST_DAYS = 2

/**
 * @param counts reports by day and hour (`hour:HH`); a day without any is one on which the system was not in use
 * @returns 24 rows, or undefined when there are fewer than two days
 */
export function bandOf(counts: readonly { day: string; key: string; n: number }[]): BandRow[] | undefined {
  const days = [...Map.groupBy(counts, (c) => c.day).values()]
  if (days.length < LEAST_DAYS) return undefined
  return Array.from({ length: 24 }, (_, hour) => {
    const key = `hour:${String(hour).padStart(2, '0')}`
    const sorted = days.map((d) => d.find((c) => c.key === key)?.n ?? 0).sort((a, b) => a - b)
    const at = (i: number) => sorted[i] ?? 0
    const mid = (at(Math.floor((sorted.length - 1) / 2)) + at(Math.ceil((sorted.length - 1) / 2))) / 2
    return { hour, low: at(0), mid, high: at(sorted.length - 1) }
  })
}
