// Policies of a city pack that an administrator may overrule while the system runs: single values, each with what it may
// be. Rules, ladders and approval chains are changed in the pack. Pure; who overruled what is kept by the store.
import { parseLimit } from '../limit.ts'
import type { Policies } from './types.ts'

/**
 * `limit` is a limit text such as 4工作时; `same` says that the word `same` may stand instead. `optional` may be none,
 * which is written null.
 */
export type SettingKind =
  | { kind: 'share' | 'number' | 'count'; min: number; max: number; optional?: true }
  | { kind: 'limit'; same?: true; optional?: true }
  | { kind: 'choice'; values: readonly string[]; optional?: true }
  | { kind: 'yes-no'; optional?: true }

const stage = { kind: 'limit', optional: true } as const

/** By their place below `policies` in city.json. */
export const POLICY_SETTINGS = {
  warnShare: { kind: 'share', min: 0.05, max: 1 },
  'stageLimits.accept': stage,
  'stageLimits.file': stage,
  'stageLimits.dispatch': stage,
  'stageLimits.acknowledge': stage,
  'stageLimits.confirm': stage,
  'stageLimits.check': stage,
  'stageLimits.close': stage,
  reworkLimit: { kind: 'limit', same: true },
  clockStops: { kind: 'choice', values: ['reply', 'pass', 'close'], optional: true },
  maxExtensions: { kind: 'count', min: 0, max: 20 },
  maxSuspendDays: { kind: 'count', min: 0, max: 1000 },
  'exceptions.return.within': { kind: 'limit', optional: true },
  'exceptions.return.evidence': { kind: 'yes-no', optional: true },
  'exceptions.extension.amount': { kind: 'limit', same: true, optional: true },
  'exceptions.extension.latest': { kind: 'choice', values: ['warn', 'due'], optional: true },
  'exceptions.suspension.proof': { kind: 'yes-no', optional: true },
  'exceptions.suspension.most': { kind: 'count', min: 0, max: 100, optional: true },
  'exceptions.oversight.limit': { kind: 'limit', optional: true },
  taskAssignee: { kind: 'choice', values: ['area', 'central'], optional: true },
  componentMatchM: { kind: 'number', min: 0, max: 200, optional: true },
  borderDoubtM: { kind: 'number', min: 0, max: 200, optional: true },
  'screening.onDuplicate': { kind: 'choice', values: ['offer', 'merge'], optional: true },
  'screening.poorAccuracyM': { kind: 'number', min: 0, max: 10_000, optional: true },
  'screening.captureTime.toleranceSeconds': { kind: 'number', min: 0, max: 86_400, optional: true },
} as const satisfies Record<string, SettingKind>

export type PolicyPath = keyof typeof POLICY_SETTINGS
export const POLICY_PATHS = Object.keys(POLICY_SETTINGS) as PolicyPath[]
export const isPolicyPath = (text: string): text is PolicyPath => Object.hasOwn(POLICY_SETTINGS, text)

/** Null = none. */
export type PolicyValue = number | string | boolean | null

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** What these policies say; null where they say nothing. */
export function policyValue(policies: Policies, path: PolicyPath): PolicyValue {
  let at: unknown = policies
  for (const key of path.split('.')) at = isObject(at) ? at[key] : undefined
  return (at as PolicyValue | undefined) ?? null
}

/** The policies with one value changed; null takes it out. */
export function withPolicyValue(policies: Policies, path: PolicyPath, value: PolicyValue): Policies {
  const put = (at: unknown, [key = '', ...rest]: string[]): Record<string, unknown> => {
    const { [key]: before, ...others } = isObject(at) ? at : {}
    const after = rest.length > 0 ? put(before, rest) : value
    const isGone = after === null || (isObject(after) && Object.keys(after).length === 0)
    return isGone ? others : { ...others, [key]: after }
  }
  return put(policies, path.split('.')) as unknown as Policies
}

/** Why a value will not do, in English and Chinese; undefined when it will. */
export function policyFault(
  policies: Policies,
  path: PolicyPath,
  value: PolicyValue,
): { message: string; zh: string } | undefined {
  const setting: SettingKind = POLICY_SETTINGS[path]
  if (value === null) return setting.optional ? undefined : { message: 'must not be empty', zh: '不能为空' }
  switch (setting.kind) {
    case 'limit': {
      if (setting.same && value === 'same') return undefined
      if (typeof value !== 'string') return { message: 'must be a limit text', zh: '须为时限，如4工作时' }
      const parsed = parseLimit(value, policies.limitWords)
      return parsed.ok ? undefined : { message: parsed.reason, zh: parsed.zh }
    }
    case 'choice':
      return typeof value === 'string' && setting.values.includes(value)
        ? undefined
        : { message: `must be one of ${setting.values.join(', ')}`, zh: '请从列出的选项中选择' }
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : { message: 'must be yes or no', zh: '须为是或否' }
    default: {
      const { min, max, kind } = setting
      const fits = typeof value === 'number' && value >= min && value <= max
      if (fits && (kind !== 'count' || Number.isInteger(value))) return undefined
      const whole = kind === 'count' ? 'a whole number ' : ''
      return {
        message: `must be ${whole}from ${min} to ${max}`,
        zh: `须为${min}至${max}之间的${kind === 'count' ? '整数' : '数'}`,
      }
    }
  }
}
