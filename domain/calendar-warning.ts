// A calendar that ends warns before it does: once it has, no limit on it can be counted and cases wait for a newer one.
// Looked at by the running system, where `city check` sees a pack only when somebody checks it.
import { type Calendar, calendarEnds } from './calendar.ts'
import type { City } from './city/types.ts'
import { cityDay } from './city-time.ts'
import { addDays, dayNumber } from './days.ts'
import { deadline } from './deadline.ts'
import type { Limit } from './limit.ts'

export interface CalendarWarning {
  /** Owner of the calendar: `centre`, a unit, or a name of the pack's own. */
  owner: string
  /**
   * `ended`: nothing can be counted on it today. `limit-runs-out`: the longest limit of the catalogue, begun now and
   * extended as often as allowed, no longer fits. `ends-soon`: few days are left. `no-holidays`: it goes on into a year
   * for which no holidays are listed yet, though it has some before.
   */
  kind: 'ended' | 'limit-runs-out' | 'ends-soon' | 'no-holidays'
  /** Last covered local date; absent for a calendar that covers none. */
  ends?: string
  /** Covered days after today; 0 on the last one, negative after it. */
  daysLeft: number
  message: string
  zh: string
}

/** How many days ahead somebody should see to the next calendar. */
export const WARN_DAYS = 60

/**
 * What is running out, the most pressing first; at most one warning a calendar and the missing holidays.
 * @param now epoch ms, by the city's log clock
 */
export function calendarWarnings(
  city: Pick<City, 'pack'>,
  now: number,
  warnDays = WARN_DAYS,
): CalendarWarning[] {
  const today = cityDay(now, city.pack.timeZone)
  const longest = longestLimits(city)
  return city.pack.calendars
    .flatMap((calendar) => [
      ...running(calendar, longest, today, now, warnDays),
      ...holidays(calendar, today, warnDays),
    ])
    .sort((a, b) => a.daysLeft - b.daysLeft)
}

/** The longest limit of each unit that runs on a calendar, with all the extensions that policy allows. */
function longestLimits({ pack }: Pick<City, 'pack'>): Pick<Limit, 'amount' | 'unit'>[] {
  const times = 1 + pack.policies.maxExtensions
  const longest = new Map<Limit['unit'], number>()
  for (const { limit } of pack.conditions) {
    if (limit.unit !== 'work-hour' && limit.unit !== 'work-day') continue
    longest.set(limit.unit, Math.max(longest.get(limit.unit) ?? 0, limit.amount * times))
  }
  return [...longest].map(([unit, amount]) => ({ unit, amount }))
}

function running(
  calendar: Calendar,
  longest: readonly Pick<Limit, 'amount' | 'unit'>[],
  today: string,
  now: number,
  warnDays: number,
): CalendarWarning[] {
  const { owner } = calendar
  const ends = calendarEnds(calendar)
  const daysLeft = ends === undefined ? -1 : dayNumber(ends) - dayNumber(today)
  const about = { owner, daysLeft, ...(ends === undefined ? {} : { ends }) }
  if (ends === undefined || daysLeft < 0)
    return [
      {
        ...about,
        kind: 'ended',
        message: `${owner}: the calendar ended${ends === undefined ? '' : ` on ${ends}`}; no limit can be counted, load a newer one`,
        zh: `${owner}：工作日历已${ends === undefined ? '' : `于${ends}`}到期，无法计算时限，请装载新日历`,
      },
    ]
  const ended = longest.map((limit) => deadline({ start: now, limit, calendar })).find((due) => !due.ok)
  if (ended)
    return [
      {
        ...about,
        kind: 'limit-runs-out',
        message: `${owner}: the calendar ends on ${ends}, too soon for the longest limit with its extensions; load a newer one`,
        zh: `${owner}：工作日历截止于${ends}，最长时限（含延期）已无法计算，请装载新日历`,
      },
    ]
  if (daysLeft > warnDays) return []
  return [
    {
      ...about,
      kind: 'ends-soon',
      message: `${owner}: the calendar ends on ${ends}, in ${daysLeft} days; load a newer one`,
      zh: `${owner}：工作日历截止于${ends}，还剩${daysLeft}天，请装载新日历`,
    },
  ]
}

/** Holidays are announced year by year: the first year within sight that has none is one whose list is still owed. */
function holidays(calendar: Calendar, today: string, warnDays: number): CalendarWarning[] {
  const { owner } = calendar
  const ends = calendarEnds(calendar)
  if (ends === undefined || ends < today || calendar.holidays.length === 0) return []
  const inSight = addDays(today, warnDays)
  const until = ends < inSight ? ends : inSight
  const years = [...new Set([today.slice(0, 4), until.slice(0, 4)])]
  const year = years.find((y) => !calendar.holidays.some((day) => day.startsWith(y)))
  if (year === undefined) return []
  return [
    {
      owner,
      kind: 'no-holidays',
      ends,
      daysLeft: Math.max(0, dayNumber(`${year}-01-01`) - dayNumber(today)),
      message: `${owner}: no holidays of ${year} are listed; every weekday of it counts as a working day`,
      zh: `${owner}：尚未列入${year}年放假安排，该年的工作日均按上班计算`,
    },
  ]
}
