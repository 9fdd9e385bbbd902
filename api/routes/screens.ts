// Screens 大屏: made, changed and revoked by the administrator; their tokens, shown once; and the exchange of a token for
// the screen's own session, which may look at the board and at nothing else (auth/route-access.ts).
import cookie from '@fastify/cookie'
import type { FastifyReply } from 'fastify'
import Type, { type Static } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { isoWithOffset } from '#domain/city-time.ts'
import {
  type PlanStep,
  SCENE_PARAMS,
  type SceneParams,
  type ScreenRecord,
  type WallScene,
} from '#domain/wall-screen.ts'
import type { City } from '#domain/city/types.ts'
import { closeSession } from '#store/accounts.ts'
import { sha256 } from '#store/hash.ts'
import {
  addScreen,
  changeScreen,
  extendScreenSession,
  findScreen,
  listScreens,
  openScreenSession,
  renewScreenToken,
  revokeScreen,
  screenOfSession,
  type StoredScreen,
} from '#store/screens.ts'
import { audit } from '../auth/audit.ts'
import type { Logins } from '../auth/logins.ts'
import { requireLogin } from '../auth/plugin.ts'
import { anyone, systemAdmins } from '../auth/route-access.ts'
import {
  isScreenSession,
  newScreenSessionToken,
  newScreenToken,
  SCREEN_SESSION_MS,
  SESSION_COOKIE,
  sessionTokenIn,
} from '../auth/tokens.ts'
import type { App, ApiDeps } from '../deps.ts'
import { limiter } from '../http/limits.ts'
import { type Fault, invalid, Problem, problems } from '../http/problem.ts'
import { knownScope } from '../live/scope.ts'
import { Id, Items, ref } from '../schemas/common.ts'
import { NEW_SCREEN, RECORD, SCREEN, SCREEN_CHANGE } from '../schemas/screen.ts'

const ById = Type.Object({ id: Type.String({ maxLength: 64 }) })
const DONE = Type.Null({ description: 'Done' })
/** Screens tell that they are there once a minute. */
const ONLINE_MS = 120_000
/** A session that is used again a day later begins anew. */
const EXTEND_AFTER_MS = 86_400_000

const WITH_TOKEN = Type.Object({
  id: Id(),
  name: Type.String(),
  token: Type.String({ description: 'Told this once' }),
  path: Type.String({ description: 'What the screen’s browser opens, once' }),
})
const SESSION = Type.Object({
  screen: Type.Optional(Type.Object(RECORD)),
  revoked: Type.Optional(
    Type.Boolean({ description: 'This browser was a screen that was put out of use, or got another token' }),
  ),
})

/** What is wrong with a scene's parameters; paths below `path`. */
export function sceneFaults(
  { scene, params = {} }: { scene: WallScene; params?: SceneParams | undefined },
  path: string,
  city: City,
): Fault[] {
  const wanted = SCENE_PARAMS[scene]
  const faults: Fault[] = Object.keys(params)
    .filter((name) => name !== wanted)
    .map((name) => ({ path: `${path}/params/${name}`, message: `is not for the scene ${scene}` }))
  if (wanted === undefined) return faults
  const code = params[wanted]
  if (code === undefined) faults.push({ path: `${path}/params/${wanted}`, message: 'is required' })
  else if (knownScope(`${wanted}:${code}`, city) === undefined)
    faults.push({ path: `${path}/params/${wanted}`, message: `is not a known ${wanted}` })
  return faults
}

