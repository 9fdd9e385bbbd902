import { expect, it } from 'vitest'
import { MULTIPLE, nextGap, REPORTS_A_DAY } from './curve.ts'
import { dice, patience, pickWeighted } from './dice.ts'
import { reportText } from './texts.ts'

const many = Array.from({ length: 4000 }, (_, i) => i)

it('falls the same way for the same name, and evenly over many', () => {
  expect(dice('a', 1)).toBe(dice('a', 1))
  expect(dice('a', 1)).not.toBe(dice('a', 2))
  const mean = many.reduce((sum, i) => sum + dice('even', i), 0) / many.length
  expect(mean).toBeGreaterThan(0.47)
  expect(mean).toBeLessThan(0.53)
})

it('picks by weight, and never what weighs nothing', () => {
  const picked = many.map((i) =>
    pickWeighted(['never', 'rarely', 'often'], (x) => ({ never: 0, rarely: 1, often: 9 })[x] ?? 0, i),
  )
  expect(picked).not.toContain('never')
  const often = picked.filter((p) => p === 'often').length / many.length
  expect(often).toBeGreaterThan(0.87)
  expect(often).toBeLessThan(0.93)
})

it('waits about the median, sometimes much longer', () => {
  const waits = many.map((i) => patience(60_000, 'wait', i)).sort((a, b) => a - b)
  expect(waits[2000]).toBeGreaterThan(50_000)
  expect(waits[2000]).toBeLessThan(70_000)
  expect(waits.at(-1)).toBeGreaterThan(5 * 60_000)
})

it('sends a day’s reports at the stated multiple, most of them in the morning', () => {
  const perHour = (hour: number) =>
    3_600_000 / (many.reduce((sum, i) => sum + nextGap(hour, dice('gap', hour, i)), 0) / many.length)
  expect(perHour(9)).toBeGreaterThan(perHour(13))
  const share = perHour(9) / (REPORTS_A_DAY * MULTIPLE)
  expect(share).toBeGreaterThan(0.12)
  expect(share).toBeLessThan(0.15)
})

it('writes every report with its place', () => {
  for (const code of ['E0110', 'E0125', 'X9999']) {
    const text = reportText(code, '某类', '人民路东侧', code)
    expect(text).toContain('人民路东侧')
    expect(text).not.toContain('{')
  }
})
