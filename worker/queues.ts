// The queues: disposable, on Redis or PostgreSQL. Adding is checked against the catalogue; a jobId names the work, so
// that adding it twice is harmless, and work that failed for good can be looked at and then tried again.
import { DelayedError, type Job } from 'bullmq'
import type { Log } from '#store/log.ts'
import {
  type Backend,
  countsOf,
  type JobQueue,
  migratePostgres,
  openBackend,
  type QueueConfig,
  type QueueCounts,
  type QueueName,
  QUEUES,
  queueUrl,
} from '#store/queue-backend.ts'
import { within } from '#store/within.ts'
import { CATALOGUE, checkJob, type JobName, type Payload } from './catalogue.ts'

export interface NewJob<N extends JobName = JobName> {
  name: N
  payload: Payload<N>
  /** Names the work: UUID-derived, no `:`, never all digits. */
  jobId: string
  delayMs?: number | undefined
}

/** `held`: a worker has it, or it waits for its hour or its next try; until when is by that worker's clock, right or wrong. */
export type JobStanding = 'waiting' | 'held' | 'failed' | 'absent'

export interface TakenJob {
  name: string
  payload: unknown
  /** 1 = the first. */
  attempt: number
}

/** Done, or ring again in so many ms. It throws UnrecoverableError (BullMQ) when no retry can help. */
export type Process = (job: TakenJob) => Promise<{ againInMs: number } | undefined>

export interface Queues {
  backend: Backend['kind']
  /** @throws BadJob for what the catalogue does not know or allow. */
  add<N extends JobName>(
    name: N,
    payload: Payload<N>,
    options: { jobId: string; delayMs?: number },
  ): Promise<void>
  addBulk(jobs: readonly NewJob[]): Promise<void>
  standing(name: JobName, jobId: string): Promise<JobStanding>
  /** Tries a failed job again if it failed at least `afterMs` ago. @returns whether it did. */
  retryFailed(name: JobName, jobId: string, afterMs: number): Promise<boolean>
  /** Makes sure that a job scheduler exists; a flushed queue has forgotten it. */
  ensureScheduler(id: string, name: JobName, everyMs: number): Promise<void>
  work(queue: QueueName, concurrency: number, process: Process): { close(): Promise<void> }
  counts(): Promise<Record<QueueName, QueueCounts>>
  close(): Promise<void>
}

/** Until a job of a worker that died is given to another: its lock runs out, and the next look finds it. */
const LOCK_MS = 10_000
const LOOK_FOR_STALLED_MS = 5_000
const RETRY_FIRST_MS = 500
/** A queue that is down keeps its callers waiting no longer than this; they try again. */
const PATIENCE_MS = 10_000
const TELL_EVERY_MS = 10_000
/** Failed jobs kept to be looked at. */
const KEEP_FAILED = 1000

export interface OpenQueuesOptions {
  config: QueueConfig
  log: Log
  /** Redis only; derived from the main database's name, so that two cities on one Redis stay apart. */
  prefix?: string
}

