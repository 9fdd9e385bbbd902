// The cases behind one of a day's counts: the events that were counted, and the cases as they are now.
import type { CaseState } from '#domain/case.ts'
import type { EventType } from '#domain/event.ts'
import type { Store } from './open.ts'

export interface CountedQuery {
  type: EventType
  /** Only a case's first event of the type was counted. */
  firstOnly: boolean
  /** Epoch ms; `to` is not included. */
  from: number
  to: number
  area?: string | undefined
  /** Lead unit at that event. */
  department?: string | undefined
  limit: number
}

/** Newest first; `at` (epoch ms) is the counted event's. */
export async function countedCases(
  store: Store,
  query: CountedQuery,
): Promise<{ state: CaseState; at: number }[]> {
  const { sql } = store
  const rows = await sql<{ state: CaseState; at: Date }[]>`
    select c.state, f.at
    from feed f join "case" c on c.id = f.case_id
    where f.event_id in (
        select id from case_event
        where type = ${query.type} and at >= ${new Date(query.from)} and at < ${new Date(query.to)}
          and (nth = 1 or not ${query.firstOnly}))
      ${query.area === undefined ? sql`` : sql`and c.area_path @> array[${query.area}]::text[]`}
      ${query.department === undefined ? sql`` : sql`and f.department = ${query.department}`}
    order by f.seq desc limit ${query.limit}`
  return rows.map((r) => ({ state: r.state, at: r.at.getTime() }))
}
