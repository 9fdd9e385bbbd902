import { describe, expect, test } from 'vitest'
import { arcOf, digitSize, FLOOR_ARC, rootSize, seams, textSize } from './legibility.ts'

/** 98″ is 2170 mm wide, three 55″ beside each other 3650 mm. */
const WALLS = [
  ['98″ at 1920', 1920, 2170, 37, 46, 59],
  ['3×3 of 55″ at 1920', 1920, 3650, 22, 27, 35],
  ['LED 4.8 m at 1920', 1920, 4800, 17, 21, 27],
  ['3×1 of 55″ at 5760', 5760, 3650, 65, 82, 105],
] as const

test.each(WALLS)('%s, read from 8 m', (_, widthPx, widthMm, floor, text, digits) => {
  const viewed = { widthPx, widthMm, distanceM: 8 }
  expect(textSize(viewed, FLOOR_ARC)).toBe(floor)
  expect(textSize(viewed)).toBe(text)
  expect(rootSize(viewed)).toBe(text)
  expect(digitSize(viewed)).toBe(digits)
})

test('text is never under 16 px, however near', () => {
  expect(rootSize({ widthPx: 1920, widthMm: 4800, distanceM: 0.6 })).toBe(16)
})

test('twice as far is twice as large, twice as fine is twice as many pixels', () => {
  const near = rootSize({ widthPx: 1920, widthMm: 2170, distanceM: 4 })
  expect(rootSize({ widthPx: 1920, widthMm: 2170, distanceM: 8 })).toBeCloseTo(2 * near, -1)
  expect(rootSize({ widthPx: 3840, widthMm: 2170, distanceM: 4 })).toBeCloseTo(2 * near, -1)
})

test('an arc and its size are each other’s inverse', () => {
  const viewed = { widthPx: 1920, widthMm: 3650, distanceM: 8 }
  expect(arcOf(27.19, viewed)).toBeCloseTo(20, 1)
})

describe('seams', () => {
  test('of three panels in a row', () => {
    expect(seams({ widthPx: 5760, heightPx: 1080 }, { columns: 3, rows: 1 })).toEqual({
      x: [1920, 3840],
      y: [],
    })
  })
  test('of two by two', () => {
    expect(seams({ widthPx: 3840, heightPx: 2160 }, { columns: 2, rows: 2 })).toEqual({
      x: [1920],
      y: [1080],
    })
  })
  test('of one panel there are none', () => {
    expect(seams({ widthPx: 1920, heightPx: 1080 }, { columns: 1, rows: 1 })).toEqual({ x: [], y: [] })
  })
})
