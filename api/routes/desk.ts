// The centre's desk 值班台: cases with what a decision rests on, which seat has which case in hand, and categories that
// words suggest while somebody still types them.
import Type, { type Static } from 'typebox'
import type { Post } from '#domain/case.ts'
import { heldCases, holdCases, SEAT_SECONDS } from '#store/desk-seats.ts'
import { findCases, isUuid } from '#store/cases.ts'
import { requireLogin } from '../auth/plugin.ts'
import { people, posts } from '../auth/route-access.ts'
import { deskItem } from '../cases/desk-item.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, problems } from '../http/problem.ts'
import { DESK_ITEM } from '../schemas/desk.ts'
import { Id, Items, listOf } from '../schemas/common.ts'
import { SUGGESTION } from '../schemas/screening.ts'
import { suggesterOf } from './screening.ts'

const MOST_ITEMS = 30
const MOST_HELD = 60

const SEAT = Type.Object({
  seat: Type.String({ format: 'uuid', description: 'Of this page, made up by it' }),
  cases: Type.Array(Type.String({ format: 'uuid' }), { maxItems: MOST_HELD }),
})
const HELD = Type.Object({
  mine: Type.Array(Id(), { description: 'What this seat holds now' }),
  others: Type.Array(Type.Object({ caseId: Id(), name: Type.String({ description: 'Who has it in hand' }) })),
  seconds: Type.Integer({ description: 'How long it holds unless it is said again' }),
})

const CENTRE: readonly Post[] = ['operator', 'dispatcher', 'duty-manager', 'head']
export const centre = posts(CENTRE, 'this is the centre’s desk')

export function deskRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps

  app.get(
    '/desk/items',
    {
      schema: {
        tags: ['desk'],
        summary: 'Cases with everything that the centre decides by',
        querystring: Type.Object({
          ids: Type.String({
            description: `Ids of cases, at most ${MOST_ITEMS}, comma-separated`,
            maxLength: 1200,
          }),
        }),
        response: { 200: Items(DESK_ITEM), ...problems(403) },
      },
      config: centre,
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const ids = [...new Set((listOf(request.query.ids) ?? []).map((id) => id.toLowerCase()))]
      if (ids.length > MOST_ITEMS || !ids.every(isUuid))
        throw invalid([{ path: '/ids', message: `must be ids of at most ${MOST_ITEMS} cases` }])
      const found = await findCases(store, ids)
      const suggest = (text: string, city: Parameters<typeof suggesterOf>[0]) => suggesterOf(city)(text)
      return {
        items: await Promise.all(
          ids.flatMap((id) => {
            const one = found.get(id)
            return one ? [deskItem(deps, one, { actor, suggest })] : []
          }),
        ),
      }
    },
  )

  app.put(
    '/desk/seat',
    {
      schema: {
        tags: ['desk'],
        summary: 'Which cases this seat 坐席 has in hand',
        description:
          'Replaces what it held. A case is held by the seat that named it first, for a minute; decisions do not depend on ' +
          'it, the version of the case does. An empty list lets go of everything.',
        body: SEAT,
        response: { 200: HELD, ...problems(403, 413, 415) },
      },
      config: centre,
    },
    async (request): Promise<Static<typeof HELD>> => {
      const account = requireLogin(request).account.id
      const { seat, cases } = request.body
      const { mine, changed } = await holdCases(store, { seat, account, cases })
      if (changed) runtime.signals.raise('seat')
      const others = (await heldCases(store)).filter((h) => h.seat !== seat)
      return {
        mine,
        others: others.map(({ caseId, name }) => ({ caseId, name })),
        seconds: SEAT_SECONDS,
      }
    },
  )

  app.get(
    '/desk/suggestions',
    {
      schema: {
        tags: ['desk'],
        summary: 'Categories that the words of a report suggest 建议类别, while it is still written',
        querystring: Type.Object({ text: Type.String({ maxLength: 2000 }) }),
        response: { 200: Items(SUGGESTION), ...problems() },
      },
      config: people(),
    },
    async (request) => {
      const city = await runtime.cityFor()
      return { items: suggesterOf(city)(request.query.text) }
    },
  )
}
