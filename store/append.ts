// Appending to the log. One SQL statement carries a batch: guarded case rows, their events, words, tasks, the inbox and
// idempotency keys. One batch is in flight, the next collects meanwhile; a conflict is answered row by row, and nothing
// is answered before its commit.
import type postgres from 'postgres'
import type { CaseState } from '#domain/case.ts'
import { CURRENT_SCHEMA } from '#domain/upcast.ts'
import type { Stamped } from '#domain/automate.ts'
import type { CaseEvent } from '#domain/event.ts'
import { caseColumns, taskRows } from './case-row.ts'
import { eventHash, GENESIS, newSalt, privateDigest } from './hash.ts'
import type { Store } from './open.ts'
import { privatePeriod } from './search-period.ts'
import type { Signals } from './signal.ts'

/** Schema number of events written now; older ones pass through domain/upcast.ts. */
export const EVENT_SCHEMA = CURRENT_SCHEMA
const MOST_ROWS = 128

/** A case as read, with what an append needs to continue its chain. */
export interface LoadedCase {
  state: CaseState
  hash: Uint8Array
}

export interface IdempotencyKey {
  /** Account id, or `anonymous:` + device. */
  scope: string
  key: string
  /** SHA-256 of the request. */
  digest: Uint8Array
}

export interface Entry {
  /** Undefined for a new case. */
  before: LoadedCase | undefined
  /** State after `events`. */
  state: CaseState
  events: Stamped[]
  idempotency?: IdempotencyKey | undefined
}

/** `conflict`: the case moved on (or the number or external id is taken); `replayed`: that idempotency key is used. */
export type AppendOutcome = { result: 'appended'; hash: Uint8Array } | { result: 'conflict' | 'replayed' }

export interface Appender {
  append(entry: Entry): Promise<AppendOutcome>
  /** Resolves when everything handed in has been answered. */
  drain(): Promise<void>
}

interface Waiting {
  entry: Entry
  resolve: (outcome: AppendOutcome) => void
  reject: (error: unknown) => void
}

export function openAppender(store: Store, signals?: Signals): Appender {
  let queue: Waiting[] = []
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    // Requests that arrived in this turn of the event loop share a batch.
    await new Promise((r) => setImmediate(r))
    while (queue.length > 0) {
      const batch = nextBatch()
      await settle(batch)
      signals?.raise('inbox')
    }
    running = undefined
  }

  /** At most one entry a case and an idempotency key: a second one must see what the first did. */
  function nextBatch(): Waiting[] {
    const seen = new Set<string>()
    const batch: Waiting[] = []
    const rest: Waiting[] = []
    for (const w of queue) {
      const idem = w.entry.idempotency
      const keys = [w.entry.state.id, ...(idem ? [`${idem.scope}\n${idem.key}`] : [])]
      if (batch.length >= MOST_ROWS || keys.some((k) => seen.has(k))) rest.push(w)
      else {
        for (const k of keys) seen.add(k)
        batch.push(w)
      }
    }
    queue = rest
    return batch
  }

  async function settle(batch: Waiting[]): Promise<void> {
    try {
      const outcomes = await appendWith(
        store.sql,
        batch.map((w) => w.entry),
      )
      for (const [i, w] of batch.entries()) w.resolve(outcomes[i] ?? { result: 'conflict' })
    } catch (error) {
      if (batch.length === 1 || !isRowFault(error)) {
        for (const w of batch) w.reject(error)
        return
      }
      // One row broke the batch (a key taken by another process in the same instant): alone, each gets its own answer.
      for (const w of batch) await settle([w])
    }
  }

  return {
    append: (entry) =>
      new Promise((resolve, reject) => {
        queue.push({ entry, resolve, reject })
        running ??= run()
      }),
    async drain() {
      await running
    },
  }
}

/** Unique violation, deadlock, serialization, and data that one row brought: the statement left no trace. */
const RETRY = /^(23505|40P01|40001|22...)$/
const isRowFault = (e: unknown) =>
  typeof e === 'object' && e !== null && 'code' in e && RETRY.test(String(e.code))

