// Turns the log into deliveries to the outside; the cursor moves with the outbox, in one transaction. The sending processes
// are woken.
import { followDeliveries } from '#store/delivery-reader.ts'
import type { JobContext } from '../context.ts'

/** @returns facts read. */
export const writeDeliveries = ({
  store,
  runtime,
  outside,
}: Pick<JobContext, 'store' | 'runtime' | 'outside'>): Promise<number> =>
  followDeliveries(store, {
    cityFor: runtime.cityFor,
    now: () => runtime.clock.now(),
    publicUrl: outside.publicUrl,
    onNew: () => runtime.signals.raise('delivery'),
  })
