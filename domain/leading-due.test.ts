import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HandleClock } from './case.ts'
import { leadingDue, leadingDueAt } from './leading-due.ts'

const HOUR = 3_600_000
const clock = (warnAt: number, dueAt: number): HandleClock => ({
  limit: { amount: 4, unit: 'work-hour', text: '4工作时' },
  times: 1,
  calendar: 'centre',
  startedAt: 0,
  pauses: [],
  warnAt,
  dueAt,
})

describe('of two due times the earlier leads', () => {
  it.each([
    ['only ours', clock(8, 10), undefined, { dueAt: 10, warnAt: 8, by: 'own' }],
    ['ours is earlier', clock(8, 10), 11, { dueAt: 10, warnAt: 8, by: 'own' }],
    ['both at once', clock(8, 10), 10, { dueAt: 10, warnAt: 8, by: 'own' }],
    [
      'the outside one is earlier',
      clock(8 * HOUR, 10 * HOUR),
      5 * HOUR,
      { dueAt: 5 * HOUR, warnAt: 4 * HOUR, by: 'outside' },
    ],
    ['only the outside one', undefined, 5 * HOUR, { dueAt: 5 * HOUR, warnAt: 4 * HOUR, by: 'outside' }],
    ['it had passed before the report', clock(8, 10), -5, { dueAt: -5, warnAt: -5, by: 'outside' }],
    ['none', undefined, undefined, undefined],
  ] as const)('%s', (_, own, externalDueAt, expected) => {
    expect(leadingDue({ clock: own, externalDueAt, reportedAt: 0 })).toEqual(expected)
  })

  it('never later than either, and never warns after it is due or later than ours would', () => {
    const instant = fc.integer({ min: 1, max: 1_000_000 })
    fc.assert(
      fc.property(instant, instant, instant, (a, b, outside) => {
        const own = clock(Math.min(a, b), Math.max(a, b))
        const lead = leadingDue({ clock: own, externalDueAt: outside, reportedAt: 0 })
        expect(lead?.dueAt).toBe(Math.min(own.dueAt, outside))
        expect(lead?.warnAt).toBeLessThanOrEqual(Math.min(lead?.dueAt ?? 0, own.warnAt))
        expect(leadingDueAt({ clock: own, externalDueAt: outside, reportedAt: 0 })).toBe(lead?.dueAt)
      }),
    )
  })
})
