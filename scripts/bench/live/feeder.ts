// A steady stream of real events: lives of cases begin at a fixed pace, and the people answer as soon as the feed tells
// them, through the same write side as over HTTP. Notes when the commit of each thing that people did had returned.
import type { Store } from '#store/open.ts'
import type { Runtime } from '#store/runtime.ts'
import { answerNews, peopleAt } from '../lifecycles.ts'
import { type Place, reportMany, settle } from '../pipeline.ts'
import { machineNow } from './clock.ts'

/** From report to closed. */
export const EVENTS_A_LIFE = 10
const POLL_MS = 10
const STUCK_MS = 60_000

export interface Committed {
  seq: number
  /** The machine's milliseconds just after the commit. */
  at: number
}

export interface Fed {
  /** What people did; the events of rules are in between. In order of `seq`. */
  committed: Committed[]
  /** All that came into the feed. */
  events: number
  seconds: number
  /** Of the feed, in the end: nothing is left to do. */
  head: number
}

/** @param rate events a second. @throws when a case does not go on. */
export async function feedLives(
  store: Store,
  runtime: Runtime,
  { lives, rate, place }: { lives: number; rate: number; place: Place },
): Promise<Fed> {
  const people = await peopleAt(store)
  const first = Number(people.seq)
  const commits = new Map<string, number>()
  const committed = (caseId: string, no: number) => void commits.set(`${caseId} ${no}`, machineNow())
  const everyMs = (1000 * EVENTS_A_LIFE) / rate
  const from = performance.now()

  async function begin(): Promise<void> {
    const reports: Promise<void>[] = []
    for (let i = 0; i < lives; i++) {
      await settle(Math.max(0, from + i * everyMs - performance.now()))
      const report = async () => {
        const [id = ''] = await reportMany(runtime, { cases: 1, place, source: 'grid' })
        committed(id, 1)
      }
      reports.push(report())
    }
    await Promise.all(reports)
  }

  async function answer(): Promise<void> {
    let closed = 0
    let heardAt = performance.now()
    while (closed < lives) {
      const told = await answerNews(store, runtime, people, committed)
      people.seq = told.at(-1)?.seq ?? people.seq
      closed += told.filter((t) => t.type === 'closed').length
      if (told.length > 0) heardAt = performance.now()
      else await settle(POLL_MS)
      if (performance.now() - heardAt > STUCK_MS) throw new Error(`${lives - closed} cases do not go on`)
    }
  }

  await Promise.all([begin(), answer()])
  const seconds = (performance.now() - from) / 1000
  const head = await sequenced(store)
  const rows = await store.sql<{ seq: string; case_id: string; no: number }[]>`
    select seq, case_id, no from feed where seq > ${first} and event_id is not null order by seq`
  const known = rows.flatMap(({ seq, case_id, no }) => {
    const at = commits.get(`${case_id} ${no}`)
    return at === undefined ? [] : [{ seq: Number(seq), at }]
  })
  if (known.length !== commits.size) throw new Error('not everything that was committed is in the feed')
  return { committed: known, events: head - first, seconds, head }
}

/** Waits until all that is committed is in the feed. @returns its head. */
export async function sequenced(store: Store): Promise<number> {
  for (;;) {
    const [row] = await store.sql<{ seq: string; waiting: number }[]>`
      select seq, (select count(*)::int from event_inbox) as waiting from feed_head`
    if (!row) throw new Error('feed_head is missing')
    if (row.waiting === 0) return Number(row.seq)
    await settle(POLL_MS)
  }
}
