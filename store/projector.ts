// The sequencer 定序: claims a bounded batch from the inbox, gives each fact the next seq without a gap, and writes feed,
// rollups and open cases in one statement guarded by compare-and-set on feed_head.seq. A second projector at work
// would lose that race and write nothing; a lease only saves the effort.
import type postgres from 'postgres'
import { apply } from '#domain/apply.ts'
import { type CaseMarks, FOLD_VERSION, isOnBoard, type OpenCase, recalled } from '#domain/board-fold.ts'
import { BoardSequence, type FeedFact, type SequenceSources } from '#domain/board-sequence.ts'
import type { CaseState, Light } from '#domain/case.ts'
import type { City, PackPeriod } from '#domain/city/types.ts'
import type { EventActor, EventType } from '#domain/event.ts'
import { boardMonth } from '#domain/month.ts'
import type { StandingFacts } from '#domain/standing.ts'
import { canonicalJson, feedHash } from './hash.ts'
import type { Store } from './open.ts'
import type { Signals } from './signal.ts'
import { asCounts, countsOf, standingRow } from './standings.ts'

/** Facts a batch, at most. */
export const MOST_FACTS = 1000
/** Open cases kept in memory between batches; more are read again when needed. */
const CACHE_MOST = 50_000

/** A fact of time as it waits in the inbox: light turns and day starts. */
export type InboxFact = FeedFact

interface InboxRow {
  id: string
  fact: InboxFact | null
  event_id: string | null
  case_id: string | null
  no: number | null
  type: EventType | null
  at: Date | null
  actor: EventActor | null
  nth: number | null
  payload: Record<string, unknown> | null
  hash: Uint8Array | null
}

interface HeadRow {
  epoch: string
  seq: string
  head_hash: Uint8Array
  day: string | null
  head_at: Date | null
  fold: number
}

interface Head {
  epoch: string
  seq: number
  hash: Uint8Array
  day: string | null
  at: number
  fold: number
}

/** The stored board was folded by another version of the code. */
export class OtherFold extends Error {
  constructor(fold: number) {
    super(
      fold < FOLD_VERSION
        ? `the board was folded by an older version of Huiyin (${fold}, this is ${FOLD_VERSION}): run \`npm run rebuild\``
        : `the board was folded by a newer version of Huiyin (${fold}, this is ${FOLD_VERSION})`,
    )
    this.name = 'OtherFold'
  }
}

export interface Projector {
  /** Projects one batch. @returns how many facts it sequenced; 0 = nothing to do, or somebody else did it. */
  step(): Promise<number>
  /** Projects until the inbox is empty. */
  catchUp(): Promise<number>
}

export interface ProjectorOptions {
  store: Store
  /** City of a pack version; the newest when undefined. */
  cityFor(version: number | undefined): Promise<City>
  signals?: Signals | undefined
}

