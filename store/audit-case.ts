// Everything the audit asks of one case: its numbers, hash chain, words, folded row, tasks, feed order and board row.
// Pure: works on rows as read in one snapshot and reports differences; what spans cases is store/audit-feed.ts.
import { apply } from '#domain/apply.ts'
import type { BoardCase, Metric, Standing } from '#domain/board.ts'
import {
  type CaseMarks,
  countKeys,
  foldEvent,
  type FoldResult,
  foldTime,
  isOnBoard,
  type OpenCase,
  type TimeFact,
  toBoardCase,
} from '#domain/board-fold.ts'
import type { CaseState, Light } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { cityDay } from '#domain/city-time.ts'
import type { CaseEvent, EventActor, EventType, PrivatePart } from '#domain/event.ts'
import { type CaseStanding, type StandingFacts, standingChanges, standingOf } from '#domain/standing.ts'
import { caseColumns, taskRows } from './case-row.ts'
import { eventHash, GENESIS, privateDigest } from './hash.ts'
import { differences } from './same-json.ts'
import { privatePeriod } from './search-period.ts'
import { standingRow } from './standings.ts'

export interface AuditedEvent {
  id: string
  case_id: string
  no: number
  type: EventType
  schema: number
  at: Date
  actor: EventActor
  nth: number
  payload: Record<string, unknown>
  private_digests: Partial<Record<PrivatePart, string>> | null
  hash: Uint8Array
}

export interface AuditedWords {
  case_id: string
  no: number
  part: PrivatePart
  salt: Uint8Array | null
  data: Record<string, unknown> | null
  period: number | null
}

export interface AuditedFeed {
  seq: string
  event_id: string | null
  case_id: string
  no: number | null
  type: string
  at: Date
  nth: number | null
  version: number | null
  category: string | null
  area: string | null
  department: string | null
  fact: TimeFact | null
}

export interface AuditedBoard {
  case_id: string
  seq: string
  board: BoardCase
  no: number
  light: Light
  overdue_seen: boolean
  marks: CaseMarks
  standing: StandingFacts | null
}

export interface AuditedStanding {
  case_id: string
  seq: string
  dispatched_on: string
  due_on: string | null
  metrics: Standing[]
  keys: string[]
}

export type CaseRow = Record<string, unknown> & { id: string; state: CaseState; last_hash: Uint8Array }

/** One case as a single snapshot shows it. Lists are in order: events by `no`, feed by `seq`. */
export interface AuditedCase {
  id: string
  /** Absent when only its traces are left. */
  row?: CaseRow | undefined
  events: AuditedEvent[]
  words: AuditedWords[]
  feed: AuditedFeed[]
  /** Ids of events that wait in the inbox, of those not in the feed. */
  inbox: ReadonlySet<string>
  board?: AuditedBoard | undefined
  standing?: AuditedStanding | undefined
  tasks: ReadonlyMap<string, Record<string, unknown>>
}

export interface CaseAuditor {
  cityOf(version: number): City
  differ(what: string, detail: string): void
  /** A change of a count by `n` at `seq`. */
  count(change: { day: string; key: string; metric: Metric | Standing; n: number }, seq: number): void
  /** It was on the board after facts `from` to `to` of the feed; absent = still. */
  stood(from: number, to?: number): void
}

export interface CaseSums {
  wordsKept: number
  wordsErased: number
  /** Its log could be folded to the end. */
  folded: boolean
}

/** Checks one case. @returns how many parts of words it keeps, and how many were erased by rule. */
export function auditCase(c: AuditedCase, to: CaseAuditor): CaseSums {
  if (!c.row) to.differ('row', `no row, but ${c.events.length} events and ${c.feed.length} facts in the feed`)
  auditChain(c, to)
  const sums = auditWords(c, to)
  const folded = foldFeed(c, to)
  if (!folded) return { ...sums, folded: false }
  auditBoard(c, folded.open, folded.seq, to)
  auditStanding(c, folded.standing, to)
  if (c.row && folded.state) {
    auditRow(c.row, folded.state, to)
    auditTasks(c, folded.state, to)
  }
  return sums
}