export async function screenRoutes(app: App, deps: ApiDeps, logins: Logins): Promise<void> {
  // To set cookies only; reading ours is a line in auth/tokens.ts.
  await app.register(cookie, { hook: false })
  const { store, runtime, config, log, limits } = deps
  const countExchange = limiter(app, limits.logins)
  const countFailure = limiter(app, limits.loginFailures)
  const schema = (summary: string, response: object) => ({ tags: ['screens'], summary, response })
  const unknown = () => new Problem(404, 'not-found', 'there is no such screen in use')

  const told = () => runtime.signals.raise('screen')

  async function view(s: StoredScreen): Promise<Static<typeof SCREEN>> {
    const { timeZone } = (await runtime.cityFor()).pack
    const iso = (date: Date) => isoWithOffset(date.getTime(), timeZone)
    return {
      ...s.record,
      plan: s.plan,
      createdBy: s.createdBy,
      createdAt: iso(s.createdAt),
      tokenAt: iso(s.tokenAt),
      ...(s.lastSeenAt ? { lastSeenAt: iso(s.lastSeenAt) } : {}),
      online:
        s.revokedAt === undefined &&
        s.lastSeenAt !== undefined &&
        Date.now() - s.lastSeenAt.getTime() < ONLINE_MS,
      ...(s.revokedAt ? { revokedAt: iso(s.revokedAt) } : {}),
    }
  }

  /** @throws 400 */
  async function check({ scope, plan = [] }: { scope?: string | null; plan?: PlanStep[] }): Promise<void> {
    const city = await runtime.cityFor()
    const faults = plan.flatMap((step, i) => sceneFaults(step, `/plan/${i}`, city))
    if (typeof scope === 'string' && knownScope(scope, city) === undefined)
      faults.push({ path: '/scope', message: 'is `city`, or `area:` or `department:` with a known code' })
    if (faults.length > 0) throw invalid(faults)
  }

  const setCookie = (reply: FastifyReply, token: string) =>
    reply.setCookie(SESSION_COOKIE, token, {
      path: '/',
      httpOnly: true,
      // A screen is opened by its own address, never by a link elsewhere.
      sameSite: 'strict',
      secure: config.publicUrl.startsWith('https:'),
      maxAge: SCREEN_SESSION_MS / 1000,
    })

  app.get(
    '/screens',
    {
      schema: schema('Screens, revoked ones last; never their tokens', {
        200: Items(ref(SCREEN)),
        ...problems(403),
      }),
      config: systemAdmins,
    },
    async () => ({ items: await Promise.all((await listScreens(store)).map(view)) }),
  )

  app.post(
    '/screens',
    {
      schema: {
        ...schema('A new screen, with its token, told this once', { 201: WITH_TOKEN, ...problems(403, 415) }),
        body: NEW_SCREEN,
      },
      config: systemAdmins,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const { name, tiles = { columns: 1, rows: 1 }, sound = false, plan = [], ...rest } = request.body
      await check({ scope: rest.scope ?? null, plan })
      const record: ScreenRecord = { ...rest, id: uuidv7(), name: name.trim(), tiles, sound }
      const token = newScreenToken()
      await addScreen(store, { record, plan, tokenHash: sha256(token), by: account.id })
      told()
      await audit(deps, request, { action: 'screen-add', target: { kind: 'screen', id: record.id } })
      return reply.code(201).send({ id: record.id, name: record.name, token, path: pathOf(token) })
    },
  )

  app.patch(
    '/screens/:id',
    {
      schema: {
        ...schema('Change what is given, leave the rest; null clears', {
          204: DONE,
          ...problems(403, 404, 415),
        }),
        params: ById,
        body: SCREEN_CHANGE,
      },
      config: systemAdmins,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const found = await findScreen(store, request.params.id)
      if (!found) throw unknown()
      const { plan = found.plan, name, ...change } = request.body
      await check({ scope: change.scope ?? null, plan })
      const merged = { ...found.record, ...(name === undefined ? {} : { name: name.trim() }), ...change }
      const record = Object.fromEntries(
        Object.entries(merged).filter(([, v]) => v !== null),
      ) as unknown as ScreenRecord
      if (!(await changeScreen(store, { record, plan, by: account.id }))) throw unknown()
      told()
      await audit(deps, request, {
        action: 'screen-change',
        target: { kind: 'screen', id: record.id },
        detail: { changed: Object.keys(request.body) },
      })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/screens/:id/token',
    {
      schema: {
        ...schema('A new token, told this once; the old one dies, and what was opened with it', {
          201: WITH_TOKEN,
          ...problems(403, 404),
        }),
        params: ById,
      },
      config: systemAdmins,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const { id } = request.params
      const found = await findScreen(store, id)
      const token = newScreenToken()
      if (!found || !(await renewScreenToken(store, { id, tokenHash: sha256(token), by: account.id })))
        throw unknown()
      told()
      await audit(deps, request, { action: 'screen-token', target: { kind: 'screen', id } })
      return reply.code(201).send({ id, name: found.record.name, token, path: pathOf(token) })
    },
  )

  app.delete(
    '/screens/:id',
    {
      schema: {
        ...schema('Revoke: its page says so at once and shows nothing any more', {
          204: DONE,
          ...problems(403, 404),
        }),
        params: ById,
      },
      config: systemAdmins,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const { id } = request.params
      if (!(await revokeScreen(store, { id, by: account.id }))) throw unknown()
      told()
      await audit(deps, request, { action: 'screen-revoke', target: { kind: 'screen', id } })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/screens/session',
    {
      schema: schema('Which screen this browser is, if it is one; renews its session', {
        200: SESSION,
        ...problems(),
      }),
      config: anyone({ screens: true }),
    },
    async (request, reply) => {
      const token = sessionTokenIn(request.headers.cookie)
      if (token === undefined || !isScreenSession(token)) return {}
      const found = await screenOfSession(store, sha256(token))
      if (found === 'ended') return { revoked: true }
      if (!found) return {}
      if (found.lastsMs < SCREEN_SESSION_MS - EXTEND_AFTER_MS) {
        await extendScreenSession(store, sha256(token), SCREEN_SESSION_MS)
        setCookie(reply, token)
      }
      return { screen: found.record }
    },
  )

  app.post(
    '/screens/session',
    {
      schema: {
        ...schema(
          'Exchange a screen’s token for a session of this browser, in place of whoever was logged in',
          {
            200: Type.Object({ screen: Type.Object(RECORD) }),
            ...problems(403, 415, 429),
          },
        ),
        body: Type.Object({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
      },
      config: anyone({ screens: true }),
    },
    async (request, reply) => {
      await countExchange(request)
      await countFailure(request, { increment: false })
      const token = newScreenSessionToken()
      const screen = await openScreenSession(store, {
        screenTokenHash: sha256(request.body.token),
        tokenHash: sha256(token),
        lastsMs: SCREEN_SESSION_MS,
      })
      if (!screen) {
        await countFailure(request)
        throw new Problem(
          401,
          'invalid-screen-token',
          'this screen’s token is unknown, revoked or replaced; ask the administrator for its new address',
        )
      }
      const before = sessionTokenIn(request.headers.cookie)
      if (request.login?.via === 'session' && before !== undefined) {
        await closeSession(store, request.login.tokenHash)
        logins.forget(before)
      }
      log.info({ screen: screen.id }, 'a screen logged in')
      setCookie(reply, token)
      return { screen }
    },
  )
}

const pathOf = (token: string) => `/wall?screen=${token}`
