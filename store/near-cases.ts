// Cases near a place: open ones, and ones that ended lately, with their words. How alike they are is domain/duplicate.ts.
import type { CaseState, Position } from '#domain/case.ts'
import type { ReportWords } from '#domain/case-view.ts'
import { metresBetween } from '#domain/geo/distance.ts'
import { metresPerDegree } from '#domain/geo/geometry.ts'
import { reportWords } from './cases.ts'
import type { Store } from './open.ts'

export interface NearCase {
  state: CaseState
  /** Undefined once all of it has been erased by rule. */
  words: ReportWords | undefined
  metres: number
}

export interface NearSearch {
  position: Position
  /** At most this far away. */
  metres: number
  /** Open cases reported from then … epoch ms. */
  since: number
  /** … until then. */
  until: number
  /** Also cases that were closed or turned down since; none of them when undefined. */
  endedSince?: number | undefined
  most?: number
}

/** Squares a degree: as the indexes of migration 0008 have it. */
const SQUARES = 1000
const WIDEST = 0.5

/** Nearest first. Merged and voided cases are none: what survives is asked for. */
export async function casesNear(
  { sql }: Store,
  { position, metres, since, until, endedSince, most = 200 }: NearSearch,
): Promise<NearCase[]> {
  const { x, y } = metresPerDegree(position.lat)
  const square = (degrees: number) => Math.floor(degrees * SQUARES)
  // Nearer to a pole than any city the circle would go round the world.
  const aside = Math.min(metres / x, WIDEST)
  const [west, east] = [square(position.lng - aside), square(position.lng + aside)]
  const [south, north] = [square(position.lat - metres / y), square(position.lat + metres / y)]
  const between = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
  // Written like the indexes of migration 0008, or they are not used; square by square, so that of the ended cases of a
  // place only the late ones are read.
  const here = sql`floor((state -> 'position' ->> 'lng')::float8 * 1000)::integer = any(${between(west, east)}::integer[])
    and floor((state -> 'position' ->> 'lat')::float8 * 1000)::integer = any(${between(south, north)}::integer[])`
  const found = await sql<{ id: string; position: Position }[]>`
    select id, state -> 'position' as position from "case"
    where ${here} and status not in ('closed', 'rejected', 'merged', 'voided')
      and reported_at between ${new Date(since)} and ${new Date(until)}
    union all
    select id, state -> 'position' from "case"
    where ${here} and status in ('closed', 'rejected') and closed_at >= ${new Date(endedSince ?? until)}
      and ${endedSince !== undefined} and reported_at <= ${new Date(until)}`
  const near = found
    .map((c) => ({ id: c.id, metres: metresBetween(position, c.position) }))
    .filter((c) => c.metres <= metres)
    .sort((a, b) => a.metres - b.metres)
    .slice(0, most)
  if (near.length === 0) return []
  const rows = await sql<{ id: string; state: CaseState; words: Part | null; person: Part | null }[]>`
    select c.id, c.state, w.data as words, p.data as person
    from "case" c left join case_private w on w.case_id = c.id and w.no = 1 and w.part = 'words'
      left join case_private p on p.case_id = c.id and p.no = 1 and p.part = 'person'
    where c.id = any(${near.map((c) => c.id)}::uuid[])`
  const byId = new Map(rows.map((r) => [r.id, r]))
  return near.flatMap(({ id, metres: away }) => {
    const row = byId.get(id)
    return row ? [{ state: row.state, words: reportWords(row.words, row.person), metres: away }] : []
  })
}

type Part = Record<string, unknown>

/** Cases that were merged into this one, oldest first. */
export async function mergedInto({ sql }: Store, caseId: string): Promise<CaseState[]> {
  const rows = await sql<{ state: CaseState }[]>`
    select state from "case" where status = 'merged' and state ->> 'duplicateOf' = ${caseId}
    order by reported_at, id`
  return rows.map((r) => r.state)
}
