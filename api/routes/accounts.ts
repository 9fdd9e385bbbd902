// Accounts and keys, for the administrator 系统管理员: who there is, a new password, disabled and enabled; keys for machines
// and screens, shown once. Accounts are made by the city pack or imported (account-import.ts).
import Type, { type Static } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { POSTS } from '#domain/case.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { addApiKey, findAccount, revokeApiKey } from '#store/accounts.ts'
import {
  type AccountRow,
  apiKeyExists,
  disableAccount,
  enableAccount,
  listAccounts,
  listApiKeys,
  resetPassword,
} from '#store/account-admin.ts'
import type { SecurityPolicy } from '#domain/security-policy.ts'
import { sha256 } from '#store/hash.ts'
import { forgetLoginFailures } from '#store/security.ts'
import { audit } from '../auth/audit.ts'
import type { Logins } from '../auth/logins.ts'
import { requireLogin } from '../auth/plugin.ts'
import { securityAdmins, securityReaders } from '../auth/route-access.ts'
import { newApiKey } from '../auth/tokens.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, Problem, problems } from '../http/problem.ts'
import { Id, Instant, Items } from '../schemas/common.ts'

export const NEW_PASSWORD = Type.String({
  minLength: 8,
  maxLength: 200,
  description: 'At least 8 characters',
})

const ACCOUNT = Type.Object({
  id: Id(),
  username: Type.String(),
  name: Type.String(),
  posts: Type.Array(Type.Enum([...POSTS])),
  department: Type.Optional(Type.String()),
  areas: Type.Array(Type.String(), { description: 'Area codes; empty = the whole city' }),
  mustChange: Type.Boolean({ description: 'The password was set by somebody else and is to be changed' }),
  hasPassword: Type.Boolean(),
  disabledAt: Type.Optional(Instant()),
  lockedUntil: Type.Optional(Instant('Too many wrong passwords: nobody can log in with it until then')),
})

const KEY = Type.Object({
  id: Id(),
  name: Type.String(),
  account: Type.Object({ id: Id(), username: Type.String(), name: Type.String() }),
  createdAt: Instant(),
  revokedAt: Type.Optional(Instant()),
})

const ById = Type.Object({ id: Type.String({ maxLength: 64 }) })
const DONE = Type.Null({ description: 'Done' })

/** @throws 400 where the policy asks for more than the schema does. */
export function assertLongEnough(password: string, { leastPassword }: SecurityPolicy): void {
  if (password.length < leastPassword)
    throw invalid([{ path: '/password', message: `must have at least ${leastPassword} characters` }])
}

