// The audit 核账: recomputes from the log everything that is stored beside it, and says where the two differ. Works while
// the system runs: each batch of cases is read in a short snapshot, the feed up to a head pinned at the beginning.
import { FOLD_VERSION } from '#domain/board-fold.ts'
import type { City } from '#domain/city/types.ts'
import {
  auditCase,
  type AuditedBoard,
  type AuditedCase,
  type AuditedEvent,
  type AuditedFeed,
  type AuditedStanding,
  type AuditedWords,
  type CaseRow,
} from './audit-case.ts'
import { auditCounts, CountBook } from './audit-counts.ts'
import { openDayAudit } from './audit-days.ts'
import {
  auditEarlierHead,
  auditFeedChain,
  auditOrphans,
  type Differ,
  pinHead,
  recountDays,
} from './audit-feed.ts'
import { cityVersion, currentCity } from './city.ts'
import type { Store } from './open.ts'
import { OtherFold } from './projector.ts'

const CASES_A_BATCH = 400
const NIL = '00000000-0000-0000-0000-000000000000'
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** Differences kept with their words; more are only counted. */
const MOST_DIFFERENCES = 1_000

export interface Difference {
  /** Absent for what spans cases. */
  caseId?: string | undefined
  receiptNo?: string | undefined
  caseNo?: string | undefined
  /** `numbers`, `nth`, `chain`, `words`, `log`, `row`, `tasks`, `feed`, `feed-chain`, `fold`, `board`, `standing`, `counts`, `day`, `recount`, `head`, `idempotency`, `inbox`. */
  what: string
  detail: string
}

export interface AuditReport {
  cases: number
  events: number
  /** Where the feed stood when the audit began: compare it later with `expect`. */
  head: { epoch: string; seq: number; hash: string }
  words: { kept: number; erasedByRule: number }
  openOnBoard: number
  counts: number
  differences: Difference[]
  /** How many there are in all; `differences` holds the first thousand. */
  found: number
}

export interface AuditOptions {
  /** An earlier head: a removed tail or case shows against it. */
  expect?: { seq: number; hash: string } | undefined
  /** Counts of days that are held in memory before they go into files of the temporary folder. */
  countsInMemory?: number | undefined
  /** Called now and then with what has been verified and how much there is. */
  onProgress?: ((part: 'cases' | 'feed', done: number, of: number) => void) | undefined
}

export async function audit(store: Store, options: AuditOptions = {}): Promise<AuditReport> {
  const book = new CountBook(options.countsInMemory)
  try {
    return await auditWith(book, store, options)
  } finally {
    await book.close()
  }
}

async function auditWith(
  book: CountBook,
  store: Store,
  { expect, onProgress }: AuditOptions,
): Promise<AuditReport> {
  const differences: Difference[] = []
  let found = 0
  let differ: Differ = (caseId, what, detail) => {
    found += 1
    if (differences.length < MOST_DIFFERENCES) differences.push({ caseId, what, detail })
  }
  const otherFold = await foldOfAnother(store)
  if (otherFold !== undefined) {
    differ(undefined, 'fold', otherFold)
    const all = differ
    differ = (caseId, what, detail) => {
      // What another version of the code folded cannot be compared; the log beside it can.
      if (!FOLDED.includes(what)) all(caseId, what, detail)
    }
  }
  const pinned = await pinHead(store, book, differ)
  const days = await openDayAudit(store, pinned.seq)
  const sums = { cases: 0, events: 0, kept: 0, erased: 0, open: 0, unfolded: 0 }
  const cityOf = openCityLookup(store)

  for await (const batch of batches(store)) {
    await cityOf.prepare(batch)
    for (const c of batch) {
      const words = auditCase(c, {
        cityOf: cityOf.get,
        differ: (what, detail) => differ(c.id, what, detail),
        count({ day, key, metric, n }, seq) {
          if (seq <= pinned.seq) book.add('folded', `${day}|${key}|${metric}`, n, seq)
        },
        stood: (from, to) => days.stood(c.id, from, to),
      })
      sums.cases += c.row ? 1 : 0
      sums.events += c.events.length
      sums.kept += words.wordsKept
      sums.erased += words.wordsErased
      sums.open += c.board ? 1 : 0
      sums.unfolded += words.folded ? 0 : 1
    }
    onProgress?.('cases', sums.events, pinned.events)
  }
  let facts = 0
  await auditFeedChain(store, pinned, differ, (n) => {
    facts += n
    onProgress?.('feed', facts, pinned.seq)
  })
  await recountDays(store, pinned, book)
  let counts = 0
  for await (const month of book.months()) {
    counts += month.folded.size
    auditCounts(month, (what, detail) => differ(undefined, what, detail))
  }
  // A case whose log is damaged has been named already.
  const city = await currentCity(store)
  if (city && sums.unfolded === 0) days.finish(city.pack.timeZone, differ)
  await auditOrphans(store, differ)
  if (expect) await auditEarlierHead(store, pinned, expect, differ)
  await nameCases(store, differences)
  return {
    cases: sums.cases,
    events: sums.events,
    head: { epoch: pinned.epoch, seq: pinned.seq, hash: Buffer.from(pinned.hash).toString('hex') },
    words: { kept: sums.kept, erasedByRule: sums.erased },
    openOnBoard: sums.open,
    counts,
    differences,
    found,
  }
}

/** What rests on the version of the fold. */
const FOLDED: readonly string[] = ['board', 'standing', 'counts', 'recount', 'day']

