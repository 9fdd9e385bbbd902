// The sequencer 定序: claims a bounded batch from the inbox, gives each fact the next seq without a gap, and writes feed,
// rollups and open cases in one statement guarded by compare-and-set on feed_head.seq. A second projector at work
// would lose that race and write nothing; a lease only saves the effort.
import {
  type FoldResult,
  countKeys,
  foldEvent,
  foldTime,
  isOnBoard,
  type OpenCase,
  type TimeFact,
  toBoardCase,
} from '#domain/board-fold.ts'
import type { Metric } from '#domain/board.ts'
import type { CaseState, Light } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { cityDay } from '#domain/city-time.ts'
import type { EventType } from '#domain/event.ts'
import { fold } from '#domain/apply.ts'
import { canonicalJson, feedHash } from './hash.ts'
import type { Store } from './open.ts'
import type { Signals } from './signal.ts'

const MOST_FACTS = 1000
/** Open cases kept in memory between batches; more are read again when needed. */
const CACHE_MOST = 50_000

/** A fact of time as it waits in the inbox: light turns and day starts. */
export type InboxFact = TimeFact | { kind: 'day'; day: string; at: number }

interface InboxRow {
  id: string
  fact: InboxFact | null
  event_id: string | null
  case_id: string | null
  no: number | null
  type: EventType | null
  at: Date | null
  actor: { kind: 'user' | 'rule' | 'anonymous'; id?: string } | null
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
}

interface Head {
  epoch: string
  seq: number
  hash: Uint8Array
  day: string | null
  at: number
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

