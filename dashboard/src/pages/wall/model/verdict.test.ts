import { describe, expect, it } from 'vitest'
import type { BoardCase } from '#domain/board.ts'
import { verdictOf } from './verdict.ts'

const NOW = 1_800_000_000_000
const HOUR = 3_600_000
type Model = Parameters<typeof verdictOf>[0]
const model = (over: Partial<Model>): Model => ({
  urgent: [],
  overdue: [],
  units: [],
  lights: { green: 40, yellow: 0, red: 0, none: 0 },
  decisions: [],
  storm: false,
  ...over,
})
const cases = (n: number, light: 'green' | 'red' = 'red', status = 'handling') =>
  Array.from({ length: n }, (_, i) => ({ id: `${i}`, light, status })) as unknown as BoardCase[]

describe('the day in one word', () => {
  it('is calm without a reason', () => {
    expect(verdictOf(model({}), NOW)).toEqual({ mood: 'calm', because: [] })
  })
  it('is to be watched for little, and says who has most of it', () => {
    const units = [{ code: 'housing', open: 9, overdue: 2, double: 0, overdueSince: NOW }]
    const lights = { green: 40, yellow: 2, red: 3, none: 9 }
    expect(verdictOf(model({ overdue: cases(3), units, lights }), NOW)).toEqual({
      mood: 'watch',
      because: [{ kind: 'overdue', n: 3, unit: 'housing', ofUnit: 2 }],
    })
  })
  it('is tense when something urgent is overdue, or a tenth of all clocks', () => {
    expect(verdictOf(model({ urgent: cases(1) }), NOW).mood).toBe('tense')
    expect(verdictOf(model({ urgent: cases(1, 'green') }), NOW).mood).toBe('watch')
    // Replied too late, but nobody's to handle any more.
    expect(verdictOf(model({ urgent: cases(1, 'red', 'replied') }), NOW).mood).toBe('watch')
    const lights = { green: 80, yellow: 0, red: 12, none: 0 }
    expect(verdictOf(model({ overdue: cases(12), lights }), NOW).mood).toBe('tense')
  })
  it('names decisions that wait too long, and at most two reasons', () => {
    const decisions = [
      { kind: 'file', actions: ['file'], n: 4, oldestSince: NOW - 3 * HOUR },
    ] as Model['decisions']
    expect(verdictOf(model({ decisions }), NOW).because).toEqual([{ kind: 'waiting', n: 4 }])
    const all = verdictOf(model({ decisions, urgent: cases(2), overdue: cases(2) }), NOW)
    expect(all.because.map((b) => b.kind)).toEqual(['urgent-late', 'overdue'])
  })
})