function auditChain(c: AuditedCase, to: CaseAuditor): void {
  let previous: Uint8Array = GENESIS
  const seen = new Map<string, number>()
  for (const [i, e] of c.events.entries()) {
    if (e.no !== i + 1) to.differ('numbers', `event ${e.no} stands where ${i + 1} should`)
    const nth = (seen.get(e.type) ?? 0) + 1
    seen.set(e.type, nth)
    if (e.nth !== nth) to.differ('nth', `event ${e.no} (${e.type}) says it is number ${e.nth}, it is ${nth}`)
    if (!same(eventHash(previous, asEvent(e)), e.hash))
      to.differ('chain', `event ${e.no} (${e.type}) does not match its hash`)
    previous = e.hash
  }
  if (c.row && !same(c.row.last_hash, previous))
    to.differ('chain', `the row continues another hash than that of event ${c.events.length}`)
}

const asEvent = (e: AuditedEvent): CaseEvent => ({
  caseId: e.case_id,
  no: e.no,
  type: e.type,
  schema: e.schema,
  at: e.at.getTime(),
  actor: e.actor,
  nth: e.nth,
  payload: e.payload,
  privateDigests: e.private_digests ?? undefined,
})

function auditWords(c: AuditedCase, to: CaseAuditor): CaseSums {
  const sums: CaseSums = { wordsKept: 0, wordsErased: 0, folded: true }
  const rows = new Map(c.words.map((w) => [`${w.no} ${w.part}`, w]))
  const erasedParts = new Set(
    c.events.filter((e) => e.type === 'erased').flatMap((e) => e.payload.parts as PrivatePart[]),
  )
  for (const e of c.events) {
    for (const [part, digest] of Object.entries(e.private_digests ?? {})) {
      const row = rows.get(`${e.no} ${part}`)
      rows.delete(`${e.no} ${part}`)
      const period = privatePeriod(e.no, part, e.at.getTime())
      if (row && row.period !== period)
        to.differ(
          'words',
          `the private ${part} of event ${e.no}: searched for in period ${row.period}, not ${period}`,
        )
      if (!row) to.differ('words', `the private ${part} of event ${e.no}: missing`)
      else if (row.data === null || row.salt === null) {
        sums.wordsErased += 1
        if (!erasedParts.has(part as PrivatePart))
          to.differ('words', `the private ${part} of event ${e.no}: erased, but the log knows of no erasure`)
      } else {
        sums.wordsKept += 1
        if (privateDigest(row.salt, row.data).toString('hex') !== digest)
          to.differ('words', `the private ${part} of event ${e.no}: not what its digest was made of`)
      }
    }
  }
  for (const key of rows.keys()) to.differ('words', `private data (event ${key}) that no event knows`)
  return sums
}