  /** Head and inbox in one snapshot: read apart, rows that another leader sequenced in between could be taken twice. */
  async function read(): Promise<{ head: Head; inbox: InboxRow[] }> {
    const rows = await store.sql<(InboxRow & HeadRow)[]>`
      select h.epoch, h.seq, h.hash as head_hash, h.day, h.at as head_at,
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
      },
      inbox: rows.filter((r) => r.id !== null),
    }
  }

  async function load(rows: readonly InboxRow[], head: Head): Promise<Map<string, OpenCase>> {
    if (cacheSeq !== head.seq) cache.clear()
    cacheSeq = head.seq
    const wanted = new Map<string, number>()
    for (const row of rows) {
      const id = row.case_id ?? (row.fact && 'caseId' in row.fact ? row.fact.caseId : undefined)
      if (id === undefined || cache.has(id)) continue
      wanted.set(id, Math.min(wanted.get(id) ?? Number.POSITIVE_INFINITY, row.no ?? Number.POSITIVE_INFINITY))
    }
    const known = new Map<string, OpenCase>()
    const old = [...wanted].filter(([, no]) => no > 1).map(([id]) => id)
    if (old.length > 0) {
      const open = await store.sql<
        { case_id: string; state: CaseState; light: Light; overdue_seen: boolean }[]
      >`
        select case_id, state, light, overdue_seen from board_case where case_id = any(${old}::uuid[])`
      for (const r of open)
        known.set(r.case_id, { state: r.state, light: r.light, overdueSeen: r.overdue_seen })
    }
    // A case that had left the board (closed) and is rated, appealed or reopened: fold its log up to here.
    for (const [id, no] of wanted)
      if (no > 1 && Number.isFinite(no) && !known.has(id)) known.set(id, await refold(id, no))
    return known
  }

  async function refold(id: string, before: number): Promise<OpenCase> {
    const rows = await store.sql<Required<Pick<InboxRow, 'no' | 'type' | 'at' | 'actor' | 'payload'>>[]>`
      select no, type, at, actor, payload from case_event where case_id = ${id} and no < ${before} order by no`
    const state = fold(rows.map((r) => toApplied(id, r)))
    if (!state) throw new Error(`case ${id}: event ${before} without a beginning`)
    return { state, light: 'none', overdueSeen: state.wasOverdue }
  }

  async function step(): Promise<number> {
    const { head, inbox } = await read()
    if (inbox.length === 0) return 0
    const known = await load(inbox, head)
    const latest = await cityFor(undefined)
    cities.set(latest.version, latest)
    const versions = new Set([...known.values()].map((k) => k.state.cityVersion))
    for (const row of inbox)
      if (row.type === 'reported' || row.type === 'filed') versions.add(Number(row.payload?.cityVersion))
    for (const v of versions) if (!cities.has(v)) cities.set(v, await cityFor(v))
    const work = new Work(head, { latest, cities, known, cache })
    for (const row of inOrder(inbox)) work.take(row)
    if (work.feed.length === 0) return 0
    const written = await write(head, work, inbox)
    if (!written) {
      cache.clear()
      cacheSeq = -1
      return 0
    }
    for (const id of work.touched) {
      const now = work.openCase(id)
      if (now && isOnBoard(now.state)) cache.set(id, now)
      else cache.delete(id)
    }
    while (cache.size > CACHE_MOST) cache.delete(cache.keys().next().value ?? '')
    cacheSeq = work.seq
    signals?.raise('feed')
    return work.feed.length
  }

  async function write(head: Head, work: Work, inbox: readonly InboxRow[]): Promise<boolean> {
    const open: unknown[] = []
    const gone: string[] = []
    for (const id of work.touched) {
      const now = work.openCase(id)
      if (now && isOnBoard(now.state))
        open.push({
          case_id: id,
          seq: work.changedAt.get(id),
          board: toBoardCase(now, work.cityOf(now.state)),
          state: now.state,
          light: now.light,
          overdue_seen: now.overdueSeen,
        })
      else gone.push(id)
    }
    const claimed = inbox.filter((r) => work.claimed.has(r.id)).map((r) => r.id)
    const rows = await store.sql.unsafe<{ seq: string }[]>(
      WRITE,
      [
        String(head.seq),
        String(work.seq),
        Buffer.from(work.hash).toString('hex'),
        work.day,
        new Date(work.at).toISOString(),
        JSON.stringify(claimed.map(Number)),
        JSON.stringify(work.feed),
        JSON.stringify(open),
        JSON.stringify(gone),
        JSON.stringify([...work.counts.values()]),
        head.epoch,
      ],
      { prepare: true },
    )
    return rows.length === 1
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

const WRITE = `
with head as (
  update feed_head set seq = $2::text::bigint, hash = decode($3, 'hex'), day = $4::text::date, at = $5::text::timestamptz
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
  insert into board_case (case_id, seq, board, state, light, overdue_seen)
  select b.case_id, b.seq, b.board, b.state, b.light, b.overdue_seen
  from jsonb_to_recordset((select $8::text)::jsonb) as b(case_id uuid, seq bigint, board jsonb, state jsonb, light text, overdue_seen boolean)
  where exists (select 1 from head)
  on conflict (case_id) do update set seq = excluded.seq, board = excluded.board, state = excluded.state,
    light = excluded.light, overdue_seen = excluded.overdue_seen
), gone as (
  delete from board_case where exists (select 1 from head)
    and case_id in (select value::uuid from jsonb_array_elements_text((select $9::text)::jsonb))
), counted as (
  insert into rollup (day, key, metric, n, seq)
  select c.day, c.key, c.metric, c.n, c.seq
  from jsonb_to_recordset((select $10::text)::jsonb) as c(day date, key text, metric text, n int, seq bigint)
  where exists (select 1 from head)
  on conflict (day, key, metric) do update set n = rollup.n + excluded.n, seq = excluded.seq
)
select seq::text from head`

const toApplied = (caseId: string, r: Pick<InboxRow, 'no' | 'type' | 'at' | 'actor' | 'payload'>) => ({
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

interface WorkSources {
  latest: City
  cities: ReadonlyMap<number, City>
  known: ReadonlyMap<string, OpenCase>
  cache: ReadonlyMap<string, OpenCase>
}

/** One batch being folded: what the single statement will write. */
class Work {
  readonly touched = new Set<string>()
  readonly changedAt = new Map<string, number>()
  readonly claimed = new Set<string>()
  readonly feed: Record<string, unknown>[] = []
  readonly counts = new Map<string, { day: string; key: string; metric: Metric; n: number; seq: number }>()
  seq: number
  hash: Uint8Array
  day: string | null
  at: number
  readonly #from: WorkSources
  readonly #folded = new Map<string, OpenCase>()

  constructor(head: Head, from: WorkSources) {
    this.#from = from
    this.seq = head.seq
    this.hash = head.hash
    this.day = head.day
    this.at = head.at
  }

  openCase(id: string): OpenCase | undefined {
    return this.#folded.get(id) ?? this.#from.known.get(id) ?? this.#from.cache.get(id)
  }

  cityOf(state: CaseState): City {
    return this.#from.cities.get(state.cityVersion) ?? this.#from.latest
  }

  take(row: InboxRow): void {
    if (row.fact !== null) this.#time(row.id, row.fact)
    else this.#event(row)
  }

  #event(row: InboxRow): void {
    if (row.case_id === null || row.hash === null || row.at === null)
      throw new Error(`inbox row ${row.id} names event ${row.event_id}, which is not in the log`)
    const before = this.openCase(row.case_id)
    // Its predecessor is not in this batch: leave it for the next.
    if ((row.no ?? 0) !== (before?.state.no ?? 0) + 1) return
    const at = row.at.getTime()
    const result = foldEvent(before, { ...toApplied(row.case_id, row), nth: row.nth ?? 1 })
    const state = result.open?.state
    if (!state) throw new Error('an event folds to a case')
    this.#advance(row.id, at, cityDay(at, this.#from.latest.pack.timeZone), row.hash)
    this.#settle(row.case_id, before, result, at, this.cityOf(state))
    this.feed.push({
      seq: this.seq,
      event_id: Number(row.event_id),
      case_id: row.case_id,
      no: row.no,
      type: row.type,
      at: row.at.toISOString(),
      nth: row.nth,
      version: state.version,
      category: state.category ?? null,
      area: state.area ?? null,
      department: state.department ?? null,
      fact: null,
      hash: Buffer.from(this.hash).toString('hex'),
    })
  }

  #time(inboxId: string, fact: InboxFact): void {
    const day = fact.kind === 'day' ? fact.day : cityDay(fact.at, this.#from.latest.pack.timeZone)
    this.#advance(inboxId, fact.at, day, canonicalJson(fact))
    const caseId = fact.kind === 'day' ? null : fact.caseId
    if (fact.kind !== 'day') {
      const before = this.openCase(fact.caseId)
      if (before)
        this.#settle(fact.caseId, before, foldTime(before, fact), fact.at, this.cityOf(before.state))
    }
    const state = caseId === null ? undefined : this.openCase(caseId)?.state
    this.feed.push({
      seq: this.seq,
      event_id: null,
      case_id: caseId,
      no: null,
      type: fact.kind,
      at: new Date(fact.at).toISOString(),
      nth: null,
      version: state?.version ?? null,
      category: state?.category ?? null,
      area: state?.area ?? null,
      department: state?.department ?? null,
      fact,
      hash: Buffer.from(this.hash).toString('hex'),
    })
  }

  #advance(inboxId: string, at: number, day: string, content: Uint8Array | string): void {
    this.claimed.add(inboxId)
    this.seq += 1
    this.hash = feedHash(this.hash, this.seq, content)
    this.at = Math.max(this.at, at)
    if (this.day === null || day > this.day) this.day = day
  }

  #settle(id: string, before: OpenCase | undefined, result: FoldResult, at: number, city: City): void {
    if (result.open) this.#folded.set(id, result.open)
    this.touched.add(id)
    this.changedAt.set(id, this.seq)
    if (!result.open || result.metrics.length === 0) return
    const day = cityDay(at, city.pack.timeZone)
    for (const metric of result.metrics)
      for (const key of countKeys(result.open.state, before?.state, at, city)) {
        const k = `${day}|${key}|${metric}`
        const c = this.counts.get(k)
        this.counts.set(k, { day, key, metric, n: (c?.n ?? 0) + 1, seq: this.seq })
      }
  }
}
