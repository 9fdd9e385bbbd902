// The table `timer` is the truth for what is due when; the queue only rings. A timer is derived from its case, fires at
// most once, and firing re-checks the case in the same statement.
import type postgres from 'postgres'
import { type CaseState, isFinal } from '#domain/case.ts'
import type { EventType } from '#domain/event.ts'
import { LIGHT_KINDS, type LightKind, type TimerKind, timersIn } from '#domain/timer.ts'
import { ENDINGS } from '#domain/leading-due.ts'
import { type CityFor, cityOfCase } from './cities.ts'
import type { Store } from './open.ts'
import { type FeedRow, readFeed } from './readers.ts'

export interface DueTimer {
  id: string
  caseId: string | undefined
  kind: TimerKind
  round: number
  fireAt: number
}

/** Facts that touch neither clock nor stage nor suspension nor task; most of a busy feed. */
export const TIMELESS: ReadonlySet<string> = new Set([
  'screened',
  'decision-awaited',
  'commented',
  'urged',
  ...LIGHT_KINDS,
] satisfies (EventType | LightKind)[])

/** Follows the feed and keeps the timers of every changed case as `timersIn` says. @returns facts read. */
export const followTimers = (store: Store, cityFor: CityFor): Promise<number> =>
  readFeed(store, {
    name: 'timers',
    handle: async (rows: FeedRow[], tx) => {
      const ids = [
        ...new Set(rows.flatMap((r) => (r.caseId === undefined || TIMELESS.has(r.type) ? [] : [r.caseId]))),
      ]
      if (ids.length > 0) await deriveTimers(tx, ids, cityFor)
    },
  })

/** Sets the timers of these cases from their present rows: obsolete ones go, missing ones come, fired ones stay. */
export async function deriveTimers(
  tx: postgres.ISql,
  caseIds: readonly string[],
  cityFor: CityFor,
): Promise<void> {
  const cases = await tx<{ id: string; state: CaseState }[]>`
    select id, state from "case" where id = any(${[...caseIds]}::uuid[])`
  const wanted = []
  for (const { id, state } of cases) {
    if (isFinal(state.status)) continue
    for (const { kind, round, fireAt } of timersIn(state, await cityOfCase(state, cityFor)))
      wanted.push({ case_id: id, kind, round, fire_at: new Date(fireAt).toISOString() })
  }
  await tx`
    with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb)
        as w(case_id uuid, kind text, round smallint, fire_at timestamptz)
    ), gone as (
      delete from timer t where t.case_id = any(${[...caseIds]}::uuid[]) and t.fired_at is null
        and not exists (select 1 from wanted w where w.case_id = t.case_id and w.kind = t.kind and w.round = t.round and w.fire_at = t.fire_at)
    )
    insert into timer (case_id, kind, round, fire_at) select case_id, kind, round, fire_at from wanted
    on conflict do nothing`
}

interface TimerRow {
  id: string
  case_id: string | null
  kind: TimerKind
  round: number
  fire_at: Date
}

const toTimer = (r: TimerRow): DueTimer => ({
  id: r.id,
  caseId: r.case_id ?? undefined,
  kind: r.kind,
  round: r.round,
  fireAt: r.fire_at.getTime(),
})

/** Timers not fired yet that are due until then (epoch ms), earliest first; `after` pages on. */
export async function dueTimers(
  store: Store,
  until: number,
  limit = 1000,
  after: Pick<DueTimer, 'id' | 'fireAt'> = { id: '0', fireAt: 0 },
): Promise<DueTimer[]> {
  const rows = await store.sql<TimerRow[]>`
    select id, case_id, kind, round, fire_at from timer
    where fired_at is null and fire_at <= ${new Date(until)}
      and (fire_at, id) > (${new Date(after.fireAt)}, ${after.id}::bigint)
    order by fire_at, id limit ${limit}`
  return rows.map(toTimer)
}

/** A timer that has not fired; undefined once it has, or when its case no longer needs it. */
export async function timerById(store: Store, id: string): Promise<DueTimer | undefined> {
  const [row] = await store.sql<TimerRow[]>`
    select id, case_id, kind, round, fire_at from timer where id = ${id} and fired_at is null`
  return row && toTimer(row)
}

/**
 * Fires a light timer: marks it and puts the fact into the inbox, in one statement, if its instant has passed and what
 * it is about still runs towards it (an extension may have moved it before the timers followed). Ringing twice does
 * nothing. @returns whether this call fired it.
 */
export async function fireLight(store: Store, timerId: string, now: number): Promise<boolean> {
  const rows = await store.sql`
    with fired as (
      update timer t set fired_at = ${new Date(now)}
      where t.id = ${timerId} and t.fired_at is null and t.fire_at <= ${new Date(now)} and t.kind = any(${[...LIGHT_KINDS]}::text[])
      returning t.case_id, t.kind, t.round, t.fire_at
    ), live as (
      select f.* from fired f join "case" c on c.id = f.case_id
      where case f.kind
        when 'yellow' then c.clock_runs and c.round = f.round and c.warn_at <= f.fire_at
        when 'red' then c.clock_runs and c.round = f.round and c.due_at < f.fire_at
        when 'unit-red' then c.clock_runs and c.round = f.round and c.status in ('dispatched', 'handling')
          and to_timestamp((c.state ->> 'unitDueAt')::float8 / 1000) < f.fire_at
        else c.state ? 'externalDueAt' and not c.state -> 'seen' ?| ${[...ENDINGS]}::text[]
      end
    )
    insert into event_inbox (fact)
    select jsonb_build_object('kind', kind, 'caseId', case_id, 'round', round,
      'fireAt', (extract(epoch from fire_at) * 1000)::bigint, 'at', ${now}::bigint)
    from live
    returning 1`
  return rows.length === 1
}

/** Marks a timer whose effect is an event of the case (resume, task, rung) as done. */
export async function markFired(store: Store, timerId: string, now: number): Promise<boolean> {
  const rows = await store.sql`
    update timer set fired_at = ${new Date(now)} where id = ${timerId} and fired_at is null returning 1`
  return rows.length === 1
}

/** Begins a city day on the board, once: a fact in the feed. @returns whether this call did. */
export async function startDay(store: Store, day: string, at: number): Promise<boolean> {
  const rows = await store.sql`
    with fired as (
      insert into timer (case_id, kind, round, fire_at, fired_at)
      select null, 'day', 0, ${new Date(at)}, ${new Date(at)}
      where not exists (select 1 from feed_head where day >= ${day}::date)
      on conflict do nothing returning 1
    )
    insert into event_inbox (fact) select ${JSON.stringify({ kind: 'day', day, at })}::text::jsonb from fired
    returning 1`
  return rows.length === 1
}

/** The newest city day begun on the board; undefined before the first fact. */
export async function lastDay(store: Store): Promise<string | undefined> {
  const [head] = await store.sql<{ day: string | null }[]>`select day from feed_head`
  return head?.day ?? undefined
}
