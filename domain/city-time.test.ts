import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cityDay, cityHour, dayStart, isoWithOffset } from './city-time.ts'
import { addDays, dayNumber, dayText, parseDay, weekday } from './days.ts'
import { at } from './testing/calendars.ts'
import { instantOf, isTimeZone } from './zone.ts'

const ZONES = [
  'Asia/Shanghai',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Havana',
  'UTC',
]

describe("the city's day and hour", () => {
  it.each([
    ['2019-09-28T22:37:00Z', 'Asia/Shanghai', '2019-09-29', 6],
    ['2019-09-29T15:59:59.999Z', 'Asia/Shanghai', '2019-09-29', 23],
    ['2019-09-29T16:00:00Z', 'Asia/Shanghai', '2019-09-30', 0],
    ['2026-12-31T16:00:00Z', 'Asia/Shanghai', '2027-01-01', 0],
    ['2019-03-10T06:59:59Z', 'America/New_York', '2019-03-10', 1],
    ['2019-03-10T07:00:00Z', 'America/New_York', '2019-03-10', 3],
    ['2019-11-03T05:30:00Z', 'America/New_York', '2019-11-03', 1],
    ['2019-11-03T06:30:00Z', 'America/New_York', '2019-11-03', 1],
    ['1969-12-31T23:59:59.999Z', 'UTC', '1969-12-31', 23],
  ])('%s in %s', (iso, zone, day, hour) => {
    expect(cityDay(at(iso), zone)).toBe(day)
    expect(cityHour(at(iso), zone)).toBe(hour)
  })

  it('agrees with Intl at any instant from 1970 to 2069', () => {
    const wall = new Map(
      ZONES.map((timeZone) => [
        timeZone,
        new Intl.DateTimeFormat('en-CA', {
          timeZone,
          hourCycle: 'h23',
          dateStyle: 'short',
          timeStyle: 'short',
        }),
      ]),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: at('2069-12-31T00:00Z') }),
        (zone, ms) => {
          const [day, clock] = (wall.get(zone)?.format(ms) ?? '').split(', ')
          expect(cityDay(ms, zone)).toBe(day)
          expect(cityHour(ms, zone)).toBe(Number(clock?.slice(0, 2)))
          expect(isoWithOffset(ms, zone)).toContain(`${day}T${clock}`)
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('refuses an unknown time zone', () => {
    expect(() => cityDay(0, 'Asia/Chibi')).toThrow(RangeError)
    expect(isTimeZone('Asia/Chibi')).toBe(false)
    expect(isTimeZone('Asia/Shanghai')).toBe(true)
  })
})

describe('dayStart', () => {
  it.each([
    ['2019-09-29', 'Asia/Shanghai', '2019-09-28T16:00:00Z'],
    ['2019-03-10', 'America/New_York', '2019-03-10T05:00:00Z'],
    ['2019-03-11', 'America/New_York', '2019-03-11T04:00:00Z'],
    // Havana puts its clocks forward at midnight: the day begins at 01:00.
    ['2026-03-08', 'America/Havana', '2026-03-08T05:00:00Z'],
    // Shanghai's last summer time began at 02:00 on 14 April 1991 and ended on 15 September.
    ['1991-04-15', 'Asia/Shanghai', '1991-04-14T15:00:00Z'],
    ['1991-09-16', 'Asia/Shanghai', '1991-09-15T16:00:00Z'],
  ])('%s in %s begins at %s', (day, zone, iso) => {
    expect(dayStart(day, zone)).toBe(at(iso))
  })

  it('is the first instant of its day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 8_000, max: 36_000 }), (zone, n) => {
        const start = dayStart(dayText(n), zone)
        expect(cityDay(start, zone)).toBe(dayText(n))
        expect(cityDay(start - 1, zone)).toBe(dayText(n - 1))
      }),
    )
  })

  it.each([['2026-02-30'], ['2026-2-3'], ['20260203'], ['']])('refuses "%s"', (text) => {
    expect(() => dayStart(text, 'Asia/Shanghai')).toThrow(RangeError)
  })
})

describe('isoWithOffset', () => {
  it.each([
    ['2019-09-28T22:37:00Z', 'Asia/Shanghai', '2019-09-29T06:37:00+08:00'],
    ['2019-09-28T22:37:00.045Z', 'Asia/Shanghai', '2019-09-29T06:37:00.045+08:00'],
    ['2019-03-10T06:59:59Z', 'America/New_York', '2019-03-10T01:59:59-05:00'],
    ['2019-03-10T07:00:00Z', 'America/New_York', '2019-03-10T03:00:00-04:00'],
    ['2026-01-01T00:00:00Z', 'Asia/Kathmandu', '2026-01-01T05:45:00+05:45'],
    ['2026-01-01T00:00:00Z', 'UTC', '2026-01-01T00:00:00+00:00'],
  ])('%s in %s', (iso, zone, text) => {
    expect(isoWithOffset(at(iso), zone)).toBe(text)
  })

  it('names the same instant when read back, local mean time included', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: at('1890-01-01T00:00Z'), max: at('2069-12-31T00:00Z') }),
        (zone, ms) => {
          expect(Date.parse(isoWithOffset(ms, zone))).toBe(ms)
        },
      ),
    )
  })
})

describe('local times that a clock change skips or repeats', () => {
  const local = (iso: string) => instantOf('America/New_York', at(`${iso}Z`))
  it('reads a skipped time with the offset before the change, a repeated one as the first', () => {
    expect(local('2019-03-10T02:30')).toBe(at('2019-03-10T07:30:00Z'))
    expect(local('2019-11-03T01:30')).toBe(at('2019-11-03T05:30:00Z'))
    expect(local('2019-11-03T02:00')).toBe(at('2019-11-03T07:00:00Z'))
  })
})

describe('dates as numbers', () => {
  it('go there and back, over leap years and years’ ends', () => {
    for (const text of ['1969-12-31', '1970-01-01', '2000-02-29', '2026-12-31', '2027-01-01']) {
      expect(dayText(dayNumber(text))).toBe(text)
    }
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
    expect(parseDay('2023-02-29')).toBeUndefined()
  })

  it('know their weekday', () => {
    expect(weekday(dayNumber('2019-09-29'))).toBe(7)
    expect(weekday(dayNumber('2026-02-14'))).toBe(6)
    expect(weekday(dayNumber('1969-12-29'))).toBe(1)
  })
})
