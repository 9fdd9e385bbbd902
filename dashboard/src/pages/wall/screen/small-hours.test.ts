import { expect, test } from 'vitest'
import { isTimeToRenew } from './small-hours.ts'

const HOUR = 3_600_000
const night = {
  now: Date.parse('2026-03-03T04:20:00+08:00'),
  timeZone: 'Asia/Shanghai',
  age: 20 * HOUR,
  quiet: HOUR,
  isBusy: false,
}

test('an old page is loaded anew in the city’s small hours', () => {
  expect(isTimeToRenew(night)).toBe(true)
  expect(isTimeToRenew({ ...night, timeZone: 'Europe/London' })).toBe(false)
  expect(isTimeToRenew({ ...night, now: Date.parse('2026-03-03T03:59:59+08:00') })).toBe(false)
  expect(isTimeToRenew({ ...night, now: Date.parse('2026-03-03T05:00:00+08:00') })).toBe(false)
})

test('once a night only, and not where somebody is at it', () => {
  expect(isTimeToRenew({ ...night, age: 0.5 * HOUR })).toBe(false)
  expect(isTimeToRenew({ ...night, quiet: 60_000 })).toBe(false)
  expect(isTimeToRenew({ ...night, isBusy: true })).toBe(false)
})
