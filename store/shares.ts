// What a stretch of the log shows, to be compared with what is stated of the demo city (scripts/shares.ts): counts, and how
// many of a kind. Reads only; cases belong to the stretch by their report or, where it says so, by their filing.
import type { Source } from '#domain/case.ts'
import type { Store } from './open.ts'

/** City days; `to` is the first one after. Instants of their beginnings, epoch ms. */
export interface Stretch {
  fromDay: string
  toDay: string
  from: number
  to: number
  timeZone: string
}

/** So many of so many. */
export interface Part {
  n: number
  of: number
}

export interface UnitFigures {
  unit: string
  /** Cases dispatched to it first, and those of them that it asked to give back. */
  first: number
  returns: number
  /** Cases it leads in the end that were replied to or ran late, those never late, and those sent back to it. */
  handled: number
  onTime: number
  reworked: number
}

/** Reports of a day are those to the centre: what was fixed before it was reported counts apart. */
const ON_THE_SPOT = `coalesce((c.state ->> 'selfHandled')::boolean, false) and c.case_no is null`

/** The product's own counts of these days. */
export async function countedTotals({ sql }: Store, s: Stretch): Promise<Map<string, number>> {
  const rows = await sql<{ metric: string; n: number }[]>`
    select metric, sum(n)::int as n from rollup
    where key = 'city' and day >= ${s.fromDay}::date and day < ${s.toDay}::date group by 1`
  return new Map(rows.map((r) => [r.metric, r.n]))
}

export async function reportsBySource({ sql }: Store, s: Stretch): Promise<Map<Source, number>> {
  const rows = await sql<{ source: Source; n: number }[]>`
    select source, count(*)::int as n from "case" c
    where reported_at >= ${new Date(s.from)} and reported_at < ${new Date(s.to)} and not (${sql.unsafe(ON_THE_SPOT)})
    group by 1`
  return new Map(rows.map((r) => [r.source, r.n]))
}

/** Reports of grid members by hour of the day, 0 … 23. */
export async function gridReportsByHour({ sql }: Store, s: Stretch): Promise<number[]> {
  const rows = await sql<{ hour: number; n: number }[]>`
    select extract(hour from reported_at at time zone ${s.timeZone})::int as hour, count(*)::int as n from "case" c
    where source = 'grid' and reported_at >= ${new Date(s.from)} and reported_at < ${new Date(s.to)}
      and not (${sql.unsafe(ON_THE_SPOT)})
    group by 1`
  const hours = new Map(rows.map((r) => [r.hour, r.n]))
  return Array.from({ length: 24 }, (_, h) => hours.get(h) ?? 0)
}

/** Reports of each city day. */
export async function reportsByDay({ sql }: Store, s: Stretch): Promise<Map<string, number>> {
  const rows = await sql<{ day: string; n: number }[]>`
    select day, n from rollup
    where key = 'city' and metric = 'reported' and day >= ${s.fromDay}::date and day < ${s.toDay}::date`
  return new Map(rows.map((r) => [r.day, r.n]))
}

/** Filed cases by category. */
export async function filedByCategory({ sql }: Store, s: Stretch): Promise<Map<string, number>> {
  const rows = await sql<{ category: string; n: number }[]>`
    select e.payload ->> 'category' as category, count(*)::int as n from case_event e
    where e.type = 'filed' and e.nth = 1 and e.at >= ${new Date(s.from)} and e.at < ${new Date(s.to)} group by 1`
  return new Map(rows.map((r) => [r.category, r.n]))
}

/** By unit, of cases first dispatched in the stretch. `now` (epoch ms) tells what runs late without a reply. */
export async function unitFigures({ sql }: Store, s: Stretch, now: number): Promise<UnitFigures[]> {
  return sql<UnitFigures[]>`
    with d as materialized (
      select e.case_id, e.payload ->> 'department' as unit,
        exists (select 1 from case_event r where r.case_id = e.case_id and r.type = 'return-requested' and r.nth = 1) as returned
      from case_event e
      where e.type = 'dispatched' and e.nth = 1 and e.at >= ${new Date(s.from)} and e.at < ${new Date(s.to)}
    ), c as materialized (
      select c.department as unit,
        coalesce((c.state ->> 'wasOverdue')::boolean, false) or (c.clock_runs and c.status in ('dispatched', 'handling') and c.due_at < ${new Date(now)}) as late,
        jsonb_array_length(c.state -> 'rounds') > 0 as replied, c.state -> 'seen' ? 'reworked' as reworked
      from d join "case" c on c.id = d.case_id where c.status <> 'voided' and c.department is not null
    )
    select coalesce(a.unit, b.unit) as unit, coalesce(a.first, 0) as first, coalesce(a.returns, 0) as returns,
      coalesce(b.handled, 0) as handled, coalesce(b."onTime", 0) as "onTime", coalesce(b.reworked, 0) as reworked
    from (
      select unit, count(*)::int as first, count(*) filter (where returned)::int as returns from d group by 1
    ) a full join (
      select unit, count(*) filter (where replied or late)::int as handled,
        count(*) filter (where replied and not late)::int as "onTime",
        count(*) filter (where reworked)::int as reworked
      from c group by 1
    ) b on b.unit = a.unit`
}

