import { describe, expect, it } from 'vitest'
import type { BoardCase } from '#domain/board.ts'
import type { WaitsFor } from '#domain/case.ts'
import { byUrgency, decideBy, isFor, kindOf, nextOf, queuesOf, waitingOf, watchedOf } from './queue.ts'

const HOUR = 3_600_000
const NOW = 100 * HOUR

const waiting = (
  id: string,
  action: string,
  who: WaitsFor['who'],
  more: Partial<BoardCase> = {},
  since = NOW - HOUR,
): BoardCase =>
  ({
    id,
    status: 'accepted',
    urgent: false,
    overseen: false,
    since,
    waitsFor: { who, action, reason: 'policy', since },
    ...more,
  }) as BoardCase

describe('the kind of a decision', () => {
  it.each([
    ['accept', {}, 'accept'],
    ['file', {}, 'file'],
    ['dispatch', { status: 'filed' }, 'dispatch'],
    ['grant-return', { status: 'handling' }, 'return'],
    ['grant-extension', { status: 'handling' }, 'extension'],
    ['suspend', { status: 'handling' }, 'suspension'],
    ['request-check', { status: 'replied' }, 'check'],
    ['rework', { status: 'replied' }, 'rework'],
    ['close', { status: 'checked' }, 'close'],
    ['complete-papers', { status: 'checked' }, 'papers'],
    ['file', { urgent: true }, 'urgent'],
    ['close', { urgent: true, status: 'checked' }, 'close'],
    ['reply', { status: 'handling' }, undefined],
  ] as const)('of %s with %j is %s', (action, more, kind) => {
    expect(kindOf(waiting('a', action, 'duty-manager', more))).toBe(kind)
  })

  it('is for whoever holds the post that it waits for', () => {
    const c = waiting('a', 'grant-return', 'head', { status: 'handling' })
    expect([isFor(c, ['head', 'operator']), isFor(c, ['duty-manager'])]).toEqual([true, false])
    expect(isFor(waiting('a', 'reply', 'department'), ['duty-manager'])).toBe(false)
  })

  it.each([
    [
      'a first return',
      waiting('a', 'grant-return', 'dispatcher', { status: 'handling' }),
      'duty-manager',
      true,
    ],
    ['a second return', waiting('a', 'grant-return', 'head', { status: 'handling' }), 'duty-manager', false],
    ['an urgent report', waiting('a', 'accept', 'operator', { urgent: true }), 'duty-manager', true],
    ['an ordinary report', waiting('a', 'accept', 'operator'), 'duty-manager', false],
    [
      'an extension',
      waiting('a', 'grant-extension', 'duty-manager', { status: 'handling' }),
      'dispatcher',
      false,
    ],
  ] as const)('of %s may be another’s too', (_what, c, post, mine) => {
    expect(isFor(c, [post])).toBe(mine)
  })
})

describe('the moment by which it should be decided', () => {
  it.each([
    ['the limit of the stage', waiting('a', 'file', 'duty-manager', { stageDueAt: NOW + 1 }), NOW + 1],
    [
      'the unit’s due time, for what the unit asks',
      waiting('a', 'grant-extension', 'duty-manager', { status: 'handling', dueAt: NOW + 2 }),
      NOW + 2,
    ],
    [
      'not the unit’s due time, once it has replied',
      waiting('a', 'close', 'duty-manager', { status: 'checked', dueAt: NOW - HOUR, stageDueAt: NOW + 3 }),
      NOW + 3,
    ],
    [
      'the earlier due time of another system',
      waiting('a', 'file', 'duty-manager', { stageDueAt: NOW + 9, externalDueAt: NOW + 4 }),
      NOW + 4,
    ],
    [
      'a day after it began to wait, without any limit',
      waiting('a', 'file', 'duty-manager'),
      NOW + 23 * HOUR,
    ],
  ])('is %s', (_what, c, at) => {
    expect(decideBy(c)).toBe(at)
  })
})

describe('the order', () => {
  it('is urgent ones, then by when they are late, then by how long they wait', () => {
    const cases = [
      waiting('young', 'file', 'duty-manager', { stageDueAt: NOW + 5 }, NOW - 1),
      waiting('old', 'file', 'duty-manager', { stageDueAt: NOW + 5 }, NOW - 2),
      waiting('late', 'close', 'duty-manager', { status: 'checked', stageDueAt: NOW - 5 }),
      waiting('urgent', 'file', 'duty-manager', { urgent: true, stageDueAt: NOW + 50 }),
    ]
    expect(cases.sort(byUrgency).map((c) => c.id)).toEqual(['urgent', 'late', 'old', 'young'])
  })

  it('holds within a queue and over all of them, with counts, the oldest and the late', () => {
    const cases = [
      waiting('f1', 'file', 'duty-manager', { stageDueAt: NOW + 5 }, NOW - 3 * HOUR),
      waiting('f2', 'file', 'duty-manager', { stageDueAt: NOW - 5 }, NOW - HOUR),
      waiting('c1', 'close', 'duty-manager', { status: 'checked', stageDueAt: NOW + 1 }),
      waiting('other', 'accept', 'operator'),
    ]
    const queues = queuesOf(cases, ['duty-manager'], NOW)
    const file = queues.find((q) => q.kind === 'file')
    expect(file).toMatchObject({ oldest: NOW - 3 * HOUR, late: 1 })
    expect(file?.cases.map((c) => c.id)).toEqual(['f2', 'f1'])
    expect(waitingOf(queues, 'all').map((c) => c.id)).toEqual(['f2', 'c1', 'f1'])
    expect(waitingOf(queues, 'close').map((c) => c.id)).toEqual(['c1'])
    expect(queues.find((q) => q.kind === 'accept')).toMatchObject({ cases: [], oldest: undefined, late: 0 })
  })
})

describe('the next case', () => {
  const list = ['a', 'b', 'c'].map((id) => waiting(id, 'file', 'duty-manager'))
  it('is the first that nobody else has in hand', () => {
    expect(nextOf(list, new Set())?.id).toBe('a')
    expect(nextOf(list, new Set(['a', 'b']))?.id).toBe('c')
    expect(nextOf(list, new Set(['a', 'b', 'c']))).toBeUndefined()
  })
})

it('watches what somebody looks at on site, and what somebody above watches', () => {
  const cases = [
    waiting('site', 'confirm', 'assignee'),
    waiting('check', 'pass', 'assignee', { status: 'replied' }),
    waiting('seen', 'reply', 'department', { status: 'handling', overseen: true }),
  ]
  expect(watchedOf(cases, 'confirming').map((c) => c.id)).toEqual(['site'])
  expect(watchedOf(cases, 'overseen').map((c) => c.id)).toEqual(['seen'])
})
