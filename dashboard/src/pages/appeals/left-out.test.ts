// What a granted appeal would change is said before it is granted, and what it changed afterwards.
import { describe, expect, it } from 'vitest'
import type { FlagJson } from '../../api/clocks.ts'
import { counting, leftOut, wouldLeaveOut } from './left-out.ts'

const flag = (key: FlagJson['key'], more: Partial<FlagJson> = {}): FlagJson => ({
  key,
  name: key,
  for: { kind: 'case', unit: 'water' },
  round: 1,
  at: '2026-11-19T10:00:00+08:00',
  stands: true,
  ...more,
})
const keys = (flags: readonly FlagJson[]) => flags.map((f) => f.key)

const FLAGS = [
  flag('late-replied'),
  flag('late-replied', { for: { kind: 'worker', post: 'handler' } }),
  flag('was-overdue'),
  flag('reworked'),
  flag('reported', { for: { kind: 'case' } }),
  flag('overdue-unacknowledged', { for: { kind: 'unit', unit: 'roads' } }),
  flag('dissatisfied', { stands: false }),
]

describe('what a granted appeal would leave out', () => {
  it('is what the appeal is about, once each, and only what counts', () => {
    expect(keys(wouldLeaveOut(FLAGS, { about: 'overdue', unit: 'water' }))).toEqual([
      'late-replied',
      'was-overdue',
    ])
    expect(keys(wouldLeaveOut(FLAGS, { about: 'rework', unit: 'water' }))).toEqual(['reworked'])
    expect(wouldLeaveOut(FLAGS, { about: 'dissatisfaction', unit: 'water' })).toEqual([])
  })

  it('is everything of the unit, and nothing of the city or of other units, where the dispatch was wrong', () => {
    expect(keys(wouldLeaveOut(FLAGS, { about: 'misdispatch', unit: 'water' }))).toEqual([
      'late-replied',
      'was-overdue',
      'reworked',
    ])
  })
})

it('what was left out no longer counts', () => {
  const exempt = { at: '2026-11-20T10:00:00+08:00', about: 'rework' }
  const after = FLAGS.map((f) => (f.key === 'reworked' ? { ...f, exempt } : f))
  expect(keys(leftOut(after))).toEqual(['reworked'])
  expect(keys(counting(after, 'water'))).toEqual(['late-replied', 'was-overdue', 'reported'])
})