/** Connects lazily: a queue that is down delays jobs, it does not keep the process from starting. */
export function openQueues({ config, log, prefix }: OpenQueuesOptions): Queues {
  let closing = false
  let toldAt = Number.NEGATIVE_INFINITY
  let untold = 0
  // A queue that is down or was flushed fails every command of every job: told once in a while is enough.
  const onError = (error: unknown) => {
    if (closing) return
    untold += 1
    if (performance.now() - toldAt < TELL_EVERY_MS) return
    log.warn({ err: error, times: untold }, 'the job queue fails; what it loses is found again')
    toldAt = performance.now()
    untold = 0
  }
  const backend = openBackend(config, { prefix, workers: QUEUES.length, onError })
  const queues = new Map<QueueName, JobQueue>()
  for (const name of QUEUES) {
    const queue = backend.queue(name)
    queue.on('error', onError)
    queues.set(name, queue)
  }
  const queueOf = (name: QueueName): JobQueue => {
    const queue = queues.get(name)
    if (!queue) throw new Error(`no queue ${name}`)
    return queue
  }
  const queueFor = (name: JobName) => queueOf(CATALOGUE[name].queue)

  const toBulk = ({ name, payload, jobId, delayMs }: NewJob) => ({
    name,
    data: payload,
    opts: {
      ...jobOptions(name),
      jobId: checkedId(jobId),
      ...(delayMs === undefined ? {} : { delay: Math.max(0, Math.ceil(delayMs)) }),
    },
  })

  async function addBulk(jobs: readonly NewJob[]): Promise<void> {
    const byQueue = Map.groupBy(jobs, (j) => CATALOGUE[checkJob(j.name, j.payload)].queue)
    for (const [name, some] of byQueue) await answered(queueOf(name).addBulk(some.map(toBulk)))
  }

  return {
    backend: backend.kind,
    add: (name, payload, options) => addBulk([{ name, payload, ...options }]),
    addBulk,
    async standing(name, jobId) {
      const state = await answered(queueFor(name).getJobState(jobId))
      if (state === 'failed') return 'failed'
      if (state === 'active' || state === 'delayed') return 'held'
      return state === 'unknown' || state === 'completed' ? 'absent' : 'waiting'
    },
    async retryFailed(name, jobId, afterMs) {
      const job = await answered(queueFor(name).getJob(jobId))
      if (!job || Date.now() - (job.finishedOn ?? 0) < afterMs || !(await job.isFailed())) return false
      await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true })
      return true
    },
    async ensureScheduler(id, name, everyMs) {
      const queue = queueFor(name)
      if (await answered(queue.getJobScheduler(id))) return
      await queue.upsertJobScheduler(id, { every: everyMs }, { name, data: {}, opts: jobOptions(name) })
    },
    work(queueName, concurrency, process) {
      const worker = backend.worker(queueName, (job, token) => run(job, token, process), {
        concurrency,
        lockDuration: LOCK_MS,
        stalledInterval: LOOK_FOR_STALLED_MS,
        // A worker that dies takes its jobs with it into "stalled"; that is no fault of the job.
        maxStalledCount: 5,
      })
      worker.on('error', onError)
      worker.on('failed', (job, error) => {
        const isLast = job !== undefined && job.finishedOn !== undefined
        log[isLast ? 'error' : 'warn'](
          { err: error, job: job?.name, jobId: job?.id, attempt: job?.attemptsMade },
          isLast ? 'a job failed for good' : 'a job failed; it is tried again',
        )
      })
      return { close: () => within(PATIENCE_MS, worker.close(), 'the jobs under way did not end') }
    },
    async counts() {
      const all = await Promise.all(
        QUEUES.map(async (name) => [name, await answered(countsOf(queueOf(name)))] as const),
      )
      return Object.fromEntries(all) as Record<QueueName, QueueCounts>
    },
    async close() {
      closing = true
      await Promise.all([...queues.values()].map((q) => q.close()))
      await backend.close()
    },
  }
}

/** Brings the queue's own schema up to date; nothing to do on Redis. */
export async function migrateQueue(config: QueueConfig, log?: Pick<Log, 'info'>): Promise<void> {
  if (config.redisUrl !== undefined) return
  const schema = await migratePostgres(queueUrl(config))
  log?.info({ schema }, 'the queue’s schema is up to date')
}

const answered = <T>(work: Promise<T>) => within(PATIENCE_MS, work, 'the job queue did not answer')

const jobOptions = (name: JobName) => ({
  attempts: CATALOGUE[name].attempts,
  backoff: { type: 'exponential', delay: RETRY_FIRST_MS, jitter: 0.5 },
  // What was done is in the log of cases; a kept job would only block the same work later.
  removeOnComplete: true,
  removeOnFail: { count: KEEP_FAILED },
})

/** BullMQ reads ids of digits as its own counter, and splits at `:`. */
function checkedId(jobId: string): string {
  if (jobId.includes(':') || !/[^0-9]/.test(jobId)) throw new Error(`"${jobId}" cannot be a jobId`)
  return jobId
}

async function run(job: Job<unknown>, token: string | undefined, process: Process): Promise<void> {
  const outcome = await process({ name: job.name, payload: job.data, attempt: job.attemptsMade + 1 })
  if (outcome === undefined) return
  await job.moveToDelayed(Date.now() + outcome.againInMs, token)
  throw new DelayedError()
}
