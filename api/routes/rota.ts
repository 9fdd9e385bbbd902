// The rota 值班表 and the handover 交接班 of a shift: who is on duty with their phones, and what is passed on, signed by both.
import Type, { type Static } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { STATUSES } from '#domain/case.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { onRota, ROTA_POSTS, type RotaTurn } from '#domain/rota.ts'
import { isUuid } from '#store/cases.ts'
import {
  addTurn,
  giveShift,
  type Handover,
  handovers,
  openForHandover,
  removeTurn,
  rotaTurns,
  takeShift,
} from '#store/rota.ts'
import { Moment } from '#domain/moment.ts'
import { requireLogin } from '../auth/plugin.ts'
import { posts } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, Problem, problems } from '../http/problem.ts'
import { Id, Instant, Items } from '../schemas/common.ts'
import { centre } from './desk.ts'

const DAY_MS = 86_400_000
/** Shown ahead; what is over is asked for by its day. */
const AHEAD_DAYS = 14
const MOST_ITEMS = 500
const MOST_HANDOVERS = 20

const managers = posts(['duty-manager', 'head'], 'only a duty manager or the head of the centre may do this')

const TURN = Type.Object({
  id: Id(),
  post: Type.Enum([...ROTA_POSTS]),
  name: Type.String(),
  phone: Type.Optional(Type.String()),
  department: Type.Optional(Type.Object({ code: Type.String(), name: Type.String() })),
  since: Instant(),
  until: Instant(),
  now: Type.Boolean({ description: 'It is their turn' }),
})
const TURN_BODY = Type.Object({
  post: Type.Enum([...ROTA_POSTS], { description: '值班长, 坐席, 带班领导, 单位值班' }),
  name: Type.String({ maxLength: 60, pattern: '\\S' }),
  phone: Type.Optional(Type.String({ maxLength: 40, pattern: '\\S' })),
  department: Type.Optional(Type.String({ maxLength: 64, description: 'Code; of `unit`, and only of it' })),
  since: Moment(),
  until: Moment(),
})
const PERSON = Type.Object({ id: Id(), name: Type.String() })
const ITEM = Type.Object({
  caseId: Id(),
  receiptNo: Type.String(),
  caseNo: Type.Optional(Type.String()),
  category: Type.Optional(Type.String()),
  status: Type.Enum([...STATUSES]),
  urgent: Type.Boolean(),
  overdue: Type.Boolean(),
  waits: Type.Optional(Type.Object({ who: Type.String(), action: Type.String() })),
})
const HANDOVER = Type.Object({
  id: Id(),
  from: PERSON,
  givenAt: Instant(),
  to: Type.Optional(PERSON),
  takenAt: Type.Optional(Instant()),
  note: Type.String(),
  items: Type.Array(ITEM, { description: 'What was open when it was given, as it stood then' }),
})

