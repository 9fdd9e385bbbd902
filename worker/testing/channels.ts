// Channels for the worker's specs: made as the api makes them, sealed by the specs' own secret, allowed to reach this
// machine; and the outbox looked at and hurried along without waiting for its pauses.
import { v7 as uuidv7 } from 'uuid'
import {
  type ChannelKind,
  type ChannelSecrets,
  type ChannelSettings,
  targetOf,
} from '#domain/delivery/channel.ts'
import { addChannel } from '#store/channels.ts'
import { channelSeal } from '#store/sealed.ts'
import { openProjector } from '#store/projector.ts'
import { type Outside, outsideOf } from '../delivery/outside.ts'
import { deliverJob } from '../jobs/deliver.ts'
import { writeDeliveries } from '../readers/deliveries.ts'
import type { Stage } from './stage.ts'

export const OUTSIDE_CONFIG = {
  sessionSecret: 'a secret of the specs, long enough to be one',
  publicUrl: 'https://city.example',
  deliveryAllow: 'loopback',
}
export const SIGNING = `whsec_${Buffer.from('thirty-two bytes of signing key!').toString('base64')}`

export interface Bench {
  outside: Outside
  channel(kind: ChannelKind, settings: ChannelSettings, secrets: ChannelSecrets): Promise<string>
  /** The feed up to its end into the outbox. */
  write(): Promise<void>
  /** Once, as the queue would have it done. */
  send(channelId: string, outside?: Partial<Outside>): Promise<void>
  /** Whatever waits is due now. */
  hurry(): Promise<void>
  rows(): Promise<{ kind: string; state: string; attempts: number; code: string | null; recipient: string }[]>
}

export function openBench(stage: Stage): Bench {
  const { store, runtime } = stage
  const outside = outsideOf(OUTSIDE_CONFIG)
  const context = { ...stage.context, outside }
  const seal = channelSeal(OUTSIDE_CONFIG.sessionSecret)
  if (!seal) throw new Error('there is a secret')
  return {
    outside,
    async channel(kind, settings, secrets) {
      const id = uuidv7()
      const [admin] = await store.sql<{ id: string }[]>`select id from account order by username limit 1`
      await addChannel(store, {
        id,
        kind,
        name: `${kind} of the specs`,
        settings,
        sealed: seal.close(id, secrets),
        target: targetOf(kind, { settings, secrets }),
        by: admin?.id ?? '',
      })
      return id
    },
    async write() {
      await openProjector({ store, ...runtime }).catchUp()
      while ((await writeDeliveries(context)) > 0);
    },
    async send(channelId, more = {}) {
      await deliverJob.run({ channelId }, { ...context, outside: { ...outside, ...more } })
    },
    async hurry() {
      await store.sql`update delivery set next_at = now() where state = 'waiting'`
      await store.sql`update delivery_channel set quiet_until = '-infinity'`
    },
    rows: () => store.sql`
      select kind, state, attempts, result ->> 'code' as code, recipient from delivery order by no`,
  }
}
