// What a pack would change against the loaded one, for a person who decides whether to load it: tables with counts and
// first codes, policies with their values, and what stays overruled.
import { isDeepStrictEqual } from 'node:util'
import {
  POLICY_PATHS,
  type PolicyPath,
  type PolicyValue,
  policyValue,
  withPolicyValue,
} from '#domain/city/policy-settings.ts'
import type { CityPack, Policies } from '#domain/city/types.ts'
import { packChanges, type TableChanges } from './changes.ts'

export interface PolicyOverrule {
  path: PolicyPath
  value: PolicyValue
}

export interface PackDifference {
  changes: TableChanges[]
  /** Single values that differ, as they would count. */
  values: { path: PolicyPath; from: PolicyValue; to: PolicyValue }[]
  /** Other parts of the policies that differ, by their name in city.json. */
  policies: string[]
  /** Values that an administrator has set and the pack says otherwise. */
  overruled: { path: PolicyPath; value: PolicyValue; packValue: PolicyValue }[]
}

export function packDifference(
  before: CityPack | undefined,
  given: CityPack,
  overrides: readonly PolicyOverrule[],
): PackDifference {
  const policies = overrides.reduce((p, { path, value }) => withPolicyValue(p, path, value), given.policies)
  const after = { ...given, policies }
  const overruled = overrides.flatMap(({ path, value }) => {
    const packValue = policyValue(given.policies, path)
    return packValue === value ? [] : [{ path, value, packValue }]
  })
  if (!before) return { changes: [], values: [], policies: [], overruled }
  const values = POLICY_PATHS.flatMap((path) => {
    const [from, to] = [policyValue(before.policies, path), policyValue(policies, path)]
    return from === to ? [] : [{ path, from, to }]
  })
  return {
    changes: packChanges(before, after),
    values,
    policies: othersThatDiffer(before.policies, policies),
    overruled,
  }
}

/** Without the single values, which are told apart. */
function othersThatDiffer(before: Policies, after: Policies): string[] {
  const bare = (policies: Policies) =>
    JSON.parse(
      JSON.stringify(POLICY_PATHS.reduce((p, path) => withPolicyValue(p, path, null), policies)),
    ) as Record<string, unknown>
  const [old, now] = [bare(before), bare(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => !isDeepStrictEqual(old[name], now[name]),
  )
}
