// What handlers, readers and the reconciler work with.
import type { Log } from '#store/log.ts'
import type { Store } from '#store/open.ts'
import type { Runtime } from '#store/runtime.ts'
import type { Queues } from './queues.ts'

export interface JobContext {
  store: Store
  runtime: Pick<Runtime, 'clock' | 'commander' | 'signals' | 'cityFor'>
  queues: Queues
  log: Log
  /** Counts what was done since the process started. */
  tally: Tally
}

export interface Tally {
  jobs: number
  failed: number
  steps: number
}
