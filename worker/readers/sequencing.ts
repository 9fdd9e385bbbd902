// Drives the projector: one process at a time by a lease that only saves effort; the projector's own compare-and-set is
// what keeps the feed right.
import type { Log } from '#store/log.ts'
import type { Store } from '#store/open.ts'
import { MOST_FACTS, type Projector } from '#store/projector.ts'
import type { Signals } from '#store/signal.ts'
import { startLeasedLoop } from '../lease.ts'
import type { Loop } from '../loop.ts'

const POLL_MS = 250
/** Facts of this long share a batch: what a batch costs by itself is more than what twenty facts do. */
const REST_MS = 10
const LEASE_MS = 5_000

export interface SequencingOptions {
  store: Store
  projector: Projector
  signals: Signals
  /** Names this process. */
  holder: string
  log: Log
}

export function startSequencing({ store, projector, signals, holder, log }: SequencingOptions): Loop {
  const loop = startLeasedLoop({
    name: 'projector',
    store,
    holder,
    leaseMs: LEASE_MS,
    pollMs: POLL_MS,
    restMs: REST_MS,
    most: MOST_FACTS,
    step: projector.step,
    log,
  })
  const off = signals.on('inbox', loop.wake)
  return {
    ...loop,
    async close() {
      off()
      await loop.close()
    },
  }
}
