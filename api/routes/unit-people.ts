// Whom a unit works with: its own people, to whom its officer may pass a case 二级派遣, and who is on duty at the centre, to be
// called. Names, posts and duty phones only.
import Type from 'typebox'
import { onRota } from '#domain/rota.ts'
import { unitAndBelow } from '#domain/units.ts'
import { isRelatedUnit } from '#domain/permission.ts'
import { unitPeople } from '#store/people.ts'
import { rotaTurns } from '#store/rota.ts'
import { CENTRE, isCentre } from '../auth/access.ts'
import { requireLogin } from '../auth/plugin.ts'
import { people, posts } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { Problem, problems } from '../http/problem.ts'
import { Id, Items } from '../schemas/common.ts'

const PERSON = Type.Object({
  id: Id(),
  name: Type.String(),
  posts: Type.Array(Type.String()),
  department: Type.String({ description: 'The unit, or the one below it that they work in' }),
  open: Type.Integer({ description: 'Cases that they have in hand now' }),
})

const CONTACT = Type.Object({ post: Type.String(), name: Type.String(), phone: Type.String() })

const units = posts(
  ['department-officer', 'handler', 'supervisor', 'grid-member', ...CENTRE],
  'only who works for the centre may call it on its duty phones',
)

export function unitPeopleRoutes(app: App, { store, runtime }: ApiDeps): void {
  app.get(
    '/departments/:code/people',
    {
      schema: {
        tags: ['city'],
        summary: 'Officers and handlers of a unit and of those below it',
        params: Type.Object({ code: Type.String({ minLength: 1, maxLength: 64 }) }),
        response: { 200: Items(PERSON), ...problems(403, 404) },
      },
      config: people(),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const { code } = request.params
      const city = await runtime.cityFor()
      if (!city.departments.has(code)) throw new Problem(404, 'not-found', `there is no unit ${code}`)
      const isTheirs =
        actor.posts.some((p) => p === 'department-officer' || p === 'handler') &&
        isRelatedUnit(actor.department, code, city)
      if (!isTheirs && !isCentre(actor))
        throw new Problem(403, 'forbidden', 'only the unit and the centre see who works there')
      return { items: await unitPeople(store, unitAndBelow(code, city)) }
    },
  )

  app.get(
    '/centre/contacts',
    {
      schema: {
        tags: ['city'],
        summary: 'Who is on the rota 值班表 of the centre now, with their phones',
        response: { 200: Items(CONTACT), ...problems(403) },
      },
      config: units,
    },
    async () => {
      const now = runtime.clock.now()
      const turns = onRota(await rotaTurns(store, now, now + 1), now)
      return {
        items: turns.flatMap(({ post, name, phone }) =>
          (post !== 'duty-manager' && post !== 'seat') || phone === undefined ? [] : [{ post, name, phone }],
        ),
      }
    },
  )
}
