import { describe, expect, it } from 'vitest'
import type { Calendar } from './calendar.ts'
import { calendarWarnings } from './calendar-warning.ts'
import { compileCity } from './city/compile.ts'
import { deadline } from './deadline.ts'
import { at, bureau2026, chibi2019 } from './testing/calendars.ts'
import { cityPack } from './testing/city.ts'

const cityOn = (...calendars: Calendar[]) => compileCity({ ...cityPack(), calendars }, 1)
/** At noon of a local day. */
const told = (day: string, ...calendars: Calendar[]) =>
  calendarWarnings(cityOn(...calendars), at(`${day}T12:00+08:00`)).map((w) => [w.owner, w.kind, w.daysLeft])

const centre2026: Calendar = { ...bureau2026, owner: 'centre' }
/** The fixture’s longest limit is 5 working days, with two extensions 15. */
describe('a calendar that ends', () => {
  it('says nothing while it reaches far enough', () => {
    expect(told('2026-07-01', centre2026)).toEqual([])
  })

  it.each([
    ['2026-12-01', []],
    ['2026-12-03', [['centre', 'ends-soon', 59]]],
    ['2027-01-11', [['centre', 'limit-runs-out', 20]]],
    ['2027-01-31', [['centre', 'limit-runs-out', 0]]],
    ['2027-02-01', [['centre', 'ended', -1]]],
    ['2028-02-01', [['centre', 'ended', -366]]],
  ])('on %s', (day, expected) => {
    expect(told(day, centre2026)).toEqual(expected)
  })

  it('warns before the first limit cannot be counted any more', () => {
    const city = cityOn(centre2026)
    const limit = { amount: 15, unit: 'work-day' as const }
    let warned = false
    for (let now = at('2026-10-01T12:00+08:00'); now < at('2027-02-01T00:00+08:00'); now += 86_400_000) {
      const warnings = calendarWarnings(city, now)
      const counts = deadline({ start: now, limit, calendar: centre2026 }).ok
      if (!counts) expect(warned).toBe(true)
      expect(warnings.some((w) => w.kind === 'limit-runs-out')).toBe(!counts)
      warned ||= warnings.length > 0
    }
  })

  it('tells of each calendar, the most pressing first, in both languages', () => {
    const warnings = calendarWarnings(
      cityOn(centre2026, { ...chibi2019, owner: 'water' }, { ...chibi2019, owner: 'idle', seasons: [] }),
      at('2026-12-20T12:00+08:00'),
    )
    expect(warnings.map((w) => [w.owner, w.kind])).toEqual([
      ['water', 'ended'],
      ['idle', 'ended'],
      ['centre', 'ends-soon'],
    ])
    expect(warnings[2]?.zh).toBe('centre：工作日历截止于2027-01-31，还剩42天，请装载新日历')
    expect(warnings[2]?.message).toContain('in 42 days')
    expect(warnings[1]).not.toHaveProperty('ends')
  })

  it('the city’s day decides, not the machine’s', () => {
    const lastEvening = at('2027-01-31T23:59+08:00')
    const kinds = (now: number) => calendarWarnings(cityOn(centre2026), now).map((w) => w.kind)
    expect([kinds(lastEvening), kinds(lastEvening + 60_000)]).toEqual([['limit-runs-out'], ['ended']])
  })
})

describe('a year whose holidays are not listed yet', () => {
  const far: Calendar = {
    ...centre2026,
    seasons: [...centre2026.seasons, { from: '2027-02-01', to: '2027-12-31', weekdays: {} }],
    holidays: centre2026.holidays.filter((day) => day < '2027-01-01'),
  }

  it('is told of when it comes into sight, and all through it', () => {
    expect(told('2026-10-15', far)).toEqual([])
    expect(told('2026-12-01', far)).toEqual([['centre', 'no-holidays', 31]])
    expect(told('2027-01-15', far).map(([, kind]) => kind)).toContain('no-holidays')
  })

  it('is nothing to somebody who works through all of them', () => {
    expect(told('2026-12-01', { ...far, holidays: [] })).toEqual([])
  })
})
