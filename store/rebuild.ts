// Folding the board anew from the log 重算: open cases, counts and what else the sequencer derives, after a version of the
// code that folds otherwise. The log, the feed and its hashes stay as they are; screens ask anew because the epoch is another.
import type postgres from 'postgres'
import type { AppliedEvent } from '#domain/apply.ts'
import { FOLD_VERSION, isOnBoard } from '#domain/board-fold.ts'
import { BoardSequence } from '#domain/board-sequence.ts'
import { OPEN_STATUSES } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { cityVersion, currentCity } from './city.ts'
import type { Store } from './open.ts'
import { type InboxFact, toApplied, writeBatch } from './projector.ts'
import { deriveTimers } from './timers.ts'

const CASES_A_BATCH = 400
const NIL = '00000000-0000-0000-0000-000000000000'

export interface Rebuilt {
  cases: number
  facts: number
  /** The version that had folded it before; 0 = not noted. */
  before: number
}

export interface RebuildOptions {
  /** Called after each batch with the cases done so far. */
  onProgress?: ((cases: number) => void) | undefined
}

interface Head {
  epoch: string
  seq: string
  hash: Uint8Array
  day: string | null
  at: Date | null
  fold: number
}

/** The board as this version folds it, if an older one made it. @returns undefined when there was nothing to do. */
export async function rebuildIfOlder(store: Store, options?: RebuildOptions): Promise<Rebuilt | undefined> {
  const [head] = await store.sql<{ older: boolean }[]>`
    select seq > 0 and fold < ${FOLD_VERSION} as older from feed_head`
  return head?.older === true ? refold(store, { ...options, onlyOlder: true }) : undefined
}

/**
 * Folds the board anew, whatever made it, in one transaction. The feed stands still meanwhile: a sequencer at work waits
 * for the head, finds another epoch and forgets what it remembers. Uses two connections of the store.
 */
export async function rebuild(store: Store, options?: RebuildOptions): Promise<Rebuilt> {
  const done = await refold(store, { ...options, onlyOlder: false })
  if (!done) throw new Error('feed_head is missing: run the migrations')
  return done
}

async function refold(
  store: Store,
  { onlyOlder, onProgress }: RebuildOptions & { onlyOlder: boolean },
): Promise<Rebuilt | undefined> {
  return store.sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`
    const [head] = await tx<Head[]>`select epoch, seq, hash, day, at, fold from feed_head for update`
    // Somebody else may have done it while this waited.
    if (!head || (onlyOlder && head.fold >= FOLD_VERSION)) return undefined
    if (head.fold > FOLD_VERSION)
      throw new Error('the board was folded by a newer version of Huiyin: this one would spoil it')
    const cities = await openCities(store, tx)
    await tx`delete from board_case`
    await tx`delete from rollup`
    await tx`delete from standing`
    await tx`update board_day set counts = null where counts is not null`
    const done: Rebuilt = { cases: 0, facts: 0, before: head.fold }
    for (let after: string | undefined = NIL; after !== undefined; ) {
      const ids: { id: string }[] = await tx`
        select id from "case" where id > ${after} order by id limit ${CASES_A_BATCH}`
      after = ids.length < CASES_A_BATCH ? undefined : ids.at(-1)?.id
      done.facts += await foldCases(
        tx,
        head,
        ids.map((r) => r.id),
        cities,
      )
      done.cases += ids.length
      onProgress?.(done.cases)
    }
    await tx`update feed_head set epoch = gen_random_uuid(), fold = ${FOLD_VERSION}`
    await moreTimers(tx, cities)
    return done
  })
}

interface Cities {
  get(version: number): City
  /** No city is loaded before the first report. */
  newest: City | undefined
}

/** Every pack version that a case names, fetched beforehand: folding does not wait. */
async function openCities(store: Store, tx: postgres.TransactionSql): Promise<Cities> {
  const newest = await currentCity(store)
  const known = new Map<number, City>()
  const named = await tx<{ version: number }[]>`
    select version from city where version in (
      select (payload ->> 'cityVersion')::int from case_event where type in ('reported', 'filed'))`
  for (const { version } of named) known.set(version, await cityVersion(store, version))
  return {
    newest,
    get(version) {
      const city = known.get(version) ?? newest
      if (!city) throw new Error('no city is loaded')
      return city
    },
  }
}

interface FactRow {
  seq: string
  case_id: string
  no: number | null
  type: AppliedEvent['type']
  at: Date
  nth: number | null
  fact: InboxFact | null
  actor: AppliedEvent['actor'] | null
  payload: Record<string, unknown> | null
}

/** Folds these cases along the feed and writes them. @returns facts read. */
async function foldCases(
  tx: postgres.TransactionSql,
  head: Head,
  ids: readonly string[],
  cities: Cities,
): Promise<number> {
  if (ids.length === 0 || !cities.newest) return 0
  const rows = await tx<FactRow[]>`
    select f.seq, f.case_id, f.no, f.type, f.at, f.nth, f.fact, e.actor, e.payload
    from feed f left join case_event e on e.id = f.event_id
    where f.case_id = any(${[...ids]}::uuid[]) order by f.case_id, f.seq`
  const board = new BoardSequence(
    { seq: 0, day: null, at: 0 },
    {
      known: () => undefined,
      cityOf: (state) => cities.get(state.cityVersion),
      timeZone: cities.newest.pack.timeZone,
    },
  )
  for (const row of rows) {
    board.seq = Number(row.seq) - 1
    if (row.fact) {
      const open = board.case(row.case_id)
      // Time passes over a case that has left the board.
      if (open && isOnBoard(open.state)) board.time(row.fact)
      continue
    }
    const event = { ...toApplied(row.case_id, row), nth: row.nth ?? 1 }
    if (!board.isNext(event))
      throw new Error(
        `seq ${row.seq} is event ${row.no} of case ${row.case_id}, out of its order: run npm run audit`,
      )
    board.event(event)
  }
  const stands = { seq: Number(head.seq), day: head.day, at: head.at?.getTime() ?? 0 }
  Object.assign(board, stands)
  const { periods } = cities.newest.pack
  const batch = { board, hash: head.hash, feed: [], claimed: [], dayAt: undefined, periods }
  if (!(await writeBatch(tx, { seq: stands.seq, epoch: head.epoch }, batch)))
    throw new Error('the head of the feed has moved although it was locked')
  return rows.length
}

/** Timers of kinds that an older version did not know; those of all other cases follow with their next step. */
async function moreTimers(tx: postgres.TransactionSql, cities: Cities): Promise<void> {
  const { newest } = cities
  const rows = await tx<{ id: string }[]>`
    select id from "case" where status = any(${[...OPEN_STATUSES]}::text[])
      and (state ? 'externalDueAt' or state ? 'unitDueAt')`
  if (newest && rows.length > 0)
    await deriveTimers(
      tx,
      rows.map((r) => r.id),
      async (version) => (version === undefined ? newest : cities.get(version)),
    )
}
