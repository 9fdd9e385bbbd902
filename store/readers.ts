// Readers of the feed: each follows `seq` with a durable cursor of its own. Where the effect is in PostgreSQL, effect and
// cursor commit together; where it is not, the handler is at-least-once and must be idempotent.
import type postgres from 'postgres'
import type { Store } from './open.ts'

export interface FeedRow {
  seq: number
  caseId: string | undefined
  no: number | undefined
  type: string
  at: number
  version: number | undefined
}

/** Rows a batch, at most. */
export const FEED_BATCH = 500

export interface ReaderOptions {
  name: string
  /** Runs inside the transaction that moves the cursor; an exception leaves the cursor where it was. */
  handle(rows: FeedRow[], tx: postgres.TransactionSql): Promise<void>
}

/** Reads one batch. @returns rows handled; 0 = at the end, or another process is reading. */
export async function readFeed(store: Store, { name, handle }: ReaderOptions): Promise<number> {
  // Looked at first without a lock: a lock writes, and an idle reader that polls should not.
  const [place] = await store.sql<{ known: boolean; behind: boolean }[]>`
    select r.seq is not null as known, h.seq > coalesce(r.seq, 0) as behind
    from feed_head h left join reader r on r.name = ${name}`
  if (!place?.behind) return 0
  if (!place.known) await store.sql`insert into reader (name, seq) values (${name}, 0) on conflict do nothing`
  return store.sql.begin(async (tx) => {
    // Not waiting for the disk: a server that dies forgets effect and cursor together, and the rows are read again.
    const [cursor] = await tx<{ seq: string }[]>`
      select seq, set_config('synchronous_commit', 'off', true) from reader
      where name = ${name} for update skip locked`
    if (!cursor) return 0
    const rows = await tx<
      {
        seq: string
        case_id: string | null
        no: number | null
        type: string
        at: Date
        version: number | null
      }[]
    >`select seq, case_id, no, type, at, version from feed where seq > ${cursor.seq} order by seq limit ${FEED_BATCH}`
    const last = rows.at(-1)
    if (!last) return 0
    await handle(
      rows.map((r) => ({
        seq: Number(r.seq),
        caseId: r.case_id ?? undefined,
        no: r.no ?? undefined,
        type: r.type,
        at: r.at.getTime(),
        version: r.version ?? undefined,
      })),
      tx,
    )
    await tx`update reader set seq = ${last.seq} where name = ${name}`
    return rows.length
  })
}

/** How far a reader is behind the head, in facts. */
export async function readerLag(store: Store): Promise<{ name: string; lag: number }[]> {
  return store.sql<{ name: string; lag: number }[]>`
    select r.name, (h.seq - r.seq)::int as lag from reader r, feed_head h order by r.name`
}

/** Takes or renews a lease; false when somebody else holds it. Leases only save effort: correctness never rests on one. */
export async function takeLease(store: Store, name: string, holder: string, forMs: number): Promise<boolean> {
  const rows = await store.sql`
    insert into lease (name, holder, until) values (${name}, ${holder}, now() + ${forMs} * interval '1 millisecond')
    on conflict (name) do update set holder = excluded.holder, until = excluded.until
      where lease.holder = excluded.holder or lease.until < now()
    returning 1`
  return rows.length === 1
}

export async function dropLease(store: Store, name: string, holder: string): Promise<void> {
  await store.sql`delete from lease where name = ${name} and holder = ${holder}`
}
