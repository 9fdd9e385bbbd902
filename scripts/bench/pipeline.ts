// The pipeline, log to log: reports go into the log, the sequencer, the automation reader, the queue and the worker carry
// them to dispatched, every step committed and sequenced. The floor is bare BullMQ no-op jobs on the same backend, with
// their adds, at the same concurrency.
import { randomUUID } from 'node:crypto'
import type { Log } from '#store/log.ts'
import type { Store } from '#store/open.ts'
import { openRuntime } from '#store/runtime.ts'
import { type Backend, postgresBackend, redisBackend } from '#worker/backends.ts'
import type { QueueConfig } from '#worker/queues.ts'
import { startWorker } from '#worker/worker.ts'

const POLL_MS = 10
const ADD_AT_ONCE = 500
const REPORTS_IN_FLIGHT = 128

const settle = (ms: number) => new Promise((r) => setTimeout(r, ms))

function openBackend(config: QueueConfig): Backend {
  const fail = (error: unknown) => {
    throw error
  }
  if (config.redisUrl !== undefined) return redisBackend(config.redisUrl, 'huiyin-bench', fail)
  if (config.queueDatabaseUrl === undefined) throw new Error('the bench needs a queue database')
  return postgresBackend(config.queueDatabaseUrl, 1, fail)
}

/** @returns no-op jobs a second, from the first add to the last one done. */
export async function bareJobs(config: QueueConfig, jobs: number, concurrency: number): Promise<number> {
  const backend = openBackend(config)
  const name = `bench-${randomUUID()}`
  const queue = backend.queue(name)
  let done = 0
  const finished = Promise.withResolvers<void>()
  const worker = backend.worker(
    name,
    async () => {
      done += 1
      if (done === jobs) finished.resolve()
    },
    { concurrency },
  )
  await worker.waitUntilReady()
  const from = performance.now()
  for (let i = 0; i < jobs; i += ADD_AT_ONCE)
    await queue.addBulk(
      Array.from({ length: Math.min(ADD_AT_ONCE, jobs - i) }, () => ({
        name: 'noop',
        data: { caseId: randomUUID(), version: 1 },
        opts: { jobId: `n-${randomUUID()}`, removeOnComplete: true, removeOnFail: true },
      })),
    )
  await finished.promise
  const seconds = (performance.now() - from) / 1000
  await worker.close()
  await queue.obliterate({ force: true })
  await queue.close()
  await backend.close()
  return jobs / seconds
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
  { cases, concurrency, place }: { cases: number; concurrency: number; place: { lng: number; lat: number } },
): Promise<PipelineRound> {
  const runtime = await openRuntime(store, log)
  const worker = await startWorker({ store, config, log, runtime, concurrency })
  const [start] = await store.sql<{ id: string }[]>`select coalesce(max(id), 0) as id from case_event`
  const from = performance.now()
  const report = async () => {
    const result = await runtime.commander.report(
      {
        facts: { source: 'grid', dispatchMode: 'assign', category: 'E0110', position: place, photos: [] },
        words: { description: '道路有少量垃圾' },
      },
      { actor: { kind: 'anonymous' } },
    )
    if (!result.ok) throw new Error(result.refusal.detail)
  }
  let left = cases
  await Promise.all(
    Array.from({ length: REPORTS_IN_FLIGHT }, async () => {
      while (left > 0) {
        left -= 1
        await report()
      }
    }),
  )
  for (;;) {
    const [row] = await store.sql<{ dispatched: number; waiting: number }[]>`
      select (select count(*)::int from feed where event_id > ${start?.id ?? 0} and type = 'dispatched') as dispatched,
        (select count(*)::int from event_inbox) as waiting`
    if ((row?.dispatched ?? 0) >= cases && row?.waiting === 0) break
    await settle(POLL_MS)
  }
  const seconds = (performance.now() - from) / 1000
  const [steps] = await store.sql<{ n: number }[]>`
    select count(*)::int as n from case_event where id > ${start?.id ?? 0} and actor ->> 'kind' = 'rule'`
  await worker.close()
  await runtime.close()
  return { stepsPerSecond: (steps?.n ?? 0) / seconds, casesPerSecond: cases / seconds }
}
