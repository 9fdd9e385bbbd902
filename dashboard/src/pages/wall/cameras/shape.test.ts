import { describe, expect, it } from 'vitest'
import { shapeFor } from './shape.ts'

describe('the arrangement', () => {
  it.each([
    [1, 16 / 9, 1, 1, false],
    [1, 5, 1, 1, false],
    [4, 16 / 9, 2, 2, false],
    [4, 64 / 9, 4, 1, false],
    [4, 0.4, 1, 4, false],
    [6, 16 / 9, 3, 3, true],
    [6, 24 / 9, 3, 2, false],
    [6, 1.2, 2, 3, false],
    [6, 96 / 9, 6, 1, false],
    [9, 16 / 9, 3, 3, false],
    [9, 1, 3, 3, false],
    [9, 16, 9, 1, false],
  ] as const)(
    'of %i pictures in a space %f times as wide as high',
    (split, aspect, columns, rows, isFirstLarge) => {
      expect(shapeFor(split, aspect)).toEqual({ columns, rows, isFirstLarge })
    },
  )
})
