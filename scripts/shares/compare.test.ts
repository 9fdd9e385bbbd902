import { describe, expect, it } from 'vitest'
import { exactly, isOutside, percent, table, unitLines } from './compare.ts'

describe('a share', () => {
  it('lies within what chance explains, or does not', () => {
    // 10 % of 900: a standard error is one per cent.
    expect(percent('x', 10, { n: 90, of: 900 }).tolerance).toBeCloseTo(3.5 + 0.056, 2)
    expect(isOutside(percent('x', 10, { n: 120, of: 900 }))).toBe(false)
    expect(isOutside(percent('x', 10, { n: 123, of: 900 }))).toBe(true)
    expect(isOutside(percent('x', 10, { n: 57, of: 900 }))).toBe(true)
  })

  it('of nothing is outside where something is stated', () => {
    expect(isOutside(percent('x', 10, { n: 0, of: 0 }))).toBe(true)
    expect(isOutside(percent('x', 0, { n: 0, of: 0 }))).toBe(false)
  })
})

it('a count is exact or outside', () => {
  expect(isOutside(exactly('closed', 6967, 6967))).toBe(false)
  expect(isOutside(exactly('closed', 6967, 6966))).toBe(true)
})

it('a unit with few cases has no rates', () => {
  const stated = { share: 1, onTime: 90, rework: 5, returns: 2 }
  const few = { unit: 'u', first: 9, returns: 0, handled: 9, onTime: 9, reworked: 0 }
  expect(unitLines('u', stated, few, 1000, true)).toHaveLength(1)
  expect(
    unitLines('u', stated, { ...few, handled: 100, onTime: 70 }, 1000, true).filter(isOutside),
  ).toMatchObject([{ what: 'u, on time 按期', measured: 70 }])
})

it('the table marks what is outside', () => {
  const text = table([
    {
      title: 'Rates',
      lines: [percent('fine', 50, { n: 50, of: 100 }), percent('not', 1, { n: 50, of: 100 })],
    },
  ])
  expect(text.split('\n').filter((l) => l.startsWith('✗'))).toEqual([expect.stringContaining('not')])
})
