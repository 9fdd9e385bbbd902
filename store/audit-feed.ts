// What the audit asks of the feed and of everything that spans cases: gapless seq, running hash, counts by day, and rows
// that name nothing. Each question is one statement or reads by keyset, so that no snapshot is held for long.
import type postgres from 'postgres'
import { DUE_STANDINGS, type Metric } from '#domain/board.ts'
import type { CountBook } from './audit-counts.ts'
import { canonicalJson, feedHash, GENESIS } from './hash.ts'
import type { Store } from './open.ts'

const FEED_ROWS = 5_000
const RECOUNT_ROWS = 100_000

/** A finding: the case it is about, where there is one. */
export type Differ = (caseId: string | undefined, what: string, detail: string) => void

/** The feed as it stood at one seq: what the rest of the audit compares with. */
export interface Pinned {
  epoch: string
  seq: number
  hash: Uint8Array
  cases: number
  events: number
}

/** Pins the head and writes the counts that belong to it into the book, in one short snapshot. */
export async function pinHead(store: Store, book: CountBook, differ: Differ): Promise<Pinned> {
  return store.sql.begin('isolation level repeatable read read only', async (tx) => {
    await tx`set local statement_timeout = 0`
    const [head] = await tx<{ epoch: string; seq: string; hash: Uint8Array; last: string; facts: string }[]>`
      select h.epoch, h.seq, h.hash, coalesce(f.last, 0) as last, f.facts
      from feed_head h, (select max(seq) as last, count(*) as facts from feed) f`
    if (!head) throw new Error('feed_head is missing: run the migrations')
    if (head.last !== head.seq)
      differ(undefined, 'feed', `the head says seq ${head.seq}, the last fact is ${head.last}`)
    if (head.facts !== head.seq) differ(undefined, 'feed', `${head.facts} facts up to seq ${head.seq}`)
    const rows = tx<{ day: string; key: string; metric: string; n: number; seq: string }[]>`
      select day, key, metric, n, seq from rollup`.cursor(5_000)
    for await (const batch of rows)
      for (const r of batch) book.add('stored', `${r.day}|${r.key}|${r.metric}`, r.n, Number(r.seq))
    const counted = tx<{ day: string; key: string; metric: string; n: number }[]>`
      select case when m.metric = any(${[...DUE_STANDINGS]}) then s.due_on else s.dispatched_on end as day,
        k.key, m.metric, count(*)::int as n
      from standing s cross join unnest(s.metrics) as m(metric) cross join unnest(s.keys) as k(key)
      group by 1, 2, 3`.cursor(5_000)
    for await (const batch of counted)
      for (const r of batch) book.add('cases', `${r.day}|${r.key}|${r.metric}`, r.n)
    const [size] = await tx<{ cases: number; events: number }[]>`
      select (select count(*) from "case")::int as cases, (select count(*) from case_event)::int as events`
    const { epoch, hash } = head
    return { epoch, seq: Number(head.seq), hash, cases: 0, events: 0, ...size }
  })
}

interface FeedHashRow {
  seq: string
  hash: Uint8Array
  event_hash: Uint8Array | null
  /** Of facts of time only. */
  fact: { kind: string; at: number; caseId?: string } | null
  type: string | null
  at: Date | null
}

/** Reads the feed up to the pinned head: no gap, each hash continues the one before, no fact without its event. */
export async function auditFeedChain(
  store: Store,
  pinned: Pinned,
  differ: Differ,
  progress: (facts: number) => void,
): Promise<void> {
  let previous: Uint8Array = GENESIS
  let seq = 0
  const read = (after: number) => store.sql<FeedHashRow[]>`
    select f.seq, f.hash, e.hash as event_hash, f.fact, case when f.fact is not null then f.type end as type,
      case when f.fact is not null then f.at end as at
    from feed f left join case_event e on e.id = f.event_id
    where f.seq > ${after} and f.seq <= ${Math.min(after + FEED_ROWS, pinned.seq)} order by f.seq`
  let coming: Promise<FeedHashRow[]> = read(0)
  for (let from = 0; from < pinned.seq; from += FEED_ROWS) {
    const rows = await coming
    coming = from + FEED_ROWS < pinned.seq ? read(from + FEED_ROWS) : Promise.resolve([])
    for (const row of rows) {
      seq += 1
      if (Number(row.seq) !== seq) {
        differ(undefined, 'feed', `seq ${seq} to ${Number(row.seq) - 1} are missing`)
        seq = Number(row.seq)
      }
      if (row.fact && (row.fact.kind !== row.type || row.fact.at !== row.at?.getTime()))
        differ(row.fact.caseId, 'feed', `seq ${seq} says ${row.type}, its fact something else`)
      const content = row.fact ? canonicalJson(row.fact) : row.event_hash
      if (content === null)
        differ(await caseAt(store, seq), 'feed', `seq ${seq} names an event that is not in the log`)
      else if (Buffer.compare(feedHash(previous, seq, content), row.hash) !== 0)
        differ(await caseAt(store, seq), 'feed-chain', `seq ${seq} does not match its running hash`)
      previous = row.hash
    }
    progress(rows.length)
  }
  if (Buffer.compare(previous, pinned.hash) !== 0)
    differ(undefined, 'feed-chain', `the head's hash is not that of seq ${pinned.seq}`)
}

