// The codes and limit texts inside city.json's policies, against the rest of the pack.
import { POLICY_STEPS, STAGES } from '#domain/city/schema.ts'
import type { Policies } from '#domain/city/types.ts'
import { parseLimit } from '#domain/limit.ts'
import { CITY_JSON } from './city-json.ts'
import type { Findings, Known } from './findings.ts'

export function checkPolicies(
  policies: Policies,
  known: { departments: Known; categories: Known; kinds: Known },
  findings: Findings,
): void {
  const at = (field: string) => ({ file: CITY_JSON, field: `policies.${field}` })
  for (const step of POLICY_STEPS)
    policies[step].forEach(({ when }, i) => {
      for (const prefix of when?.category ?? [])
        if (known.categories && ![...known.categories].some((c) => c.startsWith(prefix)))
          findings.fault(
            at(`${step}[${i}].when.category`),
            `no category begins with "${prefix}"`,
            `没有以“${prefix}”开头的类别`,
          )
      for (const kind of when?.kind ?? [])
        if (known.kinds && !known.kinds.has(kind))
          findings.fault(
            at(`${step}[${i}].when.kind`),
            `no category is of kind "${kind}"`,
            `没有类型为“${kind}”的类别`,
          )
      if (when === undefined && i < policies[step].length - 1)
        findings.warn(
          at(`${step}[${i}]`),
          'this rule always holds: the rules after it are never asked',
          '本条无条件成立，其后的规则不会生效',
        )
    })
  for (const stage of STAGES) {
    const limit = policies.stageLimits[stage]
    if (limit !== undefined) checkLimit(limit, `stageLimits.${stage}`)
  }
  if (policies.reworkLimit !== 'same') checkLimit(policies.reworkLimit, 'reworkLimit')
  for (const word of Object.keys(policies.limitWords ?? {})) {
    const parsed = parseLimit(`1${word}`, policies.limitWords)
    if (!parsed.ok) findings.fault(at(`limitWords.${word}`), parsed.reason, parsed.zh)
  }
  const fallBack = policies.fallBackDepartment
  if (known.departments && !known.departments.has(fallBack))
    findings.fault(at('fallBackDepartment'), `unknown department "${fallBack}"`, `未知单位“${fallBack}”`)

  function checkLimit(text: string, field: string) {
    const parsed = parseLimit(text, policies.limitWords)
    if (!parsed.ok) findings.fault(at(field), parsed.reason, parsed.zh)
  }
}
