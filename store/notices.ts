// Notices 通知 in the database: derived from the feed by a reader of its own, notices and cursor in one commit, and read by
// the people they are for. What is told to whom is domain/notice.ts. Instants are epoch ms by the log's clock.
import type postgres from 'postgres'
import { apply } from '#domain/apply.ts'
import { calendarWarnings } from '#domain/calendar-warning.ts'
import type { CaseState } from '#domain/case.ts'
import { DAY_MS } from '#domain/days.ts'
import {
  audienceKey,
  calendarNotices,
  type NewNotice,
  type NoticeKind,
  type NoticeParams,
  noticesOf,
  TELLING,
} from '#domain/notice.ts'
import type { CityFor } from './cities.ts'
import { caseLogs } from './case-logs.ts'
import type { Store } from './open.ts'
import { type FeedRow, readFeed } from './readers.ts'

export const NOTICE_READER = 'notices'
/** What is older when it is read is told nobody any more: a log that was loaded or replayed brings no old news. */
export const NEWS_MS = 7 * DAY_MS
/** A bell shows no more than this. */
export const MOST_UNREAD = 100

interface Row {
  key: string
  audience: string
  kind: NoticeKind
  case_id: string | null
  params: NoticeParams
  at: number
}

export interface FollowNotices {
  cityFor: CityFor
  /** The log's clock, epoch ms. */
  now(): number
  /** Some were written: their people's bells should look again. */
  onNew(): void
}

/** Follows the feed. Read from the beginning again, the same notices come out, and none is written twice. @returns facts read. */
export async function followNotices(store: Store, { cityFor, now, onNew }: FollowNotices): Promise<number> {
  let written = 0
  const read = await readFeed(store, {
    name: NOTICE_READER,
    async handle(rows, tx) {
      const news = rows.filter((r) => r.at >= now() - NEWS_MS)
      const found = [...(await ofEvents(tx, news)), ...(await ofDays(news, cityFor))]
      written = await write(tx, found)
    },
  })
  if (written > 0) onNew()
  return read
}

async function ofEvents(tx: postgres.ISql, rows: readonly FeedRow[]): Promise<Row[]> {
  /** Case → number of the event → its place in the feed. */
  const wanted = new Map<string, Map<number, number>>()
  for (const { caseId, no, type, seq } of rows) {
    if (caseId === undefined || no === undefined || !TELLING.has(type)) continue
    wanted.set(caseId, (wanted.get(caseId) ?? new Map()).set(no, seq))
  }
  if (wanted.size === 0) return []
  const logs = await caseLogs(tx, [...wanted.keys()])
  const found: { row: Row; seq: number }[] = []
  for (const [id, numbers] of wanted) {
    let state: CaseState | undefined
    for (const event of logs.get(id) ?? []) {
      const seq = numbers.get(event.no)
      if (state && seq !== undefined)
        for (const notice of noticesOf(state, event))
          found.push({ row: toRow(notice, { key: `${id}.${event.no}`, caseId: id, at: event.at }), seq })
      state = apply(state, event)
    }
  }
  return found.sort((a, b) => a.seq - b.seq).map(({ row }) => row)
}

/** Told by the system itself, not by an event of the log. @param key what it is about: told once. @returns how many are new. */
export const tellNotices = (
  { sql }: Pick<Store, 'sql'>,
  notices: readonly NewNotice[],
  { key, at }: { key: string; at: number },
): Promise<number> =>
  write(
    sql,
    notices.map((notice) => toRow(notice, { key, at })),
  )

/** Once a city day it is asked which calendars run out. */
async function ofDays(rows: readonly FeedRow[], cityFor: CityFor): Promise<Row[]> {
  const day = rows.findLast((r) => r.type === 'day')
  if (!day) return []
  return calendarNotices(calendarWarnings(await cityFor(), day.at)).map((notice) =>
    toRow(notice, { key: notice.once, at: day.at }),
  )
}

const toRow = (
  { kind, for: to, params }: NewNotice,
  { key, caseId, at }: { key: string; caseId?: string; at: number },
): Row => {
  const audience = audienceKey(to)
  return { key: `${key} ${audience}`, audience, kind, case_id: caseId ?? null, params, at }
}

