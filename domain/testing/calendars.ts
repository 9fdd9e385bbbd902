// Calendars for tests: real years with their make-up workdays, and clocks that change. Dates by the State Council's
// holiday notices for 2019 and 2026.
import type { Calendar, Period, Season } from '../calendar.ts'

export const at = (iso: string): number => {
  const ms = Date.parse(iso)
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${iso}`)
  return ms
}

export const period = (text: string): Period => {
  const [start = '', end = ''] = text.split('-')
  return { start, end }
}

/** The same periods on the weekdays from `first` to `last`. */
export function week(texts: string[], first = 1, last = 5): Season['weekdays'] {
  const weekdays: Season['weekdays'] = {}
  for (const day of [1, 2, 3, 4, 5, 6, 7] as const) {
    if (day >= first && day <= last) weekdays[day] = texts.map(period)
  }
  return weekdays
}

/** Every local date from `first` to `last`. */
export function dates(first: string, last: string): string[] {
  const found: string[] = []
  for (let day = at(`${first}T00:00Z`); day <= at(`${last}T00:00Z`); day += 86_400_000) {
    found.push(new Date(day).toISOString().slice(0, 10))
  }
  return found
}

/** Chibi's centre in autumn 2019: 29 September was a Sunday worked for the National Day week. */
export const chibi2019: Calendar = {
  owner: 'centre',
  timeZone: 'Asia/Shanghai',
  seasons: [{ from: '2019-01-01', to: '2019-12-31', weekdays: week(['08:00-12:00', '14:00-18:00']) }],
  holidays: dates('2019-10-01', '2019-10-07'),
  makeUpWorkdays: ['2019-09-29', '2019-10-12'],
}

const winter = week(['08:00-12:00', '14:00-18:00'])
/** An hour shorter, and Friday shorter still. */
const summer: Season['weekdays'] = { ...week(['08:00-12:00', '15:00-18:00']), 5: [period('08:00-12:00')] }

/** A bureau with two seasons, from the summer of 2025 to 31 January 2027. */
export const bureau2026: Calendar = {
  owner: 'water',
  timeZone: 'Asia/Shanghai',
  seasons: [
    { from: '2025-07-01', to: '2025-09-30', weekdays: summer },
    { from: '2025-10-01', to: '2026-04-30', weekdays: winter, makeUp: [period('09:00-16:00')] },
    { from: '2026-05-01', to: '2026-09-30', weekdays: summer },
    { from: '2026-10-01', to: '2027-01-31', weekdays: winter },
  ],
  holidays: [
    ...dates('2025-10-01', '2025-10-08'),
    ...dates('2026-01-01', '2026-01-03'),
    ...dates('2026-02-15', '2026-02-23'),
    ...dates('2026-04-04', '2026-04-06'),
    ...dates('2026-05-01', '2026-05-05'),
    ...dates('2026-06-19', '2026-06-21'),
    ...dates('2026-09-25', '2026-09-27'),
    ...dates('2026-10-01', '2026-10-07'),
    '2027-01-01',
  ],
  makeUpWorkdays: [
    '2025-09-28',
    '2025-10-11',
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
  ],
}

/** A night crew in New York: its working hours hold both clock changes of a year. */
export const nightCrew: Calendar = {
  owner: 'sanitation',
  timeZone: 'America/New_York',
  seasons: [
    { from: '2018-09-01', to: '2019-12-31', weekdays: week(['00:00-06:30', '22:15-24:00'], 1, 7) },
    { from: '2020-01-01', to: '2020-04-30', weekdays: week(['00:00-05:00'], 2, 7) },
  ],
  holidays: ['2018-11-22', '2018-12-25', '2019-01-01', '2019-07-04', '2019-11-28'],
  makeUpWorkdays: [],
}

/** Lord Howe moves its clocks by half an hour. */
export const island: Calendar = {
  owner: 'island',
  timeZone: 'Australia/Lord_Howe',
  seasons: [{ from: '2025-03-01', to: '2026-05-31', weekdays: week(['00:00-07:00', '21:00-23:59'], 1, 7) }],
  holidays: [],
  makeUpWorkdays: [],
}
