// The clocks of one case as they run now: each stage with its limit, owner and light, and the city's ladder of escalation
// 升级阶梯: what was climbed, and what falls due next if nothing happens.
import Type, { type Static } from 'typebox'
import { isFinal, type Light } from '#domain/case.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { lightAt } from '#domain/deadline.ts'
import { nextRungs } from '#domain/escalate.ts'
import { ladderOf, RUNG_STEPS, whoOf } from '#domain/escalation.ts'
import { CASE_STAGES, type StageRun, stagesOf } from '#domain/stage-limit.ts'
import { accountNames } from '#store/accounts.ts'
import { cityOfCase } from '#store/cities.ts'
import { STAFF } from '../auth/access.ts'
import { requireLogin } from '../auth/plugin.ts'
import { posts } from '../auth/route-access.ts'
import { assertMaySee } from '../cases/view.ts'
import type { App, ApiDeps } from '../deps.ts'
import { problems } from '../http/problem.ts'
import { Instant } from '../schemas/common.ts'
import { CaseRef, caseOr404 } from './cases.ts'

const STAGE = Type.Object({
  stage: Type.Enum([...CASE_STAGES]),
  startedAt: Instant(),
  dueAt: Type.Optional(Instant('Absent without a limit, or where the calendar has ended')),
  light: Type.Enum(['green', 'yellow', 'red', 'none']),
  paused: Type.Boolean({ description: 'It stands still: suspended, or somebody is on the way to look' }),
  limit: Type.Optional(Type.String({ description: 'As the pack writes it' })),
  calendar: Type.String({ description: 'Owner of the calendar that it is counted on' }),
  calendarName: Type.String(),
  unit: Type.Optional(Type.String()),
  unitName: Type.Optional(Type.String()),
  post: Type.Optional(Type.String()),
  person: Type.Optional(Type.String({ description: 'Account id' })),
  personName: Type.Optional(Type.String()),
})
const rung = {
  rung: Type.String(),
  name: Type.String({ description: 'The city’s own word' }),
  do: Type.Optional(Type.Enum([...RUNG_STEPS])),
  stage: Type.Optional(Type.Enum([...CASE_STAGES])),
  at: Instant(),
}
const CLOCKS = Type.Object({
  stages: Type.Array(STAGE, { description: 'The one that the case waits for first; none when it has ended' }),
  passed: Type.Array(Type.Object({ ...rung, round: Type.Integer() })),
  next: Type.Array(Type.Object({ ...rung, who: Type.String() }), {
    description: 'Still to be climbed in this go 派遣次, the earliest first',
  }),
})

const lightOfRun = ({ dueAt, warnAt, paused }: StageRun, now: number): Light =>
  dueAt === undefined || paused ? 'none' : lightAt({ at: now, dueAt, warnAt: warnAt ?? dueAt })

export function clockRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps

  app.get(
    '/cases/:id/clocks',
    {
      schema: {
        tags: ['cases'],
        summary: 'The stages that run, with their lights, and the ladder of escalation',
        params: CaseRef,
        response: { 200: CLOCKS, ...problems(403, 404) },
      },
      config: posts(STAFF, 'only the centre and the units see the clocks of a case'),
    },
    async (request): Promise<Static<typeof CLOCKS>> => {
      const { actor } = requireLogin(request)
      const { state } = await caseOr404(deps, request.params.id)
      const city = await cityOfCase(state, runtime.cityFor)
      assertMaySee(actor, state, city)
      const now = runtime.clock.now()
      const iso = (at: number) => isoWithOffset(at, city.pack.timeZone)
      const runs = isFinal(state.status) ? [] : stagesOf(state, city)
      const names = await accountNames(
        store,
        runs.flatMap(({ holder }) => holder.person ?? []),
      )
      const unitName = (code: string) => city.departments.get(code)?.name ?? code
      const ladder = new Map(ladderOf(city.pack.policies).map((r) => [r.id, r]))
      return {
        stages: runs.map((run) => {
          const { unit, post, person } = run.holder
          const personName = person === undefined ? undefined : names.get(person)
          return {
            stage: run.stage,
            startedAt: iso(run.startedAt),
            ...(run.dueAt === undefined ? {} : { dueAt: iso(run.dueAt) }),
            light: lightOfRun(run, now),
            paused: run.paused === true,
            ...(run.limit === undefined ? {} : { limit: run.limit.text ?? '' }),
            calendar: run.calendar,
            calendarName: run.calendar === 'centre' ? city.pack.centreName : unitName(run.calendar),
            ...(unit === undefined ? {} : { unit, unitName: unitName(unit) }),
            ...(post === undefined ? {} : { post }),
            ...(person === undefined ? {} : { person }),
            ...(personName === undefined ? {} : { personName }),
          }
        }),
        passed: (state.escalations ?? []).map(({ rung: id, round, at }) => {
          const known = ladder.get(id)
          return {
            rung: id,
            name: known?.name ?? id,
            ...(known ? { do: known.do, stage: known.stage } : {}),
            round,
            at: iso(at),
          }
        }),
        next: nextRungs(state, city).map(({ rung: r, fireAt }) => ({
          rung: r.id,
          name: r.name,
          do: r.do,
          stage: r.stage,
          who: whoOf(r),
          at: iso(fireAt),
        })),
      }
    },
  )
}
