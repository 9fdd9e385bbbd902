// The job queues as the administrator looks at them: how many jobs there are, on either backend. Opened when somebody looks
// first; nothing is added or taken here.
import type { Log } from '#store/log.ts'
import {
  type Backend,
  countsOf,
  type JobQueue,
  openBackend,
  type QueueConfig,
  type QueueCounts,
  type QueueName,
  QUEUES,
} from '#store/queue-backend.ts'
import { within } from '#store/within.ts'

const PATIENCE_MS = 5_000

export interface QueueView {
  /** None where no queue is configured. */
  all(): { name: QueueName; queue: JobQueue }[]
  /** Undefined when the queue does not answer. */
  counts(): Promise<({ name: QueueName } & QueueCounts)[] | undefined>
  close(): Promise<void>
}

export function openQueueView(config: QueueConfig, log: Log): QueueView {
  let opened: { backend: Backend; queues: { name: QueueName; queue: JobQueue }[] } | undefined
  const onError = (error: unknown) => log.debug({ err: error }, 'the job queue does not answer')
  const isKnown = config.redisUrl !== undefined || config.queueDatabaseUrl !== undefined
  const all = () => {
    if (!isKnown) return []
    if (!opened) {
      const backend = openBackend(config, { workers: 0, onError })
      const queues = QUEUES.map((name) => ({ name, queue: backend.queue(name) }))
      for (const { queue } of queues) queue.on('error', onError)
      opened = { backend, queues }
    }
    return opened.queues
  }
  return {
    all,
    async counts() {
      if (!isKnown) return undefined
      try {
        const asked = all().map(async ({ name, queue }) => ({ name, ...(await countsOf(queue)) }))
        return await within(PATIENCE_MS, Promise.all(asked), 'the job queue did not answer')
      } catch (error) {
        onError(error)
        return undefined
      }
    },
    async close() {
      await Promise.all((opened?.queues ?? []).map(({ queue }) => queue.close().catch(onError)))
      await opened?.backend.close()
    },
  }
}
