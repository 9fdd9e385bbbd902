// The board as stored by the projector: a snapshot at one seq, and what changed since an earlier one. Each answer is one
// SQL statement, so that seq, cases and counts belong together.
import type { BoardCase, BoardDelta, BoardSnapshot, BoardStep, Count } from '#domain/board.ts'
import { type BoardMonth, bandOf } from '#domain/month.ts'
import type { Store } from './open.ts'
import { asCounts, bandDaysOf, countsOf } from './standings.ts'

/** More changes than this are cheaper as a snapshot. */
const MOST_CHANGES = 5_000
const RECENT = 20

interface Recent {
  seq: number
  at: string
  caseId: string | null
  type: string
  category: string | null
  area: string | null
  department: string | null
}

/** A row of the feed as the ticker shows it; `at` is ISO 8601. */
export const step = (r: Recent): BoardStep => ({
  seq: r.seq,
  at: Date.parse(r.at),
  caseId: r.caseId ?? '',
  type: r.type,
  ...(r.category === null ? {} : { category: r.category }),
  ...(r.area === null ? {} : { area: r.area }),
  ...(r.department === null ? {} : { department: r.department }),
})

type BandDays = Parameters<typeof bandOf>[0]

const monthAndBand = (month: BoardMonth | null, bandDays: BandDays | null) => {
  const band = bandOf(bandDays ?? [])
  return { ...(month ? { month } : {}), ...(band ? { band } : {}) }
}

const HEAD = { day: 'h.day', month: 'h.month' }
const ALL_COUNTS = asCounts(countsOf(HEAD))
const BAND_DAYS = bandDaysOf('h.day')

/** Everything on the board now. `day` is the city day of the counts ('' before the first fact). */
export async function boardSnapshot(store: Store): Promise<BoardSnapshot> {
  const [row] = await store.sql<
    {
      epoch: string
      seq: string
      day: string | null
      at: Date | null
      cases: BoardCase[]
      counts: Count[]
      recent: Recent[]
      month: BoardMonth | null
      band_days: BandDays
    }[]
  >`
    select h.epoch, h.seq, h.day, h.at, h.month,
      coalesce((select jsonb_agg(b.board) from board_case b), '[]') as cases,
      ${store.sql.unsafe(ALL_COUNTS)} as counts,
      ${store.sql.unsafe(BAND_DAYS)} as band_days,
      coalesce((select jsonb_agg(to_jsonb(f) order by f.seq) from (
        select seq, at, case_id as "caseId", type, category, area, department from feed
        where event_id is not null order by seq desc limit ${RECENT}) f), '[]') as recent
    from feed_head h`
  if (!row) throw new Error('feed_head is missing: run the migrations')
  return {
    epoch: row.epoch,
    seq: Number(row.seq),
    day: row.day ?? '',
    at: row.at?.getTime() ?? 0,
    cases: row.cases,
    counts: row.counts,
    recent: row.recent.map(step),
    ...monthAndBand(row.month, row.band_days),
  }
}

/** `$1`: the seq after which. */
const DELTA = `
with h as materialized (select * from feed_head),
changed as materialized (
  select distinct case_id from feed where seq > $1::bigint and case_id is not null and (select seq from h) - $1::bigint <= ${MOST_CHANGES}
)
select h.epoch, h.seq, h.day, h.at,
  case when h.month_seq > $1::bigint then h.month end as month,
  (select jsonb_agg(b.board) from changed c join board_case b using (case_id)) as cases,
  (select jsonb_agg(c.case_id) from changed c left join board_case b using (case_id) where b.case_id is null) as gone,
  case when h.month_seq > $1::bigint then ${ALL_COUNTS}
    else ${asCounts(countsOf({ ...HEAD, after: '$1::bigint' }))} end as counts,
  case when h.month_seq > $1::bigint then ${BAND_DAYS} end as band_days,
  (select jsonb_agg(to_jsonb(f) order by f.seq) from (
    select seq, at, case_id as "caseId", type, category, area, department from feed
    where seq > $1::bigint and event_id is not null order by seq desc limit ${RECENT}) f) as recent
from h`

/**
 * What changed after `since`, in absolute values; undefined when nothing did. `'snapshot'` when the epoch is another
 * one, `since` lies ahead of the feed, or so much changed that a snapshot is cheaper.
 */
export async function boardDelta(
  store: Store,
  epoch: string,
  since: number,
): Promise<BoardDelta | 'snapshot' | undefined> {
  const [row] = await store.sql.unsafe<
    {
      epoch: string
      seq: string
      day: string | null
      at: Date | null
      cases: BoardCase[] | null
      gone: string[] | null
      counts: Count[]
      recent: Recent[] | null
      /** Null unless it is another than at `since`. */
      month: BoardMonth | null
      band_days: BandDays | null
    }[]
  >(DELTA, [since], { prepare: true })
  if (!row) throw new Error('feed_head is missing: run the migrations')
  const seq = Number(row.seq)
  if (row.epoch !== epoch || since > seq || seq - since > MOST_CHANGES) return 'snapshot'
  if (seq === since) return undefined
  return {
    epoch,
    prevSeq: since,
    seq,
    changes: {
      day: row.day ?? '',
      at: row.at?.getTime() ?? 0,
      cases: row.cases ?? [],
      gone: row.gone ?? [],
      counts: row.counts,
      recent: (row.recent ?? []).map(step),
      ...(row.month ? monthAndBand(row.month, row.band_days) : {}),
    },
  }
}
