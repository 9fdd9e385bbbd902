import { expect, it } from 'vitest'
import { trendOf } from './trend.ts'

const row = (values: number[]) => values.map((value, minute) => ({ minute, value }))

it('finds the slope of a line, and that it grows', () => {
  const trend = trendOf(row([10, 12.1, 13.9, 16, 18.1]))
  expect(trend.slope).toBeCloseTo(2, 1)
  expect(trend.grows).toBe(true)
})

it('calls neither noise nor shrinking growth', () => {
  expect(trendOf(row([30, 31, 29, 30.5, 29.5, 31, 29.8])).grows).toBe(false)
  expect(trendOf(row([9, 8, 7, 6, 5])).grows).toBe(false)
  expect(trendOf(row([7, 7, 7]))).toEqual({ slope: 0, noise: 0, grows: false })
})

it('does not say growth of two points, and nothing of one', () => {
  expect(trendOf(row([1, 9]))).toEqual({ slope: 8, noise: undefined, grows: false })
  expect(() => trendOf(row([1]))).toThrow()
})
