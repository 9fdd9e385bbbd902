import { describe, expect, it } from 'vitest'
import { QUARTER } from '../life/rates.ts'
import { NO_HOLIDAYS } from '../life/volume.ts'
import { apportion, lastQuarter, periodAt, reportsByDay } from './period.ts'

const ZONE = 'Asia/Shanghai'
const at = (text: string) => Date.parse(`${text}:00+08:00`)

describe('the last closed quarter', () => {
  it.each([
    ['2026-11-21T12:00', '2026-07-01', '2026-10-01'],
    ['2026-12-31T23:59', '2026-07-01', '2026-10-01'],
    ['2027-02-10T08:00', '2026-10-01', '2027-01-01'],
    ['2026-05-01T00:00', '2026-01-01', '2026-04-01'],
  ])('at %s is from %s to %s', (now, from, to) => {
    expect(lastQuarter(at(now), ZONE)).toEqual({ from, to })
  })

  it('is not the one that ended these days: what it left open is still being done', () => {
    expect(lastQuarter(at('2027-01-03T12:00'), ZONE)).toEqual({ from: '2026-07-01', to: '2026-10-01' })
    expect(lastQuarter(at('2027-01-05T12:00'), ZONE)).toEqual({ from: '2026-10-01', to: '2027-01-01' })
  })

  it('goes by the city’s midnight', () => {
    const fourDays = 4 * 86_400_000
    const midnight = Date.parse('2026-10-01T00:00:00+08:00') + fourDays
    expect(lastQuarter(midnight - 1, ZONE).to).toBe('2026-07-01')
    expect(lastQuarter(midnight, ZONE).to).toBe('2026-10-01')
    expect(lastQuarter(midnight, 'Europe/Berlin').to).toBe('2026-07-01')
  })
})

it('the quarter’s reports sum to its count, weekends have fewer, and days go on up to the end', () => {
  const period = periodAt(at('2026-11-21T12:00'), ZONE)
  const days = reportsByDay(period, { timeZone: ZONE, daysOff: NO_HOLIDAYS })
  const inQuarter = [...days].filter(([day]) => day < '2026-10-01')
  expect(inQuarter).toHaveLength(92)
  expect(inQuarter.reduce((sum, [, n]) => sum + n, 0)).toBe(QUARTER.reported)
  expect(days.get('2026-07-04') ?? 0).toBeLessThan(0.75 * (days.get('2026-07-06') ?? 0))
  expect([...days.keys()].at(-1)).toBe('2026-11-21')
})

it('parts are whole and sum up', () => {
  expect(apportion([1, 1, 1], 100)).toEqual([34, 33, 33])
  expect(apportion([0.5, 0.25, 0.25], 3).reduce((a, b) => a + b)).toBe(3)
})
