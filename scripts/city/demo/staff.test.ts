// Everybody whom the demo town employs, and that nobody's ground is left without them.
import { describe, expect, it } from 'vitest'
import { drawAreas } from './areas.ts'
import { staff } from './staff.ts'
import { UNITS } from './units.ts'

const { areas } = drawAreas()
const accounts = staff(areas)
const holding = (post: string) => accounts.filter((a) => a.posts === post)
const grids = areas.filter((a) => a.level === 'grid').map((a) => a.code)
const communities = areas.filter((a) => a.level === 'community').map((a) => a.code)

describe('accounts', () => {
  it('are as many as the centre and the units employ', () => {
    const posts = [...new Set(accounts.map((a) => a.posts))]
    expect(Object.fromEntries(posts.map((post) => [post, holding(post).length]))).toEqual({
      admin: 1,
      'duty-manager': 3,
      operator: 6,
      dispatcher: 2,
      evaluator: 1,
      head: 1,
      leader: 1,
      display: 1,
      supervisor: 18,
      'grid-member': 72,
      'department-officer': 24,
      handler: 60,
    })
  })

  it('keep the names that everybody logs in with', () => {
    const names = new Set(accounts.map((a) => a.username))
    expect(names.size).toBe(accounts.length)
    for (const name of 'admin duty operator dispatcher supervisor grid evaluator head leader wall'.split(' '))
      expect(names).toContain(name)
    expect(names).toContain('dept-water')
    expect(names).toContain('handler-water')
    for (const name of ['supervisor', 'grid'])
      expect(accounts.find((a) => a.username === name)?.areas, name).toBeUndefined()
  })

  it('bear no name twice', () => {
    expect(new Set(accounts.map((a) => a.name)).size).toBe(accounts.length)
  })

  it('are named in ascending numbers', () => {
    const numbers = (prefix: string) =>
      accounts.map((a) => a.username).filter((n) => new RegExp(`^${prefix}-\\d+$`).test(n))
    expect(numbers('supervisor').at(-1)).toBe('supervisor-18')
    expect(numbers('grid').at(-1)).toBe('grid-72')
    expect(numbers('duty')).toEqual(['duty-2', 'duty-3'])
  })
})

describe('ground', () => {
  it('has a grid member in every grid, one of whom has two', () => {
    const bound = holding('grid-member').flatMap((a) => a.areas ?? [])
    expect([...bound].sort()).toEqual([...grids].sort())
    expect(holding('grid-member').filter((a) => a.areas?.length === 2)).toHaveLength(1)
  })

  it.each(['早班', '晚班'])('has one supervisor for each community in the %s', (shift) => {
    const walking = holding('supervisor').filter((a) => a.name.includes(shift))
    expect(walking.flatMap((a) => a.areas ?? []).sort()).toEqual([...communities].sort())
    for (const { areas: round = [], name } of walking) {
      const size = grids.filter((g) => round.some((c) => g.startsWith(c))).length
      expect(size, name).toBeGreaterThanOrEqual(6)
      expect(size, name).toBeLessThanOrEqual(15)
    }
  })
})

describe('units', () => {
  it('have an officer each at the first level, and five of them two', () => {
    const first = UNITS.filter((u) => u.parent === undefined)
    const count = (code: string) => holding('department-officer').filter((a) => a.department === code).length
    expect(first.map((u) => count(u.code)).every((n) => n >= 1)).toBe(true)
    expect(first.filter((u) => count(u.code) === 2).map((u) => u.code)).toEqual([
      'enforcement',
      'sanitation',
      'municipal',
      'st-xicheng',
      'st-nanhu',
    ])
  })

  it('have somebody who goes and does it, in the unit or below it', () => {
    const parents = new Map(UNITS.map((u) => [u.code, u.parent ?? u.code]))
    const served = new Set(holding('handler').map((a) => parents.get(a.department ?? '')))
    for (const { code, parent } of UNITS) if (parent === undefined) expect(served, code).toContain(code)
  })
})
