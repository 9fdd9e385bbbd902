// deliver: sends what waits for one channel, for as long as it may; what is left the next job sends. One process a channel
// at a time, by a claim in PostgreSQL that runs out by itself.
import { randomUUID } from 'node:crypto'
import { claimChannel, releaseChannel } from '#store/outbox.ts'
import type { Handler } from '../handlers.ts'
import { type Progress, sendSome } from '../delivery/send.ts'

/** Longer than one message can take. */
const CLAIM_MS = 60_000
/** Then the job ends, and another goes on: a worker that closes waits ten seconds for jobs under way. */
const BUDGET_MS = 5_000

export const deliverJob: Handler<'deliver'> = {
  name: 'deliver',
  async run({ channelId: id }, context) {
    const { store } = context
    const holder = randomUUID()
    const claim = () => claimChannel(store, { id, holder, forMs: CLAIM_MS })
    const began = performance.now()
    const channel = await claim()
    if (!channel) return undefined
    const mayGoOn = () => performance.now() - began < BUDGET_MS
    let progress: Progress = { more: true, quietMs: 0 }
    try {
      while (progress.more && mayGoOn())
        progress = await sendSome(context, channel, async () => mayGoOn() && (await claim()) !== undefined)
    } finally {
      await releaseChannel(store, { id, holder, quietMs: progress.quietMs })
    }
    return progress.more ? { againInMs: 10 } : undefined
  },
}