export function openProjector({ store, cityFor, signals }: ProjectorOptions): Projector {
  const cache = new Map<string, OpenCase>()
  const cities = new Map<number, City>()
  let cacheSeq = -1
  let cacheEpoch = ''

  /** Head and inbox in one snapshot: read apart, rows that another leader sequenced in between could be taken twice. */
  async function read(): Promise<{ head: Head; inbox: InboxRow[] }> {
    const rows = await store.sql<(InboxRow & HeadRow)[]>`
      select h.epoch, h.seq, h.hash as head_hash, h.day, h.at as head_at, h.fold,
        i.id, i.fact, i.event_id, e.case_id, e.no, e.type, e.at, e.actor, e.nth, e.payload, e.hash
      from feed_head h
      left join (select * from event_inbox order by id limit ${MOST_FACTS}) i on true
      left join case_event e on e.id = i.event_id
      order by i.id`
    const [first] = rows
    if (!first) throw new Error('feed_head is missing: run the migrations')
    return {
      head: {
        epoch: first.epoch,
        seq: Number(first.seq),
        hash: first.head_hash,
        day: first.day,
        at: first.head_at?.getTime() ?? 0,
        fold: first.fold,
      },
      inbox: rows.filter((r) => r.id !== null),
    }
  }

  async function load(rows: readonly InboxRow[], head: Head): Promise<Map<string, OpenCase>> {
    if (cacheSeq !== head.seq || cacheEpoch !== head.epoch) cache.clear()
    cacheSeq = head.seq
    cacheEpoch = head.epoch
    const wanted = new Map<string, number>()
    for (const row of rows) {
      const id = row.case_id ?? (row.fact && 'caseId' in row.fact ? row.fact.caseId : undefined)
      if (id === undefined || cache.has(id)) continue
      wanted.set(id, Math.min(wanted.get(id) ?? Number.POSITIVE_INFINITY, row.no ?? Number.POSITIVE_INFINITY))
    }
    const old = [...wanted].filter(([, no]) => no > 1).map(([id]) => id)
    const known = old.length > 0 ? await onBoard(old) : new Map<string, OpenCase>()
    // A case that had left the board (closed) and is rated, appealed or reopened: fold its log up to here.
    for (const [id, no] of wanted)
      if (no > 1 && Number.isFinite(no) && !known.has(id)) known.set(id, await refold(id, no))
    return known
  }

  /** Open cases that are not remembered: the log up to where the board has read it, and beside it what only facts of time tell. */
  async function onBoard(ids: readonly string[]): Promise<Map<string, OpenCase>> {
    const rows = await store.sql<
      (Pick<InboxRow, 'no' | 'type' | 'at' | 'actor' | 'payload'> & {
        case_id: string
        light: Light
        overdue_seen: boolean
        marks: CaseMarks
        standing: StandingFacts | null
      })[]
    >`
      select b.case_id, b.light, b.overdue_seen, b.marks, b.standing, e.no, e.type, e.at, e.actor, e.payload
      from board_case b join case_event e on e.case_id = b.case_id and e.no <= b.no
      where b.case_id = any(${[...ids]}::uuid[]) order by e.case_id, e.no`
    const known = new Map<string, OpenCase>()
    for (const row of rows) {
      const state = apply(known.get(row.case_id)?.state, toApplied(row.case_id, row))
      const { light, overdue_seen: overdueSeen, marks, standing } = row
      known.set(row.case_id, { state, light, overdueSeen, marks, ...(standing ? { standing } : {}) })
    }
    return known
  }

  async function refold(id: string, before: number): Promise<OpenCase> {
    const rows = await store.sql<Required<Pick<InboxRow, 'no' | 'type' | 'at' | 'actor' | 'payload'>>[]>`
      select no, type, at, actor, payload from case_event where case_id = ${id} and no < ${before} order by no`
    const known = recalled(rows.map((r) => toApplied(id, r)))
    if (!known) throw new Error(`case ${id}: event ${before} without a beginning`)
    return known
  }

  async function step(): Promise<number> {
    const { head, inbox } = await read()
    if (inbox.length === 0) return 0
    // Nothing may be added to what this version would have counted otherwise.
    if (head.seq > 0 && head.fold !== FOLD_VERSION) throw new OtherFold(head.fold)
    const known = await load(inbox, head)
    const latest = await cityFor(undefined)
    cities.set(latest.version, latest)
    const versions = new Set([...known.values()].map((k) => k.state.cityVersion))
    for (const row of inbox)
      if (row.type === 'reported' || row.type === 'filed') versions.add(Number(row.payload?.cityVersion))
    for (const v of versions) if (!cities.has(v)) cities.set(v, await cityFor(v))
    const work = new Work(head, {
      known: (id) => known.get(id) ?? cache.get(id),
      cityOf: (state) => cities.get(state.cityVersion) ?? latest,
      timeZone: latest.pack.timeZone,
    })
    for (const row of inOrder(inbox)) if (!work.take(row)) break
    if (work.feed.length === 0) return 0
    const claimed = inbox.filter((r) => work.claimed.has(r.id)).map((r) => Number(r.id))
    const written = await writeBatch(store.sql, head, { ...work, claimed, periods: latest.pack.periods })
    if (!written) {
      cache.clear()
      cacheSeq = -1
      return 0
    }
    for (const id of work.board.touched.keys()) {
      const now = work.board.case(id)
      if (now && isOnBoard(now.state)) cache.set(id, now)
      else cache.delete(id)
    }
    while (cache.size > CACHE_MOST) cache.delete(cache.keys().next().value ?? '')
    cacheSeq = work.board.seq
    signals?.raise('feed')
    return work.feed.length
  }

  return {
    step,
    async catchUp() {
      let total = 0
      for (;;) {
        const n = await step()
        if (n === 0) return total
        total += n
      }
    },
  }
}

/** What one statement writes: the facts taken since `head`, and what they made of the board. */
export interface Batch {
  board: BoardSequence
  /** Running hash after them. */
  hash: Uint8Array
  feed: readonly Record<string, unknown>[]
  /** Ids of inbox rows. */
  claimed: readonly number[]
  /** When the batch begins a city day: the log's clock after its first fact, epoch ms. */
  dayAt: number | undefined
  /** Of the newest pack: its months are the board's. */
  periods: readonly PackPeriod[] | undefined
}