export function accountRoutes(app: App, deps: ApiDeps, { policies, forgetAll }: Logins): void {
  const { store, runtime } = deps
  const schema = (summary: string, response: object) => ({ tags: ['administration'], summary, response })
  const unknown = () => new Problem(404, 'not-found', 'there is no such account')
  const timeZone = async () => (await runtime.cityFor()).pack.timeZone

  const view = (a: AccountRow, zone: string): Static<typeof ACCOUNT> => ({
    id: a.id,
    username: a.username,
    name: a.name,
    posts: a.posts,
    ...(a.department === null ? {} : { department: a.department }),
    areas: a.areas,
    mustChange: a.mustChange,
    hasPassword: a.hasPassword,
    ...(a.disabledAt === null ? {} : { disabledAt: isoWithOffset(a.disabledAt.getTime(), zone) }),
    ...(a.lockedUntil === null ? {} : { lockedUntil: isoWithOffset(a.lockedUntil.getTime(), zone) }),
  })

  app.get(
    '/accounts',
    { schema: schema('Everybody’s', { 200: Items(ACCOUNT), ...problems(403) }), config: securityReaders },
    async () => {
      const zone = await timeZone()
      return { items: (await listAccounts(store)).map((a) => view(a, zone)) }
    },
  )

  app.post(
    '/accounts/:id/password',
    {
      schema: {
        ...schema('Set a password, to be changed at the next login; ends the sessions', {
          204: DONE,
          ...problems(403, 404, 409, 415),
        }),
        params: ById,
        body: Type.Object({ password: NEW_PASSWORD }),
      },
      config: securityAdmins,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const { id } = request.params
      if (id === account.id)
        throw new Problem(409, 'own-account', 'change your own password with POST /auth/password')
      assertLongEnough(request.body.password, await policies.now())
      if (!(await resetPassword(store, id, request.body.password))) throw unknown()
      forgetAll()
      await audit(deps, request, { action: 'account-password', target: { kind: 'account', id } })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/accounts/:id/disable',
    {
      schema: {
        ...schema('Nobody can log in with it any more; it is not deleted', {
          204: DONE,
          ...problems(403, 404, 409),
        }),
        params: ById,
      },
      config: securityAdmins,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const { id } = request.params
      if (id === account.id) throw new Problem(409, 'own-account', 'you cannot disable your own account')
      const done = await disableAccount(store, id)
      if (done === 'unknown') throw unknown()
      if (done === 'last-admin')
        throw new Problem(409, 'last-admin', 'nobody else could log in and administrate')
      forgetAll()
      await audit(deps, request, { action: 'account-disable', target: { kind: 'account', id } })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/accounts/:id/enable',
    {
      schema: { ...schema('It can be used again', { 204: DONE, ...problems(403, 404) }), params: ById },
      config: securityAdmins,
    },
    async (request, reply) => {
      const { id } = request.params
      if (!(await enableAccount(store, id))) throw unknown()
      await audit(deps, request, { action: 'account-enable', target: { kind: 'account', id } })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/accounts/:id/unlock',
    {
      schema: {
        ...schema('Too many wrong passwords are forgotten; harmless when there were none', {
          204: DONE,
          ...problems(403, 404),
        }),
        params: ById,
      },
      config: securityAdmins,
    },
    async (request, reply) => {
      const { id } = request.params
      const found = await findAccount(store, id)
      if (!found || found.id !== id) throw unknown()
      if (await forgetLoginFailures(store, found.username))
        await audit(deps, request, { action: 'account-unlock', target: { kind: 'account', id } })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api-keys',
    {
      schema: schema('Keys of machines and screens; never the keys themselves', {
        200: Items(KEY),
        ...problems(403),
      }),
      config: securityReaders,
    },
    async () => {
      const zone = await timeZone()
      const keys = await listApiKeys(store)
      return {
        items: keys.map((k) => ({
          id: k.id,
          name: k.name,
          account: { id: k.accountId, username: k.username, name: k.accountName },
          createdAt: isoWithOffset(k.createdAt.getTime(), zone),
          ...(k.revokedAt === null ? {} : { revokedAt: isoWithOffset(k.revokedAt.getTime(), zone) }),
        })),
      }
    },
  )

  app.post(
    '/api-keys',
    {
      schema: {
        ...schema('A new key, told this once: it acts as the account', {
          201: Type.Object({ id: Id(), name: Type.String(), key: Type.String() }),
          ...problems(403, 415),
        }),
        body: Type.Object({
          name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S', description: 'What it is for' }),
          account: Type.String({ minLength: 1, maxLength: 100, description: 'Id or username' }),
        }),
      },
      config: securityAdmins,
    },
    async (request, reply) => {
      const name = request.body.name.trim()
      const holder = await findAccount(store, request.body.account)
      if (!holder)
        throw new Problem(400, 'invalid', 'there is no such account, or it is disabled', {
          errors: [{ path: '/account', message: 'is not an account that can be used' }],
        })
      const id = uuidv7()
      const key = newApiKey()
      await addApiKey(store, { id, name, keyHash: sha256(key), accountId: holder.id })
      await audit(deps, request, {
        action: 'key-make',
        target: { kind: 'key', id },
        detail: { account: holder.username },
      })
      return reply.code(201).send({ id, name, key })
    },
  )

  app.post(
    '/api-keys/:id/revoke',
    {
      schema: {
        ...schema('The key works no more; harmless when it didn’t', { 204: DONE, ...problems(403, 404) }),
        params: ById,
      },
      config: securityAdmins,
    },
    async (request, reply) => {
      const { id } = request.params
      if (!(await apiKeyExists(store, id))) throw new Problem(404, 'not-found', 'there is no such key')
      await revokeApiKey(store, id)
      forgetAll()
      await audit(deps, request, { action: 'key-revoke', target: { kind: 'key', id } })
      return reply.code(204).send(null)
    },
  )
}
