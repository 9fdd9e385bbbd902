// Policies 策略 of the loaded city: what each says, where it comes from, and those that an administrator of the system may
// overrule, with a reason. A changed policy is a new version of the pack (docs/decisions/0009-policies-are-versions.md).
import Type, { type Static } from 'typebox'
import { isoWithOffset } from '#domain/city-time.ts'
import {
  isPolicyPath,
  POLICY_PATHS,
  POLICY_SETTINGS,
  type PolicyPath,
  type PolicyValue,
  policyValue,
  type SettingKind,
} from '#domain/city/policy-settings.ts'
import { accountNames } from '#store/accounts.ts'
import { changeCityPolicy, DoesNotFit, listOverrides, openByPack } from '#store/policy-overrides.ts'
import { audit } from '../auth/audit.ts'
import { requireLogin } from '../auth/plugin.ts'
import { systemAdmins } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, Problem, problems } from '../http/problem.ts'
import { Instant } from '../schemas/common.ts'

const VALUE = Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: 64 }), Type.Null()], {
  description: 'null = none',
})
const SETTING = Type.Object({
  path: Type.String({ description: 'Its place below `policies` in city.json' }),
  kind: Type.Enum(['share', 'number', 'count', 'limit', 'choice', 'yes-no']),
  min: Type.Optional(Type.Number()),
  max: Type.Optional(Type.Number()),
  values: Type.Optional(Type.Array(Type.String())),
  same: Type.Optional(Type.Boolean({ description: 'The word `same` may stand instead of a limit' })),
  optional: Type.Boolean(),
  value: VALUE,
  overruled: Type.Optional(
    Type.Object({
      packValue: VALUE,
      reason: Type.String(),
      by: Type.Optional(Type.String()),
      at: Instant(),
    }),
  ),
})
const POLICIES = Type.Object({
  version: Type.Integer(),
  settings: Type.Array(SETTING),
  policies: Type.Object(
    {},
    { additionalProperties: true, description: 'All of them, as city.json has them' },
  ),
  open: Type.Object({
    filed: Type.Integer({ description: 'Open cases that go by the version they were filed under' }),
    unfiled: Type.Integer({ description: 'Open cases that go by the newest' }),
  }),
})
const CHANGE = Type.Object(
  {
    path: Type.String({ maxLength: 100 }),
    value: Type.Optional(VALUE),
    back: Type.Optional(Type.Literal(true, { description: 'The pack’s own value counts again' })),
    reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }),
  },
  { additionalProperties: false },
)

export function cityPolicyRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps
  const tags = ['administration']

  async function view(): Promise<Static<typeof POLICIES>> {
    const [city, overrides, open] = await Promise.all([
      runtime.cityFor(),
      listOverrides(store),
      openByPack(store),
    ])
    const names = await accountNames(
      store,
      overrides.flatMap((o) => o.by ?? []),
    )
    const { policies, timeZone } = city.pack
    const setting = (path: PolicyPath): Static<typeof SETTING> => {
      const { optional, ...kind }: SettingKind = POLICY_SETTINGS[path]
      const over = overrides.find((o) => o.path === path)
      const by = over?.by == null ? undefined : names.get(over.by)
      return {
        path,
        ...kind,
        ...('values' in kind ? { values: [...kind.values] } : {}),
        optional: optional ?? false,
        value: policyValue(policies, path),
        ...(over
          ? {
              overruled: {
                packValue: over.packValue,
                reason: over.reason,
                ...(by === undefined ? {} : { by }),
                at: isoWithOffset(over.at.getTime(), timeZone),
              },
            }
          : {}),
      } as Static<typeof SETTING>
    }
    return {
      version: city.version,
      settings: POLICY_PATHS.map(setting),
      policies: { ...policies },
      open,
    }
  }

  app.get(
    '/admin/policies',
    {
      schema: {
        tags,
        summary: 'Policies of the loaded city, and which are overruled',
        response: { 200: POLICIES, ...problems(403) },
      },
      config: systemAdmins,
    },
    view,
  )

  app.put(
    '/admin/policies',
    {
      schema: {
        tags,
        summary: 'Overrule one policy with a reason, or take that back',
        description:
          'Makes a new version of the pack: cases filed from now on go by it, others stay with theirs. Stays when a pack is ' +
          'loaded, until it is taken back.',
        body: CHANGE,
        response: { 200: POLICIES, ...problems(403, 409, 415) },
      },
      config: systemAdmins,
    },
    async (request) => {
      const { path, value, back } = request.body
      const reason = request.body.reason.trim()
      if (!isPolicyPath(path))
        throw invalid([{ path: '/path', message: 'is no policy that can be overruled' }])
      if ((back === true) === (value !== undefined))
        throw invalid([{ path: '/value', message: 'give either a value or `back`' }])
      const by = requireLogin(request).account.id
      const done = await changeCityPolicy(store, {
        path,
        by,
        reason,
        ...(value === undefined ? { back: true as const } : { value: value as PolicyValue }),
      }).catch((error: unknown) => {
        if (!(error instanceof DoesNotFit)) throw error
        throw invalid([{ path: '/value', message: error.message }])
      })
      if (!done) throw new Problem(409, 'nothing-changes', 'that is what counts already')
      runtime.signals.raise('register')
      await audit(deps, request, {
        action: 'city-policy',
        target: { kind: 'policy', id: path },
        detail: { from: done.from, to: done.to, reason, version: done.version, ...(back ? { back } : {}) },
      })
      return view()
    },
  )
}
