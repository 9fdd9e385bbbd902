// The board as stored by the projector: a snapshot at one seq, and what changed since an earlier one. Each answer is one
// SQL statement, so that seq, cases and counts belong together.
import type { BoardCase, BoardDelta, BoardSnapshot, BoardStep, Count } from '#domain/board.ts'
import type { Store } from './open.ts'

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

const step = (r: Recent): BoardStep => ({
  seq: r.seq,
  at: Date.parse(r.at),
  caseId: r.caseId ?? '',
  type: r.type,
  ...(r.category === null ? {} : { category: r.category }),
  ...(r.area === null ? {} : { area: r.area }),
  ...(r.department === null ? {} : { department: r.department }),
})

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
    }[]
  >`
    select h.epoch, h.seq, h.day, h.at,
      coalesce((select jsonb_agg(b.board) from board_case b), '[]') as cases,
      coalesce((select jsonb_agg(jsonb_build_object('key', r.key, 'metric', r.metric, 'n', r.n))
        from rollup r where r.day = h.day), '[]') as counts,
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
  }
}

/**
 * What changed after `since`, in absolute values; undefined when nothing did. `'snapshot'` when the epoch is another
 * one, `since` lies ahead of the feed, or so much changed that a snapshot is cheaper.
 */
export async function boardDelta(
  store: Store,
  epoch: string,
  since: number,
): Promise<BoardDelta | 'snapshot' | undefined> {
  const [row] = await store.sql<
    {
      epoch: string
      seq: string
      day: string | null
      at: Date | null
      cases: BoardCase[] | null
      gone: string[] | null
      counts: Count[] | null
      recent: Recent[] | null
    }[]
  >`
    with h as materialized (select * from feed_head),
    changed as materialized (
      select distinct case_id from feed where seq > ${since} and case_id is not null and (select seq from h) - ${since} <= ${MOST_CHANGES}
    )
    select h.epoch, h.seq, h.day, h.at,
      (select jsonb_agg(b.board) from changed c join board_case b using (case_id)) as cases,
      (select jsonb_agg(c.case_id) from changed c left join board_case b using (case_id) where b.case_id is null) as gone,
      (select jsonb_agg(jsonb_build_object('key', r.key, 'metric', r.metric, 'n', r.n))
        from rollup r where r.day = h.day and r.seq > ${since}) as counts,
      (select jsonb_agg(to_jsonb(f) order by f.seq) from (
        select seq, at, case_id as "caseId", type, category, area, department from feed
        where seq > ${since} and event_id is not null order by seq desc limit ${RECENT}) f) as recent
    from h`
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
      counts: row.counts ?? [],
      recent: (row.recent ?? []).map(step),
    },
  }
}
