// Logging in and out, and who one is. A wrong password and an unknown name are told apart neither by words nor by time.
import cookie from '@fastify/cookie'
import type { FastifyReply } from 'fastify'
import Type, { type Static } from 'typebox'
import { POSTS } from '#domain/case.ts'
import { type Account, closeSession, findLogin, openSession, setPassword } from '#store/accounts.ts'
import { lastsMs, mayRestMs } from '#domain/security-policy.ts'
import { addAudit } from '#store/admin-audit.ts'
import { sha256 } from '#store/hash.ts'
import { verifyPassword } from '#store/passwords.ts'
import { closeScreenSession } from '#store/screens.ts'
import { countLoginFailure, forgetLoginFailures, lockedFor } from '#store/security.ts'
import { audit } from '../auth/audit.ts'
import type { Logins } from '../auth/logins.ts'
import { requireLogin } from '../auth/plugin.ts'
import { anyone, people } from '../auth/route-access.ts'
import { newSessionToken, SESSION_COOKIE, sessionTokenIn } from '../auth/tokens.ts'
import type { App, ApiDeps } from '../deps.ts'
import { limiter } from '../http/limits.ts'
import { invalid, Problem, problems } from '../http/problem.ts'
import { Id, ref } from '../schemas/common.ts'
import { assertLongEnough, NEW_PASSWORD } from './accounts.ts'

export const USER = Type.Object(
  {
    id: Id(),
    username: Type.String(),
    name: Type.String(),
    posts: Type.Array(Type.Enum([...POSTS])),
    department: Type.Optional(Type.String()),
    areas: Type.Array(Type.String(), { description: 'Area codes he answers for; empty = the whole city' }),
    mustChange: Type.Optional(Type.Boolean({ description: 'The password is to be changed' })),
  },
  { $id: 'User' },
)
const WHO = Type.Object({ user: ref(USER) })

const view = (a: Account): Static<typeof USER> => ({
  id: a.id,
  username: a.username,
  name: a.name,
  posts: a.posts,
  ...(a.department === undefined ? {} : { department: a.department }),
  areas: a.areas,
  ...(a.mustChange ? { mustChange: true } : {}),
})

export async function authRoutes(app: App, deps: ApiDeps, logins: Logins): Promise<void> {
  // To set cookies only; reading ours is a line in auth/tokens.ts.
  await app.register(cookie, { hook: false })
  const { store, config, limits } = deps
  const countLogin = limiter(app, limits.logins)
  const countFailure = limiter(app, limits.loginFailures, (request) => {
    const { username } = request.body as { username: string }
    return `${request.ip} ${username.toLowerCase()}`
  })

  const countGuess = limiter(app, limits.loginFailures, (request) => requireLogin(request).account.id)

  /** A new session, and its cookie. */
  const begin = async (reply: FastifyReply, account: Account) => {
    const token = newSessionToken()
    const policy = await logins.policies.now()
    const endsMs = lastsMs(policy)
    await openSession(store, {
      tokenHash: sha256(token),
      accountId: account.id,
      lastsMs: mayRestMs(policy, account.posts),
      endsMs,
    })
    setCookie(reply, token, endsMs / 1000)
  }
  const locked = (seconds: number) =>
    new Problem(
      429,
      'login-locked',
      `too many wrong passwords: nobody can log in by this name for ${Math.ceil(seconds / 60)} min; an administrator can unlock it`,
      { headers: { 'retry-after': String(seconds) } },
    )
  const setCookie = (reply: FastifyReply, token: string, seconds: number) =>
    reply.setCookie(SESSION_COOKIE, token, {
      path: '/',
      httpOnly: true,
      // Lax, not Strict: a link in a chat to a case must find its reader logged in. Writes check the origin.
      sameSite: 'lax',
      secure: config.publicUrl.startsWith('https:'),
      maxAge: seconds,
    })

  app.post(
    '/auth/login',
    {
      schema: {
        tags: ['auth'],
        summary: 'Log in',
        body: Type.Object(
          {
            username: Type.String({ minLength: 1, maxLength: 100 }),
            password: Type.String({ minLength: 1, maxLength: 200 }),
          },
          { examples: [{ username: 'duty', password: 'demo' }] },
        ),
        response: { 200: WHO, ...problems(403, 415, 429) },
      },
      config: anyone({ screens: true, owing: true }),
    },
    async (request, reply) => {
      await countLogin(request)
      await countFailure(request, { increment: false })
      const { username, password } = request.body
      const seconds = await lockedFor(store, username)
      if (seconds > 0) throw locked(seconds)
      const found = await findLogin(store, username)
      const isRight = await verifyPassword(found?.passwordHash, password)
      if (!found || !isRight) {
        await countFailure(request)
        const policy = await logins.policies.now()
        if (await countLoginFailure(store, username, policy)) {
          await addAudit(store, {
            action: 'login-locked',
            target: found ? { kind: 'account', id: found.account.id } : { kind: 'login', id: 'unknown' },
            via: 'session',
            ip: request.ip,
            detail: { minutes: policy.lockMinutes },
          })
          throw locked(policy.lockMinutes * 60)
        }
        throw new Problem(401, 'wrong-login', 'the username or the password is wrong')
      }
      await forgetLoginFailures(store, username)
      await begin(reply, found.account)
      return { user: view(found.account) }
    },
  )

  app.post(
    '/auth/password',
    {
      schema: {
        tags: ['auth'],
        summary: 'Change my password; ends my other sessions',
        body: Type.Object({
          current: Type.String({ minLength: 1, maxLength: 200 }),
          password: NEW_PASSWORD,
        }),
        response: { 200: WHO, ...problems(403, 415, 429) },
      },
      config: people({ owing: true }),
    },
    async (request, reply) => {
      await countGuess(request, { increment: false })
      const { account } = requireLogin(request)
      const { current, password } = request.body
      const found = await findLogin(store, account.username)
      if (!found || !(await verifyPassword(found.passwordHash, current))) {
        await countGuess(request)
        throw new Problem(403, 'wrong-password', 'the present password is another one')
      }
      if (password === current)
        throw invalid([{ path: '/password', message: 'must be another one than the present password' }])
      assertLongEnough(password, await logins.policies.now())
      await setPassword(store, account.username, password, false)
      await audit(deps, request, { action: 'own-password', target: { kind: 'account', id: account.id } })
      logins.forgetAll()
      await begin(reply, account)
      return { user: view({ ...found.account, mustChange: false }) }
    },
  )

  app.post(
    '/auth/logout',
    {
      schema: {
        tags: ['auth'],
        summary: 'End the session; harmless without one',
        response: { 204: Type.Null(), ...problems(403) },
      },
      config: anyone({ screens: true, owing: true }),
    },
    async (request, reply) => {
      const token = sessionTokenIn(request.headers.cookie)
      const { login } = request
      if (login !== undefined && login.via !== 'key' && token !== undefined) {
        await (login.via === 'screen' ? closeScreenSession : closeSession)(store, login.tokenHash)
        logins.forget(token)
      }
      return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send(null)
    },
  )

  app.get(
    '/auth/me',
    {
      schema: { tags: ['auth'], summary: 'Who I am', response: { 200: WHO, ...problems() } },
      config: people({ screens: true, owing: true }),
    },
    async (request) => ({ user: view(requireLogin(request).account) }),
  )
}
