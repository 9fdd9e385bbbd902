// The board as JSON: the same state that `/live` sends, exact at its `seq`.
import Type, { type Static } from 'typebox'
import type { BoardState } from '#domain/board.ts'
import { boardView } from '#domain/board-view.ts'
import { loggedIn } from '../auth/plugin.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, problems } from '../http/problem.ts'
import { knownScope } from '../live/scope.ts'
import type { Tailer } from '../live/tailer.ts'
import { BOARD } from '../schemas/board.ts'
import { ref } from '../schemas/common.ts'

/** Many asking at once share one counting; `asOf` says of when it is. */
const SAME_FOR_MS = 250

export function boardRoutes(app: App, { runtime }: ApiDeps, tailer: Tailer): void {
  const counted = new Map<string, { epoch: string; seq: number; at: number; board: Static<typeof BOARD> }>()

  function count(state: BoardState, scope: string, at: number): Static<typeof BOARD> {
    const known = counted.get(scope)
    const isSame = known?.seq === state.seq && known.epoch === state.epoch && at - known.at < SAME_FOR_MS
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
}
