// Past days of the board for replay: which there are, the board at an instant of one, and its changes from there on. A day
// that is over is the same for ever, so browsers may keep it.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { isoWithOffset } from '#domain/city-time.ts'
import { Day, Moment } from '#domain/moment.ts'
import { boardAt, framesOf } from '#domain/replay.ts'
import { boardDays, type DayReader } from '#store/past-board.ts'
import { people } from '../auth/route-access.ts'
import { tagged } from '../http/describe.ts'
import type { App, ApiDeps } from '../deps.ts'
import { made, sendMade } from '../http/prepared.ts'
import { invalid, Problem, problems } from '../http/problem.ts'
import { changesOf, knownScope, snapshotOf } from '../live/scope.ts'
import type { Reels } from '../replay/reels.ts'
import { BOARD_DAYS, FRAMES, REPLAY_SNAPSHOT } from '../schemas/replay.ts'
import { ref } from '../schemas/common.ts'

/** Simulated seconds that a frame may draw together: those that divide a minute, an hour or a day alike. */
const STEPS = [1, 5, 15, 60, 300] as const
/** Of one answer; a busy hour is some 2 MB. */
const MOST_MS = 6 * 3_600_000
/** Frames of a day that is over, for one epoch: they never change, and only another program would say them otherwise. */
const KEPT = 'private, max-age=86400'

const CityDay = Day('City day')
const Scope = Type.Optional(
  Type.String({ maxLength: 100, description: '`city` (default), `area:CODE`, `department:CODE`' }),
)

interface Sent {
  reel: DayReader
  /** What was asked for: names the answer together with where the day stands. */
  what: readonly (string | number)[]
  cache: string
  content: () => ReturnType<typeof made>
}

export function replayRoutes(app: App, { store, runtime }: ApiDeps, reels: Reels): void {
  async function scopeOf(asked = 'city'): Promise<string> {
    const scope = knownScope(asked, await runtime.cityFor())
    if (scope !== undefined) return scope
    throw invalid([{ path: '/scope', message: 'is `city`, or `area:` or `department:` with a known code' }])
  }

  async function reelOf(day: string): Promise<DayReader> {
    const reel = await reels.day(day)
    if (reel) return reel
    throw new Problem(404, 'no-such-day', `the board has no day ${day}: see GET /board/days`)
  }

  app.get(
    '/board/days',
    {
      schema: {
        tags: ['board'],
        summary: 'City days that can be replayed',
        response: { 200: ref(BOARD_DAYS), ...problems() },
      },
      config: people({ screens: true }),
    },
    async () => {
      const { timeZone } = (await runtime.cityFor()).pack
      const days = await boardDays(store)
      return {
        items: days.map(({ day, at }, i) => {
          const next = days[i + 1]
          return {
            day,
            start: isoWithOffset(at, timeZone),
            ...(next ? { end: isoWithOffset(next.at, timeZone) } : {}),
          }
        }),
      }
    },
  )

  app.get(
    '/board/replay',
    {
      schema: {
        tags: ['board'],
        summary: 'The board at an instant of a past day, as /live sends it',
        querystring: Type.Object({
          day: CityDay,
          at: Type.Optional(Moment('The day’s first instant by default')),
          scope: Scope,
        }),
        response: { 200: ref(REPLAY_SNAPSHOT), ...problems(404) },
      },
      config: { ...people({ screens: true }), ...tagged },
    },
    async (request, reply) => {
      const { day, at } = request.query
      const scope = await scopeOf(request.query.scope)
      const reel = await reelOf(day)
      const instant = at === undefined ? reel.first.at : Math.max(Date.parse(at), reel.first.at)
      const city = await runtime.cityFor()
      const content = () =>
        made({
          day,
          start: reel.first.at,
          end: reel.end,
          isOver: reel.isOver,
          snapshot: snapshotOf(boardAt(reel, instant), scope, city),
        })
      return send(request, reply, { reel, what: [day, scope, 'at', instant], cache: 'no-cache', content })
    },
  )

  app.get(
    '/board/replay/frames',
    {
      schema: {
        tags: ['board'],
        summary: 'Changes of a past day’s board, drawn together',
        description:
          'Deltas as on /live with `changes.at` by the log’s clock: everything after `from` up to `to`, at most one every `step` seconds. ' +
          'Steps end at whole multiples of `step`; a board that has taken every frame up to such an instant is the board of that instant.',
        querystring: Type.Object({
          day: CityDay,
          from: Moment('Not included'),
          to: Moment('Included; at most six hours later'),
          step: Type.Optional(Type.Enum(STEPS, { description: 'Seconds; 1 by default' })),
          scope: Scope,
          epoch: Type.Optional(
            Type.String({ maxLength: 64, description: 'Of the snapshot that the frames are for' }),
          ),
        }),
        response: { 200: ref(FRAMES), ...problems(404, 409) },
      },
      config: { ...people({ screens: true }), ...tagged },
    },
    async (request, reply) => {
      const { day, step = 1, epoch } = request.query
      const [from, to] = [Date.parse(request.query.from), Date.parse(request.query.to)]
      if (to < from || to - from > MOST_MS)
        throw invalid([{ path: '/to', message: 'is not before `from` and at most six hours after it' }])
      const scope = await scopeOf(request.query.scope)
      const reel = await reelOf(day)
      if (epoch !== undefined && epoch !== reel.epoch)
        throw new Problem(409, 'other-epoch', 'the data was restored since: begin with a new snapshot')
      const city = await runtime.cityFor()
      const content = () =>
        made({
          day,
          from,
          to,
          step,
          deltas: framesOf(reel, from, to, step * 1000).map(({ delta, before }) => ({
            ...delta,
            changes: changesOf(delta, scope, { before, dayBefore: delta.changes.day, city }) ?? {
              ...delta.changes,
              cases: [],
              gone: [],
              counts: [],
              recent: [],
            },
          })),
        })
      const cache = reel.isOver && epoch !== undefined ? KEPT : 'no-cache'
      return send(request, reply, { reel, what: [day, scope, from, to, step], cache, content })
    },
  )

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    { reel, what, cache, content }: Sent,
  ): Promise<FastifyReply> {
    const { version } = await runtime.cityFor()
    const last = reel.moments.at(-1)?.seq ?? reel.first.seq
    const parts = [reel.epoch, last, reel.isOver, version, ...what].join('|')
    const etag = `W/"${createHash('sha256').update(parts).digest('base64url').slice(0, 22)}"`
    return sendMade(request, reply, { etag, cache, content })
  }
}
