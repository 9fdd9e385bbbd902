// Reading cases: one by any of its numbers, lists by keyset, the log of a case with its words.
import type { RawBuilder, SelectQueryBuilder } from 'kysely'
import { sql as raw } from 'kysely'
import type postgres from 'postgres'
import type { CaseState } from '#domain/case.ts'
import { SATISFACTION_FLAGS } from '#domain/flags/table.ts'
import type { ReportWords } from '#domain/case-view.ts'
import type { EventActor, PrivateParts } from '#domain/event.ts'
import type { LoadedCase } from './append.ts'
import { type Search, waysOf } from './case-search.ts'
import type { Store } from './open.ts'
import type { Tables } from './tables.ts'

export interface CaseWithWords extends LoadedCase {
  /** Undefined once all of it has been erased by rule. */
  words: ReportWords | undefined
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
export const isUuid = (text: string) => UUID.test(text)

type Part = Record<string, unknown>

/** Words of a report as the side table keeps them: the reporter apart, so that erasing a person leaves the matter. */
export function reportParts({ reporter, ...words }: ReportWords): PrivateParts {
  const isNamed = reporter !== undefined && Object.values(reporter).some((v) => v !== undefined)
  return { words, ...(isNamed ? { person: { ...reporter } } : {}) }
}

/** The parts put together again; undefined when both are gone. */
export function reportWords(
  words: Part | null | undefined,
  person: Part | null | undefined,
): ReportWords | undefined {
  if (!words && !person) return undefined
  return { ...words, ...(person ? { reporter: person } : {}) }
}

interface CaseRow {
  id: string
  state: CaseState
  last_hash: Uint8Array
  words: Part | null
  person: Part | null
}

const readCases = (sql: Store['sql'], where: postgres.PendingQuery<postgres.Row[]>) => sql<CaseRow[]>`
  select c.id, c.state, c.last_hash, w.data as words, p.data as person
  from "case" c left join case_private w on w.case_id = c.id and w.no = 1 and w.part = 'words'
    left join case_private p on p.case_id = c.id and p.no = 1 and p.part = 'person'
  where ${where}`

const toCase = (row: CaseRow): CaseWithWords => ({
  state: row.state,
  hash: row.last_hash,
  words: reportWords(row.words, row.person),
})

/** By id, receipt number or case number. */
export async function findCase({ sql }: Store, ref: string): Promise<CaseWithWords | undefined> {
  const where = isUuid(ref) ? sql`c.id = ${ref}` : sql`c.receipt_no = ${ref} or c.case_no = ${ref}`
  const [row] = await readCases(sql, where)
  return row && toCase(row)
}

/** By ids (UUIDs, lower case); what does not exist is missing in the answer. */
export async function findCases(
  { sql }: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CaseWithWords>> {
  const rows = await readCases(sql, sql`c.id = any(${[...ids]}::uuid[])`)
  return new Map(rows.map((r) => [r.id, toCase(r)]))
}

/** What somebody who does not see everything sees: a case that fits any of these. */
export interface CaseReach {
  /** Lead or co-department. */
  departments: readonly string[]
  areas: readonly string[]
  /** Account id: what it reported, what it handles, and what it has or had a field task on. */
  account: string
  /** What waits in a pool to be claimed. */
  pools: boolean
}

export interface CaseFilter extends Search {
  /** Undefined = everything. */
  within?: CaseReach | undefined
  status?: readonly string[] | undefined
  /** A department and everything below it: codes. */
  departments?: readonly string[] | undefined
  /** What these are of the case: the lead (the default), a co-unit, or the second-level unit that it was passed to (or that claimed it). */
  role?: 'lead' | 'co' | 'second' | undefined
  area?: string | undefined
  category?: string | undefined
  source?: string | undefined
  light?: 'green' | 'yellow' | 'red' | 'none' | undefined
  /** 超期: with the unit now, past its due time. */
  overdue?: boolean | undefined
  /** 超期处置: a reply came after its due time, in any round. */
  late?: boolean | undefined
  /** 返工: in its second round or a later one. */
  rework?: boolean | undefined
  /** 不满意: the last word of the reporter or the call-back on it. */
  dissatisfied?: boolean | undefined
  /** 申诉: with one that nobody has ruled on, or with one, ruled on all. */
  appeal?: 'open' | 'ruled' | undefined
  reportedBy?: string | undefined
  /** Waits for one of these (a post, `department`). */
  waitsFor?: readonly string[] | undefined
}

export interface CasePage {
  items: CaseWithWords[]
  nextCursor?: string | undefined
}

/** Newest first. `cursor` is opaque: the last row's instant and id. `now` (epoch ms) decides lights. */
export async function listCases(
  { db }: Store,
  filter: CaseFilter,
  { limit, cursor, now }: { limit: number; cursor?: string | undefined; now: number },
): Promise<CasePage> {
  const from = cursor === undefined ? undefined : readCursor(cursor)
  const most = limit + 1
  const pages = waysOf(filter).map(({ fits, gather }) => {
    let query = filtered(db.selectFrom('case as c').select(['c.id', 'c.reported_at']), filter, new Date(now))
    if (fits) query = query.where(fits)
    if (from)
      query = query.where(
        raw<boolean>`(c.reported_at, c.id) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`,
      )
    const page = raw`${query.orderBy('c.reported_at', 'desc').orderBy('c.id', 'desc').limit(most)}`
    return gather ? gather({ query: page, most, from: from?.at }) : raw`(${page})`
  })
  const { rows } = await raw<ListedRow>`
    select c.id, c.state, c.last_hash, c.reported_at, w.data as words, p.data as person
    from (select id, reported_at from (${raw.join(pages, raw` union `)}) hits
      order by reported_at desc, id desc limit ${most}) hit
      join "case" c on c.id = hit.id
      left join case_private w on w.case_id = c.id and w.no = 1 and w.part = 'words'
      left join case_private p on p.case_id = c.id and p.no = 1 and p.part = 'person'
    order by hit.reported_at desc, hit.id desc`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(toCase),
    ...(rows.length > limit && last ? { nextCursor: writeCursor(last.reported_at, last.id) } : {}),
  }
}

type ListedRow = CaseRow & { reported_at: Date }
type CaseQuery = SelectQueryBuilder<Tables & { c: Tables['case'] }, 'c', { id: string; reported_at: Date }>

function filtered(query: CaseQuery, f: CaseFilter, now: Date): CaseQuery {
  let q = query
  if (f.within) q = q.where(isWithin(f.within))
  if (f.status) q = q.where('c.status', 'in', [...f.status])
  if (f.departments) q = q.where(isOf(f.departments, f.role))
  if (f.area !== undefined) q = q.where(raw<boolean>`c.area_path @> array[${f.area}]::text[]`)
  if (f.category !== undefined) q = q.where('c.category', '=', f.category)
  if (f.source !== undefined) q = q.where('c.source', '=', f.source)
  if (f.reportedBy !== undefined) q = q.where('c.reported_by', '=', f.reportedBy)
  if (f.waitsFor) q = q.where(raw<boolean>`c.state -> 'waitsFor' ->> 'who' = any(${[...f.waitsFor]}::text[])`)
  if (f.overdue !== undefined) {
    const overdue = raw<boolean>`(c.clock_runs and c.status in ('dispatched', 'handling') and c.due_at < ${now})`
    q = q.where(f.overdue ? overdue : raw<boolean>`not ${overdue}`)
  }
  if (f.late !== undefined) {
    const late = raw<boolean>`c.state -> 'rounds' @> '[{"late": true}]'`
    q = q.where(f.late ? late : raw<boolean>`not ${late}`)
  }
  if (f.rework !== undefined) {
    const rework = raw<boolean>`(c.state ->> 'round')::int > 1`
    q = q.where(f.rework ? rework : raw<boolean>`not ${rework}`)
  }
  if (f.dissatisfied !== undefined) {
    const dissatisfied = raw<boolean>`coalesce(c.state ->> 'satisfaction' = any(${DISSATISFIED}::text[]), false)`
    q = q.where(f.dissatisfied ? dissatisfied : raw<boolean>`not ${dissatisfied}`)
  }
  if (f.appeal !== undefined) q = q.where(isAppealed(f.appeal))
  if (f.light !== undefined) q = q.where(lightIs(f.light, now))
  return q
}

const DISSATISFIED = Object.entries(SATISFACTION_FLAGS).flatMap(([said, flag]) =>
  flag === 'dissatisfied' ? [said] : [],
)

/** By the log's index of types: few of all cases are appealed. */
function isAppealed(how: NonNullable<CaseFilter['appeal']>) {
  const open = raw<boolean>`exists (
    select 1 from jsonb_array_elements(c.state -> 'appeals') a where not a ? 'granted')`
  return raw<boolean>`(c.id in (select e.case_id from case_event e where e.type = 'appealed')
    and ${how === 'open' ? open : raw<boolean>`not ${open}`})`
}

function isOf(departments: readonly string[], role: CaseFilter['role']) {
  const units = raw`${[...departments]}::text[]`
  if (role === 'co') return isCo(units)
  if (role === 'second')
    return raw<boolean>`(c.state ->> 'unit' = any(${units}) or c.department = any(${units}))`
  return raw<boolean>`c.department = any(${units})`
}

/** Its length is asked for the index's sake: of most cases it is 0. */
const isCo = (units: RawBuilder<unknown>) =>
  raw<boolean>`(jsonb_array_length(c.state -> 'coDepartments') > 0 and c.state -> 'coDepartments' ?| ${units})`

function isWithin({ departments, areas, account, pools }: CaseReach) {
  const units = raw`${[...departments]}::text[]`
  return raw<boolean>`(c.reported_by = ${account}::uuid
    or c.department = any(${units}) or ${isCo(units)}
    or c.handler = ${account}::uuid or (${pools}::boolean and c.status = 'dispatched' and c.state ? 'pool')
    or c.area_path && ${[...areas]}::text[]
    or c.id = any(array(select t.case_id from field_task t where t.assignee = ${account}::uuid)))`
}

function lightIs(light: NonNullable<CaseFilter['light']>, now: Date) {
  const seen = raw`coalesce(to_timestamp((c.state -> 'clock' ->> 'stoppedAt')::float8 / 1000), ${now})`
  if (light === 'none') return raw<boolean>`(c.due_at is null or c.status = 'suspended')`
  if (light === 'red') return raw<boolean>`(c.status <> 'suspended' and ${seen} > c.due_at)`
  if (light === 'yellow')
    return raw<boolean>`(c.status <> 'suspended' and ${seen} >= c.warn_at and ${seen} <= c.due_at)`
  return raw<boolean>`(c.status <> 'suspended' and ${seen} < c.warn_at)`
}

const writeCursor = (at: Date, id: string) => Buffer.from(`${at.getTime()}.${id}`).toString('base64url')

/** Undefined for a damaged cursor. */
export function readCursor(cursor: string): { at: Date; id: string } | undefined {
  const [ms, id] = Buffer.from(cursor, 'base64url').toString('utf8').split('.')
  const at = new Date(Number(ms))
  return id !== undefined && isUuid(id) && !Number.isNaN(at.getTime()) ? { at, id } : undefined
}

export interface LoggedEvent {
  no: number
  type: string
  /** As it was written; domain/upcast.ts reads it as today's. */
  schema: number
  at: number
  actor: EventActor
  nth: number
  payload: Record<string, unknown>
  /** Free words of the event; undefined when it had none or they were erased. */
  words?: Record<string, unknown> | undefined
  /** Who reported, of a `reported` event: for those who may see a person only. */
  person?: Record<string, unknown> | undefined
  /** Some part of it has been erased by rule. */
  erased: boolean
  hash: string
}

/** The log of one case, oldest first. */
export async function caseLog(store: Store, caseId: string): Promise<LoggedEvent[]> {
  const rows = await store.sql<
    {
      no: number
      type: string
      schema: number
      at: Date
      actor: EventActor
      nth: number
      payload: Record<string, unknown>
      hash: Uint8Array
      words: Part | null
      person: Part | null
      erased: boolean
    }[]
  >`
    select e.no, e.type, e.schema, e.at, e.actor, e.nth, e.payload, e.hash, w.data as words, p.data as person,
      (w.erased_at is not null or p.erased_at is not null) as erased
    from case_event e left join case_private w on w.case_id = e.case_id and w.no = e.no and w.part = 'words'
      left join case_private p on p.case_id = e.case_id and p.no = e.no and p.part = 'person'
    where e.case_id = ${caseId} order by e.no`
  return rows.map((r) => ({
    no: r.no,
    type: r.type,
    schema: r.schema,
    at: r.at.getTime(),
    actor: r.actor,
    nth: r.nth,
    payload: r.payload,
    words: r.words ?? undefined,
    person: r.person ?? undefined,
    erased: r.erased,
    hash: Buffer.from(r.hash).toString('hex'),
  }))
}
