import { describe, expect, it } from 'vitest'
import { area, withoutStub } from './curve.ts'
import { areApart, boxAt, frameAt, round } from './frame.ts'
import type { Point } from './plane.ts'
import { centreOf, leftPieces, shrink } from './ring.ts'

const square: Point[] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
  [0, 0],
]
/** A U, open to the north. */
const u: Point[] = [
  [0, 0],
  [30, 0],
  [30, 30],
  [20, 30],
  [20, 10],
  [10, 10],
  [10, 30],
  [0, 30],
  [0, 0],
]
const areas = (rings: Point[][]) => rings.map(area).sort((a, b) => a - b)

describe('cutting an outline', () => {
  it('gives what lies left of the line', () => {
    expect(areas(leftPieces(square, [4, -5], [4, 20]))).toEqual([40])
    expect(areas(leftPieces(square, [4, 20], [4, -5]))).toEqual([60])
  })

  it('gives all or nothing when the line passes by', () => {
    expect(areas(leftPieces(square, [20, 0], [20, 5]))).toEqual([100])
    expect(leftPieces(square, [20, 5], [20, 0])).toEqual([])
  })

  it('gives the arms of a bent outline one by one, and no ground between them', () => {
    expect(areas(leftPieces(u, [-5, 20], [35, 20]))).toEqual([100, 100])
    expect(areas(leftPieces(u, [35, 20], [-5, 20]))).toEqual([500])
  })

  it('loses nothing and adds nothing', () => {
    const both = [...leftPieces(u, [3, -4], [25, 40]), ...leftPieces(u, [25, 40], [3, -4])]
    expect(areas(both).reduce((a, b) => a + b, 0)).toBeCloseTo(area(u), 6)
  })
})

it('draws the edges in, and says when nothing is left', () => {
  expect(area(shrink(square, 1) ?? [])).toBeCloseTo(64, 6)
  expect(shrink(square, 6)).toBeUndefined()
})

it('finds the centre of gravity', () => {
  expect(centreOf(u)).toEqual([15, expect.closeTo(13.571, 2)])
})

it('tells how far two houses stand apart', () => {
  const house = boxAt([0, 0], 20, 10, 0)
  const beside = (x: number) => boxAt([x, 0], 20, 10, 0.2)
  expect(areApart(house, beside(26), 3)).toBe(true)
  expect(areApart(house, beside(21), 3)).toBe(false)
  expect(areApart(house, boxAt([2, 2], 4, 4, 0), 0)).toBe(false)
})

it('draws a running track of about 400 m on its inner lane', () => {
  const track = round(frameAt([0, 0], 0), 36.5, 84.4, 24)
  const length = track.slice(1).reduce((sum, p, i) => {
    const q = track[i] ?? p
    return sum + Math.sqrt((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2)
  }, 0)
  expect(length).toBeGreaterThan(396)
  expect(length).toBeLessThan(400)
})

it('ends a street at the road it comes to, and only there', () => {
  const road: Point[] = [
    [-100, 0],
    [100, 0],
  ]
  const street: Point[] = [
    [0, 20],
    [0, -300],
  ]
  expect(withoutStub(street, [road], 50)).toEqual([
    [0, 0],
    [0, -300],
  ])
  expect(withoutStub(street, [road], 10)).toEqual(street)
})
