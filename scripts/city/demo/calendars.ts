// Who works when, and the periods in which the town counts. The centre is staffed every day and its stage limits run
// then; offices keep the hours of the season and the public holidays; crews work longer or always.
import { DAY_MS } from '#domain/days.ts'
import { HOLIDAYS, MAKE_UP_WORKDAYS } from './holidays.ts'

const FIRST_YEAR = 2025
const LAST_YEAR = 2030

const WINTER = '08:00-12:00;14:00-18:00'
const SUMMER = '08:00-12:00;15:00-18:00'

/** Every day of all years, holidays too. */
const DAILY: readonly [owner: string, periods: string, note: string][] = [
  ['centre', '08:00-21:00', '指挥中心有人值守；21:00至次日08:00由值班电话受理'],
  ['sanitation', '05:00-22:00', '清扫保洁作业'],
  ['utility', '08:00-20:00', '线路维护，节假日不休'],
  ['emergency', '00:00-24:00', '抢修值守，全天不间断'],
  ['supervisors', '07:30-14:30;14:30-21:00', '监督员早班、晚班'],
]

/** `office` and what is said of holidays concerns the bureaus, street offices and their squads. */
export function calendarTable(): string[][] {
  const rows: string[][] = [['type', 'owner', 'from', 'to', 'weekdays', 'periods', 'note']]
  const office = (from: string, to: string, isSummer: boolean) =>
    rows.push(['season', 'office', from, to, '1-5', isSummer ? SUMMER : WINTER, isSummer ? '夏令' : '冬令'])
  const [first, last] = [`${FIRST_YEAR}-01-01`, `${LAST_YEAR}-12-31`]
  for (const [owner, periods, note] of DAILY) rows.push(['season', owner, first, last, '1-7', periods, note])
  office(first, `${FIRST_YEAR}-04-30`, false)
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    office(`${year}-05-01`, `${year}-09-30`, true)
    office(`${year}-10-01`, year === LAST_YEAR ? last : `${year + 1}-04-30`, false)
  }
  for (const [note, from, to] of HOLIDAYS) rows.push(['holiday', 'office', from, to, '', '', note])
  for (const [note, date] of MAKE_UP_WORKDAYS)
    rows.push(['make-up', 'office', date, date, '', '', `${note}调休上班`])
  return rows
}

const PERIOD_YEARS = [2025, 2026, 2027]

/** Natural months, quarters and years, and weeks from Monday to Sunday, named as ISO 8601 counts them. */
export function periodTable(): string[][] {
  const rows: string[][] = [['kind', 'name', 'from', 'to']]
  for (const week of weeks()) rows.push(['week', ...week])
  for (const year of PERIOD_YEARS)
    for (let month = 1; month <= 12; month++)
      rows.push(['month', `${year}-${two(month)}`, ...span(year, month, month)])
  for (const year of PERIOD_YEARS)
    for (let q = 1; q <= 4; q++) rows.push(['quarter', `${year}-Q${q}`, ...span(year, 3 * q - 2, 3 * q)])
  for (const year of PERIOD_YEARS) rows.push(['year', `${year}`, ...span(year, 1, 12)])
  return rows
}

const two = (n: number) => String(n).padStart(2, '0')
const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** First and last day of some months of a year. */
const span = (year: number, from: number, to: number): [string, string] => [
  dateOf(Date.UTC(year, from - 1, 1)),
  dateOf(Date.UTC(year, to, 0)),
]

/** Every week with a Thursday in one of the years: that day's year is the week's. */
function weeks(): [name: string, from: string, to: string][] {
  const all: [string, string, string][] = []
  for (const year of PERIOD_YEARS) {
    const january4 = Date.UTC(year, 0, 4)
    const weekday = (new Date(january4).getUTCDay() + 6) % 7
    let monday = january4 - weekday * DAY_MS
    for (let n = 1; new Date(monday + 3 * DAY_MS).getUTCFullYear() === year; n++, monday += 7 * DAY_MS)
      all.push([`${year}-W${two(n)}`, dateOf(monday), dateOf(monday + 6 * DAY_MS)])
  }
  return all
}