/** @returns how many are new. */
async function write(tx: postgres.ISql, rows: readonly Row[]): Promise<number> {
  if (rows.length === 0) return 0
  const inserted = await tx`
    insert into notice (key, audience, kind, case_id, params, at)
    select key, audience, kind, case_id, params, to_timestamp(at / 1000.0)
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as n(key text, audience text, kind text, case_id uuid, params jsonb, at float8)
    on conflict (key) do nothing returning 1`
  return inserted.length
}

/** Who asks: an account, and every audience that it belongs to. */
export interface NoticeReader {
  account: string
  audiences: readonly string[]
}

export interface Notice {
  /** Ascending in the order of writing, in digits. */
  id: string
  kind: NoticeKind
  caseId?: string | undefined
  params: NoticeParams
  at: number
  readAt?: number | undefined
}

/** Newest first; `before` is the id of the last one of the page before. */
export async function listNotices(
  { sql }: Pick<Store, 'sql'>,
  { account, audiences }: NoticeReader,
  { unread = false, before, limit }: { unread?: boolean; before?: string | undefined; limit: number },
): Promise<Notice[]> {
  const rows = await sql<
    {
      id: string
      kind: NoticeKind
      case_id: string | null
      params: NoticeParams
      at: Date
      read_at: Date | null
    }[]
  >`
    select n.id, n.kind, n.case_id, n.params, n.at, r.read_at
    from notice n left join notice_read r on r.notice_id = n.id and r.account_id = ${account}
    where n.audience = any(${[...audiences]}::text[]) and (${before ?? null}::bigint is null or n.id < ${before ?? null})
      and (not ${unread} or r.read_at is null)
    order by n.id desc limit ${limit}`
  return rows.map((r) => ({
    id: r.id,
    kind: r.kind,
    caseId: r.case_id ?? undefined,
    params: r.params,
    at: r.at.getTime(),
    readAt: r.read_at?.getTime(),
  }))
}

/** How many are unread, counted up to `MOST_UNREAD`. */
export async function countUnread(
  { sql }: Pick<Store, 'sql'>,
  { account, audiences }: NoticeReader,
): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from (
      select 1 from notice n
      where n.audience = any(${[...audiences]}::text[])
        and not exists (select 1 from notice_read r where r.notice_id = n.id and r.account_id = ${account})
      limit ${MOST_UNREAD}) unread`
  return row?.n ?? 0
}

/** Read twice is read once; the first time stays. @returns false when there is no such notice for this reader. */
export async function readNotice(
  { sql }: Pick<Store, 'sql'>,
  { account, audiences }: NoticeReader,
  { id, at }: { id: string; at: number },
): Promise<boolean> {
  const [row] = await sql<{ known: boolean }[]>`
    with known as (
      select id from notice where id = ${id} and audience = any(${[...audiences]}::text[])
    ), noted as (
      insert into notice_read (account_id, notice_id, read_at) select ${account}, id, ${new Date(at)} from known
      on conflict do nothing
    )
    select exists (select 1 from known) as known`
  return row?.known === true
}

/** All up to `upTo` (the newest that the reader has seen), so that none is read that came meanwhile. @returns how many. */
export async function readAllNotices(
  { sql }: Pick<Store, 'sql'>,
  { account, audiences }: NoticeReader,
  { upTo, at }: { upTo: string; at: number },
): Promise<number> {
  const rows = await sql`
    insert into notice_read (account_id, notice_id, read_at)
    select ${account}, n.id, ${new Date(at)} from notice n
    where n.audience = any(${[...audiences]}::text[]) and n.id <= ${upTo}
    on conflict do nothing returning 1`
  return rows.length
}

/** The newest id there is, in digits. */
export async function newestNotice({ sql }: Pick<Store, 'sql'>): Promise<string> {
  const [row] = await sql<{ last: string }[]>`select coalesce(max(id), 0) as last from notice`
  return row?.last ?? '0'
}

/** Whom the notices after an id are for, and the newest id; one reader writes them, so they are committed in order. */
export async function audiencesSince(
  { sql }: Pick<Store, 'sql'>,
  id: string,
): Promise<{ audiences: string[]; last: string }> {
  const [row] = await sql<{ audiences: string[] | null; last: string | null }[]>`
    select array_agg(distinct audience) as audiences, max(id) as last from notice where id > ${id}`
  return { audiences: row?.audiences ?? [], last: row?.last ?? id }
}