/** Says what to do where another version of the code has folded the board; undefined where this one has. */
async function foldOfAnother({ sql }: Store): Promise<string | undefined> {
  const [head] = await sql<{ fold: number; seq: string }[]>`select fold, seq from feed_head`
  return head === undefined || head.seq === '0' || head.fold === FOLD_VERSION
    ? undefined
    : new OtherFold(head.fold).message
}

/** Whether this database has been migrated: there is a log to audit. */
export async function hasLog({ sql }: Store): Promise<boolean> {
  const [row] = await sql<{ there: boolean }[]>`select to_regclass('feed_head') is not null as there`
  return row?.there === true
}

/** Whether the server has a database of that name. */
export async function hasDatabase({ sql }: Store, name: string): Promise<boolean> {
  const rows = await sql`select 1 from pg_database where datname = ${name}`
  return rows.length === 1
}

/** All cases in order of id, with everything that belongs to them; the next batch is read while one is checked. */
async function* batches(store: Store): AsyncGenerator<AuditedCase[]> {
  let coming: Promise<Batch> | undefined = readBatch(store, NIL)
  while (coming) {
    const { cases, until }: Batch = await coming
    coming = until === undefined ? undefined : readBatch(store, until)
    yield cases
  }
}

interface Batch {
  cases: AuditedCase[]
  /** Undefined at the end. */
  until: string | undefined
}

/** One batch in one short snapshot; traces without a case row in between come with it. */
async function readBatch(store: Store, after: string): Promise<Batch> {
  return store.sql.begin('isolation level repeatable read read only', async (tx) => {
    const rows = await tx<CaseRow[]>`
      select * from "case" where id > ${after} order by id limit ${CASES_A_BATCH}`
    const until = rows.length < CASES_A_BATCH ? undefined : rows.at(-1)?.id
    const to = until ?? LAST
    const taskIds = rows.flatMap((r) => r.state.tasks.map((t) => t.id))
    const [events, words, feed, boards, standings, tasks] = await Promise.all([
      tx<
        AuditedEvent[]
      >`select * from case_event where case_id > ${after} and case_id <= ${to} order by case_id, no`,
      tx<AuditedWords[]>`select case_id, no, part, salt, data, period from case_private
        where case_id > ${after} and case_id <= ${to} order by case_id, no`,
      tx<
        AuditedFeed[]
      >`select seq, event_id, case_id, no, type, at, nth, version, category, area, department, fact
        from feed where case_id > ${after} and case_id <= ${to} order by case_id, seq`,
      tx<AuditedBoard[]>`select * from board_case where case_id > ${after} and case_id <= ${to}`,
      tx<AuditedStanding[]>`select * from standing where case_id > ${after} and case_id <= ${to}`,
      tx<{ id: string }[]>`select * from field_task where id = any(${taskIds}::uuid[])`,
    ])
    const fed = new Set(feed.map((f) => f.event_id))
    const unfed = events.filter((e) => !fed.has(e.id)).map((e) => e.id)
    const waiting =
      unfed.length === 0
        ? []
        : await tx<{ event_id: string }[]>`
            select event_id from event_inbox where event_id = any(${unfed}::bigint[])`
    const inbox = new Set(waiting.map((w) => w.event_id))
    const cases = new Map<string, AuditedCase>()
    const caseOf = (id: string): AuditedCase => {
      const known = cases.get(id)
      if (known) return known
      const made: AuditedCase = { id, events: [], words: [], feed: [], inbox, tasks: tasksById }
      cases.set(id, made)
      return made
    }
    const tasksById = new Map(tasks.map((t) => [t.id, t]))
    for (const row of rows) caseOf(row.id).row = row
    for (const e of events) caseOf(e.case_id).events.push(e)
    for (const w of words) caseOf(w.case_id).words.push(w)
    for (const f of feed) caseOf(f.case_id).feed.push(f)
    for (const b of boards) caseOf(b.case_id).board = b
    for (const s of standings) caseOf(s.case_id).standing = s
    return { cases: [...cases.values()], until }
  })
}

/** Cities by version, fetched before a batch so that the checks stay synchronous. */
function openCityLookup(store: Store) {
  const known = new Map<number, City>()
  let newest: City | undefined
  return {
    async prepare(batch: readonly AuditedCase[]) {
      if (batch.length === 0) return
      newest ??= await currentCity(store)
      const [stored] = await store.sql<
        { versions: number[] }[]
      >`select array_agg(version) as versions from city`
      for (const version of stored?.versions ?? [])
        if (!known.has(version) && batch.some((c) => mentions(c, version)))
          known.set(version, await cityVersion(store, version))
    },
    get(version: number): City {
      const city = known.get(version) ?? newest
      if (!city) throw new Error('no city is loaded')
      return city
    },
  }
}

const mentions = (c: AuditedCase, version: number) =>
  c.events.some((e) => (e.type === 'reported' || e.type === 'filed') && e.payload.cityVersion === version)

async function nameCases(store: Store, differences: Difference[]): Promise<void> {
  const ids = [...new Set(differences.flatMap((d) => d.caseId ?? []))]
  const rows = await store.sql<{ id: string; receipt_no: string | null; case_no: string | null }[]>`
    select d.id, coalesce(c.receipt_no, e.payload ->> 'receiptNo') as receipt_no, c.case_no
    from unnest(${ids}::uuid[]) as d(id) left join "case" c on c.id = d.id
      left join case_event e on e.case_id = d.id and e.no = 1`
  const names = new Map(rows.map((r) => [r.id, r]))
  for (const d of differences) {
    const name = d.caseId === undefined ? undefined : names.get(d.caseId)
    if (!name) continue
    if (name.receipt_no !== null) d.receiptNo = name.receipt_no
    if (name.case_no !== null) d.caseNo = name.case_no
  }
}
