// The security policy 安全策略: read by those who administrate security or audit it, changed by the former, each change kept.
import Type, { type Static } from 'typebox'
import { policyChanges, SECURITY_POLICY, type SecurityPolicy } from '#domain/security-policy.ts'
import { changePolicy, readPolicy } from '#store/security.ts'
import { audit } from '../auth/audit.ts'
import type { Logins } from '../auth/logins.ts'
import { requireLogin } from '../auth/plugin.ts'
import { securityAdmins, securityReaders } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, problems } from '../http/problem.ts'

const CHANGE = Type.Partial(SECURITY_POLICY, { additionalProperties: false, minProperties: 1 })

export function securityRoutes(app: App, deps: ApiDeps, { policies }: Logins): void {
  const { store } = deps
  const tags = ['administration']

  app.get(
    '/admin/security',
    {
      schema: {
        tags,
        summary: 'The security policy 安全策略',
        response: { 200: SECURITY_POLICY, ...problems(403) },
      },
      config: securityReaders,
    },
    () => readPolicy(store),
  )

  app.put(
    '/admin/security',
    {
      schema: {
        tags,
        summary: 'Change what is given, leave the rest',
        description:
          'Holds for sessions that are there within a few seconds, and for passwords at their next use.',
        body: CHANGE,
        response: { 200: SECURITY_POLICY, ...problems(403, 415) },
      },
      config: securityAdmins,
    },
    async (request) => {
      const { account } = requireLogin(request)
      const given: Static<typeof CHANGE> = request.body
      const { before, after } = await changePolicy(store, account.id, (present) => {
        const wanted: SecurityPolicy = { ...present, ...given }
        if (wanted.idleMinutes > wanted.sessionDays * 1_440)
          throw invalid([{ path: '/idleMinutes', message: 'is longer than a session lasts' }])
        return wanted
      })
      policies.forget()
      const detail = policyChanges(before, after)
      if (Object.keys(detail).length > 0)
        await audit(deps, request, {
          action: 'policy-change',
          target: { kind: 'policy', id: 'security' },
          detail,
        })
      return after
    },
  )
}
