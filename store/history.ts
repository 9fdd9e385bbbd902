// Bulk appending for the demo's history: pieces of the log in order of time, each in one transaction with its facts of
// time, its fired timers and the mark of how far the history has come. Nobody else appends meanwhile.
import type postgres from 'postgres'
import type { Post } from '#domain/case.ts'
import type { TimerKind } from '#domain/timer.ts'
import { appendWith, type Entry } from './append.ts'
import type { Store } from './open.ts'
import type { InboxFact } from './projector.ts'
import type { Upload } from './uploads.ts'

/** What a history is made from; see scripts/history/period.ts. */
export interface HistoryNote {
  seed: string
  /** City days; `to` is the first one after the quarter. */
  from: string
  to: string
  counts: { reported: number; filed: number; closed: number }
  open: number
  /** Epoch ms. */
  until: number
  fingerprint?: string | undefined
  pieces: number
  finished: boolean
}

interface NoteRow {
  seed: string
  from_day: string
  to_day: string
  reported: number
  filed: number
  closed: number
  open: number
  until: Date
  fingerprint: string | null
  pieces: number
  finished_at: Date | null
}

const toNote = (r: NoteRow): HistoryNote => ({
  seed: r.seed,
  from: r.from_day,
  to: r.to_day,
  counts: { reported: r.reported, filed: r.filed, closed: r.closed },
  open: r.open,
  until: r.until.getTime(),
  fingerprint: r.fingerprint ?? undefined,
  pieces: r.pieces,
  finished: r.finished_at !== null,
})

export async function readHistory({ sql }: Pick<Store, 'sql'>): Promise<HistoryNote | undefined> {
  const [row] = await sql<NoteRow[]>`select * from demo_history`
  return row && toNote(row)
}

/**
 * Notes what the history is made from, unless that was noted before or there are cases already: a log that lives is not
 * given a past. @returns the note; undefined when there is none and may be none.
 */
export async function beginHistory(
  { sql }: Store,
  note: Omit<HistoryNote, 'pieces' | 'finished' | 'fingerprint'>,
): Promise<HistoryNote | undefined> {
  const { counts } = note
  await sql`
    insert into demo_history (seed, from_day, to_day, reported, filed, closed, open, until)
    select ${note.seed}, ${note.from}::date, ${note.to}::date, ${counts.reported}, ${counts.filed}, ${counts.closed},
      ${note.open}, ${new Date(note.until)}
    where not exists (select 1 from "case") and not exists (select 1 from feed)
    on conflict (one) do nothing`
  return readHistory({ sql })
}

/** Keeps what is to be appended from being another than what was begun. @returns whether it is the same. */
export async function keepFingerprint({ sql }: Store, fingerprint: string): Promise<boolean> {
  const rows = await sql`
    update demo_history set fingerprint = ${fingerprint} where fingerprint is null or fingerprint = ${fingerprint} returning 1`
  return rows.length === 1
}

/** From here on the demo lives; what of the history is missing stays missing. */
export async function finishHistory({ sql }: Store): Promise<void> {
  // Waits for the disk, and with it for every commit before that did not.
  await sql`update demo_history set finished_at = clock_timestamp() where finished_at is null`
}

export interface Piece {
  /** 1, 2, … */
  number: number
  /** At most one entry a case. */
  entries: Entry[]
  /** Facts of time, in order. */
  facts: InboxFact[]
  timers: { caseId: string | null; kind: TimerKind; round: number; fireAt: number; firedAt: number }[]
}

/**
 * Appends one piece and sorts the inbox by time: events of all cases and facts of time in the order in which they
 * happened; at the same instant the fact comes first. @returns the new last hash of each entry's case.
 * @throws when a case is not as the entries expect: somebody else has written to the log.
 */
export async function appendPiece({ sql }: Store, piece: Piece): Promise<Uint8Array[]> {
  return sql.begin(async (tx) => {
    // The mark and the piece stand or fall together, and the last statement of the history waits for the disk.
    await tx`set local synchronous_commit = off`
    const marked = await tx`
      update demo_history set pieces = ${piece.number}
      where pieces = ${piece.number - 1} and finished_at is null returning 1`
    if (marked.length === 0) throw new Error(`piece ${piece.number} of the history is not the next one`)
    const [before] = await tx<{ id: string }[]>`select coalesce(max(id), 0) as id from event_inbox`
    const outcomes = await appendWith(tx, piece.entries)
    await sortInbox(tx, before?.id ?? '0', piece.facts)
    await addTimers(tx, piece.timers)
    return outcomes.map((outcome, i) => {
      if (outcome.result === 'appended') return outcome.hash
      throw new Error(
        `case ${piece.entries[i]?.state.receiptNo} of the history is not as it should be in the log`,
      )
    })
  })
}

