import { describe, expect, it } from 'vitest'
import { workingMs } from './calendar.ts'
import { isoWithOffset } from './city-time.ts'
import { type DeadlineInput, deadline, elapsed, lightAt, type Pause } from './deadline.ts'
import { type LimitUnit, parseLimit } from './limit.ts'
import { at, chibi2019, nightCrew } from './testing/calendars.ts'

const HOUR = 3_600_000
const cn = (text: string) => at(`2019-${text.replace(' ', 'T')}:00+08:00`)
const text = (ms: number) => isoWithOffset(ms, 'Asia/Shanghai').slice(5, 16).replace('T', ' ')

function due(start: string, amount: number, unit: LimitUnit, pauses: Pause[] = []): string {
  const answer = deadline({ start: cn(start), limit: { amount, unit }, calendar: chibi2019, pauses })
  return answer.ok ? text(answer.dueAt) : `ended ${answer.ended}`
}

describe('the litter by the canal in Chibi, 29 September 2019, a make-up working Sunday', () => {
  const parsed = parseLimit('4工作时')
  if (!parsed.ok) throw new Error(parsed.reason)
  const handling = { start: cn('09-29 08:33'), limit: parsed.limit, calendar: chibi2019 }

  it('reported 06:37, filed 08:33: 33 working minutes', () => {
    expect(workingMs(chibi2019, cn('09-29 06:37'), cn('09-29 08:33'))).toBe(33 * 60_000)
  })

  it('dispatched 08:33: yellow from 11:45, due 14:33', () => {
    expect(deadline(handling)).toEqual({
      ok: true,
      warnAt: cn('09-29 11:45'),
      dueAt: cn('09-29 14:33'),
      basis: { clock: 'working-time', calendar: 'centre', countedFrom: cn('09-29 08:33') },
    })
  })

  it('replied 11:48: 3 h 15 of 4 h, share 0.8125, yellow', () => {
    const replied = cn('09-29 11:48')
    expect(elapsed({ ...handling, at: replied })).toEqual({ used: 3.25 * HOUR, share: 0.8125 })
    const answer = deadline(handling)
    expect(answer.ok && lightAt({ at: replied, ...answer })).toBe('yellow')
  })
})

describe('units', () => {
  it.each<[string, number, LimitUnit, string]>([
    ['09-30 17:00', 2, 'work-hour', '10-08 09:00'],
    ['09-30 17:00', 1, 'work-day', '10-08 17:00'],
    ['09-30 17:00', 2, 'urgent-hour', '09-30 19:00'],
    ['09-30 17:00', 2, 'natural-hour', '09-30 19:00'],
    ['09-30 17:00', 1, 'urgent-day', '10-01 17:00'],
    ['09-30 17:00', 15, 'natural-day', '10-15 17:00'],
    ['10-03 03:00', 0.5, 'urgent-hour', '10-03 03:30'],
  ])('%s + %d %s is %s', (start, amount, unit, expected) => {
    expect(due(start, amount, unit)).toBe(expected)
  })

  it('a continuous limit ignores the calendar, even one that has ended', () => {
    const start = at('2031-05-05T03:00:00+08:00')
    const limit = { amount: 2, unit: 'urgent-hour' as const }
    expect(deadline({ start, limit, calendar: chibi2019 })).toEqual({
      ok: true,
      dueAt: start + 2 * HOUR,
      warnAt: start + 1.6 * HOUR,
      basis: { clock: 'continuous', countedFrom: start },
    })
    expect(elapsed({ start, at: start + HOUR, limit, calendar: chibi2019 })).toEqual({
      used: HOUR,
      share: 0.5,
    })
  })

  it('a continuous day is 24 h when clocks change', () => {
    const start = at('2019-03-09T12:00:00-05:00')
    const answer = deadline({ start, limit: { amount: 1, unit: 'natural-day' }, calendar: nightCrew })
    expect(answer).toMatchObject({ ok: true, dueAt: at('2019-03-10T13:00:00-04:00') })
  })

  it('says from when it counted', () => {
    const answer = deadline({
      start: cn('10-05 10:00'),
      limit: { amount: 1, unit: 'work-day' },
      calendar: chibi2019,
    })
    expect(answer).toMatchObject({
      basis: { clock: 'working-days', calendar: 'centre', countedFrom: cn('10-08 08:00') },
    })
  })

  it('is refused when the calendar ends first, for the warning alone is no deadline', () => {
    expect(due('12-31 15:00', 3, 'work-hour')).toBe('12-31 18:00')
    expect(due('12-31 15:00', 3.5, 'work-hour')).toBe('ended 2020-01-01')
    expect(due('12-31 18:00', 1, 'work-day')).toBe('ended 2020-01-01')
  })
})

