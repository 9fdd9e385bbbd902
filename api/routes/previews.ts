// What a step of the unit would come to, before it is sent: the due time of an extension 延期, a suspension 挂账 or a
// second-level dispatch 二级派遣, and what the photos of a reply 回告 lack or were used for. Nothing is written.
import Type, { type Static } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { isoWithOffset } from '#domain/city-time.ts'
import type { DecideContext } from '#domain/decision.ts'
import { Moment } from '#domain/moment.ts'
import { isLegal, legalActions } from '#domain/permission.ts'
import { preview, PREVIEWED } from '#domain/preview.ts'
import { replyFindings } from '#domain/screen-evidence.ts'
import { isUuid } from '#store/cases.ts'
import { replyPhotosUsedBefore } from '#store/photo-reuse.ts'
import { photoFacts } from '#store/uploads.ts'
import { requireLogin } from '../auth/plugin.ts'
import { people } from '../auth/route-access.ts'
import { photoFaults } from '../cases/photo-faults.ts'
import { refused } from '../cases/refusal.ts'
import { resolve } from '../cases/resolve.ts'
import { photoReuseView, reasonView } from '../cases/screening.ts'
import { assertMaySee, cityOf } from '../cases/view.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, Problem, problems } from '../http/problem.ts'
import { Instant, listOf } from '../schemas/common.ts'
import { PHOTO_REUSE, REASON } from '../schemas/screening.ts'
import { CaseRef, caseOr404 } from './cases.ts'

const MOST_PHOTOS = 20

const ASK = Type.Object({
  action: Type.Enum([...PREVIEWED, 'reply']),
  until: Type.Optional(Moment('Of a suspension')),
  handler: Type.Optional(Type.String({ maxLength: 64, description: 'Squad or person of an `assign`' })),
  limit: Type.Optional(Type.String({ minLength: 1, maxLength: 32, description: '二级时限 of an `assign`' })),
  photos: Type.Optional(
    Type.String({ maxLength: 1000, description: 'Upload ids of a `reply`, comma-separated' }),
  ),
})

const PREVIEW = Type.Object({
  action: Type.String(),
  dueAt: Type.Optional(Instant('As it stands')),
  newDueAt: Type.Optional(
    Instant(
      'With the request granted at once; of a suspension that lasts to its end. Absent for other steps',
    ),
  ),
  unitDueAt: Type.Optional(Instant('二级时限')),
  findings: Type.Optional(
    Type.Array(REASON, {
      description: 'What the photos lack that the filing condition asks for, or say of their place',
    }),
  ),
  reuse: Type.Optional(Type.Array(PHOTO_REUSE, { description: 'Photos that were used before' })),
})

export function previewRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps

  app.get(
    '/cases/:id/preview',
    {
      schema: {
        tags: ['cases'],
        summary: 'What a step would come to, before it is sent',
        description: 'For whoever may take that step now; refused as the step itself would be.',
        params: CaseRef,
        querystring: ASK,
        response: { 200: PREVIEW, ...problems(403, 404, 409) },
      },
      config: people(),
    },
    async (request): Promise<Static<typeof PREVIEW>> => {
      const { actor } = requireLogin(request)
      const { action, until, handler, limit } = request.query
      const { state } = await caseOr404(deps, request.params.id)
      const city = await cityOf(state, runtime.cityFor)
      assertMaySee(actor, state, city)
      const now = runtime.clock.now()
      if (!isLegal(action, state, actor, city, now))
        throw new Problem(409, 'illegal-step', `${action} is not open to you now`, {
          allowed: legalActions(state, actor, city, now),
        })
      const iso = (at: number | undefined) =>
        at === undefined ? undefined : isoWithOffset(at, city.pack.timeZone)
      if (action === 'reply') {
        const photos = listOf(request.query.photos) ?? []
        if (photos.length > MOST_PHOTOS || !photos.every(isUuid))
          throw invalid([{ path: '/photos', message: `are at most ${MOST_PHOTOS} upload ids` }])
        const faults = await photoFaults(store, { '/photos': photos })
        if (faults.length > 0) throw invalid(faults)
        const facts = await photoFacts(store, photos)
        const used = await replyPhotosUsedBefore(store, state, { photos, city, now })
        return {
          action,
          ...(state.clock ? { dueAt: isoWithOffset(state.clock.dueAt, city.pack.timeZone) } : {}),
          findings: replyFindings(state, facts, { city, receivedAt: now }).map(reasonView),
          reuse: used.map((use) => photoReuseView(use, city)),
        }
      }
      if (action === 'assign' && handler === undefined)
        throw invalid([{ path: '/handler', message: 'is required' }])
      const resolved =
        action === 'assign' && handler !== undefined
          ? await resolve({ action, payload: { handler } }, { state, city, store })
          : undefined
      const ctx: DecideContext = {
        now,
        actor,
        city,
        newId: uuidv7,
        takeCaseNo: () => {
          throw new Error('a preview files nothing')
        },
        hasText: true,
        assigneeFor: () => undefined,
        ...(resolved === undefined ? {} : { resolved }),
      }
      const found = preview(state, { action, until, limit }, ctx)
      if (!found.ok) throw refused(found.refusal)
      const times = {
        dueAt: iso(found.dueAt),
        newDueAt: iso(found.newDueAt),
        unitDueAt: iso(found.unitDueAt),
      }
      return {
        action,
        ...(Object.fromEntries(Object.entries(times).filter(([, at]) => at !== undefined)) as Partial<
          Record<keyof typeof times, string>
        >),
      }
    },
  )
}
