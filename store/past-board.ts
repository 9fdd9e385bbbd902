// Past days of the board, read back from the log: which days there are, and one of them fact by fact through the fold that
// made it. Costs the day's facts and the logs of the cases open at its start, never the history before.
import type { AppliedEvent } from '#domain/apply.ts'
import { foldEvent, foldTime, isOnBoard, type OpenCase } from '#domain/board-fold.ts'
import { BoardSequence } from '#domain/board-sequence.ts'
import { type BoardState, type BoardStep, type Count, countKey } from '#domain/board.ts'
import type { City } from '#domain/city/types.ts'
import { dayStart } from '#domain/city-time.ts'
import { addDays } from '#domain/days.ts'
import { bandOf, type BoardMonth, boardMonth } from '#domain/month.ts'
import { type Moment, momentOf, type Reel, shownCounts } from '#domain/replay.ts'
import { standingChanges, standingOf } from '#domain/standing.ts'
import type { CityFor } from './cities.ts'
import type { Store } from './open.ts'
import { type InboxFact, toApplied } from './projector.ts'
import { step as stepOf } from './board.ts'
import { bandDaysOf } from './standings.ts'

const ROWS = 1_000
const CASES_A_READ = 200
const RECENT = 20

export interface BoardDay {
  /** City day, `YYYY-MM-DD`. */
  day: string
  /** Log clock when it began on the board, epoch ms. */
  at: number
}

/** A day's place in the feed: its facts are those after `seq`, up to `until`. */
interface Span extends BoardDay {
  seq: number
  until: number
  /** Log clock when the next day began; until then nothing else was shown. Undefined while the day runs. */
  nextAt?: number | undefined
  /** As noted when it began; undefined for days from before they were. */
  noted?: { cases: string[]; counts: Count[] | null; month: BoardMonth | null } | undefined
}

/** Days that the board has had, in order. */
export async function boardDays({ sql }: Store): Promise<BoardDay[]> {
  const rows = await sql<{ day: string; at: Date }[]>`
    select day::text, at from board_day
    union all
    select fact ->> 'day', at from feed
    where type = 'day' and fact ->> 'day' < coalesce((select min(day) from board_day)::text, '~')
    order by 1`
  return rows.map((r) => ({ day: r.day, at: r.at.getTime() }))
}

/** The day that screens showed at an instant (epoch ms); undefined before the first. */
export async function dayShownAt(store: Store, at: number): Promise<string | undefined> {
  const days = await boardDays(store)
  return days.findLast((d) => d.at <= at)?.day
}

async function spanOf(store: Store, day: string, timeZone: string): Promise<Span | undefined> {
  const { sql } = store
  const [noted] = await sql<
    {
      seq: string
      at: Date
      next: string | null
      next_at: Date | null
      head: string
      cases: string[]
      counts: Count[] | null
      month: BoardMonth | null
    }[]
  >`
    select d.seq, d.at, d.cases, d.counts, d.month, h.seq as head, n.seq as next, n.at as next_at
    from feed_head h, board_day d
      left join lateral (select seq, at from board_day b where b.day > d.day order by b.day limit 1) n on true
    where d.day = ${day}::date`
  if (noted)
    return {
      day,
      at: noted.at.getTime(),
      seq: Number(noted.seq),
      until: Number(noted.next ?? noted.head),
      nextAt: noted.next_at?.getTime(),
      noted: { cases: noted.cases, counts: noted.counts, month: noted.month },
    }
  return earlierSpan(store, day, timeZone)
}

/** A day from before days were noted: it begins with its first fact after the one that began the day before. */
async function earlierSpan(store: Store, day: string, timeZone: string): Promise<Span | undefined> {
  const { sql } = store
  const [own] = await sql<{ seq: string }[]>`
    select seq from feed where type = 'day' and fact ->> 'day' = ${day}`
  if (!own) return undefined
  const beginning = async (of: string, factSeq: string) => {
    const [row] = await sql<{ seq: string; at: Date }[]>`
      select f.seq - 1 as seq, greatest(f.at, (select p.at from feed p where p.seq = f.seq - 1)) as at
      from feed f
      where f.seq <= ${factSeq} and f.at >= ${new Date(dayStart(of, timeZone))}
        and f.seq > coalesce((select max(b.seq) from feed b where b.type = 'day' and b.seq < ${factSeq}), 0)
      order by f.seq limit 1`
    return row
  }
  const begin = await beginning(day, own.seq)
  const [next] = await sql<{ day: string; seq: string }[]>`
    select fact ->> 'day' as day, seq from feed where type = 'day' and seq > ${own.seq} order by seq limit 1`
  const [noted] = await sql<{ seq: string; at: Date }[]>`select seq, at from board_day order by day limit 1`
  const [head] = await sql<{ seq: string }[]>`select seq from feed_head`
  if (!begin || !head) return undefined
  const end = (next && (await beginning(next.day, next.seq))) ?? noted
  return {
    day,
    at: begin.at.getTime(),
    seq: Number(begin.seq),
    until: Number(end?.seq ?? head.seq),
    nextAt: end?.at.getTime(),
  }
}

