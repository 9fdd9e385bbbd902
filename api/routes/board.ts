// The board as JSON: the same state that `/live` sends, exact at its `seq`.
import Type, { type Static } from 'typebox'
import { type BoardState, METRICS } from '#domain/board.ts'
import { countedEvents, toBoardCase } from '#domain/board-fold.ts'
import { boardView } from '#domain/board-view.ts'
import { rateOf } from '#domain/clock.ts'
import { addDays } from '#domain/days.ts'
import { dayStart } from '#domain/city-time.ts'
import { lightOf } from '#domain/light.ts'
import { countedCases } from '#store/counted.ts'
import { loggedIn } from '../auth/plugin.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, problems } from '../http/problem.ts'
import { knownScope } from '../live/scope.ts'
import type { Tailer } from '../live/tailer.ts'
import { BOARD, COUNTED } from '../schemas/board.ts'
import { ref } from '../schemas/common.ts'

/** Many asking at once share one counting; `asOf` says of when it is. */
const SAME_FOR_MS = 250
/** Cases listed behind a count at most. */
const MOST_COUNTED = 1000

export function boardRoutes(app: App, { runtime, store }: ApiDeps, tailer: Tailer): void {
  const counted = new Map<string, { epoch: string; seq: number; at: number; board: Static<typeof BOARD> }>()

  function count(state: BoardState, scope: string, at: number): Static<typeof BOARD> {
    const known = counted.get(scope)
    const sameUntil = (known?.at ?? 0) + SAME_FOR_MS * rateOf(runtime.clock)
    const isSame = known?.seq === state.seq && known.epoch === state.epoch && at < sameUntil
    if (known && isSame) return known.board
    const board = boardView(state, at, scope) as Static<typeof BOARD>
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
        }),
        response: { 200: ref(BOARD), ...problems() },
      },
      onRequest: loggedIn,
    },
    async (request) => {
      const scope = knownScope(request.query.scope ?? 'city', await runtime.cityFor())
      if (scope === undefined)
        throw invalid([
          { path: '/scope', message: 'is `city`, or `area:` or `department:` with a known code' },
        ])
      return count(await tailer.current(), scope, runtime.clock.now())
    },
  )

  app.get(
    '/board/cases',
    {
      schema: {
        tags: ['board'],
        summary: 'The cases behind one of a day’s counts',
        querystring: Type.Object({
          metric: Type.Enum(METRICS.filter((m) => countedEvents(m) !== undefined)),
          day: Type.Optional(
            Type.String({ format: 'date', description: 'City day; the board’s by default' }),
          ),
          scope: Type.Optional(Type.String({ maxLength: 100 })),
        }),
        response: { 200: ref(COUNTED), ...problems() },
      },
      onRequest: loggedIn,
    },
    async (request) => {
      const city = await runtime.cityFor()
      const scope = knownScope(request.query.scope ?? 'city', city)
      if (scope === undefined) throw invalid([{ path: '/scope', message: 'is not a known scope' }])
      const { metric } = request.query
      const counted = countedEvents(metric)
      if (!counted) throw invalid([{ path: '/metric', message: 'is counted by time, not by events' }])
      const day = request.query.day ?? (await tailer.current()).day
      const { timeZone } = city.pack
      const [kind, code] = scope.split(':')
      const found = await countedCases(store, {
        ...counted,
        from: dayStart(day, timeZone),
        to: dayStart(addDays(day, 1), timeZone),
        area: kind === 'area' ? code : undefined,
        department: kind === 'department' ? code : undefined,
        limit: MOST_COUNTED,
      })
      const now = runtime.clock.now()
      return {
        metric,
        day,
        scope,
        items: found.map(({ state }) =>
          toBoardCase({ state, light: lightOf(state, now), overdueSeen: false }, city),
        ),
      }
    },
  )
}
