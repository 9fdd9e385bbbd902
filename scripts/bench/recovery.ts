// What a backlog costs after kill -9: cases are accepted while no worker runs, then worker and api carry them to dispatched;
// in one kind of round both are killed on the way and started again. The log's own figures are the clock's.
import type { Store } from '#store/open.ts'
import type { Runtime } from '#store/runtime.ts'
import type { Kind, Running } from '../processes/running.ts'
import { sequenced } from './live/feeder.ts'
import { assertBoard } from './live/round.ts'
import { type Place, reportMany, settle } from './pipeline.ts'

/** By rule, from a report to the unit: screened, accepted, filed, dispatched. */
export const STEPS_A_CASE = 4
const POLL_MS = 20
const STUCK_MS = 120_000
const ALMOST = 0.99

export interface RecoverySite {
  store: Store
  runtime: Runtime
  place: Place
  /** Starts a process of the system and waits until it is ready. */
  start(kind: Kind): Promise<Running>
  /** Of the api. */
  url: string
  /** Of somebody who may see the board. */
  cookie: string
}

export interface RecoveryOptions {
  /** Steps that stand when the clock starts. */
  pending: number
  /** Accepted beyond them and carried on before: the processes are in full swing by then. */
  ahead: number
  kill: boolean
}

/** Seconds since the kill, or since as much was pending. */
export interface Recovered {
  pending: number
  /** Until a step was committed by the new worker; undefined without a kill. */
  firstStep: number | undefined
  /** Until GET /board answered again; undefined without a kill. */
  boardBack: number | undefined
  /** Until all but a hundredth of the steps had been made. */
  almost: number
  /** Until every step had been made and was in the feed. */
  drained: number
}

/** @throws when a case does not go on, or the board is not exact afterwards */
export async function recoveryRound(
  site: RecoverySite,
  { pending, ahead, kill }: RecoveryOptions,
): Promise<Recovered> {
  const { store, runtime, place, url, cookie } = site
  const cases = Math.ceil((pending + ahead) / STEPS_A_CASE)
  const before = await dispatched(store)
  await reportMany(runtime, { cases, place, source: 'grid' })
  let [worker, api] = await Promise.all([site.start('worker'), site.start('api')])
  try {
    await until(store, before + Math.floor(ahead / STEPS_A_CASE))
    const from = performance.now()
    const since = () => (performance.now() - from) / 1000
    let left = before + cases - (await dispatched(store))
    let firstStep: number | undefined
    let boardBack: number | undefined
    if (kill) {
      worker.kill()
      api.kill()
      await Promise.all([worker.stop(), api.stop(), nobodyWrites(store)])
      left = await unmoved(store)
      if (left === 0) throw new Error('nothing was pending any more at the kill')
      const mark = await newest(store)
      const again = Promise.all([site.start('worker'), site.start('api')])
      ;[[worker, api], firstStep, boardBack] = await Promise.all([
        again,
        moved(store, mark).then(since),
        answers(url, cookie).then(since),
      ])
    }
    await until(store, before + cases - Math.floor(left * (1 - ALMOST)))
    const almost = since()
    await until(store, before + cases)
    await sequenced(store)
    const drained = since()
    await assertBoard(store, runtime, { url, cookie })
    return { pending: left * STEPS_A_CASE, firstStep, boardBack, almost, drained }
  } finally {
    await Promise.all([worker.stop(), api.stop()])
  }
}

/** @returns what is wrong with the cases in the log: each was dispatched by rule once, in as many steps. */
export async function wrongLives({ sql }: Store): Promise<string[]> {
  const rows = await sql<{ case_id: string; types: string }[]>`
    select case_id, string_agg(type, ' ' order by no) as types from case_event group by case_id
    having count(*) <> ${1 + STEPS_A_CASE} or count(*) filter (where type = 'dispatched') <> 1 limit 10`
  return rows.map((r) => `${r.case_id}: ${r.types}`)
}

/** In the feed: what is counted there was committed before. */
async function dispatched({ sql }: Store): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select coalesce(sum(n), 0)::int as n from rollup where key = 'city' and metric = 'dispatched'`
  return row?.n ?? 0
}

async function until(store: Store, wanted: number): Promise<void> {
  let [known, knownAt] = [-1, performance.now()]
  for (;;) {
    const n = await dispatched(store)
    if (n >= wanted) return
    if (n !== known) [known, knownAt] = [n, performance.now()]
    if (performance.now() - knownAt > STUCK_MS) throw new Error(`${wanted - n} cases do not go on`)
    await settle(POLL_MS)
  }
}

/** What a killed process had sent may still be committed by its server. */
async function nobodyWrites({ sql }: Store): Promise<void> {
  for (;;) {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and application_name in ('huiyin-api', 'huiyin-worker')`
    if (row?.n === 0) return
    await settle(POLL_MS)
  }
}

async function unmoved({ sql }: Store): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from "case" where status in ('reported', 'accepted', 'filed')`
  return row?.n ?? 0
}

async function newest({ sql }: Store): Promise<string> {
  const [row] = await sql<{ id: string }[]>`select coalesce(max(id), 0) as id from case_event`
  return row?.id ?? '0'
}

async function moved({ sql }: Store, mark: string): Promise<void> {
  for (;;) {
    const rows = await sql`select 1 from case_event where id > ${mark} limit 1`
    if (rows.length > 0) return
    await settle(POLL_MS)
  }
}

async function answers(url: string, cookie: string): Promise<void> {
  for (;;) {
    const isThere = await fetch(`${url}/api/v1/board?scope=city`, { headers: { cookie } }).then(
      (r) => r.ok,
      () => false,
    )
    if (isThere) return
    await settle(POLL_MS)
  }
}