export function rotaRoutes(app: App, { store, runtime }: ApiDeps): void {
  const { cityFor, clock } = runtime

  async function turnView() {
    const { departments, pack } = await cityFor()
    const now = clock.now()
    return ({ department, since, until, ...turn }: RotaTurn): Static<typeof TURN> => ({
      ...turn,
      ...(department === undefined
        ? {}
        : { department: { code: department, name: departments.get(department)?.name ?? department } }),
      since: isoWithOffset(since, pack.timeZone),
      until: isoWithOffset(until, pack.timeZone),
      now: onRota([{ post: turn.post, since, until }], now).length > 0,
    })
  }

  async function handoverView() {
    const { timeZone } = (await cityFor()).pack
    return ({ givenAt, takenAt, ...h }: Handover): Static<typeof HANDOVER> => ({
      ...h,
      givenAt: isoWithOffset(givenAt, timeZone),
      ...(takenAt === undefined ? {} : { takenAt: isoWithOffset(takenAt, timeZone) }),
    })
  }

  app.get(
    '/rota',
    {
      schema: {
        tags: ['desk'],
        summary: 'Who is on the rota 值班表 from now on, for two weeks',
        response: { 200: Items(TURN), ...problems(403) },
      },
      config: centre,
    },
    async () => {
      const now = clock.now()
      const turns = await rotaTurns(store, now, now + AHEAD_DAYS * DAY_MS)
      return { items: turns.map(await turnView()) }
    },
  )

  app.post(
    '/rota',
    {
      schema: {
        tags: ['desk'],
        summary: 'Put somebody on the rota',
        body: TURN_BODY,
        response: { 201: TURN, ...problems(403, 413, 415) },
      },
      config: managers,
    },
    async (request, reply) => {
      const { body } = request
      const { account } = requireLogin(request)
      const [since, until] = [Date.parse(body.since), Date.parse(body.until)]
      if (until <= since) throw invalid([{ path: '/until', message: 'must be after `since`' }])
      const { departments } = await cityFor()
      if ((body.post === 'unit') !== (body.department !== undefined))
        throw invalid([{ path: '/department', message: 'is named for `unit`, and for nobody else' }])
      if (body.department !== undefined && !departments.has(body.department))
        throw invalid([{ path: '/department', message: `unknown department ${body.department}` }])
      const turn = { ...body, name: body.name.trim(), id: uuidv7(), since, until }
      await addTurn(store, turn, account.id)
      return reply.code(201).send((await turnView())(turn))
    },
  )

  app.delete(
    '/rota/:id',
    {
      schema: {
        tags: ['desk'],
        summary: 'Take a turn off the rota',
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
        response: { 204: Type.Null(), ...problems(403, 404) },
      },
      config: managers,
    },
    async (request, reply) => {
      const { id } = request.params
      const isGone = isUuid(id) && (await removeTurn(store, id, requireLogin(request).account.id))
      if (!isGone) throw new Problem(404, 'not-found', 'there is no such turn on the rota')
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/handovers',
    {
      schema: {
        tags: ['desk'],
        summary: 'Handovers 交接班, the latest first',
        response: { 200: Items(HANDOVER), ...problems(403) },
      },
      config: centre,
    },
    async () => ({ items: (await handovers(store, MOST_HANDOVERS)).map(await handoverView()) }),
  )

  app.post(
    '/handovers',
    {
      schema: {
        tags: ['desk'],
        summary: 'Hand the shift over: the first signature',
        description:
          'What is urgent, past its due time or waits for the centre is listed by itself, as it stands now.',
        body: Type.Object({ note: Type.String({ maxLength: 4000 }) }),
        response: { 201: HANDOVER, ...problems(403, 409, 413, 415) },
      },
      config: managers,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const [last] = await handovers(store, 1)
      if (last && last.to === undefined)
        throw new Problem(409, 'handover-open', 'the last handover waits for its second signature')
      const at = clock.now()
      const given = {
        id: uuidv7(),
        at,
        note: request.body.note.trim(),
        items: await openForHandover(store, at, MOST_ITEMS),
      }
      await giveShift(store, { ...given, from: account.id })
      const from = { id: account.id, name: account.name }
      return reply.code(201).send((await handoverView())({ ...given, from, givenAt: at }))
    },
  )

  app.post(
    '/handovers/:id/sign',
    {
      schema: {
        tags: ['desk'],
        summary: 'Take the shift over: the second signature',
        description: 'By somebody else than who gave it.',
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
        response: { 200: HANDOVER, ...problems(403, 404, 409) },
      },
      config: managers,
    },
    async (request) => {
      const { id } = request.params
      const to = requireLogin(request).account.id
      const came = isUuid(id) ? await takeShift(store, { id, to, at: clock.now() }) : 'unknown'
      if (came === 'unknown') throw new Problem(404, 'not-found', 'there is no such handover')
      if (came === 'own')
        throw new Problem(409, 'handover-own', 'who hands over cannot take over: somebody else signs')
      if (came === 'taken') throw new Problem(409, 'handover-taken', 'somebody has signed it already')
      const found = (await handovers(store, MOST_HANDOVERS)).find((h) => h.id === id)
      if (!found) throw new Problem(404, 'not-found', 'there is no such handover')
      return (await handoverView())(found)
    },
  )
}
