// The codes and limit texts inside city.json's policies, against the rest of the pack.
import { POLICY_STEPS, STAGES } from '#domain/city/schema.ts'
import { POSTS } from '#domain/case.ts'
import type { Post } from '#domain/case.ts'
import type { Policies, PolicyRule } from '#domain/city/types.ts'
import { ladderFindings, ladderOf } from '#domain/escalation.ts'
import { transition } from '#domain/lifecycle.ts'
import type { Action } from '#domain/lifecycle.ts'
import { parseLimit } from '#domain/limit.ts'
import { unknownCategories } from '#domain/city/screening-policies.ts'
import { CITY_JSON } from './city-json.ts'
import type { Findings } from './findings.ts'
import { codeMeant, DEPARTMENT_WORDS, noSuchCategory } from './known.ts'
import type { Known } from './known.ts'
import { POST_WORDS } from './words.ts'

/** What a policy decides about, as the lifecycle calls it. */
const STEPS = {
  accept: 'accept',
  file: 'file',
  dispatch: 'dispatch',
  requestCheck: 'request-check',
  close: 'close',
} as const satisfies Record<(typeof POLICY_STEPS)[number], Action>

/** A fall-back unit given by its name is replaced by its code. */
export function checkPolicies(
  policies: Policies,
  known: { departments: Known; categories: Known; kinds: Known },
  findings: Findings,
): void {
  const at = (field: string) => ({ file: CITY_JSON, field: `policies.${field}` })
  for (const step of POLICY_STEPS)
    policies[step].forEach(({ when }, i) => {
      checkWhen(when, `${step}[${i}].when`)
      if (when === undefined && i < policies[step].length - 1)
        findings.warn(
          at(`${step}[${i}]`),
          'this rule always holds: the rules after it are never asked',
          '本条无条件成立，其后的规则不会生效',
        )
    })
  if (known.categories) {
    const categories = [...known.categories.codes].map((code) => ({ code }))
    for (const name of unknownCategories(policies.screening ?? {}, categories))
      findings.fault(at('screening.duplicates'), ...noSuchCategory(name))
  }
  for (const step of POLICY_STEPS) checkPosts(policies[step], STEPS[step], step)
  checkPosts(policies.exceptions?.rework ?? [], 'rework', 'exceptions.rework')
  for (const [i, { when }] of ladderOf(policies).entries()) checkWhen(when, `escalation[${i}].when`)
  for (const { level, path, message, zh } of ladderFindings(policies)) {
    const report = level === 'fault' ? findings.fault : findings.warn
    report(at(`escalation${path}`), message, zh)
  }
  for (const stage of STAGES) {
    const limit = policies.stageLimits[stage]
    if (limit !== undefined) checkLimit(limit, `stageLimits.${stage}`)
  }
  if (policies.reworkLimit !== 'same') checkLimit(policies.reworkLimit, 'reworkLimit')
  const { exceptions } = policies
  for (const [limit, field] of [
    [exceptions?.return?.within, 'return.within'],
    [exceptions?.extension?.amount, 'extension.amount'],
    [exceptions?.oversight?.limit, 'oversight.limit'],
  ] as const)
    if (limit !== undefined && limit !== 'same') checkLimit(limit, `exceptions.${field}`)
  for (const word of Object.keys(policies.limitWords ?? {})) {
    const parsed = parseLimit(`1${word}`, policies.limitWords)
    if (!parsed.ok) findings.fault(at(`limitWords.${word}`), parsed.reason, parsed.zh)
  }
  policies.fallBackDepartment = codeMeant(
    policies.fallBackDepartment,
    known.departments,
    at('fallBackDepartment'),
    DEPARTMENT_WORDS,
    findings,
  )

  function checkWhen(when: PolicyRule['when'], field: string) {
    for (const prefix of when?.category ?? [])
      if (known.categories && !known.categories.covers(prefix))
        findings.fault(at(`${field}.category`), ...noSuchCategory(prefix))
    for (const kind of when?.kind ?? [])
      if (known.kinds && !known.kinds.has(kind))
        findings.fault(at(`${field}.kind`), `no category is of kind "${kind}"`, `没有类型为“${kind}”的类别`)
  }

  function checkPosts(rules: readonly PolicyRule[], action: Action, field: string) {
    const who: readonly string[] = transition(action)?.who ?? []
    rules.forEach(({ decide }, i) => {
      if (who.includes(decide)) return
      const posts = POSTS.filter((p) => who.includes(p))
      findings.warn(
        at(`${field}[${i}].decide`),
        `a ${decide} may not take this step (${action}): it waits for the duty manager; may: ${posts.join(', ')}`,
        `${transition(action)?.zh}不能由${POST_WORDS[decide as Post][0]}办理，将改由值班长办理；可填：${posts.map((p) => `${p}（${POST_WORDS[p][0]}）`).join('、')}`,
      )
    })
  }

  function checkLimit(text: string, field: string) {
    const parsed = parseLimit(text, policies.limitWords)
    if (!parsed.ok) findings.fault(at(field), parsed.reason, parsed.zh)
  }
}
