import { describe, expect, it } from 'vitest'
import {
  addWorkDays,
  addWorkingMs,
  type Calendar,
  calendarEnds,
  isWorking,
  nextWorking,
  workingMs,
  workingPeriods,
} from './calendar.ts'
import { calendarFaults } from './calendar-faults.ts'
import { isoWithOffset } from './city-time.ts'
import { at, bureau2026, chibi2019, island, nightCrew, period, week } from './testing/calendars.ts'

const HOUR = 3_600_000

/** `09-29 08:33` in Shanghai. */
const cn = (text: string, year = 2019) => at(`${year}-${text.replace(' ', 'T')}:00+08:00`)
const text = (ms: unknown) =>
  typeof ms === 'number' ? isoWithOffset(ms, 'Asia/Shanghai').slice(5, 16).replace('T', ' ') : ms
const periodsText = (calendar: Calendar, date: string) =>
  workingPeriods(calendar, date)?.map((p) =>
    [p.from, p.to].map((ms) => isoWithOffset(ms, calendar.timeZone).slice(11, 16)).join('-'),
  )

describe('periods of a date', () => {
  it.each([
    ['an ordinary Monday', chibi2019, '2019-09-30', ['08:00-12:00', '14:00-18:00']],
    ['a Sunday', chibi2019, '2019-09-22', []],
    ['a make-up Sunday', chibi2019, '2019-09-29', ['08:00-12:00', '14:00-18:00']],
    ['a holiday on a weekday', chibi2019, '2019-10-01', []],
    [
      'a make-up Saturday before Spring Festival, with periods of its own',
      bureau2026,
      '2026-02-14',
      ['09:00-16:00'],
    ],
    ['the last day of winter', bureau2026, '2026-04-30', ['08:00-12:00', '14:00-18:00']],
    ['the first summer workday', bureau2026, '2026-05-06', ['08:00-12:00', '15:00-18:00']],
    ['a short summer Friday', bureau2026, '2026-05-08', ['08:00-12:00']],
    ['a make-up Saturday takes the Monday', bureau2026, '2026-05-09', ['08:00-12:00', '15:00-18:00']],
    ['to midnight', nightCrew, '2019-06-03', ['00:00-06:30', '22:15-00:00']],
  ])('%s', (_, calendar, date, expected) => {
    expect(periodsText(calendar, date)).toEqual(expected)
  })

  it('are unknown where no season covers the date', () => {
    expect(workingPeriods(chibi2019, '2020-01-01')).toBeUndefined()
    expect(workingPeriods(chibi2019, '2018-12-31')).toBeUndefined()
  })

  it('are shorter or longer by the hour that a clock change takes or gives', () => {
    const hours = (date: string) =>
      (workingPeriods(nightCrew, date) ?? []).reduce((sum, p) => sum + (p.to - p.from) / HOUR, 0)
    expect(hours('2019-03-09')).toBe(8.25)
    expect(hours('2019-03-10')).toBe(7.25)
    expect(hours('2019-11-03')).toBe(9.25)
  })

  it('leave out what a clock change swallows whole', () => {
    const gap: Calendar = {
      ...nightCrew,
      seasons: [
        { from: '2019-01-01', to: '2019-12-31', weekdays: week(['02:15-02:45', '09:00-10:00'], 1, 7) },
      ],
    }
    expect(periodsText(gap, '2019-03-09')).toEqual(['02:15-02:45', '09:00-10:00'])
    expect(
      periodsText(
        { ...gap, seasons: [{ ...must(gap.seasons[0]), weekdays: week(['02:30-03:00'], 1, 7) }] },
        '2019-03-10',
      ),
    ).toEqual([])
  })
})

describe('isWorking', () => {
  it.each([
    ['07:59', false],
    ['08:00', true],
    ['11:59', true],
    ['12:00', false],
    ['13:59', false],
    ['14:00', true],
    ['18:00', false],
  ])('on the make-up Sunday at %s: %s', (clock, expected) => {
    expect(isWorking(chibi2019, cn(`09-29 ${clock}`))).toBe(expected)
  })

  it('is false outside the seasons', () => {
    expect(isWorking(chibi2019, cn('01-02 09:00', 2020))).toBe(false)
  })
})

describe('working time between two instants', () => {
  it.each([
    ['from before opening', '09-29 06:37', '09-29 08:33', 33],
    ['within a period', '09-29 08:33', '09-29 11:48', 195],
    ['over the noon break', '09-29 11:00', '09-29 15:00', 120],
    ['over a night', '09-29 17:00', '09-30 09:00', 120],
    ['over the National Day week', '09-30 17:00', '10-08 09:00', 120],
    ['over an ordinary weekend', '09-20 17:00', '09-23 09:00', 120],
    ['over a make-up Saturday', '10-11 17:00', '10-14 09:00', 600],
    ['backwards', '09-30 09:00', '09-29 17:00', 0],
  ])('%s', (_, from, to, minutes) => {
    expect(workingMs(chibi2019, cn(from), cn(to))).toBe(minutes * 60_000)
  })

  it('counts a date without a season as none', () => {
    expect(workingMs(chibi2019, cn('12-31 17:00'), cn('01-05 17:00', 2020))).toBe(HOUR)
    expect(workingMs(chibi2019, cn('12-01 09:00', 2018), cn('01-01 09:00'))).toBe(HOUR)
  })
})

