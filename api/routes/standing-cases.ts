// The cases behind a standing of the board, a page at a time: the month's, or those whose due time falls on a day.
import { DUE_STANDINGS, type Standing, STANDINGS } from '#domain/board.ts'
import type { City } from '#domain/city/types.ts'
import { monthOf } from '#domain/month.ts'
import type { CaseState } from '#domain/case.ts'
import { isUuid } from '#store/cases.ts'
import type { Store } from '#store/open.ts'
import { standingCases } from '#store/standings.ts'
import { invalid } from '../http/problem.ts'

export const isStanding = (metric: string): metric is Standing => STANDINGS.some((s) => s === metric)

const MOST = 200

export interface PageQuery {
  metric: Standing
  /** Left out, what counts in this one too. */
  without?: Standing | undefined
  /** City day: that of the due times, or the last one of its month that is in. */
  day: string
  /** `city`, `area:CODE` or `department:CODE`. */
  scope: string
  cursor?: string | undefined
  limit?: number | undefined
}

/** The latest day first. @throws a problem for a damaged cursor. */
export async function standingPage(
  store: Store,
  city: City,
  { metric, without, day, scope, cursor, limit = MOST }: PageQuery,
): Promise<{ states: CaseState[]; nextCursor?: string }> {
  const after = cursor === undefined ? undefined : readCursor(cursor)
  if (cursor !== undefined && !after)
    throw invalid([{ path: '/cursor', message: 'is damaged: start again without it' }])
  const isDue = DUE_STANDINGS.some((m) => m === metric)
  const from = isDue ? day : monthOf(day, city.pack.periods).start
  const most = Math.min(limit, MOST)
  const rows = await standingCases(store, {
    metric,
    without,
    from,
    to: day,
    isDue,
    key: scope,
    limit: most,
    after,
  })
  const last = rows.at(-1)
  return {
    states: rows.map((r) => r.state),
    ...(last && rows.length === most ? { nextCursor: writeCursor(last.day, last.state.id) } : {}),
  }
}

const writeCursor = (day: string, id: string) => Buffer.from(`${day}.${id}`).toString('base64url')

function readCursor(cursor: string): { day: string; id: string } | undefined {
  const [day = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('.')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !isUuid(id)) return undefined
  return Number.isNaN(Date.parse(day)) ? undefined : { day, id }
}
