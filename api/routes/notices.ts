// Notices 通知: what the log has for the person who asks, newest first, and marking them as read. The sentence itself is the
// page's; here are its kind, names and instants.
import Type, { type Static } from 'typebox'
import type { Actor } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { ladderOf } from '#domain/escalation.ts'
import { audiencesOf, NOTICE_KINDS, phoneOf } from '#domain/notice.ts'
import { type CaseWithWords, findCases } from '#store/cases.ts'
import {
  countUnread,
  listNotices,
  MOST_UNREAD,
  type Notice,
  type NoticeReader,
  readAllNotices,
  readNotice,
} from '#store/notices.ts'
import { isCentre, maySee } from '../auth/access.ts'
import { requireLogin } from '../auth/plugin.ts'
import { people } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, Problem, problems } from '../http/problem.ts'
import { Cursor, Flag, Id, Instant, isOn, PageSize } from '../schemas/common.ts'

const NoticeId = Type.String({ pattern: '^[0-9]{1,18}$', description: 'Ascending in the order of writing' })

const NOTICE = Type.Object({
  id: NoticeId,
  kind: Type.Enum([...NOTICE_KINDS]),
  at: Instant(),
  readAt: Type.Optional(Instant()),
  case: Type.Optional(
    Type.Object({
      id: Id(),
      number: Type.String({ description: 'Case number, or the receipt number before it is filed' }),
      categoryName: Type.Optional(Type.String()),
      areaName: Type.Optional(Type.String()),
      open: Type.Boolean({ description: 'You may look at it now' }),
    }),
  ),
  unit: Type.Optional(Type.String()),
  unitName: Type.Optional(Type.String()),
  dutyPhone: Type.Optional(Type.String({ description: 'Of a call 电话催办, for the centre' })),
  rung: Type.Optional(
    Type.String({ description: 'The city’s own word for the rung of its ladder 升级阶梯' }),
  ),
  stage: Type.Optional(Type.String()),
  round: Type.Optional(Type.Integer()),
  dueAt: Type.Optional(Instant()),
  until: Type.Optional(Instant()),
  about: Type.Optional(Type.String({ description: 'Of an appeal' })),
  owner: Type.Optional(Type.String({ description: 'Of a calendar' })),
  ownerName: Type.Optional(Type.String()),
  warning: Type.Optional(Type.String()),
  ends: Type.Optional(Type.String({ description: 'Last covered date of the calendar' })),
  channel: Type.Optional(Type.String({ description: 'Name of a channel to the outside' })),
})
const UNREAD = Type.Object({
  unread: Type.Integer({ description: `How many are unread; ${MOST_UNREAD} stands for that many or more` }),
})

const isCursor = (text: string | undefined) => text === undefined || /^[0-9]{1,18}$/.test(text)

export function noticeRoutes(app: App, { store, runtime }: ApiDeps): void {
  type User = Extract<Actor, { kind: 'user' }>
  const readerOf = (actor: User): NoticeReader => ({ account: actor.id, audiences: audiencesOf(actor) })

  function view(
    notice: Notice,
    found: CaseWithWords | undefined,
    actor: User,
    city: City,
  ): Static<typeof NOTICE> {
    const iso = (at: number | undefined) =>
      at === undefined ? undefined : isoWithOffset(at, city.pack.timeZone)
    const { unit, rung, dueAt, until, owner, ...rest } = notice.params
    const unitName = (code: string | undefined) => code && (city.departments.get(code)?.name ?? code)
    const state = found?.state
    const category = state?.category
    return clean({
      id: notice.id,
      kind: notice.kind,
      at: isoWithOffset(notice.at, city.pack.timeZone),
      readAt: iso(notice.readAt),
      case: state && {
        id: state.id,
        number: state.caseNo ?? state.receiptNo,
        ...(category === undefined ? {} : { categoryName: city.categories.get(category)?.name ?? category }),
        ...(state.area === undefined ? {} : { areaName: city.areas.get(state.area)?.name ?? state.area }),
        open: maySee(actor, state, city),
      },
      unit,
      unitName: unitName(unit),
      dutyPhone:
        notice.kind === 'call' && unit !== undefined && isCentre(actor) ? phoneOf(unit, city) : undefined,
      rung: rung && (ladderOf(city.pack.policies).find((r) => r.id === rung)?.name ?? rung),
      ...rest,
      dueAt: iso(dueAt),
      until: iso(until),
      owner,
      ownerName: owner === 'centre' ? city.pack.centreName : unitName(owner),
    })
  }

  app.get(
    '/notices',
    {
      schema: {
        tags: ['notices'],
        summary: 'What the log has for you, newest first',
        querystring: Type.Object({
          unread: Flag('Those only that you have not read'),
          cursor: Cursor,
          limit: PageSize(100, 30),
        }),
        response: {
          200: Type.Object({
            items: Type.Array(NOTICE),
            nextCursor: Type.Optional(Type.String()),
            ...UNREAD.properties,
          }),
          ...problems(),
        },
      },
      config: people(),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const { unread, cursor, limit = 30 } = request.query
      if (!isCursor(cursor)) throw invalid([{ path: 'cursor', message: 'is not one that was given' }])
      const reader = readerOf(actor)
      const [found, count, city] = await Promise.all([
        listNotices(store, reader, { unread: isOn(unread), before: cursor, limit: limit + 1 }),
        countUnread(store, reader),
        runtime.cityFor(),
      ])
      const page = found.slice(0, limit)
      const cases = await findCases(
        store,
        page.flatMap((n) => n.caseId ?? []),
      )
      const last = page.at(-1)
      return {
        items: page.map((n) =>
          view(n, n.caseId === undefined ? undefined : cases.get(n.caseId), actor, city),
        ),
        unread: count,
        ...(found.length > limit && last ? { nextCursor: last.id } : {}),
      }
    },
  )

  app.post(
    '/notices/:id/read',
    {
      schema: {
        tags: ['notices'],
        summary: 'You have read it; twice is once',
        params: Type.Object({ id: NoticeId }),
        response: { 200: UNREAD, ...problems(403, 404) },
      },
      config: people(),
    },
    async (request) => {
      const reader = readerOf(requireLogin(request).actor)
      const known = await readNotice(store, reader, { id: request.params.id, at: runtime.clock.now() })
      if (!known) throw new Problem(404, 'not-found', 'there is no such notice for you')
      return { unread: await countUnread(store, reader) }
    },
  )

  app.post(
    '/notices/read-all',
    {
      schema: {
        tags: ['notices'],
        summary: 'You have read all up to one',
        body: Type.Object({
          upTo: Type.String({
            pattern: '^[0-9]{1,18}$',
            description: 'Id of the newest that you have seen: what came since stays unread',
          }),
        }),
        response: { 200: UNREAD, ...problems(403, 413, 415) },
      },
      config: people(),
    },
    async (request) => {
      const reader = readerOf(requireLogin(request).actor)
      await readAllNotices(store, reader, { upTo: request.body.upTo, at: runtime.clock.now() })
      return { unread: await countUnread(store, reader) }
    },
  )
}

const clean = (o: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as Static<typeof NOTICE>
