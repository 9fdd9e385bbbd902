import fc from 'fast-check'
import { expect, it } from 'vitest'
import { groupsOf } from '../layout/grid.ts'
import { barPlace } from './bar-place.ts'

const on = (width: number, height: number, columns: number, rows = 1) =>
  barPlace({ width, height, tiles: { columns, rows } })

it('stands on the whole of one screen, the middle one of three, the second of two', () => {
  expect(on(1920, 1080, 1)).toEqual({ left: 0, right: 0, isHalved: false })
  const middle = on(5760, 1080, 3)
  expect(middle).toMatchObject({ left: 1 / 3, isHalved: false })
  expect(middle.right).toBeCloseTo(1 / 3)
  expect(on(3840, 1080, 2)).toEqual({ left: 0.5, right: 0, isHalved: false })
})

it('is parted by the seam of a screen of several tiles', () => {
  expect(on(3840, 2160, 2, 2)).toEqual({ left: 0, right: 0, isHalved: true })
  expect(on(7680, 2160, 4, 2)).toMatchObject({ left: 0.5, right: 0, isHalved: true })
})

it('meets seams at its rims and in its middle only', () => {
  const sizes = fc.constantFrom([1920, 1080], [3840, 2160], [5760, 1080], [7680, 2160], [2560, 1080])
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 6 }), ([width = 0, height = 0], columns) => {
      const { left, right, isHalved } = on(width, height, columns)
      expect(left).toBeGreaterThanOrEqual(0)
      expect(right).toBeGreaterThan(-1e-9)
      const tiles = Array.from({ length: columns - 1 }, (_, i) => (i + 1) / columns)
      const crossed = tiles.filter((s) => s > left + 1e-9 && s < 1 - right - 1e-9)
      if (columns % groupsOf({ width, height, tiles: { columns, rows: 1 } }) !== 0) return
      expect(crossed).toHaveLength(isHalved ? 1 : 0)
      for (const seam of crossed) expect(seam).toBeCloseTo((left + 1 - right) / 2)
    }),
  )
})
