// Who reported, in full: for those who call people back, each time with a reason that is kept. Lists and pages show names
// and phones masked 脱敏 to everybody.
import Type from 'typebox'
import { isoWithOffset } from '#domain/city-time.ts'
import { listAudit } from '#store/admin-audit.ts'
import { assertMaySee, cityOf } from '../cases/view.ts'
import { CENTRE } from '../auth/access.ts'
import { audit } from '../auth/audit.ts'
import { requireLogin } from '../auth/plugin.ts'
import { auditors, posts } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { Problem, problems } from '../http/problem.ts'
import { Id, Instant, Items } from '../schemas/common.ts'
import { CaseRef, caseOr404 } from './cases.ts'

const PERSON = Type.Object({
  reporter: Type.Object({ name: Type.Optional(Type.String()), phone: Type.Optional(Type.String()) }),
})
const LOOK = Type.Object({
  at: Instant(),
  by: Type.Object({ id: Id(), name: Type.String() }),
  posts: Type.Array(Type.String()),
  reason: Type.String(),
})
const MOST_LOOKS = 500

export function unmaskRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps

  app.post(
    '/cases/:id/unmask',
    {
      schema: {
        tags: ['cases'],
        summary: 'Name and phone of who reported, in full 查看明文; kept with the reason',
        params: CaseRef,
        body: Type.Object({
          reason: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S', description: 'What for' }),
        }),
        response: { 200: PERSON, ...problems(403, 404, 415) },
      },
      config: posts(CENTRE, 'only the centre calls back who reported'),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const { state, words } = await caseOr404(deps, request.params.id)
      assertMaySee(actor, state, await cityOf(state, runtime.cityFor))
      const reporter = words?.reporter
      if (!reporter?.name && !reporter?.phone)
        throw new Problem(404, 'not-found', 'nothing is known of who reported this, or it was erased by rule')
      // Kept first: nothing is shown that is not kept.
      await audit(deps, request, {
        action: 'unmask',
        target: { kind: 'case', id: state.id },
        detail: { reason: request.body.reason.trim() },
      })
      return { reporter }
    },
  )

  app.get(
    '/cases/:id/unmaskings',
    {
      schema: {
        tags: ['cases'],
        summary: 'Who looked at who reported, when and what for; newest first',
        params: CaseRef,
        response: { 200: Items(LOOK), ...problems(403, 404) },
      },
      config: auditors,
    },
    async (request) => {
      const { state } = await caseOr404(deps, request.params.id)
      const { timeZone } = (await runtime.cityFor()).pack
      const rows = await listAudit(
        store,
        { action: 'unmask', target: { kind: 'case', id: state.id } },
        { limit: MOST_LOOKS },
      )
      return {
        items: rows.map((r) => ({
          at: isoWithOffset(r.at.getTime(), timeZone),
          by: { id: r.actorId ?? '', name: r.name ?? '' },
          posts: r.posts,
          reason: String(r.detail.reason ?? ''),
        })),
      }
    },
  )
}
