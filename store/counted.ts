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
  /**
   * A unit with all below it: the case counted for one of them as its lead or as the second-level unit that had it at
   * that event; of a return, those that gave it back.
   */
  units?: readonly string[] | undefined
  /** The category that the case had at that event. */
  category?: string | undefined
  source?: string | undefined
  limit: number
}

/** The log names the unit below where it is passed on, until the case goes out anew. */
const countedFor = (sql: Store['sql'], units: readonly string[]) => sql`
  and (coalesce(f.department, e.payload ->> 'from') = any(${[...units]}::text[])
    or (select u.payload ->> 'unit' from case_event u
        where u.case_id = e.case_id and u.type in ('assigned', 'dispatched', 'return-granted')
          and (u.no < e.no or (u.no = e.no and e.type <> 'return-granted'))
        order by u.no desc limit 1) = any(${[...units]}::text[]))`

/** Newest first; `at` (epoch ms) is the counted event's. */
export async function countedCases(
  store: Store,
  query: CountedQuery,
): Promise<{ state: CaseState; at: number }[]> {
  const { sql } = store
  const rows = await sql<{ state: CaseState; at: Date }[]>`
    select c.state, e.at
    from case_event e join feed f on f.event_id = e.id join "case" c on c.id = e.case_id
    where e.type = ${query.type} and e.at >= ${new Date(query.from)} and e.at < ${new Date(query.to)}
      and (e.nth = 1 or not ${query.firstOnly})
      and not (e.type = 'reported' and e.payload @> '{"selfHandled": true}')
      ${query.area === undefined ? sql`` : sql`and c.area_path @> array[${query.area}]::text[]`}
      ${query.units === undefined ? sql`` : countedFor(sql, query.units)}
      ${query.category === undefined ? sql`` : sql`and f.category = ${query.category}`}
      ${query.source === undefined ? sql`` : sql`and c.source = ${query.source}`}
    order by f.seq desc limit ${query.limit}`
  return rows.map((r) => ({ state: r.state, at: r.at.getTime() }))
}