describe('adding working time', () => {
  it.each([
    ['09-29 08:33', 4, '09-29 14:33'],
    ['09-29 08:00', 4, '09-29 12:00'],
    ['09-29 12:30', 4, '09-29 18:00'],
    ['09-29 18:00', 8, '09-30 18:00'],
    ['09-29 06:37', 8, '09-29 18:00'],
    ['09-30 17:00', 1.5, '10-08 08:30'],
    ['10-05 12:00', 0, '10-05 12:00'],
  ])('%s + %d h is %s', (from, hours, due) => {
    expect(text(addWorkingMs(chibi2019, cn(from), hours * HOUR))).toBe(due)
  })

  it('is to the millisecond', () => {
    expect(addWorkingMs(chibi2019, cn('09-29 11:59') + 59_999, 2)).toBe(cn('09-29 14:00') + 1)
    expect(addWorkingMs(chibi2019, cn('09-29 11:59') + 59_999, 1)).toBe(cn('09-29 12:00'))
  })

  it('over the end of summer time counts hours that pass, not hours on the wall', () => {
    const from = at('2019-11-03T00:00:00-04:00')
    expect(addWorkingMs(nightCrew, from, 6 * HOUR)).toBe(at('2019-11-03T05:00:00-05:00'))
    expect(addWorkingMs(nightCrew, at('2019-03-10T00:00:00-05:00'), 4 * HOUR)).toBe(
      at('2019-03-10T05:00:00-04:00'),
    )
    expect(addWorkingMs(island, at('2025-04-06T00:00:00+11:00'), 4 * HOUR)).toBe(
      at('2025-04-06T03:30:00+10:30'),
    )
  })
})

describe('adding working days', () => {
  it.each([
    ['from an opening: the end of that day', '09-29 08:00', 1, '09-29 18:00'],
    ['from before an opening: the same', '09-29 06:37', 1, '09-29 18:00'],
    ['from a closing: the end of the next day', '09-29 18:00', 1, '09-30 18:00'],
    ['from noon to noon', '09-29 12:00', 1, '09-30 12:00'],
    ['from within the noon break to noon', '09-29 13:00', 1, '09-30 12:00'],
    ['from three in the afternoon', '09-29 15:00', 1, '09-30 15:00'],
    ['over the National Day week', '09-30 15:00', 1, '10-08 15:00'],
    ['over a make-up Saturday', '10-11 09:00', 2, '10-14 09:00'],
    ['half a day', '09-29 08:00', 0.5, '09-29 12:00'],
    ['a day and a half', '09-29 15:00', 1.5, '10-08 09:00'],
    ['fifteen days', '09-02 10:00', 15, '09-23 10:00'],
    ['from a weekend', '09-21 10:00', 1, '09-23 18:00'],
  ])('%s', (_, from, days, due) => {
    expect(text(addWorkDays(chibi2019, cn(from), days))).toBe(due)
  })

  it('keeps the part of the day where days differ in length', () => {
    // Winter 8 h, summer 7 h, summer Friday 4 h: 10:00 is 2/8 of the day, then 1.75/7, then 1/4.
    const from = cn('04-30 10:00', 2026)
    expect(text(addWorkDays(bureau2026, from, 1))).toBe('05-06 09:45')
    expect(text(addWorkDays(bureau2026, from, 3))).toBe('05-08 09:00')
    expect(text(addWorkDays(bureau2026, cn('05-08 10:00', 2026), 1))).toBe('05-09 11:30')
  })

  it('over Spring Festival 2026, with its make-up Saturdays', () => {
    expect(text(addWorkDays(bureau2026, cn('02-13 15:00', 2026), 1))).toBe('02-14 13:22')
    expect(text(addWorkDays(bureau2026, cn('02-13 15:00', 2026), 2))).toBe('02-24 15:00')
    expect(text(addWorkDays(bureau2026, cn('02-27 12:00', 2026), 1))).toBe('02-28 12:30')
  })

  it("over the year's end", () => {
    expect(text(addWorkDays(bureau2026, cn('12-31 15:00', 2026), 1))).toBe('01-04 15:00')
  })
})

