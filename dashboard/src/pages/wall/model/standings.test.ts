import { describe, expect, it } from 'vitest'
import { LEAST_FOR_RATE, percent, ranked, type UnitMonth } from './standings.ts'
import { pageOf } from './pages.ts'

const unit = (code: string, n: number, of: number): UnitMonth => ({
  code,
  handled: { n, of },
  onTime: { n, of },
  closed: { n, of },
  satisfied: { n: 0, of: 0 },
})

describe('rates', () => {
  it('have nothing to say of nothing', () => {
    expect(percent({ n: 0, of: 0 })).toBeUndefined()
    expect(percent({ n: 1203, of: 1238 })).toBe('97.2')
  })
  it('rank only units with enough cases, equal ones alike', () => {
    const rows = ranked([
      unit('few', LEAST_FOR_RATE - 1, LEAST_FOR_RATE - 1),
      unit('b', 18, 20),
      unit('a', 36, 40),
      unit('last', 10, 20),
      unit('first', 20, 20),
    ])
    expect(rows.map((r) => [r.unit.code, r.rank])).toEqual([
      ['first', 1],
      ['a', 2],
      ['b', 2],
      ['last', 4],
    ])
  })
})

describe('a list in turns', () => {
  const rows = Array.from({ length: 14 }, (_, i) => ({ code: i, overdue: i < 3 ? 1 : 0 }))
  it('keeps rows with something overdue and shows every other one in some turn', () => {
    const seen = new Set<number>()
    const { pages } = pageOf(rows, 8, 0)
    for (let turn = 0; turn < pages; turn++) {
      const page = pageOf(rows, 8, turn)
      expect(page.rows.length).toBeLessThanOrEqual(8)
      expect(page.rows.slice(0, 3).map((r) => r.code)).toEqual([0, 1, 2])
      for (const r of page.rows) seen.add(r.code)
    }
    expect(seen.size).toBe(14)
  })
  it('is one page when everything fits, and still turns when all are overdue', () => {
    expect(pageOf(rows.slice(0, 8), 8, 5)).toMatchObject({ page: 0, pages: 1 })
    const late = rows.map((r) => ({ ...r, overdue: 1 }))
    const seen = new Set([0, 1, 2, 3].flatMap((turn) => pageOf(late, 8, turn).rows.map((r) => r.code)))
    expect(seen.size).toBe(14)
  })
})
