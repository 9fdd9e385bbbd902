// The component register 部件库: what stands near a place, one component with its history, correcting its owner 更正登记, and
// why a case goes to a unit.
import Type from 'typebox'
import type { Post } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { cityVersion } from '#store/city.ts'
import { componentTaughtBy, correctOwner, lessonsAbout } from '#store/register.ts'
import { isStaff } from '../auth/access.ts'
import { requireLogin } from '../auth/plugin.ts'
import { people, posts } from '../auth/route-access.ts'
import { componentOfCase, componentView, nearView, routingView } from '../cases/routing.ts'
import { assertMaySee, cityOf } from '../cases/view.ts'
import type { App, ApiDeps } from '../deps.ts'
import { markReplayed, takeIdempotencyKey } from '../http/idempotency.ts'
import { type Fault, invalid, Problem, problems } from '../http/problem.ts'
import { CASE_ROUTING, COMPONENT } from '../schemas/component.ts'
import { IdempotencyHeaders, Items, PageSize, ref } from '../schemas/common.ts'
import { CaseRef, caseOr404 } from './cases.ts'

const MAY_CORRECT: readonly Post[] = ['dispatcher', 'duty-manager', 'admin']
const RADIUS_M = 100

const NEAR = Type.Object({
  near: Type.String({
    maxLength: 60,
    description: '`lng,lat` in WGS-84 degrees',
    examples: ['116.4,39.9'],
  }),
  radius: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      maximum: 2000,
      default: RADIUS_M,
      description: 'Metres, 100 by default',
    }),
  ),
  category: Type.Optional(Type.String({ maxLength: 64 })),
  limit: PageSize(200, 50),
})

const ComponentRef = Type.Object({ code: Type.String({ minLength: 1, maxLength: 64 }) })

const OWNER = Type.Object({
  department: Type.String({ minLength: 1, maxLength: 64, description: 'Code of the unit that owns it' }),
  reason: Type.String({ maxLength: 500, pattern: '\\S', description: 'How that is known; no personal data' }),
})

export function componentRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps
  const { cityFor, clock, signals } = runtime

  /** @throws 404 */
  function componentOr404(code: string, city: City) {
    const found = city.components.get(code)
    if (!found) throw new Problem(404, 'not-found', `the register has no component ${code}`)
    return found
  }

  app.get(
    '/components',
    {
      schema: {
        tags: ['components'],
        summary: 'Components 部件 near a place, nearest first',
        querystring: NEAR,
        response: { 200: Items(ref(COMPONENT)), ...problems() },
      },
      config: people(),
    },
    async (request) => {
      const { near, radius = RADIUS_M, category, limit = 50 } = request.query
      const city = await cityFor()
      const [lng = Number.NaN, lat = Number.NaN, ...more] = near
        .split(',')
        .map((n) => (n.trim() === '' ? Number.NaN : Number(n)))
      const faults: Fault[] = []
      if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90) || more.length > 0)
        faults.push({ path: '/near', message: 'must be `lng,lat` in degrees, e.g. 113.9,29.7' })
      if (category !== undefined && !city.categories.has(category))
        faults.push({ path: '/category', message: `unknown category ${category}` })
      if (faults.length > 0) throw invalid(faults)
      const found = city.components.near(lng, lat, { withinM: radius, category })
      return { items: found.slice(0, limit).map((n) => nearView(n, city)) }
    },
  )

  app.get(
    '/components/:code',
    {
      schema: {
        tags: ['components'],
        summary: 'One component, its owner and how that came about',
        params: ComponentRef,
        response: { 200: ref(COMPONENT), ...problems(404) },
      },
      config: people(),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const city = await cityFor()
      const component = componentOr404(request.params.code, city)
      const history = isStaff(actor) ? await lessonsAbout(store, component.code) : undefined
      return componentView(component, city, { history })
    },
  )

  app.post(
    '/components/:code/owner',
    {
      schema: {
        tags: ['components'],
        summary: 'Correct whose it is 更正登记',
        description:
          'For dispatchers, duty managers and administrators. Routing asks the corrected owner from then on; cases ' +
          'dispatched before keep their unit. Saying again what stands changes nothing.',
        params: ComponentRef,
        headers: IdempotencyHeaders,
        body: OWNER,
        response: { 200: ref(COMPONENT), ...problems(403, 404, 413, 415, 422) },
      },
      config: posts(
        MAY_CORRECT,
        'only a dispatcher, a duty manager or an administrator corrects the register',
      ),
      preValidation: takeIdempotencyKey(deps.scopeOf),
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const { version, departments } = await cityFor()
      const { department, reason } = request.body
      if (!departments.has(department))
        throw invalid(
          [{ path: '/department', message: `unknown department ${department}` }],
          'unknown-department',
        )
      const { code } = request.params
      const result = await correctOwner(
        store,
        {
          component: code,
          owner: department,
          reason: reason.trim(),
          accountId: account.id,
          now: clock.now(),
          request: request.idempotency,
        },
        await cityVersion(store, version),
      )
      if (result === 'unknown-component')
        throw new Problem(404, 'not-found', `the register has no component ${code}`)
      if (result === 'key-reused')
        throw new Problem(
          422,
          'key-reused',
          'this Idempotency-Key was used with another request; use a new one',
        )
      if (result === 'replayed') markReplayed(reply)
      if (result === 'corrected') signals.raise('register')
      const city = await cityFor()
      return componentView(componentOr404(code, city), city, { history: await lessonsAbout(store, code) })
    },
  )

  app.get(
    '/cases/:id/routing',
    {
      schema: {
        tags: ['cases'],
        summary: 'Why this unit: the explanation 派遣说明, or what rules propose now',
        params: CaseRef,
        response: { 200: ref(CASE_ROUTING), ...problems(403, 404) },
      },
      config: people(),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const { state, words } = await caseOr404(deps, request.params.id)
      const city = await cityOf(state, cityFor)
      assertMaySee(actor, state, city)
      const near = componentOfCase(state, await componentTaughtBy(store, state.id), city)
      const component =
        near &&
        componentView(near.component, city, {
          distance: near.distance,
          history: isStaff(actor) ? await lessonsAbout(store, near.component.code) : undefined,
        })
      return routingView(state, city, { now: clock.now(), component, description: words?.description })
    },
  )
}