/** Cases open after `seq`, for a day that did not note them: those with facts on both sides of it, or open still. */
async function openAcross({ sql }: Store, seq: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select c.id from "case" c
    where exists (select 1 from feed f where f.case_id = c.id and f.seq <= ${seq})
      and (exists (select 1 from feed f where f.case_id = c.id and f.seq > ${seq})
        or exists (select 1 from board_case b where b.case_id = c.id))`
  return rows.map((r) => r.id)
}

async function bandOn({ sql }: Store, day: string): Promise<ReturnType<typeof bandOf>> {
  const [row] = await sql.unsafe<{ days: Parameters<typeof bandOf>[0] }[]>(
    `select ${bandDaysOf('$1::date')} as days`,
    [day],
  )
  return bandOf(row?.days ?? [])
}

interface FeedRow {
  seq: string
  case_id: string | null
  no: number | null
  type: AppliedEvent['type']
  at: Date
  nth: number | null
  fact: InboxFact | null
  category: string | null
  area: string | null
  department: string | null
  actor: AppliedEvent['actor'] | null
  payload: Record<string, unknown> | null
}

const eventOf = (row: FeedRow) => ({ ...toApplied(row.case_id ?? '', row), nth: row.nth ?? 1 })

const stepOfRow = (row: FeedRow): BoardStep =>
  stepOf({ ...row, seq: Number(row.seq), at: row.at.toISOString(), caseId: row.case_id })

/** A day that is being read. What is still running can be read on. */
export interface DayReader extends Reel {
  readonly day: string
  readonly epoch: string
  /** The day is over and all of it has been read. */
  readonly isOver: boolean
  /** The last instant of it that is known, epoch ms: of the day, or of its last fact so far. */
  readonly end: number
  /** Reads what has been sequenced since. */
  catchUp(): Promise<void>
}

export interface PastBoards {
  /** Undefined when the board had no such day. @param day city day, `YYYY-MM-DD` */
  read(day: string): Promise<DayReader | undefined>
  /** The feed's epoch: after a restore what was read before is of another one. */
  epoch(): Promise<string>
}

export function openPastBoards(store: Store, cityFor: CityFor): PastBoards {
  const { sql } = store

  async function epoch(): Promise<string> {
    const [head] = await sql<{ epoch: string }[]>`select epoch from feed_head`
    if (!head) throw new Error('feed_head is missing: run the migrations')
    return head.epoch
  }

  /** Folds the logs of cases as far as the feed had them at `seq`. */
  async function casesAt(ids: readonly string[], seq: number): Promise<Map<string, OpenCase>> {
    const found = new Map<string, OpenCase>()
    for (let from = 0; from < ids.length; from += CASES_A_READ) {
      const rows = await sql<FeedRow[]>`
        select f.seq, f.case_id, f.no, f.type, f.at, f.nth, f.fact, e.actor, e.payload
        from feed f left join case_event e on e.id = f.event_id
        where f.case_id = any(${ids.slice(from, from + CASES_A_READ)}::uuid[]) and f.seq <= ${seq}
        order by f.case_id, f.seq`
      for (const row of rows) {
        const id = row.case_id ?? ''
        const before = found.get(id)
        const { open } = row.fact
          ? row.fact.kind === 'day' || !before || !isOnBoard(before.state)
            ? { open: before }
            : foldTime(before, row.fact)
          : foldEvent(before, eventOf(row))
        if (open) found.set(id, open)
      }
    }
    return found
  }

  /** The counts that a day begins with, counted from the logs of the cases that can be in them. */
  async function countsBefore(
    { day, month, seq }: Pick<BoardState, 'day' | 'month' | 'seq'>,
    open: readonly string[],
  ): Promise<Count[]> {
    const { timeZone } = (await cityFor()).pack
    const board = { day, month, counts: new Map<string, Count>() }
    const rows = await sql<{ id: string }[]>`
      select case_id as id from case_event where type = 'dispatched'
        and at >= ${new Date(dayStart(month?.before.start ?? day, timeZone))}
        and at < ${new Date(dayStart(addDays(day, 1), timeZone))}
      union select case_id from standing where due_on = ${day}::date
      union select unnest(${[...open]}::uuid[])`
    for (let from = 0; from < rows.length; from += CASES_A_READ) {
      const cases = await casesAt(
        rows.slice(from, from + CASES_A_READ).map((r) => r.id),
        seq,
      )
      for (const c of cases.values()) {
        const standing = standingOf(c, await cityFor(c.state.cityVersion))
        for (const shown of shownCounts(board, standingChanges(undefined, standing) ?? []))
          board.counts.set(countKey(shown), shown)
      }
    }
    return [...board.counts.values()]
  }

  async function read(day: string): Promise<DayReader | undefined> {
    const newest = await cityFor()
    const { timeZone } = newest.pack
    const found = await spanOf(store, day, timeZone)
    if (!found || found.until <= found.seq) return undefined
    let span = found
    const feedEpoch = await epoch()
    const cities = new Map<number, City>()
    const known = await casesAt(span.noted?.cases ?? (await openAcross(store, span.seq)), span.seq)
    const newestCity = async (versions: Iterable<number>) => {
      for (const v of versions) if (!cities.has(v)) cities.set(v, await cityFor(v))
    }
    await newestCity([...known.values()].map((c) => c.state.cityVersion))
    const sequence = new BoardSequence(
      { seq: span.seq, day: null, at: 0 },
      {
        known: (id) => known.get(id),
        cityOf: (state) => cities.get(state.cityVersion) ?? newest,
        timeZone,
      },
    )
    const board: BoardState = {
      epoch: feedEpoch,
      seq: span.seq,
      day,
      at: 0,
      cases: new Map(),
      counts: new Map(),
      recent: await recentUntil(span.seq),
      month: span.noted?.month ?? boardMonth(day, newest.pack.periods),
    }
    const band = await bandOn(store, day)
    if (band) board.band = band
    const counts = span.noted?.counts ?? (await countsBefore(board, [...known.keys()]))
    for (const c of counts) board.counts.set(countKey(c), c)
    for (const id of known.keys()) {
      const shown = sequence.boardCase(id)
      if (shown) board.cases.set(id, shown)
    }
    const moments: Moment[] = []
    let first: BoardState | undefined

    /** Cases that a batch is about and that are not known yet: those that had left the board before the day. */
    async function prepare(rows: readonly FeedRow[]): Promise<void> {
      const unknown = new Set<string>()
      const versions: number[] = []
      for (const r of rows) {
        if (r.type === 'reported' || r.type === 'filed') versions.push(Number(r.payload?.cityVersion))
        if (r.case_id === null || r.fact || sequence.case(r.case_id) || unknown.has(r.case_id)) continue
        if ((r.no ?? 1) > 1 && !born.has(r.case_id)) unknown.add(r.case_id)
        else born.add(r.case_id)
      }
      for (const [id, c] of await casesAt([...unknown], span.seq)) {
        known.set(id, c)
        versions.push(c.state.cityVersion)
      }
      await newestCity(versions)
    }
    const born = new Set<string>()

    function take(row: FeedRow): void {
      const step = row.fact ? undefined : stepOfRow(row)
      if (row.fact) sequence.time(row.fact)
      else sequence.event(eventOf(row))
      if (sequence.seq !== Number(row.seq)) throw new Error(`the feed has a gap before seq ${row.seq}`)
      if (first) {
        moments.push(momentOf(sequence, board, step))
        return
      }
      // The clock may have been ahead of the day's first fact already.
      sequence.at = Math.max(sequence.at, span.at)
      momentOf(sequence, board, step)
      first = { ...board, cases: new Map(board.cases), counts: new Map(board.counts) }
    }

    async function readOn(): Promise<void> {
      while (sequence.seq < span.until) {
        const rows = await sql<FeedRow[]>`
          select f.seq, f.case_id, f.no, f.type, f.at, f.nth, f.fact, f.category, f.area, f.department, e.actor, e.payload
          from feed f left join case_event e on e.id = f.event_id
          where f.seq > ${sequence.seq} and f.seq <= ${span.until} order by f.seq limit ${ROWS}`
        if (rows.length === 0) throw new Error(`the feed has a gap after seq ${sequence.seq}`)
        await prepare(rows)
        for (const row of rows) take(row)
      }
    }

    await readOn()
    if (!first) return undefined
    return {
      day,
      epoch: feedEpoch,
      first,
      moments,
      get isOver() {
        return span.nextAt !== undefined
      },
      get end() {
        return span.nextAt === undefined ? board.at : span.nextAt - 1
      },
      async catchUp() {
        if (span.nextAt !== undefined) return
        const now = await spanOf(store, day, timeZone)
        if (!now) return
        span = now
        await readOn()
      },
    }
  }

  async function recentUntil(seq: number): Promise<BoardStep[]> {
    const rows = await sql<FeedRow[]>`
      select seq, at, case_id, type, category, area, department from feed
      where event_id is not null and seq <= ${seq} order by seq desc limit ${RECENT}`
    return rows.map(stepOfRow).reverse()
  }

  return { read, epoch }
}