describe('pauses', () => {
  const pause = (from: string, to?: string): Pause => ({
    from: cn(from),
    to: to === undefined ? undefined : cn(to),
  })

  it.each<[string, Pause[], string]>([
    ['none', [], '09-29 14:33'],
    ['an hour of the morning', [pause('09-29 09:00', '09-29 10:00')], '09-29 15:33'],
    ['over the noon break: only working time counts', [pause('09-29 11:00', '09-29 15:00')], '09-29 16:33'],
    ['within the noon break', [pause('09-29 12:10', '09-29 13:50')], '09-29 14:33'],
    ['from before the start', [pause('09-28 09:00', '09-29 09:33')], '09-29 15:33'],
    ['at the due moment', [pause('09-29 14:33', '09-30 14:33')], '09-29 14:33'],
    ['a minute before the due moment', [pause('09-29 14:32', '09-30 14:32')], '09-30 14:33'],
    [
      'two that overlap, in no order',
      [pause('09-29 09:30', '09-29 10:00'), pause('09-29 09:00', '09-29 09:45')],
      '09-29 15:33',
    ],
    [
      'two, the second reached only because of the first',
      [pause('09-29 09:00', '09-29 10:00'), pause('09-29 15:00', '09-29 16:00')],
      '09-29 16:33',
    ],
    ['one that still lasts is not counted', [pause('09-29 09:00')], '09-29 14:33'],
    ['over the holidays', [pause('09-29 09:00', '10-08 09:00')], '10-08 14:33'],
  ])('%s', (_, pauses, expected) => {
    expect(due('09-29 08:33', 4, 'work-hour', pauses)).toBe(expected)
  })

  it('shift the warning too', () => {
    const input: DeadlineInput = {
      start: cn('09-29 08:33'),
      limit: { amount: 4, unit: 'work-hour' },
      calendar: chibi2019,
      pauses: [pause('09-29 09:00', '09-29 10:00')],
    }
    expect(deadline(input)).toMatchObject({ warnAt: cn('09-29 14:45'), dueAt: cn('09-29 15:33') })
    expect(deadline({ ...input, warnShare: 0.5 })).toMatchObject({ warnAt: cn('09-29 11:33') })
    expect(deadline({ ...input, warnShare: 1 })).toMatchObject({ warnAt: cn('09-29 15:33') })
  })

  it('shift days by the part of a day that they take', () => {
    expect(due('09-29 10:00', 1, 'work-day', [pause('09-29 14:00', '09-30 14:00')])).toBe('10-08 10:00')
    expect(due('09-29 10:00', 2, 'work-day', [pause('09-29 14:00', '09-29 16:00')])).toBe('10-08 12:00')
  })

  it('never push a limit past the last closing of a calendar by a rounding', () => {
    expect(due('12-30 08:01', 1.975, 'work-day', [pause('12-30 14:00', '12-30 14:11')])).toBe('12-31 18:00')
    expect(due('12-30 08:01', 1.975, 'work-day', [pause('12-30 14:00', '12-30 14:12')])).toBe(
      'ended 2020-01-01',
    )
  })

  it('shift a continuous limit by their length', () => {
    expect(due('09-29 10:00', 2, 'urgent-hour', [pause('09-29 11:00', '10-02 11:30')])).toBe('10-02 12:30')
  })

  it('stop the count while they last', () => {
    const input = {
      start: cn('09-29 08:33'),
      limit: { amount: 4, unit: 'work-hour' as const },
      calendar: chibi2019,
    }
    const suspended = { ...input, pauses: [pause('09-29 09:33')] }
    expect(elapsed({ ...suspended, at: cn('09-29 09:33') }).share).toBe(0.25)
    expect(elapsed({ ...suspended, at: cn('11-29 09:33') }).share).toBe(0.25)
    const later = { ...input, pauses: [pause('09-29 10:33', '09-29 11:33')] }
    expect(elapsed({ ...later, at: cn('09-29 09:33') }).share).toBe(0.25)
    expect(elapsed({ ...later, at: cn('09-29 11:00') }).share).toBe(0.5)
  })
})

describe('elapsed', () => {
  const input = {
    start: cn('09-29 08:00'),
    limit: { amount: 2, unit: 'work-day' as const },
    calendar: chibi2019,
  }

  it('of working days is a share', () => {
    expect(elapsed({ ...input, at: cn('09-29 12:00') })).toEqual({ used: 0.25, share: 0.25 })
    expect(elapsed({ ...input, at: cn('10-07 12:00') })).toEqual({ used: 1, share: 1 })
    expect(elapsed({ ...input, at: cn('10-08 18:00') })).toEqual({ used: 1.5, share: 1.5 })
  })

  it('is nothing before the start', () => {
    expect(elapsed({ ...input, at: cn('09-28 12:00') })).toEqual({ used: 0, share: 0 })
  })
})

describe('lights', () => {
  it.each([
    [99, 'green'],
    [100, 'yellow'],
    [200, 'yellow'],
    [201, 'red'],
  ] as const)('at %d, warned at 100, due at 200: %s', (now, light) => {
    expect(lightAt({ at: now, warnAt: 100, dueAt: 200 })).toBe(light)
  })
})
