// The city's day and hour of an instant, and instants as text with the city's offset. Instants are epoch milliseconds.
import { DAY_MS, dayNumber, dayText, HOUR_MS, MINUTE_MS } from './days.ts'
import { dayStartOf, localDay, offsetAt } from './zone.ts'

/** Nearly every event falls on the same day as the one before. */
let lastDay = Number.NaN
let lastText = ''

/** Local date of an instant, `YYYY-MM-DD`. Throws RangeError for an unknown time zone. */
export function cityDay(at: number, timeZone: string): string {
  const day = localDay(timeZone, at)
  if (day !== lastDay) {
    lastText = dayText(day)
    lastDay = day
  }
  return lastText
}

/** Local hour of an instant, 0 … 23. */
export function cityHour(at: number, timeZone: string): number {
  const local = at + offsetAt(timeZone, at)
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / HOUR_MS)
}

/** First instant of a local date `YYYY-MM-DD`; throws RangeError when it is no date. */
export function dayStart(day: string, timeZone: string): number {
  return dayStartOf(timeZone, dayNumber(day))
}

/**
 * ISO 8601 with the city's offset: `2019-09-29T06:37:00+08:00`; milliseconds only when there are any. Offsets with
 * seconds (local mean time, before about 1930) are rounded to the minute and the local time with them, so the text
 * still names the same instant.
 */
export function isoWithOffset(at: number, timeZone: string): string {
  const minutes = Math.round(offsetAt(timeZone, at) / MINUTE_MS)
  const local = new Date(at + minutes * MINUTE_MS).toISOString()
  const two = (n: number) => String(n).padStart(2, '0')
  const size = Math.abs(minutes)
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
  return (local.endsWith('.000Z') ? local.slice(0, -5) : local.slice(0, -1)) + offset
}
