import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayNumber } from './days.ts'
import { bandOf, boardMonth, monthOf } from './month.ts'

const own = (name: string, from: string, to: string) => ({ kind: 'month' as const, name, from, to })
const PERIODS = [
  { kind: 'week' as const, name: '2024-W10', from: '2024-02-26', to: '2024-03-03' },
  own('2024-03', '2024-02-26', '2024-03-25'),
  own('2024-04', '2024-03-26', '2024-04-25'),
]

describe('the month', () => {
  it.each([
    ['2024-02-28', undefined, '2024-02-01', '2024-02-29'],
    ['2023-02-28', undefined, '2023-02-01', '2023-02-28'],
    ['2024-12-31', undefined, '2024-12-01', '2024-12-31'],
    ['2024-01-31', undefined, '2024-01-01', '2024-01-31'],
  ])('%s is of the calendar’s', (day, name, start, end) => {
    expect(monthOf(day)).toEqual({ ...(name === undefined ? {} : { name }), start, end })
  })

  it('is the city’s own where the pack has one for the day, with both its ends', () => {
    for (const day of ['2024-02-26', '2024-03-01', '2024-03-25'])
      expect(monthOf(day, PERIODS)).toEqual({ name: '2024-03', start: '2024-02-26', end: '2024-03-25' })
    expect(monthOf('2024-04-26', PERIODS)).toEqual({ start: '2024-04-01', end: '2024-04-30' })
  })

  it('before it is cut as far in as the day is, and never beyond its own end', () => {
    expect(boardMonth('2024-03-31').before).toEqual({
      start: '2024-02-01',
      end: '2024-02-29',
      through: '2024-02-29',
    })
    expect(boardMonth('2024-04-05', PERIODS)).toEqual({
      name: '2024-04',
      start: '2024-03-26',
      end: '2024-04-25',
      day: '2024-04-05',
      before: { name: '2024-03', start: '2024-02-26', end: '2024-03-25', through: '2024-03-07' },
    })
  })

  it('holds its day, and the one before it ends where it begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (n) => {
        const day = addDays('1990-01-01', n)
        const { start, end, before } = boardMonth(day)
        expect(start <= day && day <= end).toBe(true)
        expect(before.end).toBe(addDays(start, -1))
        expect(before.start <= before.through && before.through <= before.end).toBe(true)
        expect(dayNumber(before.through) - dayNumber(before.start)).toBeLessThanOrEqual(
          dayNumber(day) - dayNumber(start),
        )
      }),
    )
  })
})

describe('the band', () => {
  const day = (name: string, ...hours: [number, number][]) =>
    hours.map(([h, n]) => ({ day: name, key: `hour:${String(h).padStart(2, '0')}`, n }))

  it('needs two days', () => {
    expect(bandOf([])).toBeUndefined()
    expect(bandOf(day('a', [8, 3]))).toBeUndefined()
  })

  it('is least, median and most of each hour; an hour without reports is none', () => {
    const band = bandOf([...day('a', [8, 4]), ...day('b', [8, 1], [9, 2]), ...day('c', [8, 9])])
    expect(band?.map((b) => b.hour)).toEqual(Array.from({ length: 24 }, (_, h) => h))
    expect(band?.[8]).toEqual({ hour: 8, low: 1, mid: 4, high: 9 })
    expect(band?.[9]).toEqual({ hour: 9, low: 0, mid: 0, high: 2 })
    expect(band?.[0]).toEqual({ hour: 0, low: 0, mid: 0, high: 0 })
  })

  it('takes the middle between two of an even number of days', () => {
    const days = [4, 1, 8, 2].flatMap((n, i) => day(String(i), [7, n]))
    expect(bandOf(days)?.[7]).toEqual({ hour: 7, low: 1, mid: 3, high: 8 })
  })
})
