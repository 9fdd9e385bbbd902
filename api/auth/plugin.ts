// Finds out who asks, once a request: `request.login`. An api key that is wrong is refused at once; a session that has
// ended is nobody, and the route says whether nobody may do that. Whoever still has a password that somebody else set is
// nobody too, but for changing it.
import type { FastifyRequest } from 'fastify'
import type { App, ApiDeps } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import type { Login, Logins } from './logins.ts'
import { isScreenRoute } from './screen-routes.ts'
import { isSameOrigin } from './same-origin.ts'
import { bearerOf, sessionTokenIn } from './tokens.ts'

declare module 'fastify' {
  interface FastifyRequest {
    login: Login | undefined
    /** Somebody is logged in with a password that another has set: they change it first. */
    owesPassword: boolean
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export function addAuth(app: App, { config }: ApiDeps, logins: Logins): void {
  app.decorateRequest('login', undefined)
  app.decorateRequest('owesPassword', false)

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
    if (login?.via === 'screen' && !isScreenRoute(request.method, request.routeOptions.url))
      throw new Problem(403, 'forbidden', 'a screen’s own page may only look at the board')
    request.owesPassword = login?.via === 'session' && login.account.mustChange
    request.login = request.owesPassword && !isOwnAccount(request) ? undefined : login
  })
}

function assertKnown(login: Login | undefined): Login {
  if (!login) throw new Problem(401, 'invalid-key', 'this api key is unknown or revoked')
  return login
}

/** Routes about one's own login: what remains open to who has to change their password. */
const isOwnAccount = (request: FastifyRequest) =>
  request.routeOptions.url?.startsWith('/api/v1/auth/') === true

/** @throws 401 when nobody is logged in, 403 while they owe a password of their own. */
export function requireLogin(request: FastifyRequest): Login {
  if (!request.login && request.owesPassword)
    throw new Problem(
      403,
      'password-change-required',
      'your password was set by somebody else: change it first, POST /api/v1/auth/password',
    )
  if (!request.login) throw new Problem(401, 'unauthorized', 'log in first')
  return request.login
}

/** onRequest hook of routes for people who are logged in: before their request is even parsed. */
export const loggedIn = async (request: FastifyRequest) => void requireLogin(request)
