// When simulated people are at work: the centre's desks, the supervisors' shifts, and each unit by its calendar.
import type { Calendar } from '#domain/calendar.ts'
import { addWorkingMs, isWorking, nextWorking, workingMs } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/days.ts'
import { offsetAt } from '#domain/zone.ts'

/** Working time of one unit; instants are epoch ms. */
export interface Hours {
  isOpen(at: number): boolean
  /** The instant itself when at work, else the next opening. */
  opening(at: number): number
  /** The instant at which so much working time has passed. */
  add(from: number, ms: number): number
  /** Working time between two instants, ms. */
  between(from: number, to: number): number
}

/** Where a calendar has ended, work goes on round the clock: nobody waits for ever. */
export function calendarHours(calendar: Calendar): Hours {
  return {
    isOpen: (at) => isWorking(calendar, at),
    opening(at) {
      const next = nextWorking(calendar, at)
      return typeof next === 'number' ? next : at
    },
    add(from, ms) {
      const then = addWorkingMs(calendar, from, ms)
      return typeof then === 'number' ? then : from + ms
    },
    between: (from, to) => workingMs(calendar, from, to),
  }
}

/** Minutes of the local day, 0 … 1439. */
export function minuteOfDay(at: number, timeZone: string): number {
  const local = at + offsetAt(timeZone, at)
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE_MS)
}

/** Every day from one time to another, as minutes of the local day. */
export function dailyHours(from: number, to: number, timeZone: string): Hours {
  const length = (to - from) * MINUTE_MS
  const startOf = (at: number) => {
    const local = at + offsetAt(timeZone, at)
    return Math.floor(local / DAY_MS) * DAY_MS - offsetAt(timeZone, at) + from * MINUTE_MS
  }
  /** Working time since a far day, as a rising scale. */
  const position = (at: number) => {
    const start = startOf(at)
    const today = Math.min(length, Math.max(0, at - start))
    return Math.round(start / DAY_MS) * length + today
  }
  return {
    isOpen(at) {
      const minute = minuteOfDay(at, timeZone)
      return minute >= from && minute < to
    },
    opening(at) {
      const start = startOf(at)
      if (at < start) return start
      return at < start + length ? at : start + DAY_MS
    },
    add(at, ms) {
      const begun = this.opening(at)
      const left = startOf(begun) + length - begun
      if (ms <= left) return begun + ms
      const rest = ms - left
      const days = Math.floor(rest / length)
      return startOf(begun) + (1 + days) * DAY_MS + (rest - days * length)
    },
    between: (a, b) => Math.max(0, position(b) - position(a)),
  }
}

/** The centre's desks, every day. At night there is a duty phone for what is urgent. */
export const centreHours = (timeZone: string) => dailyHours(8 * 60, 21 * 60, timeZone)
/** The supervisors' two shifts, every day. */
export const shiftHours = (timeZone: string) => dailyHours(7 * 60 + 30, 21 * 60, timeZone)
/** A unit whose calendar is not known: every day, by daylight. */
export const plainHours = (timeZone: string) => dailyHours(8 * 60, 18 * 60, timeZone)

export { HOUR_MS, MINUTE_MS }
