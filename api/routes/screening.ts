// What screening 预审 offers beside a case: possible duplicates, and open cases near what is about to be reported. Nothing
// here decides; persons do, by the actions of the case.
import Type from 'typebox'
import type { CaseState } from '#domain/case.ts'
import { catalogueWords, openSuggester, type Suggester } from '#domain/category-suggest.ts'
import type { City } from '#domain/city/types.ts'
import { duplicatesOf, openCasesNear } from '#store/duplicates.ts'
import { mergedInto } from '#store/near-cases.ts'
import { photosUsedBefore } from '#store/photo-reuse.ts'
import { CENTRE, STAFF, maySee } from '../auth/access.ts'
import { requireLogin } from '../auth/plugin.ts'
import { anyone, posts } from '../auth/route-access.ts'
import { duplicateView, mergedView, nearbyView, photoReuseView } from '../cases/screening.ts'
import { assertMaySee, cityOf } from '../cases/view.ts'
import type { App, ApiDeps } from '../deps.ts'
import { limiter } from '../http/limits.ts'
import { invalid, problems } from '../http/problem.ts'
import { Items } from '../schemas/common.ts'
import { DUPLICATES, NEARBY, PHOTO_REUSE, SUGGESTION } from '../schemas/screening.ts'
import { CaseRef, caseOr404 } from './cases.ts'

const MOST_NEARBY = 20
const MOST_DUPLICATES = 10

const NEAR = Type.Object({
  lng: Type.Number({ minimum: -180, maximum: 180 }),
  lat: Type.Number({ minimum: -90, maximum: 90, description: 'WGS-84 degrees' }),
  category: Type.Optional(Type.String({ maxLength: 64 })),
  text: Type.Optional(
    Type.String({
      maxLength: 2000,
      description: 'What the report says so far; compared with words that the asker may read',
    }),
  ),
})

/** A catalogue is read once. */
const suggesters = new WeakMap<City['pack']['categories'], Suggester>()
export function suggesterOf({ pack }: City): Suggester {
  const known = suggesters.get(pack.categories)
  if (known) return known
  const made = openSuggester(catalogueWords(pack))
  suggesters.set(pack.categories, made)
  return made
}

/** Parts and events only: who asks for help or disputes is nobody's neighbour. */
const isPublic = (category: string | undefined) => /^[CE]/.test(category ?? '')

export function screeningRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps
  const { cityFor, clock } = runtime
  const countAnonymous = limiter(app, deps.limits.nearby)

  app.get(
    '/cases/nearby',
    {
      schema: {
        tags: ['cases'],
        summary: 'Open cases near a place, for whoever is about to report there',
        description:
          'The likeliest first, then the nearest; at most 20. Public: receipt number, category and status, never words or photos. ' +
          'Without a login only parts and events.',
        querystring: NEAR,
        response: { 200: Items(NEARBY), ...problems(429) },
      },
      config: anyone(),
      onRequest: async (request) => {
        if (!request.login) await countAnonymous(request)
      },
    },
    async (request) => {
      const { lng, lat, category, text } = request.query
      const actor = request.login?.actor
      const city = await cityFor()
      if (category !== undefined && !city.categories.has(category))
        throw invalid([{ path: '/category', message: `unknown category ${category}` }])
      const mayOpen = (state: CaseState) => actor !== undefined && maySee(actor, state, city)
      const found = await openCasesNear(
        store,
        { position: { lng, lat }, category, text, now: clock.now(), mayRead: mayOpen },
        city,
      )
      return {
        items: found
          .map((n) => ({ n, mayOpen: mayOpen(n.state) }))
          .filter(({ n, mayOpen }) => mayOpen || isPublic(n.state.category))
          .slice(0, MOST_NEARBY)
          .map(({ n, mayOpen }) => nearbyView(n, city, { mayOpen })),
      }
    },
  )

  app.get(
    '/cases/:id/duplicates',
    {
      schema: {
        tags: ['cases'],
        summary: 'Cases that this one may be a duplicate 重复案件 of, and what was merged into it',
        description: 'For the centre. Compared by category, place, time, words, photos and component.',
        params: CaseRef,
        response: { 200: DUPLICATES, ...problems(403, 404) },
      },
      config: posts(CENTRE, 'only the centre compares cases'),
    },
    async (request) => {
      const found = await caseOr404(deps, request.params.id)
      const city = await cityOf(found.state, cityFor)
      const [candidates, merged] = await Promise.all([
        duplicatesOf(store, found, city),
        mergedInto(store, found.state.id),
      ])
      return {
        items: candidates.slice(0, MOST_DUPLICATES).map((d) => duplicateView(d, city)),
        merged: merged.map((m) => mergedView(m, city)),
      }
    },
  )

  app.get(
    '/cases/:id/photo-reuse',
    {
      schema: {
        tags: ['cases'],
        summary: 'Photos of this case that were used before 照片重复使用',
        description:
          'For those who work on cases: a picture found again in an earlier case, or in this one as a picture of the result. ' +
          'A reason to look at both; nothing is refused for it.',
        params: CaseRef,
        response: { 200: Items(PHOTO_REUSE), ...problems(403, 404) },
      },
      config: posts(STAFF, 'only those who work on cases compare photos'),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const { state } = await caseOr404(deps, request.params.id)
      const city = await cityOf(state, cityFor)
      assertMaySee(actor, state, city)
      const found = await photosUsedBefore(store, state, city)
      return { items: found.map((use) => photoReuseView(use, city)) }
    },
  )

  app.get(
    '/cases/:id/suggestions',
    {
      schema: {
        tags: ['cases'],
        summary: 'Categories that the words of a report without one suggest 建议类别',
        description:
          'For the centre; a person confirms. Empty when the case has a category, or its words say too little.',
        params: CaseRef,
        response: { 200: Items(SUGGESTION), ...problems(403, 404) },
      },
      config: posts(CENTRE, 'only the centre chooses a category'),
    },
    async (request) => {
      const { state, words } = await caseOr404(deps, request.params.id)
      const city = await cityOf(state, cityFor)
      const text = words?.description ?? ''
      if (state.category !== undefined && city.categories.has(state.category)) return { items: [] }
      return { items: suggesterOf(city)(text) }
    },
  )
}
