// The flags for evaluation 考核标志 of one case as they are now: what statistics count of it, and what they leave out.
import Type, { type Static } from 'typebox'
import { isoWithOffset } from '#domain/city-time.ts'
import { type Flag, stands } from '#domain/flags/flag.ts'
import { FLAG_NAMES } from '#domain/flags/table.ts'
import { flagsOf } from '#domain/flags.ts'
import { upcast } from '#domain/upcast.ts'
import { caseLog } from '#store/cases.ts'
import { cityOfCase } from '#store/cities.ts'
import { STAFF } from '../auth/access.ts'
import { requireLogin } from '../auth/plugin.ts'
import { posts } from '../auth/route-access.ts'
import { assertMaySee } from '../cases/view.ts'
import type { App, ApiDeps } from '../deps.ts'
import { problems } from '../http/problem.ts'
import { Instant, Items } from '../schemas/common.ts'
import { CaseRef, caseOr404 } from './cases.ts'

const FLAG = Type.Object({
  key: Type.String(),
  name: Type.String({ description: 'Chinese, e.g. 按期处置' }),
  for: Type.Object(
    {
      kind: Type.Enum(['case', 'unit', 'worker']),
      unit: Type.Optional(Type.String()),
      unitName: Type.Optional(Type.String()),
      post: Type.Optional(Type.String()),
      person: Type.Optional(Type.String({ description: 'Account id' })),
    },
    { description: '`case`: for the city, and the unit if one is named; `unit`: for it alone; `worker`' },
  ),
  round: Type.Integer(),
  turn: Type.Integer({ description: 'The go 派遣次; 0 before the first dispatch' }),
  of: Type.Optional(Type.String({ description: 'The field task or 督办 it is about' })),
  at: Instant(),
  stands: Type.Boolean({ description: 'It counts for its case now' }),
  ended: Type.Optional(Type.Object({ at: Instant(), why: Type.String() })),
  excludedAt: Type.Optional(Instant()),
  exempt: Type.Optional(Type.Object({ at: Instant(), about: Type.String() })),
})

export function flagRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps

  app.get(
    '/cases/:id/flags',
    {
      schema: {
        tags: ['cases'],
        summary: 'What evaluation counts of a case, from its log: 考核标志',
        params: CaseRef,
        response: { 200: Items(FLAG), ...problems(403, 404) },
      },
      config: posts(STAFF, 'only the centre and the units see what evaluation counts'),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const { state } = await caseOr404(deps, request.params.id)
      const city = await cityOfCase(state, runtime.cityFor)
      assertMaySee(actor, state, city)
      const log = await caseLog(store, state.id)
      const events = log.map((e) => upcast({ ...e, caseId: state.id }))
      const iso = (at: number) => isoWithOffset(at, city.pack.timeZone)
      const show = (flag: Flag): Static<typeof FLAG> => {
        const { kind } = flag.for
        const unit = kind === 'worker' ? undefined : flag.for.unit
        const name = unit === undefined ? undefined : city.departments.get(unit)?.name
        const worker = kind === 'worker' ? flag.for : undefined
        return {
          key: flag.key,
          name: FLAG_NAMES[flag.key],
          for: {
            kind,
            ...(unit === undefined ? {} : { unit }),
            ...(name === undefined ? {} : { unitName: name }),
            ...(worker?.post === undefined ? {} : { post: worker.post }),
            ...(worker?.person === undefined ? {} : { person: worker.person }),
          },
          round: flag.round,
          turn: flag.turn,
          ...(flag.of === undefined ? {} : { of: flag.of }),
          at: iso(flag.at),
          stands: stands(flag),
          ...(flag.ended ? { ended: { at: iso(flag.ended.at), why: flag.ended.why } } : {}),
          ...(flag.excludedAt === undefined ? {} : { excludedAt: iso(flag.excludedAt) }),
          ...(flag.exempt ? { exempt: { at: iso(flag.exempt.at), about: flag.exempt.about } } : {}),
        }
      }
      return { items: flagsOf(events, city, runtime.clock.now()).map(show) }
    },
  )
}
