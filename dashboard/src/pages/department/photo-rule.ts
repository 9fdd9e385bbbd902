// What the photos of a reply must show, as the filing condition of the case has it. Pure.
import { parsePhotoRule } from '#domain/photo-rule.ts'
import type { CaseJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'

/** The photo rule of the case's filing condition; undefined where it has none. */
export function photoRuleOf(c: CaseJson, city: City) {
  const condition = city.categories
    .find((k) => k.code === c.category?.code)
    ?.conditions.find((k) => k.id === c.condition)
  const text = condition?.photoCheck
  const parsed = text === undefined ? undefined : parsePhotoRule(text)
  const words = [condition?.photoRule, text].filter(Boolean).join('；')
  return { words: words === '' ? undefined : words, rule: parsed?.ok ? parsed.rule : undefined }
}