// The used key is looked up by a subquery a row: as an anti-join, the plan made while the table was empty scanned all of
// it once it was full, and intake halved within 20,000 reports.
const STATEMENT = `
with r as materialized (
  select * from jsonb_to_recordset((select $1::text)::jsonb) as r(
    id uuid, expect int, no int, version int, status text, receipt_no text, case_no text, source text, category text,
    area text, area_path text[], department text, handler uuid, round smallint, urgent boolean, reported_by uuid,
    external_system text, external_id text, reported_at timestamptz, closed_at timestamptz, warn_at timestamptz,
    due_at timestamptz, clock_runs boolean, hash text, state jsonb, updated_at timestamptz,
    idem_scope text, idem_key text, idem_digest text)
), free as materialized (
  select r.* from r
  where r.idem_key is null
     or (select true from idempotency i where i.scope = r.idem_scope and i.key = r.idem_key) is null
  order by r.id
), ins as (
  insert into "case" (id, no, version, status, receipt_no, case_no, source, category, area, area_path, department, handler,
    round, urgent, reported_by, external_system, external_id, reported_at, closed_at, warn_at, due_at, clock_runs,
    last_hash, state, updated_at)
  select id, no, version, status, receipt_no, case_no, source, category, area, area_path, department, handler,
    round, urgent, reported_by, external_system, external_id, reported_at, closed_at, warn_at, due_at, clock_runs,
    decode(hash, 'hex'), state, updated_at
  from free where expect = 0
  on conflict do nothing
  returning id
), upd as (
  update "case" c set no = f.no, version = f.version, status = f.status, case_no = f.case_no, category = f.category,
    area = f.area, area_path = f.area_path, department = f.department, handler = f.handler, round = f.round,
    urgent = f.urgent, closed_at = f.closed_at, warn_at = f.warn_at, due_at = f.due_at, clock_runs = f.clock_runs,
    last_hash = decode(f.hash, 'hex'), state = f.state, updated_at = f.updated_at
  from free f where f.expect > 0 and c.id = f.id and c.no = f.expect
  returning c.id
), ok as materialized (
  select id from ins union all select id from upd
), ev as (
  insert into case_event (case_id, no, type, schema, at, actor, nth, payload, private_digests, hash)
  select e.case_id, e.no, e.type, e.schema, e.at, e.actor, e.nth, e.payload, e.digests, decode(e.hash, 'hex')
  from jsonb_to_recordset((select $2::text)::jsonb) as e(case_id uuid, no int, type text, schema smallint, at timestamptz,
    actor jsonb, nth int, payload jsonb, digests jsonb, hash text)
  join ok on ok.id = e.case_id
  order by e.case_id, e.no
  returning id
), words as (
  insert into case_private (case_id, no, part, salt, data, period)
  select p.case_id, p.no, p.part, decode(p.salt, 'hex'), p.data, p.period
  from jsonb_to_recordset((select $3::text)::jsonb) as p(case_id uuid, no int, part text, salt text, data jsonb, period int)
  join ok on ok.id = p.case_id
), tasks as (
  insert into field_task (id, case_id, kind, round, assignee, status, due_at, created_at)
  select t.id, t.case_id, t.kind, t.round, t.assignee, t.status, t.due_at, t.created_at
  from jsonb_to_recordset((select $4::text)::jsonb) as t(id uuid, case_id uuid, kind text, round smallint, assignee uuid,
    status text, due_at timestamptz, created_at timestamptz)
  join ok on ok.id = t.case_id
  on conflict (id) do update set assignee = excluded.assignee, status = excluded.status
), idem as (
  insert into idempotency (scope, key, digest, case_id, no)
  select f.idem_scope, f.idem_key, decode(f.idem_digest, 'hex'), f.id, f.no
  from free f join ok on ok.id = f.id where f.idem_key is not null
), inbox as (
  insert into event_inbox (event_id) select id from ev order by id
)
select r.id, ok.id is not null as appended, free.id is null as replayed
from r left join ok on ok.id = r.id left join free on free.id = r.id`

/** The one statement, for a caller that needs it in a transaction of its own; at most one entry a case. */
export async function appendWith(sql: postgres.ISql, entries: Entry[]): Promise<AppendOutcome[]> {
  const chained = entries.map(chain)
  const rows = await sql.unsafe<{ id: string; appended: boolean; replayed: boolean }[]>(
    STATEMENT,
    [
      JSON.stringify(chained.map((c) => c.row)),
      JSON.stringify(chained.flatMap((c) => c.events)),
      JSON.stringify(chained.flatMap((c) => c.words)),
      JSON.stringify(chained.flatMap((c) => c.tasks)),
    ],
    { prepare: true },
  )
  const byId = new Map(rows.map((r) => [r.id, r]))
  return chained.map(({ row, hash }) => {
    const answer = byId.get(row.id)
    if (answer?.appended) return { result: 'appended', hash }
    return { result: answer?.replayed ? 'replayed' : 'conflict' }
  })
}

const hex = (b: Uint8Array) => Buffer.from(b).toString('hex')

interface PrivateRow {
  case_id: string
  no: number
  part: string
  salt: string
  data: Record<string, unknown>
  period: number | null
}

/** Continues the chain of a case over the entry's events, and lays out the rows. */
function chain({ before, state, events, idempotency }: Entry) {
  let hash: Uint8Array = before?.hash ?? GENESIS
  const words: PrivateRow[] = []
  const rows = events.map((e) => {
    const digests: Record<string, string> = {}
    for (const [part, data] of Object.entries(e.private ?? {})) {
      const salt = newSalt()
      digests[part] = hex(privateDigest(salt, data))
      words.push({
        case_id: state.id,
        no: e.no,
        part,
        salt: hex(salt),
        data,
        period: privatePeriod(e.no, part, e.at),
      })
    }
    const privateDigests = Object.keys(digests).length === 0 ? undefined : digests
    const event: CaseEvent = {
      caseId: state.id,
      no: e.no,
      type: e.type,
      schema: EVENT_SCHEMA,
      at: e.at,
      actor: e.actor,
      nth: e.nth,
      payload: e.payload,
      privateDigests,
    }
    hash = eventHash(hash, event)
    return {
      case_id: state.id,
      no: e.no,
      type: e.type,
      schema: EVENT_SCHEMA,
      at: new Date(e.at).toISOString(),
      actor: e.actor,
      nth: e.nth,
      payload: e.payload,
      digests: privateDigests ?? null,
      hash: hex(hash),
    }
  })
  const row = {
    ...caseColumns(state),
    expect: before?.state.no ?? 0,
    hash: hex(hash),
    state,
    idem_scope: idempotency?.scope ?? null,
    idem_key: idempotency?.key ?? null,
    idem_digest: idempotency ? hex(idempotency.digest) : null,
  }
  return { row, events: rows, words, tasks: taskRows(state), hash }
}
