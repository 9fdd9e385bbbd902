// The board as JSON: the same state that `/live` sends, exact at its `seq`.
import Type, { type Static } from 'typebox'
import { type BoardState, METRICS, STANDINGS } from '#domain/board.ts'
import { countedEvents, toBoardCase } from '#domain/board-fold.ts'
import { boardView } from '#domain/board-view.ts'
import type { CaseState } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { rateOf } from '#domain/clock.ts'
import { addDays } from '#domain/days.ts'
import { cityDay, dayStart, isoWithOffset } from '#domain/city-time.ts'
import { lightOf } from '#domain/light.ts'
import { Day, Moment } from '#domain/moment.ts'
import { unitAndBelow } from '#domain/units.ts'
import { countedCases } from '#store/counted.ts'
import { people } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, Problem, problems } from '../http/problem.ts'
import { knownScope } from '../live/scope.ts'
import type { Tailer } from '../live/tailer.ts'
import type { Reels } from '../replay/reels.ts'
import { BOARD, COUNTED } from '../schemas/board.ts'
import { ref } from '../schemas/common.ts'
import { isStanding, standingPage } from './standing-cases.ts'

/** Many asking at once share one counting; `asOf` says of when it is. */
const SAME_FOR_MS = 250
/** Cases listed behind a count at most. */
const MOST_COUNTED = 1000

const viewOf = (state: BoardState, scope: string, at: number, city: City) =>
  ({
    ...boardView(state, at, scope, (unit) => city.departments.get(unit)?.parent !== undefined),
    asOf: isoWithOffset(at, city.pack.timeZone),
  }) as Static<typeof BOARD>

export function boardRoutes(app: App, { runtime, store }: ApiDeps, tailer: Tailer, reels: Reels): void {
  const counted = new Map<string, { epoch: string; seq: number; at: number; board: Static<typeof BOARD> }>()

  function count(state: BoardState, scope: string, at: number, city: City): Static<typeof BOARD> {
    const known = counted.get(scope)
    const sameUntil = (known?.at ?? 0) + SAME_FOR_MS * rateOf(runtime.clock)
    const isSame = known?.seq === state.seq && known.epoch === state.epoch && at < sameUntil
    if (known && isSame) return known.board
    const board = viewOf(state, scope, at, city)
    counted.set(scope, { epoch: state.epoch, seq: state.seq, at, board })
    return board
  }

  app.get(
    '/board',
    {
      schema: {
        tags: ['board'],
        summary: 'Open cases and today’s counts',
        querystring: Type.Object({
          scope: Type.Optional(
            Type.String({ maxLength: 100, description: '`city` (default), `area:CODE`, `department:CODE`' }),
          ),
          at: Type.Optional(Moment('As screens showed it at that instant, from the log; now by default')),
        }),
        response: { 200: ref(BOARD), ...problems(404) },
      },
      config: people({ screens: true }),
    },
    async (request) => {
      const city = await runtime.cityFor()
      const scope = knownScope(request.query.scope ?? 'city', city)
      if (scope === undefined)
        throw invalid([
          { path: '/scope', message: 'is `city`, or `area:` or `department:` with a known code' },
        ])
      if (request.query.at === undefined)
        return count(await tailer.current(), scope, runtime.clock.now(), city)
      const at = Date.parse(request.query.at)
      if (at > runtime.clock.now()) throw invalid([{ path: '/at', message: 'is not in the future' }])
      const past = await reels.boardAt(at)
      if (!past) throw new Problem(404, 'no-such-day', 'there was no board yet: see GET /board/days')
      return viewOf(past, scope, at, city)
    },
  )

  app.get(
    '/board/cases',
    {
      schema: {
        tags: ['board'],
        summary: 'The cases behind one of a day’s counts, or behind a figure of the month',
        querystring: Type.Object({
          metric: Type.Enum([...METRICS.filter((m) => countedEvents(m) !== undefined), ...STANDINGS]),
          day: Type.Optional(
            Day('City day, the board’s by default; of a month’s figure the last dispatch day that is in'),
          ),
          without: Type.Optional(
            Type.Enum([...STANDINGS], {
              description: 'Of standings only: leaves out what counts in this one too, e.g. not in time',
            }),
          ),
          scope: Type.Optional(Type.String({ maxLength: 100 })),
          category: Type.Optional(
            Type.String({ maxLength: 100, description: 'Of a day’s counts only: as it was at that event' }),
          ),
          source: Type.Optional(Type.String({ maxLength: 100, description: 'Of a day’s counts only' })),
          cursor: Type.Optional(Type.String({ maxLength: 200, description: 'Of standings only' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'Of standings only' })),
        }),
        response: { 200: ref(COUNTED), ...problems() },
      },
      config: people({ screens: true }),
    },
    async (request) => {
      const city = await runtime.cityFor()
      const scope = knownScope(request.query.scope ?? 'city', city)
      if (scope === undefined) throw invalid([{ path: '/scope', message: 'is not a known scope' }])
      const { metric, without, category, source, cursor, limit } = request.query
      const now = runtime.clock.now()
      // The board has no day before the first fact.
      const day = request.query.day ?? ((await tailer.current()).day || cityDay(now, city.pack.timeZone))
      const listed = (states: readonly CaseState[]) =>
        states.map((state) => toBoardCase({ state, light: lightOf(state, now), overdueSeen: false }, city))
      if (isStanding(metric)) {
        const { states, ...more } = await standingPage(store, city, {
          metric,
          without,
          day,
          scope,
          cursor,
          limit,
        })
        return { metric, day, scope, items: listed(states), ...more }
      }
      const counted = countedEvents(metric)
      if (!counted) throw invalid([{ path: '/metric', message: 'is counted by time, not by events' }])
      const { timeZone } = city.pack
      const [kind, code] = scope.split(':')
      const found = await countedCases(store, {
        ...counted,
        from: dayStart(day, timeZone),
        to: dayStart(addDays(day, 1), timeZone),
        area: kind === 'area' ? code : undefined,
        units: kind === 'department' && code !== undefined ? unitAndBelow(code, city) : undefined,
        category,
        source,
        limit: MOST_COUNTED,
      })
      return { metric, day, scope, items: listed(found.map((f) => f.state)) }
    },
  )
}