describe('a calendar that ends', () => {
  it('names the first date that it does not cover', () => {
    expect(calendarEnds(chibi2019)).toBe('2019-12-31')
    expect(addWorkingMs(chibi2019, cn('12-31 15:00'), 3 * HOUR)).toBe(cn('12-31 18:00'))
    expect(addWorkingMs(chibi2019, cn('12-31 15:00'), 3 * HOUR + 1)).toEqual({ ended: '2020-01-01' })
    expect(addWorkDays(chibi2019, cn('12-31 08:00'), 1)).toBe(cn('12-31 18:00'))
    expect(addWorkDays(chibi2019, cn('12-31 08:00'), 2)).toEqual({ ended: '2020-01-01' })
    expect(addWorkDays(chibi2019, cn('12-31 08:00'), 1.01)).toEqual({ ended: '2020-01-01' })
    expect(nextWorking(chibi2019, cn('12-31 18:00'))).toEqual({ ended: '2020-01-01' })
  })

  it('refuses a start that it does not cover, with the date of the start', () => {
    expect(addWorkingMs(chibi2019, cn('03-05 09:00', 2020), HOUR)).toEqual({ ended: '2020-03-05' })
    expect(addWorkDays(chibi2019, cn('12-31 23:59', 2018), 1)).toEqual({ ended: '2018-12-31' })
  })

  it('ends at a gap between seasons too, and goes on over seasons that meet', () => {
    const year = (n: number) => ({
      from: `${n}-01-01`,
      to: `${n}-12-31`,
      weekdays: week(['08:00-18:00'], 1, 7),
    })
    const gap: Calendar = {
      ...chibi2019,
      holidays: [],
      makeUpWorkdays: [],
      seasons: [year(2022), year(2019), year(2020)],
    }
    expect(addWorkingMs(gap, cn('12-31 17:00'), 2 * HOUR)).toBe(cn('01-01 09:00', 2020))
    expect(addWorkingMs(gap, cn('12-31 17:00', 2020), 2 * HOUR)).toEqual({ ended: '2021-01-01' })
    expect(workingMs(gap, cn('12-31 17:00', 2020), cn('01-01 09:00', 2022))).toBe(2 * HOUR)
    expect(calendarEnds(gap)).toBe('2022-12-31')
  })

  it('may have no working day at all', () => {
    const shut: Calendar = {
      ...chibi2019,
      seasons: [{ from: '2019-01-01', to: '2019-12-31', weekdays: {} }],
      makeUpWorkdays: [],
    }
    expect(addWorkingMs(shut, cn('06-01 09:00'), 1)).toEqual({ ended: '2020-01-01' })
    expect(workingMs(shut, cn('06-01 09:00'), cn('07-01 09:00'))).toBe(0)
    expect(calendarEnds({ ...shut, seasons: [] })).toBeUndefined()
  })

  it('costs nothing for dates that nobody asks for', () => {
    const open: Calendar = { ...chibi2019, seasons: [{ ...must(chibi2019.seasons[0]), to: '9999-12-31' }] }
    expect(addWorkDays(open, cn('12-31 08:00'), 1)).toBe(cn('12-31 18:00'))
    expect(calendarEnds(open)).toBe('9999-12-31')
  })
})

describe('faults of a calendar', () => {
  const paths = (change: Partial<Calendar>) => calendarFaults({ ...chibi2019, ...change }).map((f) => f.path)
  const season = must(chibi2019.seasons[0])

  it('finds none in good ones', () => {
    for (const calendar of [chibi2019, bureau2026, nightCrew, island])
      expect(calendarFaults(calendar)).toEqual([])
  })

  it.each<[string, Partial<Calendar>, string[]]>([
    ['an unknown time zone', { timeZone: 'Asia/Chibi' }, ['timeZone']],
    ['a date that does not exist', { holidays: ['2019-02-29'] }, ['holidays[0]']],
    ['a date in another form', { makeUpWorkdays: ['2019/9/29'] }, ['makeUpWorkdays[0]']],
    ['a holiday that is worked', { holidays: ['2019-09-29'] }, ['holidays[0]']],
    ['a season that ends before it begins', { seasons: [{ ...season, to: '2018-12-31' }] }, ['seasons[0]']],
    [
      'overlapping seasons',
      { seasons: [season, { ...season, from: '2019-12-31', to: '2020-12-31' }] },
      ['seasons[1]'],
    ],
    [
      'a weekday 0',
      { seasons: [{ ...season, weekdays: { 0: [] } as typeof season.weekdays }] },
      ['seasons[0].weekdays.0'],
    ],
    [
      'periods: backwards, overlapping, no time',
      {
        seasons: [
          {
            ...season,
            weekdays: { 1: [period('14:00-12:00')], 2: [period('08:00-12:00'), period('11:00-18:00')] },
            makeUp: [period('8:00-25:00')],
          },
        ],
      },
      ['seasons[0].weekdays.1[0]', 'seasons[0].weekdays.2[1]', 'seasons[0].makeUp[0]'],
    ],
  ])('%s', (_, change, expected) => {
    expect(paths(change)).toEqual(expected)
  })

  it('make counting throw: a pack with faults is never loaded', () => {
    expect(() => workingMs({ ...chibi2019, timeZone: 'Asia/Chibi' }, 0, 1)).toThrow(
      /calendar of centre: timeZone/,
    )
  })
})

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('missing')
  return value
}
