// Standings in SQL: every count that a board holds on its day, with the months as sums over their days; the band of the
// same weekdays; and the cases behind a standing, from the table that the sequencer keeps of them.
import type { Standing } from '#domain/board.ts'
import type { CaseState } from '#domain/case.ts'
import type { CaseStanding } from '#domain/standing.ts'
import type { Store } from './open.ts'

/** SQL expressions: a date, `feed_head.month`, and a seq after which a count must have changed; absent = every count. */
interface CountsOf {
  day: string
  month: string
  after?: string
}

/**
 * A query of (key, metric, n): the counts that a board of this day holds, absolute; those of the month before are called
 * `before…`. Kept as a text, for the sequencer's statement and the board's.
 */
export const countsOf = ({ day, month, after }: CountsOf): string => `
  select r.key, r.metric, r.n from rollup r
  where r.day = ${day} and r.metric not like 'month%' ${after === undefined ? '' : `and r.seq > ${after}`}
  union all
  select s.key, m.prefix || substr(s.metric, 6), s.n
  from (
    select 'month' as prefix, (${month} ->> 'start')::date as start, least((${month} ->> 'end')::date, ${day}) as until
    union all
    select 'before', (${month} #>> '{before,start}')::date, (${month} #>> '{before,through}')::date
  ) m
  cross join lateral (${after === undefined ? WHOLE_MONTH : changedOfMonth(after)}) s`

const WHOLE_MONTH = `
    select r.key, r.metric, sum(r.n)::int as n from rollup r
    where r.day between m.start and m.until and r.metric like 'month%' group by r.key, r.metric`

/** Few have changed: each is added up by itself, a look into the index a day. */
const changedOfMonth = (after: string) => `
    select c.key, c.metric, (
      select sum(r.n)::int from rollup r where r.day = any(d.days) and r.key = c.key and r.metric = c.metric
    ) as n
    from (select array_agg(g::date) as days from generate_series(m.start, m.until, interval '1 day') g) d
    cross join lateral (
      select distinct r.key, r.metric from rollup r
      where r.seq > ${after} and r.metric like 'month%' and r.day between m.start and m.until
    ) c`

/** As rows of jsonb for a board: `[{key, metric, n}]`. */
export const asCounts = (query: string): string =>
  `coalesce((select jsonb_agg(jsonb_build_object('key', q.key, 'metric', q.metric, 'n', q.n)) from (${query}) q), '[]')`

/** Reports by hour on the last four same weekdays before a day: `[{day, key, n}]`. */
export const bandDaysOf = (day: string): string => `
  coalesce((select jsonb_agg(jsonb_build_object('day', r.day, 'key', r.key, 'n', r.n)) from rollup r
    where r.day = any(array[${day} - 7, ${day} - 14, ${day} - 21, ${day} - 28])
      and r.metric = 'reported' and r.key like 'hour:%'), '[]')`

/** A row of the table `standing` as the sequencer writes it. */
export const standingRow = (
  id: string,
  { seq, standing }: { seq: number; standing: CaseStanding | undefined },
) => ({
  case_id: id,
  seq,
  dispatched_on: standing?.dispatchedOn ?? null,
  due_on: standing?.dueOn ?? null,
  metrics: standing?.metrics ?? null,
  keys: standing?.keys ?? null,
})

export interface StandingQuery {
  metric: Standing
  /** Those that count in this one too are left out. */
  without?: Standing | undefined
  /** City days of the dispatch, or of the due time; both included. */
  from: string
  to: string
  isDue: boolean
  /** A count's key: `city`, `area:CODE`, `department:CODE`, … */
  key: string
  limit: number
  /** The last row of the page before. */
  after?: { day: string; id: string } | undefined
}

export interface StandingCase {
  state: CaseState
  /** Where the next page begins: its day and id. */
  day: string
}

/** The cases that a standing counts, the latest day first, each as it is now. */
export async function standingCases(
  { sql }: Store,
  { metric, without, from, to, isDue, key, limit, after }: StandingQuery,
): Promise<StandingCase[]> {
  const on = sql(isDue ? 'due_on' : 'dispatched_on')
  return sql<StandingCase[]>`
    select c.state, s.${on} as day
    from standing s join "case" c on c.id = s.case_id
    where s.${on} between ${from}::date and ${to}::date
      and s.metrics @> array[${metric}]::text[] and s.keys @> array[${key}]::text[]
      ${without === undefined ? sql`` : sql`and not s.metrics @> array[${without}]::text[]`}
      ${after === undefined ? sql`` : sql`and (s.${on}, s.case_id) < (${after.day}::date, ${after.id}::uuid)`}
    order by s.${on} desc, s.case_id desc limit ${limit}`
}
