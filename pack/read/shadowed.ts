// Routing rules that never come to speak, because a rule before them answers for everything that they are for.
import { isDeepStrictEqual } from 'node:util'
import { coversCategory } from '#domain/city/category-codes.ts'
import type { Area, RoutingRule } from '#domain/city/types.ts'
import type { Findings, Placed } from './findings.ts'
import { ROUTING } from './routing.ts'

/** `rules` in the order in which they are asked. */
export function checkShadowed(
  rules: readonly Placed<RoutingRule>[],
  areas: readonly Placed<Area>[],
  findings: Findings,
): void {
  const parents = new Map(areas.map((a) => [a.value.code, a.value.parent]))
  const isIn = (code: string | undefined, above: string): boolean => {
    const seen = new Set<string>()
    for (let at = code; at !== undefined && !seen.has(at); at = parents.get(at)) {
      if (at === above) return true
      seen.add(at)
    }
    return false
  }
  rules.forEach(({ row, value: rule }, i) => {
    const before = rules.slice(0, i).find((r) => coversRule(r.value, rule, isIn))
    if (!before) return
    const { id, department, fallBack } = before.value
    const place = { file: ROUTING, row, field: 'order' }
    const sameUnits = [department, fallBack].includes(rule.department)
    if (rule.zoneKind !== undefined || sameUnits)
      findings.warn(
        place,
        `never holds: rule ${id} is asked before it and holds wherever this one does`,
        `本条不会生效：规则${id}先问，凡本条适用的它都适用`,
      )
    else
      findings.warn(
        place,
        `holds only after the unit of rule ${id} has given the case back: that one is asked first; a fallBack there says the same`,
        `规则${id}先问，凡本条适用的它都适用，本条只在其单位退单后才生效；若本意是兜底，请填在${id}的fallBack`,
      )
  })
}

/** Does `wide` hold wherever `narrow` does? */
function coversRule(
  wide: RoutingRule,
  narrow: RoutingRule,
  isIn: (code: string | undefined, above: string) => boolean,
): boolean {
  const anyOr = (a: unknown, b: unknown) => a === undefined || isDeepStrictEqual(a, b)
  if (wide.zoneKind !== narrow.zoneKind) return false
  if (
    wide.category !== undefined &&
    (narrow.category === undefined || !coversCategory(wide.category, narrow.category))
  )
    return false
  if (wide.area !== undefined && !isIn(narrow.area, wide.area)) return false
  const hasWords =
    wide.words === undefined || (narrow.words?.every((word) => wide.words?.includes(word)) ?? false)
  return (
    anyOr(wide.source, narrow.source) &&
    anyOr(wide.owner, narrow.owner) &&
    anyOr(wide.hours, narrow.hours) &&
    anyOr(wide.weekdays, narrow.weekdays) &&
    hasWords
  )
}
