// What is wrong with a calendar as data: every fault with its place, so that a city pack can be refused as a whole
// before anything is counted on it.
import type { Calendar, Period, Season } from './calendar.ts'
import { parseDay } from './days.ts'
import { isTimeZone } from './zone.ts'

export interface CalendarFault {
  /** e.g. `seasons[1].weekdays.6[0]`. */
  path: string
  message: string
  zh: string
}

const CLOCK = /^(?:([01]\d|2[0-3]):[0-5]\d|24:00)$/

/** Every fault of a calendar; none means that counting on it never throws. */
export function calendarFaults(calendar: Calendar): CalendarFault[] {
  const faults: CalendarFault[] = []
  const report = (path: string, message: string, zh: string) => faults.push({ path, message, zh })
  if (!isTimeZone(calendar.timeZone)) {
    report('timeZone', `unknown time zone "${calendar.timeZone}"`, `未知时区“${calendar.timeZone}”`)
  }
  calendar.seasons.forEach((season, i) => {
    seasonFaults(season, `seasons[${i}]`, report)
    const other = calendar.seasons.findIndex((s, j) => j < i && s.from <= season.to && season.from <= s.to)
    if (other >= 0) {
      const text = `${season.from} … ${season.to}`
      report(`seasons[${i}]`, `${text} overlaps seasons[${other}]`, `${text}与第${other + 1}个时段重叠`)
    }
  })
  const makeUps = new Set(calendar.makeUpWorkdays)
  for (const list of ['holidays', 'makeUpWorkdays'] as const) {
    calendar[list].forEach((date, i) => {
      if (parseDay(date) === undefined) report(`${list}[${i}]`, notADate(date), `“${date}”不是日期`)
    })
  }
  calendar.holidays.forEach((date, i) => {
    if (makeUps.has(date)) {
      report(`holidays[${i}]`, `${date} is a make-up workday too`, `${date}同时列为调休上班日`)
    }
  })
  return faults
}

type Report = (path: string, message: string, zh: string) => void

function seasonFaults(season: Season, path: string, report: Report): void {
  for (const end of ['from', 'to'] as const) {
    if (parseDay(season[end]) === undefined) {
      report(`${path}.${end}`, notADate(season[end]), `“${season[end]}”不是日期`)
    }
  }
  if (season.from > season.to) {
    report(path, `ends on ${season.to}, before it begins`, `结束日期${season.to}早于开始日期`)
  }
  for (const [day, periods] of Object.entries(season.weekdays)) {
    if (!/^[1-7]$/.test(day)) report(`${path}.weekdays.${day}`, 'weekdays are 1 … 7', '星期须为1至7')
    else if (periods) periodFaults(periods, `${path}.weekdays.${day}`, report)
  }
  if (season.makeUp) periodFaults(season.makeUp, `${path}.makeUp`, report)
}

function periodFaults(periods: Period[], path: string, report: Report): void {
  let previous = ''
  periods.forEach((period, i) => {
    const text = `${period.start}–${period.end}`
    const at = `${path}[${i}]`
    if (!CLOCK.test(period.start) || !CLOCK.test(period.end)) {
      report(at, `${text} is not HH:MM–HH:MM`, `${text}不是HH:MM–HH:MM`)
    } else if (period.start >= period.end) {
      report(at, `${text} does not end after it begins`, `${text}的结束不晚于开始`)
    } else if (period.start < previous) {
      report(at, `${text} begins before the period before it ends`, `${text}与前一时段重叠或顺序颠倒`)
    }
    previous = period.end
  })
}

function notADate(text: string): string {
  return `"${text}" is not a date YYYY-MM-DD`
}
