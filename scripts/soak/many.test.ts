import { expect, it } from 'vitest'
import type { BoardCase } from '#domain/board.ts'
import { multiplied } from './many.ts'

const cases = ['a', 'b', 'c'].map((id) => ({ id, lng: 114, lat: 30, light: 'red' }) as BoardCase)

it('shows every case, and copies beside it until there are enough, each with an id of its own', () => {
  const many = multiplied(cases, 20)
  expect(many.slice(0, 3)).toEqual(cases)
  expect(new Set(many.map((c) => c.id)).size).toBe(20)
  for (const c of many) expect(Math.hypot(c.lng - 114, c.lat - 30)).toBeLessThanOrEqual(0.01)
})

it('takes none away, and makes none of nothing', () => {
  expect(multiplied(cases, 1)).toEqual(cases)
  expect(multiplied([], 20)).toEqual([])
})