/** Rows of the inbox after `before` anew, with the facts of time among them. */
async function sortInbox(
  tx: postgres.TransactionSql,
  before: string,
  facts: readonly InboxFact[],
): Promise<void> {
  await tx`
    with moved as (
      delete from event_inbox where id > ${before} returning event_id
    )
    insert into event_inbox (event_id, fact)
    select event_id, fact from (
      select m.event_id, null::jsonb as fact, e.at, 1 as rank, e.case_id, e.no
      from moved m join case_event e on e.id = m.event_id
      union all
      select null, f.fact, to_timestamp((f.fact ->> 'at')::float8 / 1000), 0, null, f.n::int
      from jsonb_array_elements((select ${JSON.stringify(facts)}::text)::jsonb) with ordinality as f(fact, n)
    ) all_rows
    order by at, rank, case_id, no`
}

async function addTimers(tx: postgres.TransactionSql, timers: Piece['timers']): Promise<void> {
  if (timers.length === 0) return
  const rows = timers.map((t) => ({
    case_id: t.caseId,
    kind: t.kind,
    round: t.round,
    fire_at: new Date(t.fireAt).toISOString(),
    fired_at: new Date(t.firedAt).toISOString(),
  }))
  await tx`
    insert into timer (case_id, kind, round, fire_at, fired_at)
    select case_id, kind, round, fire_at, fired_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as t(case_id uuid, kind text, round smallint, fire_at timestamptz, fired_at timestamptz)
    on conflict do nothing`
}

/** A reader that has nothing to do with what is in the feed so far begins after it, or with what is of `from` (epoch ms) on. */
export async function skipReader({ sql }: Store, name: string, from?: number): Promise<void> {
  const since = from === undefined ? null : new Date(from)
  await sql`
    insert into reader (name, seq)
    select ${name}, coalesce((select min(seq) - 1 from feed where at >= ${since}::timestamptz), seq) from feed_head
    on conflict (name) do update set seq = greatest(reader.seq, excluded.seq)`
}

/** Last hashes of the cases that are in the log, to go on with their chains. */
export async function lastHashes({ sql }: Store, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
  const rows = await sql<{ id: string; last_hash: Uint8Array }[]>`
    select id, last_hash from "case" where id = any(${[...ids]}::uuid[])`
  return new Map(rows.map((r) => [r.id, r.last_hash]))
}

/** Lets live numbering go on after the numbers that are in the log. */
export async function continueNumbers({ sql }: Store): Promise<void> {
  await sql`
    insert into number_series (key, next)
    select 'R' || substr(receipt_no, 2, 8), max(substr(receipt_no, 10)::bigint) + 1 from "case" group by 1
    union all
    select 'A' || substr(no, length(category) + 1, 8), max(substr(no, length(category) + 9)::bigint) + 1
    from (
      select payload ->> 'caseNo' as no, payload ->> 'category' as category from case_event where type = 'filed' and nth = 1
    ) filed group by 1
    on conflict (key) do update set next = greatest(number_series.next, excluded.next)`
}

export interface StaffMember {
  id: string
  username: string
  posts: Post[]
  department?: string | undefined
  areas: string[]
}

/** Everybody who can act, by username: the order does not hang on ids. */
export async function allStaff({ sql }: Store): Promise<StaffMember[]> {
  const rows = await sql<(Omit<StaffMember, 'department'> & { department: string | null })[]>`
    select id, username, posts, department, areas from account where disabled_at is null order by username collate "C"`
  return rows.map(({ department, ...r }) => ({ ...r, ...(department === null ? {} : { department }) }))
}

/** Rows of drawn photos, in one statement; those that are there stay. */
export async function addUploads({ sql }: Store, uploads: readonly Upload[]): Promise<void> {
  if (uploads.length === 0) return
  const rows = uploads.map((u) => ({
    id: u.id,
    account_id: u.accountId ?? null,
    sha256: Buffer.from(u.sha256).toString('hex'),
    media_type: u.mediaType,
    bytes: u.bytes,
    width: u.width,
    height: u.height,
    taken_at: u.takenAt === undefined ? null : new Date(u.takenAt).toISOString(),
    lng: u.position?.lng ?? null,
    lat: u.position?.lat ?? null,
  }))
  await sql`
    insert into upload (id, account_id, sha256, media_type, bytes, width, height, taken_at, lng, lat, created_at)
    select id, account_id, decode(sha256, 'hex'), media_type, bytes, width, height, taken_at, lng, lat,
      coalesce(taken_at, now())
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as u(id uuid, account_id uuid, sha256 text,
      media_type text, bytes int, width int, height int, taken_at timestamptz, lng float8, lat float8)
    on conflict (id) do nothing`
}
