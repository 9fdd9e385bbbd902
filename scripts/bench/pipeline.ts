// The pipeline, log to log: reports go into the log, the sequencer, the automation reader, the queue and the worker carry
// them to dispatched, every step committed and sequenced.
import type { Log } from '#store/log.ts'
import type { Store } from '#store/open.ts'
import type { QueueConfig } from '#store/queue-backend.ts'
import { openRuntime, type Runtime } from '#store/runtime.ts'
import { startWorker } from '#worker/worker.ts'

const POLL_MS = 10
const REPORTS_IN_FLIGHT = 128

export const settle = (ms: number) => new Promise((r) => setTimeout(r, ms))

export interface Place {
  lng: number
  lat: number
}

/** Reports low-risk matters, many at a time. @returns their ids. */
export async function reportMany(
  { commander }: Runtime,
  { cases, place, source }: { cases: number; place: Place; source: 'grid' | 'citizen' },
): Promise<string[]> {
  const ids: string[] = []
  let left = cases
  const reporter = async () => {
    while (left > 0) {
      left -= 1
      const result = await commander.report(
        {
          facts: { source, dispatchMode: 'assign', category: 'E0110', position: place, photos: [] },
          words: { description: '道路有少量垃圾' },
        },
        { actor: { kind: 'anonymous' } },
      )
      if (!result.ok) throw new Error(result.refusal.detail)
      ids.push(result.state.id)
    }
  }
  await Promise.all(Array.from({ length: REPORTS_IN_FLIGHT }, reporter))
  return ids
}

export interface PipelineRound {
  /** Committed steps by rule a second. */
  stepsPerSecond: number
  casesPerSecond: number
}

/** Reports `cases` low-risk matters and waits until each is dispatched and sequenced. */
export async function pipeline(
  store: Store,
  config: QueueConfig,
  log: Log,
  { cases, concurrency, place }: { cases: number; concurrency: number; place: Place },
): Promise<PipelineRound> {
  const runtime = await openRuntime(store, log)
  const worker = await startWorker({ store, config, log, runtime, concurrency })
  const [start] = await store.sql<{ id: string }[]>`select coalesce(max(id), 0) as id from case_event`
  const [head] = await store.sql<{ seq: string }[]>`select seq from feed_head`
  let seq = head?.seq ?? '0'
  let dispatched = 0
  const from = performance.now()
  await reportMany(runtime, { cases, place, source: 'grid' })
  for (;;) {
    // Only what is new since the last look: counting all of it each time would cost more than a reader.
    const [row] = await store.sql<{ seq: string; dispatched: number; waiting: number }[]>`
      select coalesce(max(f.seq), ${seq}) as seq,
        count(*) filter (where f.type = 'dispatched' and f.event_id > ${start?.id ?? 0})::int as dispatched,
        (select count(*)::int from event_inbox) as waiting
      from feed f where f.seq > ${seq}`
    seq = row?.seq ?? seq
    dispatched += row?.dispatched ?? 0
    if (dispatched >= cases && row?.waiting === 0) break
    await settle(POLL_MS)
  }
  const seconds = (performance.now() - from) / 1000
  const [steps] = await store.sql<{ n: number }[]>`
    select count(*)::int as n from case_event where id > ${start?.id ?? 0} and actor ->> 'kind' = 'rule'`
  await worker.close()
  await runtime.close()
  return { stepsPerSecond: (steps?.n ?? 0) / seconds, casesPerSecond: cases / seconds }
}