/** Folds the log along the feed, counting as it goes; undefined when it can't be folded. */
function foldFeed(
  c: AuditedCase,
  to: CaseAuditor,
):
  | {
      state: CaseState | undefined
      open: OpenCase | undefined
      seq: number
      standing: { seq: number; standing: CaseStanding | undefined }
    }
  | undefined {
  let open: OpenCase | undefined
  const standing: { seq: number; standing: CaseStanding | undefined } = { seq: 0, standing: undefined }
  let lastSeq = 0
  let next = 0
  let since: number | undefined
  const settle = (result: FoldResult, before: OpenCase | undefined, at: number, seq: number) => {
    open = result.open
    lastSeq = seq
    const isOn = open !== undefined && isOnBoard(open.state)
    if (isOn) since ??= seq
    else if (since !== undefined) {
      to.stood(since, seq - 1)
      since = undefined
    }
    if (!open) return
    const city = to.cityOf(open.state.cityVersion)
    const now = standingOf(open, city)
    const changes = standingChanges(standing.standing, now)
    if (changes) Object.assign(standing, { seq, standing: now })
    for (const change of changes ?? []) to.count(change, seq)
    const day = cityDay(at, city.pack.timeZone)
    for (const metric of result.metrics)
      for (const key of countKeys(open.state, before?.state, at, city))
        to.count({ day, key, metric, n: 1 }, seq)
  }
  try {
    for (const f of c.feed) {
      const seq = Number(f.seq)
      const at = f.at.getTime()
      if (f.fact) {
        if (open && isOnBoard(open.state)) settle(foldTime(open, f.fact), open, at, seq)
      } else {
        const event = c.events[next]
        next += 1
        if (!event || event.id !== f.event_id) {
          to.differ('feed', `seq ${seq} is event ${f.no}, where ${next} of this case should come`)
          return undefined
        }
        settle(foldEvent(open, applied(event)), open, at, seq)
        auditFeedRow(f, event, open?.state, to)
      }
    }
    let state = open?.state
    for (const e of c.events.slice(next)) {
      state = apply(state, applied(e))
      if (!c.inbox.has(e.id))
        to.differ('feed', `event ${e.no} (${e.type}) is neither in the feed nor in the inbox`)
    }
    if (since !== undefined) to.stood(since)
    return { state, open, seq: lastSeq, standing }
  } catch (error) {
    // A damaged log can break the fold anywhere: that is a finding, not our bug.
    to.differ('log', `it cannot be folded: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

const applied = (e: AuditedEvent) => ({
  caseId: e.case_id,
  no: e.no,
  type: e.type,
  at: e.at.getTime(),
  actor: e.actor,
  payload: e.payload,
  nth: e.nth,
})

function auditFeedRow(f: AuditedFeed, e: AuditedEvent, state: CaseState | undefined, to: CaseAuditor): void {
  const wanted = {
    no: e.no,
    type: e.type,
    at: e.at.getTime(),
    nth: e.nth,
    version: state?.version,
    category: state?.category ?? null,
    area: state?.area ?? null,
    department: state?.department ?? null,
  }
  const is = { ...f, at: f.at.getTime() }
  const wrong = Object.entries(wanted).filter(([k, v]) => is[k as keyof typeof wanted] !== v)
  if (wrong.length > 0)
    to.differ('feed', `seq ${f.seq}: ${wrong.map(([k]) => k).join(', ')} differ from event ${e.no}`)
}

function auditBoard(c: AuditedCase, open: OpenCase | undefined, seq: number, to: CaseAuditor): void {
  const should = open && isOnBoard(open.state) ? open : undefined
  if (!should || !c.board) {
    if (c.board) to.differ('board', 'it stands on the board, but is not open in the feed')
    if (should) to.differ('board', `it is ${should.state.status} in the feed, but not on the board`)
    return
  }
  const wanted = {
    seq,
    board: toBoardCase(should, to.cityOf(should.state.cityVersion)),
    no: should.state.no,
    light: should.light,
    overdue_seen: should.overdueSeen,
    marks: should.marks ?? {},
    standing: should.standing ?? null,
  }
  const is = { ...c.board, seq: Number(c.board.seq) }
  const wrong = differences(wanted, is)
  if (wrong.length > 0)
    to.differ('board', `on the board ${wrong.join(', ')} differ from the fold at seq ${seq}`)
}

function auditStanding(
  c: AuditedCase,
  folded: { seq: number; standing: CaseStanding | undefined },
  to: CaseAuditor,
): void {
  const wanted = folded.standing && standingRow(c.id, folded)
  const is = c.standing && { ...c.standing, seq: Number(c.standing.seq) }
  if (!wanted || !is) {
    if (is) to.differ('standing', 'it counts in standings, but in none by the feed')
    if (wanted) to.differ('standing', 'it counts in standings by the feed, but is in none')
    return
  }
  const wrong = differences(wanted, is)
  if (wrong.length > 0) to.differ('standing', `of its standing ${wrong.join(', ')} differ from the fold`)
}

function auditRow(row: CaseRow, state: CaseState, to: CaseAuditor): void {
  const wrong = differences({ ...caseColumns(state), state }, row)
  if (wrong.length > 0) to.differ('row', `of its row ${wrong.join(', ')} differ from its log`)
}

function auditTasks(c: AuditedCase, state: CaseState, to: CaseAuditor): void {
  for (const task of taskRows(state)) {
    const row = c.tasks.get(task.id)
    const wrong = row ? differences(task, row) : ['its row']
    if (wrong.length > 0)
      to.differ('tasks', `${task.kind} task ${task.id}: ${wrong.join(', ')} differ from the log`)
  }
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0
