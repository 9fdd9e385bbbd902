// Which calendar counts for a case that keeps an older pack version: holidays are published year by year, so where the
// newest pack's calendar reaches further, it is taken; otherwise a limit could never be counted to its end.
import { calendarEnds } from '../calendar.ts'
import type { City } from './types.ts'

/** `filed` with the calendars of `newest` where they reach further. */
export function withFurtherCalendars(filed: City, newest: City): City {
  if (filed.version === newest.version) return filed
  return {
    ...filed,
    calendarFor(owner) {
      const own = filed.calendarFor(owner)
      const other = newest.calendarFor(owner)
      return (calendarEnds(own) ?? '') < (calendarEnds(other) ?? '') ? other : own
    },
  }
}
