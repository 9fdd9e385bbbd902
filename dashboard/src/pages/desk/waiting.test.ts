import { describe, expect, it } from 'vitest'
import type { BoardCase } from '#domain/board.ts'
import type { WaitsFor } from '#domain/case.ts'
import type { Account } from '../../api/session.ts'
import { homeOf } from '../../api/session.ts'
import { scopeOf, waitsFor } from './waiting.ts'

const account = (posts: Account['posts'], department?: string): Account => ({
  id: 'u',
  username: 'u',
  name: 'U',
  posts,
  ...(department === undefined ? {} : { department }),
})
const waiting = (who: WaitsFor['who'], department?: string) =>
  ({ department, waitsFor: { who, action: 'x', reason: 'x', since: 0 } }) as BoardCase

describe('what waits for a person', () => {
  it('is by post in the centre and by unit outside it', () => {
    expect(waitsFor(waiting('duty-manager'), account(['duty-manager']))).toBe(true)
    expect(waitsFor(waiting('duty-manager'), account(['operator']))).toBe(false)
    expect(waitsFor(waiting('department', 'water'), account(['department-officer'], 'water'))).toBe(true)
    expect(waitsFor(waiting('department', 'water'), account(['department-officer'], 'gas'))).toBe(false)
    expect(waitsFor(waiting('department', 'water'), account(['duty-manager']))).toBe(false)
  })

  it('leaves field tasks to their own list', () => {
    expect(waitsFor(waiting('assignee'), account(['supervisor']))).toBe(false)
  })

  it('is read from the unit’s own feed unless the person also works in the centre', () => {
    expect(scopeOf(account(['handler'], 'water'))).toBe('department:water')
    expect(scopeOf(account(['department-officer', 'dispatcher'], 'water'))).toBe('city')
    expect(scopeOf(account(['duty-manager']))).toBe('city')
  })
})

describe('home', () => {
  it('is the page of the most pressing post', () => {
    expect(homeOf(['evaluator', 'dispatcher'])).toBe('/duty')
    expect(homeOf(['handler'])).toBe('/department')
    expect(homeOf(['display'])).toBe('/wall')
    expect(homeOf([])).toBeUndefined()
  })
})
