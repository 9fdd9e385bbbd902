// Policies 策略: for each automatic step, does the rule decide or a person? First rule whose conditions hold.
import type { Post, Source } from './case.ts'
import { coversCategory } from './city/category-codes.ts'
import type { Category, PolicyRule } from './city/types.ts'

export interface PolicyFacts {
  source: Source
  category?: Category | undefined
}

/** `rule` when automatic; otherwise the post that decides and why. No matching rule = the duty manager. */
export function policyDecision(
  rules: readonly PolicyRule[],
  facts: PolicyFacts,
): { who: 'rule' | Post; reason: string } {
  for (const rule of rules) {
    const { when } = rule
    if (when?.source && !when.source.includes(facts.source)) continue
    if (when?.risk && (!facts.category || !when.risk.includes(facts.category.risk))) continue
    if (when?.kind && (!facts.category || !when.kind.includes(facts.category.kind))) continue
    const { category } = facts
    if (when?.category && (!category || !when.category.some((c) => coversCategory(c, category.code))))
      continue
    return { who: rule.decide, reason: rule.reason ?? 'policy' }
  }
  return { who: 'duty-manager', reason: 'no-policy' }
}