/** @returns false when somebody else has moved the head: nothing is written then. */
export async function writeBatch(
  sql: postgres.ISql,
  head: Pick<Head, 'seq' | 'epoch'>,
  { board, hash, feed, claimed, dayAt, periods }: Batch,
): Promise<boolean> {
  const open: unknown[] = []
  const gone: string[] = []
  for (const [id, seq] of board.touched) {
    const now = board.case(id)
    const shown = board.boardCase(id)
    if (now && shown)
      open.push({
        case_id: id,
        seq,
        board: shown,
        no: now.state.no,
        light: now.light,
        overdue_seen: now.overdueSeen,
        marks: now.marks ?? {},
        standing: now.standing ?? null,
      })
    else gone.push(id)
  }
  const rows = await sql.unsafe<{ seq: string }[]>(
    WRITE,
    [
      String(head.seq),
      String(board.seq),
      Buffer.from(hash).toString('hex'),
      board.day,
      new Date(board.at).toISOString(),
      JSON.stringify(claimed),
      JSON.stringify(feed),
      JSON.stringify(open),
      JSON.stringify(gone),
      JSON.stringify([...board.counts.values()]),
      head.epoch,
      dayAt === undefined ? null : new Date(dayAt).toISOString(),
      FOLD_VERSION,
      board.day === null ? null : JSON.stringify(boardMonth(board.day, periods)),
      JSON.stringify([...board.standings].map(([id, s]) => standingRow(id, s))),
    ],
    { prepare: true },
  )
  return rows.length === 1
}

/** `began` sees cases and counts as they were before this batch, whose first fact begins the day. */
const WRITE = `
with head as (
  update feed_head set seq = $2::text::bigint, hash = decode($3, 'hex'), day = $4::text::date, at = $5::text::timestamptz,
    fold = $13::int, month = ($14::text)::jsonb,
    month_seq = case when month is distinct from ($14::text)::jsonb then $2::text::bigint else month_seq end
  where seq = $1::text::bigint and epoch = $11::text::uuid
  returning seq
), claimed as (
  delete from event_inbox where exists (select 1 from head)
    and id in (select value::text::bigint from jsonb_array_elements((select $6::text)::jsonb))
), fed as (
  insert into feed (seq, event_id, case_id, no, type, at, nth, version, category, area, department, fact, hash)
  select f.seq, f.event_id, f.case_id, f.no, f.type, f.at, f.nth, f.version, f.category, f.area, f.department, f.fact,
    decode(f.hash, 'hex')
  from jsonb_to_recordset((select $7::text)::jsonb) as f(seq bigint, event_id bigint, case_id uuid, no int, type text,
    at timestamptz, nth int, version int, category text, area text, department text, fact jsonb, hash text)
  where exists (select 1 from head)
), opened as (
  insert into board_case (case_id, seq, board, no, light, overdue_seen, marks, standing)
  select b.case_id, b.seq, b.board, b.no, b.light, b.overdue_seen, b.marks, b.standing
  from jsonb_to_recordset((select $8::text)::jsonb) as b(case_id uuid, seq bigint, board jsonb, no int, light text,
    overdue_seen boolean, marks jsonb, standing jsonb)
  where exists (select 1 from head)
  on conflict (case_id) do update set seq = excluded.seq, board = excluded.board, no = excluded.no,
    light = excluded.light, overdue_seen = excluded.overdue_seen, marks = excluded.marks, standing = excluded.standing
), began as (
  insert into board_day (day, seq, at, month, cases, counts)
  select $4::text::date, $1::text::bigint, $12::text::timestamptz, ($14::text)::jsonb,
    (select coalesce(array_agg(b.case_id order by b.case_id), '{}') from board_case b),
    ${asCounts(countsOf({ day: '$4::text::date', month: '($14::text)::jsonb' }))}
  where exists (select 1 from head) and $12::text is not null
), gone as (
  delete from board_case where exists (select 1 from head)
    and case_id in (select value::uuid from jsonb_array_elements_text((select $9::text)::jsonb))
), counted as (
  insert into rollup (day, key, metric, n, seq)
  select c.day, c.key, c.metric, c.n, c.seq
  from jsonb_to_recordset((select $10::text)::jsonb) as c(day date, key text, metric text, n int, seq bigint)
  where exists (select 1 from head)
  on conflict (day, key, metric) do update set n = rollup.n + excluded.n, seq = greatest(rollup.seq, excluded.seq)
), stood as materialized (
  select * from jsonb_to_recordset((select $15::text)::jsonb)
    as s(case_id uuid, seq bigint, dispatched_on date, due_on date, metrics text[], keys text[])
  where exists (select 1 from head)
), stands as (
  insert into standing (case_id, seq, dispatched_on, due_on, metrics, keys)
  select case_id, seq, dispatched_on, due_on, metrics, keys from stood where metrics is not null
  on conflict (case_id) do update set seq = excluded.seq, dispatched_on = excluded.dispatched_on,
    due_on = excluded.due_on, metrics = excluded.metrics, keys = excluded.keys
), fell as (
  delete from standing where case_id in (select case_id from stood where metrics is null)
)
select seq::text from head`

