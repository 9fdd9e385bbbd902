// Jobs on a BullMQ backend: bare ones, which are the pipeline's floor, and ones that make one step each.
import { randomUUID } from 'node:crypto'
import type { Log } from '#store/log.ts'
import type { Store } from '#store/open.ts'
import { type Backend, postgresBackend, type QueueConfig, redisBackend } from '#store/queue-backend.ts'
import { openRuntime } from '#store/runtime.ts'
import { type Place, reportMany } from './pipeline.ts'

const ADD_AT_ONCE = 500

function openBackend(config: QueueConfig): Backend {
  const fail = (error: unknown) => {
    throw error
  }
  if (config.redisUrl !== undefined) return redisBackend(config.redisUrl, 'huiyin-bench', fail)
  if (config.queueDatabaseUrl === undefined) throw new Error('the bench needs a queue database')
  return postgresBackend(config.queueDatabaseUrl, 1, fail)
}

export interface JobsOptions {
  concurrency: number
  /** One job for each. */
  cases: readonly string[]
  /** Jobs are there before the clock starts; otherwise they are added while they run. */
  addedBefore: boolean
  run(caseId: string): Promise<unknown>
}

/** @returns jobs a second. @throws when one failed. */
export async function runJobs(
  config: QueueConfig,
  { cases, concurrency, addedBefore, run }: JobsOptions,
): Promise<number> {
  const backend = openBackend(config)
  const name = `bench-${randomUUID()}`
  const queue = backend.queue(name)
  const add = async () => {
    for (let i = 0; i < cases.length; i += ADD_AT_ONCE)
      await queue.addBulk(
        cases.slice(i, i + ADD_AT_ONCE).map((caseId) => ({
          name: 'step',
          data: { caseId, version: 1 },
          opts: { jobId: `s-${caseId}`, removeOnComplete: true, removeOnFail: true },
        })),
      )
  }
  let done = 0
  const finished = Promise.withResolvers<void>()
  if (addedBefore) await add()
  let from = performance.now()
  const worker = backend.worker(
    name,
    async ({ data }) => {
      try {
        await run((data as { caseId: string }).caseId)
        done += 1
        if (done === cases.length) finished.resolve()
      } catch (error) {
        finished.reject(error)
      }
    },
    { concurrency },
  )
  await worker.waitUntilReady()
  if (!addedBefore) {
    from = performance.now()
    await add()
  }
  await finished.promise
  const perSecond = cases.length / ((performance.now() - from) / 1000)
  await worker.close()
  await queue.obliterate({ force: true })
  await queue.close()
  await backend.close()
  return perSecond
}

/** @returns no-op jobs a second; with `addedBefore` they are only processed. */
export const bareJobs = (config: QueueConfig, jobs: number, concurrency: number, addedBefore = false) =>
  runJobs(config, {
    cases: Array.from({ length: jobs }, () => randomUUID()),
    concurrency,
    addedBefore,
    run: async () => {},
  })

/**
 * Jobs that make one step each, the screening of a citizen's report, which then waits for a person; nothing else runs.
 * @returns jobs a second.
 */
export async function oneStepJobs(
  store: Store,
  config: QueueConfig,
  log: Log,
  { cases: n, concurrency, place }: { cases: number; concurrency: number; place: Place },
): Promise<number> {
  const runtime = await openRuntime(store, log)
  const cases = await reportMany(runtime, { cases: n, place, source: 'citizen' })
  const run = async (caseId: string) => {
    if ((await runtime.commander.advance(caseId, 1)) === 0) throw new Error(`case ${caseId} made no step`)
  }
  const perSecond = await runJobs(config, { cases, concurrency, addedBefore: true, run })
  await runtime.close()
  return perSecond
}
