import { describe, expect, it } from 'vitest'
import type { PolicyRule } from './city/types.ts'
import { policyDecision } from './policy.ts'
import { aCity } from './testing/city.ts'

const category = (code: string) => aCity().categories.get(code)
const decided = (rules: PolicyRule[], facts: Parameters<typeof policyDecision>[1]) =>
  policyDecision(rules, facts).who

describe('a policy', () => {
  it('is its first rule whose conditions all hold', () => {
    const rules: PolicyRule[] = [
      { when: { source: ['grid'], risk: ['low'] }, decide: 'rule' },
      { when: { source: ['grid'] }, decide: 'dispatcher' },
      { decide: 'head' },
    ]
    expect(decided(rules, { source: 'grid', category: category('E0110') })).toBe('rule')
    expect(decided(rules, { source: 'grid', category: category('E0125') })).toBe('dispatcher')
    expect(decided(rules, { source: 'citizen', category: category('E0110') })).toBe('head')
  })

  it.each<[NonNullable<PolicyRule['when']>, string, boolean]>([
    [{ risk: ['urgent', 'low'] }, 'E0502', true],
    [{ risk: ['urgent'] }, 'E0110', false],
    [{ kind: ['C'] }, 'C0103', true],
    [{ kind: ['C'] }, 'E0110', false],
    [{ category: ['E01'] }, 'E0125', true],
    [{ category: ['E0110', 'E05'] }, 'E0125', false],
    [{}, 'E0125', true],
  ])('%j for %s: %s', (when, code, holds) => {
    expect(decided([{ when, decide: 'rule' }], { source: 'grid', category: category(code) })).toBe(
      holds ? 'rule' : 'duty-manager',
    )
  })

  it('about categories never holds for a case without one', () => {
    for (const when of [
      { risk: ['low'] },
      { kind: ['E'] },
      { category: ['E'] },
    ] satisfies PolicyRule['when'][])
      expect(decided([{ when, decide: 'rule' }], { source: 'grid' })).toBe('duty-manager')
  })

  it('without a rule that holds is the duty manager’s', () => {
    expect(policyDecision([], { source: 'grid' })).toEqual({ who: 'duty-manager', reason: 'no-policy' })
  })

  it('gives its own reason', () => {
    expect(policyDecision([{ decide: 'head', reason: 'big' }], { source: 'grid' }).reason).toBe('big')
    expect(policyDecision([{ decide: 'head' }], { source: 'grid' }).reason).toBe('policy')
  })
})
