// Local dates as whole numbers (days since 1970-01-01), so that calendars can count with them. No time zones here.

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** `YYYY-MM-DD` → day number; undefined when it is no date of the calendar (2026-02-30, 2026-2-3). */
export function parseDay(text: string): number | undefined {
  const parts = DATE.exec(text)
  if (!parts) return undefined
  const at = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  return new Date(at).toISOString().startsWith(text) ? at / DAY_MS : undefined
}

/** `YYYY-MM-DD` → day number; throws RangeError on anything else. */
export function dayNumber(text: string): number {
  const day = parseDay(text)
  if (day === undefined) throw new RangeError(`not a date YYYY-MM-DD: ${text}`)
  return day
}

/** Day number → `YYYY-MM-DD`. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** ISO weekday, 1 = Monday. Day 0 was a Thursday. */
export function weekday(day: number): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday
}

/** The date `days` later (or earlier, when negative). */
export function addDays(date: string, days: number): string {
  return dayText(dayNumber(date) + days)
}