async function caseAt(store: Store, seq: number): Promise<string | undefined> {
  const [row] = await store.sql<{ case_id: string | null }[]>`select case_id from feed where seq = ${seq}`
  return row?.case_id ?? undefined
}

/** Compares an earlier head, so that a removed tail or a removed case shows. */
export async function auditEarlierHead(
  store: Store,
  pinned: Pinned,
  expected: { seq: number; hash: string },
  differ: Differ,
): Promise<void> {
  if (expected.seq > pinned.seq)
    return differ(
      undefined,
      'head',
      `the feed ends at seq ${pinned.seq}; it had reached ${expected.seq} before`,
    )
  const [row] =
    expected.seq === 0
      ? [{ hash: GENESIS }]
      : await store.sql<{ hash: Uint8Array }[]>`select hash from feed where seq = ${expected.seq}`
  const hash = row === undefined ? 'none' : Buffer.from(row.hash).toString('hex')
  if (hash !== expected.hash)
    differ(undefined, 'head', `at seq ${expected.seq} the hash is ${hash}; it was ${expected.hash}`)
}

/** Which events make a day's total: first occurrences, and those counted each time. Kept apart from the fold's own table on purpose. */
const FIRST: Record<string, Metric> = {
  reported: 'reported',
  accepted: 'accepted',
  filed: 'filed',
  dispatched: 'dispatched',
  replied: 'replied',
  passed: 'checked',
  closed: 'closed',
  'self-handled': 'selfHandled',
  rejected: 'rejected',
  merged: 'merged',
  voided: 'voided',
}
const EACH: Record<string, Metric> = {
  'return-granted': 'returned',
  reworked: 'reworked',
  reopened: 'reopened',
  overseen: 'overseen',
}

/** Recounts each day's totals from the events alone, without the fold, into the book. */
export async function recountDays(store: Store, pinned: Pinned, book: CountBook): Promise<void> {
  for (let from = 0; from < pinned.seq; from += RECOUNT_ROWS) {
    const rows = await store.sql<{ day: string; type: string; n: number }[]>`
      with v as materialized (
        select version, pack ->> 'timeZone' as time_zone from city
      )
      select (e.at at time zone v.time_zone)::date as day, e.type, count(*)::int as n
      from feed f join case_event e on e.id = f.event_id join "case" c on c.id = e.case_id
        join v on v.version = (c.state ->> 'cityVersion')::int
      where f.seq > ${from} and f.seq <= ${Math.min(from + RECOUNT_ROWS, pinned.seq)}
        and ((e.type = any(${Object.keys(FIRST)}) and e.nth = 1) or e.type = any(${Object.keys(EACH)}))
        and not (e.type = 'reported' and e.payload @> '{"selfHandled": true}')
      group by 1, 2`
    for (const r of rows) book.add('events', `${r.day}|city|${FIRST[r.type] ?? EACH[r.type]}`, r.n)
  }
}

/** Rows that name a case, event or task which is not there. */
export async function auditOrphans(store: Store, differ: Differ): Promise<void> {
  const ask = (
    question: (
      tx: postgres.TransactionSql,
    ) => postgres.PendingQuery<{ case_id: string | null; detail: string }[]>,
    what: string,
  ) =>
    store.sql.begin('read only', async (tx) => {
      await tx`set local statement_timeout = 0`
      for (const r of await question(tx)) differ(r.case_id ?? undefined, what, r.detail)
    })
  await ask(
    (tx) => tx`
      select i.case_id, 'idempotency key ' || i.key || ' of ' || i.scope || ' names no event of a case' as detail
      from idempotency i left join case_event e on e.case_id = i.case_id and e.no = i.no where e.id is null limit 1000`,
    'idempotency',
  )
  await ask(
    (tx) => tx`
      select t.case_id, 'task ' || t.id || ' is not in the case''s log' as detail
      from field_task t left join "case" c on c.id = t.case_id
      where c.id is null or not c.state -> 'tasks' @> jsonb_build_array(jsonb_build_object('id', t.id)) limit 1000`,
    'tasks',
  )
  await ask(
    (tx) => tx`
      select null as case_id, 'inbox row ' || min(i.id) || ' names event ' || i.event_id ||
        case when bool_or(e.id is null) then ', which is not in the log'
          when bool_or(f.seq is not null) then ', which is in the feed already'
          else ', which waits there twice' end as detail
      from event_inbox i left join case_event e on e.id = i.event_id left join feed f on f.event_id = i.event_id
      where i.event_id is not null
      group by i.event_id having count(*) > 1 or bool_or(e.id is null or f.seq is not null) limit 1000`,
    'inbox',
  )
}