/** An event's row as the fold takes it. */
export const toApplied = (caseId: string, r: Pick<InboxRow, 'no' | 'type' | 'at' | 'actor' | 'payload'>) => ({
  caseId,
  no: r.no ?? 0,
  type: r.type as EventType,
  at: r.at?.getTime() ?? 0,
  actor: r.actor ?? ({ kind: 'anonymous' } as const),
  payload: r.payload ?? {},
})

/** Inbox order, but the events of one case by their `no`: two appends of a case may have drawn their ids the other way round. */
function inOrder(rows: readonly InboxRow[]): InboxRow[] {
  const byCase = new Map<string, InboxRow[]>()
  for (const r of rows) if (r.case_id !== null) byCase.set(r.case_id, [...(byCase.get(r.case_id) ?? []), r])
  for (const list of byCase.values()) list.sort((a, b) => (a.no ?? 0) - (b.no ?? 0))
  return rows.map((r) => (r.case_id === null ? r : (byCase.get(r.case_id)?.shift() ?? r)))
}

/** One batch being sequenced: what the single statement will write. */
class Work {
  readonly claimed = new Set<string>()
  readonly feed: Record<string, unknown>[] = []
  readonly board: BoardSequence
  hash: Uint8Array
  /** When the batch begins a city day: the log's clock after its first fact, epoch ms. */
  dayAt: number | undefined

  readonly #dayBefore: string | null

  constructor(head: Head, from: SequenceSources) {
    this.board = new BoardSequence(head, from)
    this.#dayBefore = head.day
    this.hash = head.hash
  }

  /** False: this row begins a city day, and must be the first of a batch. Nothing is taken then. */
  take(row: InboxRow): boolean {
    const fact = row.fact ?? { at: row.at?.getTime() ?? 0 }
    if (this.feed.length > 0 && this.board.dayAfter(fact) !== this.board.day) return false
    if (row.fact !== null) this.#time(row.id, row.fact)
    else this.#event(row)
    return true
  }

  #event(row: InboxRow): void {
    if (row.case_id === null || row.hash === null || row.at === null)
      throw new Error(`inbox row ${row.id} names event ${row.event_id}, which is not in the log`)
    const event = { ...toApplied(row.case_id, row), nth: row.nth ?? 1 }
    // Its predecessor is not in this batch: leave it for the next.
    if (!this.board.isNext(event)) return
    const state = this.board.event(event)
    this.#note(row.id, row.hash, {
      event_id: Number(row.event_id),
      case_id: row.case_id,
      no: row.no,
      type: row.type,
      at: row.at.toISOString(),
      nth: row.nth,
      fact: null,
      ...labels(state),
    })
  }

  #time(inboxId: string, fact: InboxFact): void {
    const state = this.board.time(fact)
    this.#note(inboxId, canonicalJson(fact), {
      event_id: null,
      case_id: fact.kind === 'day' ? null : fact.caseId,
      no: null,
      type: fact.kind,
      at: new Date(fact.at).toISOString(),
      nth: null,
      fact,
      ...labels(state),
    })
  }

  /** What was just taken becomes the next row of the feed. */
  #note(inboxId: string, content: Uint8Array | string, row: Record<string, unknown>): void {
    if (this.board.day !== this.#dayBefore) this.dayAt ??= this.board.at
    this.claimed.add(inboxId)
    this.hash = feedHash(this.hash, this.board.seq, content)
    this.feed.push({ seq: this.board.seq, ...row, hash: Buffer.from(this.hash).toString('hex') })
  }
}

const labels = (state: CaseState | undefined) => ({
  version: state?.version ?? null,
  category: state?.category ?? null,
  area: state?.area ?? null,
  department: state?.department ?? null,
})
