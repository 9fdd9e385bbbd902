import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseState, HandleClock } from './case.ts'
import { leadingDue, leadingDueAt, leadingLight } from './leading-due.ts'

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

const aState = (clock: HandleClock | undefined, externalDueAt: number | undefined, over = {}) =>
  ({ clock, externalDueAt, reportedAt: 0, status: 'handling', seen: {}, ...over }) as unknown as CaseState

describe('of two due times the earlier leads', () => {
  it.each([
    ['only ours', clock(8, 10), undefined, { dueAt: 10, warnAt: 8, by: 'own' }],
    ['ours is earlier', clock(8, 10), 11, { dueAt: 10, warnAt: 8, by: 'own' }],
    ['ours is earlier, the other warns first', clock(9, 10), 11, { dueAt: 10, warnAt: 9, by: 'own' }],
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
    expect(leadingDue(aState(own, externalDueAt))).toEqual(expected)
  })

  it('never later than either, and never warns after it is due or later than ours would', () => {
    const instant = fc.integer({ min: 1, max: 1_000_000 })
    fc.assert(
      fc.property(instant, instant, instant, (a, b, outside) => {
        const own = clock(Math.min(a, b), Math.max(a, b))
        const lead = leadingDue(aState(own, outside))
        expect(lead?.dueAt).toBe(Math.min(own.dueAt, outside))
        expect(lead?.warnAt).toBeLessThanOrEqual(Math.min(lead?.dueAt ?? 0, own.warnAt))
        expect(leadingDueAt(aState(own, outside))).toBe(lead?.dueAt)
      }),
    )
  })
})

describe('what does not run does not lead', () => {
  it.each([
    [
      'ours stands after the reply',
      { status: 'replied', clock: { ...clock(8, 10), stoppedAt: 9 } },
      { dueAt: 20, by: 'outside' },
    ],
    ['ours stands while suspended', { status: 'suspended' }, { dueAt: 20, by: 'outside' }],
    [
      'the outside one ended with the case',
      { status: 'closed', seen: { closed: 1 } },
      { dueAt: 10, by: 'own' },
    ],
    ['nor begins again', { status: 'handling', seen: { closed: 1, reopened: 1 } }, { dueAt: 10, by: 'own' }],
  ])('%s', (_, over, expected) => {
    expect(leadingDue(aState(clock(8, 10), 20, over))).toMatchObject(expected)
  })

  it('its light is the worse of both that run', () => {
    const lights = [7, 8, 10, 11].map((now) => leadingLight(aState(clock(8, 100), 10), now))
    expect(lights).toEqual(['green', 'yellow', 'yellow', 'red'])
    expect(leadingLight(aState(clock(8, 10), undefined, { status: 'suspended' }), 50)).toBe('none')
  })
})
