// Cases: reporting one, finding some, reading one and its log.
import Type from 'typebox'
import { type Actor, SOURCES, STATUSES } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { unitAndBelow } from '#domain/units.ts'
import { accountNames } from '#store/accounts.ts'
import {
  type CaseFilter,
  caseLog,
  type CaseWithWords,
  findCase,
  listCases,
  type LoggedEvent,
  readCursor,
} from '#store/cases.ts'
import { isCentre, reachOf } from '../auth/access.ts'
import { requireLogin } from '../auth/plugin.ts'
import { anyone, people } from '../auth/route-access.ts'
import { receiptToken } from '../cases/receipt-token.ts'
import { refused } from '../cases/refusal.ts'
import { actorOf, assertMayReport, readReport } from '../cases/report.ts'
import { assertMaySee, cityOf, deskViews, eventView, viewFor } from '../cases/view.ts'
import type { App, ApiDeps } from '../deps.ts'
import { markReplayed, takeIdempotencyKey } from '../http/idempotency.ts'
import { limiter } from '../http/limits.ts'
import { type Fault, invalid, Problem, problems } from '../http/problem.ts'
import { CASE, EVENT, REPORT } from '../schemas/case.ts'
import {
  Cursor,
  Flag,
  IdempotencyHeaders,
  isOn,
  Items,
  listOf,
  Page,
  PageSize,
  ref,
} from '../schemas/common.ts'

const Desk = Flag('Adds `desk` to each case: what you may do with it now, and what a desk shows beside it')

const LIST = Type.Object({
  status: Type.Optional(Type.String({ description: 'One or more, comma-separated' })),
  department: Type.Optional(
    Type.String({
      description: 'Lead unit, with all below it; of a second-level unit 二级单位, what was passed to it',
    }),
  ),
  role: Type.Optional(
    Type.Enum(['lead', 'co'], {
      description: 'With `department`: its cases as lead 主办 (by default), or as a co-unit 协办',
    }),
  ),
  area: Type.Optional(Type.String({ description: 'An area of any level' })),
  category: Type.Optional(Type.String()),
  source: Type.Optional(Type.Enum([...SOURCES])),
  light: Type.Optional(
    Type.Enum(['green', 'yellow', 'red', 'none'], { description: 'Of the unit’s own clock' }),
  ),
  overdue: Flag('超期: with the unit now, its clock running past `dueAt`; the board’s `overdue`'),
  late: Flag('超期处置: a reply came after its due time, in any round'),
  rework: Flag('返工: sent back to the unit at least once'),
  dissatisfied: Flag('不满意: the reporter or the call-back was not satisfied with it'),
  appeal: Type.Optional(
    Type.Enum(['open', 'ruled'], { description: '申诉: waits for a ruling, or has been ruled on' }),
  ),
  mine: Flag('Reported by me'),
  waitsFor: Type.Optional(
    Type.String({ description: 'Waits for one of these posts, or `department`; comma-separated' }),
  ),
  q: Type.Optional(
    Type.String({
      maxLength: 100,
      description:
        'A number, its beginning or its last four characters or more; part of the description, of the address, of the name of an area or zone; at the centre of a phone number too',
    }),
  ),
  desk: Desk,
  cursor: Cursor,
  limit: PageSize(200, 50),
})

type User = Extract<Actor, { kind: 'user' }>

export const CaseRef = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64, description: 'Id, receipt number or case number' }),
})

/** @throws 404 */
export async function caseOr404(deps: ApiDeps, reference: string): Promise<CaseWithWords> {
  const found = await findCase(deps.store, reference)
  if (!found) throw new Problem(404, 'not-found', `there is no case ${reference}`)
  return found
}

