// Calendars that end or whose holidays run out: a limit can only be counted as far as they reach.
import type { Calendar } from '#domain/calendar.ts'
import { type CalendarWarning, calendarWarnings } from '#domain/calendar-warning.ts'
import { dayStart } from '#domain/city-time.ts'
import type { CityPack } from '#domain/city/types.ts'
import { parseDay } from '#domain/days.ts'
import type { Findings } from './findings.ts'

export interface PlacedCalendar {
  calendar: Calendar
  /** The row that the season began in. */
  rowOfSeason(index: number): number | undefined
}

/** Calendars that end, or whose holidays run out, at the same place of the file are told of together. */
export function checkEnds(
  calendars: readonly PlacedCalendar[],
  today: string,
  file: string,
  findings: Findings,
): void {
  const nextYear = `${Number(today.slice(0, 4)) + 1}-01-01`
  const found = new Map<string, { owners: string[]; row: number | undefined; say: SayEnd }>()
  for (const { calendar, rowOfSeason } of calendars) {
    const ends = calendar.seasons.map((s) => s.to).filter((to) => parseDay(to) !== undefined)
    const last = ends.sort().at(-1)
    if (last === undefined) continue
    const say = sayEnd(calendar, last, today, nextYear, findings)
    if (!say) continue
    const row = rowOfSeason(calendar.seasons.findIndex((s) => s.to === last))
    const key = JSON.stringify([row, say.kind])
    const together = found.get(key) ?? { owners: [], row, say }
    together.owners.push(calendar.owner)
    found.set(key, together)
  }
  for (const { owners, row, say } of found.values())
    say.report(
      { file, row, field: 'to' },
      `${owners.join(', ')}: ${say.message}`,
      `${owners.join('、')}：${say.zh}`,
    )
}

interface SayEnd {
  kind: string
  report: Findings['fault']
  message: string
  zh: string
}

function sayEnd(
  calendar: Calendar,
  last: string,
  today: string,
  nextYear: string,
  findings: Findings,
): SayEnd | undefined {
  if (last < today)
    return {
      kind: 'ended',
      report: findings.fault,
      message: `the calendar ended on ${last}; no limit can be computed`,
      zh: `日历已于${last}到期，无法计算时限`,
    }
  if (last < nextYear)
    return {
      kind: 'ends',
      report: findings.warn,
      message: `the calendar ends on ${last}, before ${nextYear.slice(0, 4)} begins`,
      zh: `日历截止于${last}，未覆盖${nextYear.slice(0, 4)}年`,
    }
  if (calendar.holidays.length > 0 && !calendar.holidays.some((d) => d >= today))
    return {
      kind: 'holidays',
      report: findings.warn,
      message: `no holiday is listed after ${today}`,
      zh: `${today}之后没有假日，请补充新的放假安排`,
    }
  return undefined
}

/** What only the whole pack shows: a limit that no longer fits, a year without holidays though it begins soon. */
export function checkRunningOut(pack: CityPack, today: string, file: string, findings: Findings): void {
  const together = new Map<string, CalendarWarning[]>()
  for (const w of calendarWarnings({ pack }, dayStart(today, pack.timeZone)))
    if (w.kind === 'limit-runs-out' || w.kind === 'no-holidays') {
      const what = w.message.slice(w.owner.length)
      together.set(what, [...(together.get(what) ?? []), w])
    }
  for (const [what, warnings] of together) {
    const [first] = warnings
    if (!first) continue
    const owners = warnings.map((w) => w.owner)
    findings.warn(
      { file, field: 'to' },
      `${owners.join(', ')}${what}`,
      `${owners.join('、')}${first.zh.slice(first.owner.length)}`,
    )
  }
}
