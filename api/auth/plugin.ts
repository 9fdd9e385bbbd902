// Finds out who asks, once a request: `request.login`. An api key that is wrong is refused at once; a session that has
// ended is nobody. Then whether the route lets them: each says who may call it (route-access.ts), and the api does not start
// with one that doesn't. Whoever has a password that somebody else set, or one too old, is nobody, but for changing it.
import type { FastifyRequest, RouteOptions } from 'fastify'
import type { App, ApiDeps } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import type { Login, Logins } from './logins.ts'
import { assertAllowed, type DeclaredRoute, owesPassword } from './route-access.ts'
import { isSameOrigin } from './same-origin.ts'
import { bearerOf, sessionTokenIn } from './tokens.ts'

declare module 'fastify' {
  interface FastifyRequest {
    login: Login | undefined
    /** Somebody is logged in with a password that another has set, or that is too old: they change it first. */
    owesPassword: boolean
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Call before the routes: it listens to their registration. @returns every route once the app is ready. */
export function addAuth(app: App, { config }: ApiDeps, logins: Logins): () => DeclaredRoute[] {
  app.decorateRequest('login', undefined)
  app.decorateRequest('owesPassword', false)
  const known: RouteOptions[] = []
  app.addHook('onRoute', (route) => void known.push(route))
  app.addHook('onReady', async () => {
    const silent = known.filter((r) => !r.config?.access).map((r) => `${r.method} ${r.url}`)
    if (silent.length > 0)
      throw new Error(`these routes do not say who may call them (config.access): ${silent.join(', ')}`)
  })

  /** @throws 401, 403 */
  function whoAsks(request: FastifyRequest): Login | undefined | Promise<Login | undefined> {
    const { authorization, cookie } = request.headers
    if (authorization !== undefined) {
      const key = bearerOf(authorization)
      return key === undefined ? assertKnown(undefined) : logins.ofKey(key).then(assertKnown)
    }
    if (!SAFE.has(request.method) && !isSameOrigin(request.headers, config.publicUrl))
      throw new Problem(403, 'cross-origin', 'this can only be sent from our own pages')
    const token = sessionTokenIn(cookie)
    return token === undefined ? undefined : logins.ofSession(token)
  }

  app.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/api/')) return
    const login = await whoAsks(request)
    const { access } = request.routeOptions.config
    const owes = login?.via === 'session' && login.account.mustChange
    // Nothing is at this address: then nothing is to be protected, and everybody is told so.
    if (access) assertAllowed(access, { login, owes })
    request.owesPassword = owes
    request.login = owes && access?.owing !== true ? undefined : login
  })

  return () =>
    known.flatMap(({ method, url, config: declared }) =>
      [method].flat().flatMap((m) => (declared?.access ? [{ method: m, url, access: declared.access }] : [])),
    )
}

function assertKnown(login: Login | undefined): Login {
  if (!login) throw new Problem(401, 'invalid-key', 'this api key is unknown or revoked')
  return login
}

/** @throws 401 when nobody is logged in, 403 while they owe a password of their own. */
export function requireLogin(request: FastifyRequest): Login {
  if (!request.login && request.owesPassword) throw owesPassword()
  if (!request.login) throw new Problem(401, 'unauthorized', 'log in first')
  return request.login
}