/** A second report 重复上报: within so many metres and hours of an earlier one of the category that was still open. */
const SECOND_M = 50
const SECOND_HOURS = 24

export interface Rates {
  selfHandled: Part
  notFiled: Part
  duplicates: Part
  merged: Part
  confirmed: Part
  returned: Part
  returnGranted: Part
  extended: Part
  suspended: Part
  voided: Part
  overseen: Part
  reopened: Part
  calledBack: Part
  satisfied: Part
}

/** Rates over all. Of the steps after filing, those of cases filed in the stretch. */
export async function overallRates({ sql }: Store, s: Stretch): Promise<Rates> {
  const span = sql`between ${new Date(s.from)} and ${new Date(s.to - 1)}`
  const [r] = await sql<Record<string, number>[]>`
    with c as materialized (
      select c.*, (${sql.unsafe(ON_THE_SPOT)}) as spot, state -> 'seen' as seen,
        (state -> 'position' ->> 'lng')::float8 as lng, (state -> 'position' ->> 'lat')::float8 as lat,
        coalesce(state ->> 'satisfaction', (
          select e.payload ->> 'satisfaction' from case_event e where e.case_id = c.id and e.type = 'rated' and e.nth = 1
        )) as rating
      from "case" c where reported_at ${span}
    ), filed as (
      select * from c where case_no is not null
    ), public as (
      select * from filed where source in ('hotline', 'citizen') and seen ? 'closed'
    ), rated as (
      select p.id, (select e.payload ->> 'satisfaction' from case_event e where e.case_id = p.id and e.type = 'rated' and e.nth = 1) as rating
      from public p where seen ? 'rated'
    ), second as (
      select a.id from c a where not a.spot and exists (
        select 1 from c b
        where b.category = a.category and b.id <> a.id and not b.spot
          and b.reported_at < a.reported_at and b.reported_at > a.reported_at - ${SECOND_HOURS} * interval '1 hour'
          and (b.closed_at is null or b.closed_at > a.reported_at)
          and sqrt(((a.lng - b.lng) * 111320 * cos(radians(a.lat))) ^ 2 + ((a.lat - b.lat) * 110946) ^ 2) <= ${SECOND_M})
    )
    select
      (select count(*) filter (where spot) from c where source = 'grid')::int as spot,
      (select count(*) filter (where not spot) from c where source = 'grid')::int as grid,
      (select count(*) from c where not spot)::int as reported,
      (select count(*) from filed)::int as filed,
      (select count(*) from second)::int as second,
      (select count(*) from c where status = 'merged')::int as merged,
      (select count(*) from c where source in ('hotline', 'citizen', 'media') and not spot)::int as unseen,
      (select count(*) from c where source in ('hotline', 'citizen', 'media') and seen ? 'confirmed')::int as confirmed,
      (select count(*) from filed where seen ? 'return-requested')::int as returned,
      (select count(*) from filed where seen ? 'return-granted')::int as granted,
      (select count(*) from filed where seen ? 'extension-requested')::int as extended,
      (select count(*) from filed where seen ? 'suspended')::int as suspended,
      (select count(*) from filed where status = 'voided')::int as voided,
      (select count(*) from filed where jsonb_path_exists(state, '$.oversights[*] ? (@.by != "rule")'))::int as overseen,
      (select count(*) from filed where seen ? 'reopened')::int as reopened,
      (select count(*) from public)::int as public,
      (select count(*) from rated)::int as rated,
      (select count(*) from rated where rating in ('very-satisfied', 'satisfied', 'neutral'))::int as satisfied`
  const n = (name: string) => r?.[name] ?? 0
  const part = (name: string, of: string): Part => ({ n: n(name), of: n(of) })
  return {
    selfHandled: part('spot', 'grid'),
    notFiled: { n: n('reported') - n('filed'), of: n('reported') },
    duplicates: part('second', 'reported'),
    merged: part('merged', 'reported'),
    confirmed: part('confirmed', 'unseen'),
    returned: part('returned', 'filed'),
    returnGranted: part('granted', 'returned'),
    extended: part('extended', 'filed'),
    suspended: part('suspended', 'filed'),
    voided: part('voided', 'filed'),
    overseen: part('overseen', 'filed'),
    reopened: part('reopened', 'filed'),
    calledBack: part('rated', 'public'),
    satisfied: part('satisfied', 'rated'),
  }
}
