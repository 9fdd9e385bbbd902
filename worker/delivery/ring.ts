// Adds a job for every channel with something to send. The outbox is the truth and is asked again and again, so a queue
// that was lost costs a second.
import { dueChannels } from '#store/outbox.ts'
import type { JobContext } from '../context.ts'

/** A job that failed for good keeps its name in the queue: the next minute has another. */
const NAME_MS = 60_000

/** @returns jobs added. */
export async function ringDeliveries({
  store,
  queues,
}: Pick<JobContext, 'store' | 'queues'>): Promise<number> {
  const due = await dueChannels(store)
  const minute = Math.floor(Date.now() / NAME_MS)
  if (due.length > 0)
    await queues.addBulk(
      due.map((channelId) => ({
        name: 'deliver' as const,
        payload: { channelId },
        jobId: `deliver-${channelId}-${minute}`,
      })),
    )
  return due.length
}
