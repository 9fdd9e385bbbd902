// Values that may be overruled: read, changed in place, refused with a reason; and the list fits what a pack may say.
import { Errors } from 'typebox/value'
import { expect, test } from 'vitest'
import { cityPack } from '../testing/city.ts'
import {
  POLICY_PATHS,
  POLICY_SETTINGS,
  policyFault,
  policyValue,
  type SettingKind,
  withPolicyValue,
} from './policy-settings.ts'
import { cityJsonSchema } from './schema.ts'

const { policies } = cityPack()

/** A value that each kind allows. */
function sound(setting: SettingKind): number | string | boolean {
  if (setting.kind === 'limit') return '3工作时'
  if (setting.kind === 'choice') return setting.values[0] ?? ''
  return setting.kind === 'yes-no' ? true : setting.max
}

test.each(POLICY_PATHS)('%s can be set as city.json allows it, and taken back', (path) => {
  const value = sound(POLICY_SETTINGS[path])
  expect(policyFault(policies, path, value)).toBeUndefined()
  const changed = withPolicyValue(policies, path, value)
  expect(policyValue(changed, path)).toBe(value)
  expect(Errors(cityJsonSchema.properties.policies, changed)).toEqual([])
  const before = policyValue(policies, path)
  expect(withPolicyValue(changed, path, before)).toEqual(withPolicyValue(policies, path, before))
})

test('what was not there leaves nothing behind when it is taken out', () => {
  const { exceptions: _, ...plain } = policies
  const changed = withPolicyValue(plain, 'exceptions.suspension.most', 2)
  expect(changed.exceptions).toEqual({ suspension: { most: 2 } })
  expect(withPolicyValue(changed, 'exceptions.suspension.most', null)).toEqual(plain)
})

test.each([
  ['warnShare', 1.5, /0.05 to 1/],
  ['warnShare', null, /empty/],
  ['maxExtensions', 1.5, /whole/],
  ['maxExtensions', '2', /whole/],
  ['stageLimits.file', '三天左右', /./],
  ['stageLimits.file', 4, /limit text/],
  ['stageLimits.file', 'same', /./],
  ['clockStops', 'never', /one of reply/],
  ['exceptions.return.evidence', 'yes', /yes or no/],
] as const)('%s cannot be %s', (path, value, words) => {
  expect(policyFault(policies, path, value)?.message).toMatch(words)
})