export function caseRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps
  const { cityFor, clock, commander } = runtime
  const countAnonymous = limiter(app, deps.limits.anonymousReports)

  async function onDesk(actor: User, cases: readonly CaseWithWords[], now: number) {
    const handlers = cases.flatMap(({ state }) => state.handler ?? [])
    return deskViews(actor, cases, { cityFor, now, names: await accountNames(store, handlers) })
  }

  app.post(
    '/cases',
    {
      schema: {
        tags: ['cases'],
        summary: 'Report 上报',
        description:
          'A grid member reports as `grid`, the centre for who called or wrote, a unit as `department`, a machine with ' +
          'an api key as any source; without a login only as `citizen`. Unknown properties are ignored.',
        headers: IdempotencyHeaders,
        body: REPORT,
        response: { 201: ref(CASE), ...problems(403, 409, 413, 415, 422, 429) },
      },
      config: anyone(),
      preValidation: takeIdempotencyKey(deps.scopeOf),
    },
    async (request, reply) => {
      const { body, login, idempotency } = request
      assertMayReport(login, body)
      if (!login) await countAnonymous(request)
      const city = await cityFor()
      const report = await readReport(body, { store, city, login })
      const result = await commander.report(report, { actor: actorOf(login), idempotency })
      if (!result.ok) throw refused(result.refusal)
      const { state } = result
      if (result.replayed) {
        // The external id was known already, perhaps from somebody else's report.
        if (state.reportedBy !== login?.account.id && login) assertMaySee(login.actor, state, city)
        markReplayed(reply)
      }
      const token = login ? undefined : receiptToken(deps.config.sessionSecret, state.id)
      return reply
        .code(201)
        .header('location', `/api/v1/cases/${state.id}`)
        .send({
          ...(await viewFor(login?.actor, result, { cityFor, now: state.lastAt })),
          ...(token === undefined ? {} : { receiptToken: token }),
        })
    },
  )

  app.get(
    '/cases',
    {
      schema: {
        tags: ['cases'],
        summary: 'Cases that you may see, newest first',
        querystring: LIST,
        response: { 200: Page(ref(CASE)), ...problems() },
      },
      config: people(),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const { query } = request
      const city = await cityFor()
      const statuses = listOf(query.status)
      const faults: Fault[] = (statuses ?? []).flatMap((s) =>
        (STATUSES as readonly string[]).includes(s) ? [] : [{ path: '/status', message: `knows no ${s}` }],
      )
      if (query.cursor !== undefined && !readCursor(query.cursor))
        faults.push({ path: '/cursor', message: 'is damaged: start again without it' })
      if (query.role !== undefined && query.department === undefined)
        faults.push({ path: '/role', message: 'is of a department: name it' })
      if (faults.length > 0) throw invalid(faults)
      const filter: CaseFilter = {
        within: reachOf(actor, city),
        status: statuses,
        departments: query.department === undefined ? undefined : unitAndBelow(query.department, city),
        role: roleOf(query, city),
        area: query.area,
        category: query.category,
        source: query.source,
        light: query.light,
        overdue: query.overdue === undefined ? undefined : isOn(query.overdue),
        late: query.late === undefined ? undefined : isOn(query.late),
        rework: query.rework === undefined ? undefined : isOn(query.rework),
        dissatisfied: query.dissatisfied === undefined ? undefined : isOn(query.dissatisfied),
        appeal: query.appeal,
        q: query.q?.trim() || undefined,
        qPlace: query.q === undefined ? undefined : placesNamed(query.q.trim(), city),
        qPhone: isCentre(actor),
        reportedBy: isOn(query.mine) ? actor.id : undefined,
        waitsFor: listOf(query.waitsFor),
      }
      const now = clock.now()
      const page = await listCases(store, filter, { limit: query.limit ?? 50, cursor: query.cursor, now })
      const items = isOn(query.desk)
        ? await onDesk(actor, page.items, now)
        : await Promise.all(page.items.map((c) => viewFor(actor, c, { cityFor, now })))
      return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
    },
  )

  app.get(
    '/cases/:id',
    {
      schema: {
        tags: ['cases'],
        summary: 'One case, by any of its numbers',
        params: CaseRef,
        querystring: Type.Object({ desk: Desk }),
        response: { 200: ref(CASE), ...problems(403, 404) },
      },
      config: people(),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const found = await caseOr404(deps, request.params.id)
      assertMaySee(actor, found.state, await cityOf(found.state, cityFor))
      const now = clock.now()
      if (!isOn(request.query.desk)) return viewFor(actor, found, { cityFor, now })
      const [view] = await onDesk(actor, [found], now)
      if (!view) throw new Error(`case ${found.state.id} was not shown`)
      return view
    },
  )

  app.get(
    '/cases/:id/events',
    {
      schema: {
        tags: ['cases'],
        summary: 'The log of a case, oldest first',
        params: CaseRef,
        response: { 200: Items(ref(EVENT)), ...problems(403, 404) },
      },
      config: people(),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const { state } = await caseOr404(deps, request.params.id)
      const city = await cityOf(state, cityFor)
      assertMaySee(actor, state, city)
      const events = await caseLog(store, state.id)
      const names = await accountNames(store, events.flatMap(personOf))
      return { items: events.map((e) => eventView(e, { actor, city, names })) }
    },
  )
}

/** Areas and zones with this in their name; a single letter names none. */
function placesNamed(words: string, { pack }: City): CaseFilter['qPlace'] {
  const named = <T extends { code: string; name: string }>(places: readonly T[]) =>
    words.length < 2 ? [] : places.filter((p) => p.name.includes(words)).map((p) => p.code)
  return { areas: named(pack.areas), zones: named(pack.zones) }
}

const personOf = (event: LoggedEvent) =>
  event.actor.kind === 'user' && event.actor.id !== undefined ? [event.actor.id] : []

/** A second-level unit is never sent a case: its own are those that its superior passed to it, or that it claimed. */
function roleOf({ department, role }: { department?: string; role?: 'lead' | 'co' }, city: City) {
  if (role === 'co' || department === undefined) return role
  return city.departments.get(department)?.parent === undefined ? 'lead' : 'second'
}
