// What a replay asks of its database: which rows of the file are cases already and how far they are, whether the readers
// have caught up, and the figures of its final table. Reads only.
import type { CaseState, Status } from '#domain/case.ts'
import type { Account } from './accounts.ts'
import type { Store } from './open.ts'

export interface ReplayedCase {
  id: string
  status: Status
}

/** Cases by their external id. */
export async function casesOfSystem({ sql }: Store, system: string): Promise<Map<string, ReplayedCase>> {
  const found = new Map<string, ReplayedCase>()
  const rows = sql<{ external_id: string; id: string; status: Status }[]>`
    select external_id, id, status from "case" where external_system = ${system}`.cursor(5_000)
  for await (const batch of rows)
    for (const { external_id, id, status } of batch) found.set(external_id, { id, status })
  return found
}

export async function statesOf({ sql }: Store, ids: readonly string[]): Promise<CaseState[]> {
  const rows = await sql<{ state: CaseState }[]>`select state from "case" where id = any(${[...ids]}::uuid[])`
  return rows.map((r) => r.state)
}

/** Everything written is in the feed, and the timers have been derived from it. */
export async function isFollowed({ sql }: Store): Promise<boolean> {
  const [row] = await sql<{ followed: boolean }[]>`
    select not exists (select 1 from event_inbox)
      and h.seq = coalesce((select seq from reader where name = 'timers'), 0) as followed
    from feed_head h`
  return row?.followed === true
}

export async function activeAccounts({ sql }: Store): Promise<Account[]> {
  return sql<Account[]>`
    select id, username, name, posts, department, areas, must_change as "mustChange"
    from account where disabled_at is null order by username`
}

export interface ReplayFigures {
  reported: number
  filed: number
  closed: number
  open: number
  /** Open ones by status and, where a desk must act, why. */
  waiting: { status: Status; reason: string | null; n: number }[]
  /** Cases with a due date of the file and one of ours: late by theirs × late by ours. */
  lateByBoth: number
  lateByFile: number
  lateByUs: number
  lateByNone: number
  /** Not comparable: the file gives no due date, or it never came to a limit of ours. */
  withoutDue: number
}

/**
 * @param until the simulated instant at which the replay ended (epoch ms); what is open then is late when due before it.
 * @param endedAt when the file closed each row, by external id (epoch ms).
 */
export async function replayFigures(
  { sql }: Store,
  system: string,
  until: number,
  endedAt: ReadonlyMap<string, number>,
): Promise<ReplayFigures> {
  const figures: ReplayFigures = {
    reported: 0,
    filed: 0,
    closed: 0,
    open: 0,
    waiting: [],
    lateByBoth: 0,
    lateByFile: 0,
    lateByUs: 0,
    lateByNone: 0,
    withoutDue: 0,
  }
  const waiting = new Map<string, ReplayFigures['waiting'][number]>()
  const rows = sql<{ external_id: string; state: CaseState }[]>`
    select external_id, state from "case" where external_system = ${system} order by id`.cursor(1_000)
  for await (const batch of rows)
    for (const { external_id, state } of batch) {
      figures.reported += 1
      if (state.filedAt !== undefined) figures.filed += 1
      if (state.status === 'closed') figures.closed += 1
      else {
        figures.open += 1
        const reason = state.waitsFor?.reason ?? null
        const key = `${state.status} ${reason}`
        const known = waiting.get(key) ?? { status: state.status, reason, n: 0 }
        waiting.set(key, { ...known, n: known.n + 1 })
      }
      if (state.externalDueAt === undefined || !state.clock) {
        figures.withoutDue += 1
        continue
      }
      const theirs = (endedAt.get(external_id) ?? until) > state.externalDueAt
      const ours = state.rounds.some((r) => r.late) || (state.clock.stoppedAt ?? until) > state.clock.dueAt
      if (theirs) figures[ours ? 'lateByBoth' : 'lateByFile'] += 1
      else figures[ours ? 'lateByUs' : 'lateByNone'] += 1
    }
  figures.waiting = [...waiting.values()].sort((a, b) => b.n - a.n)
  return figures
}
