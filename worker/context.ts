// What handlers, readers and the reconciler work with.
import type { Fingerprint } from '#domain/photo-likeness.ts'
import type { Log } from '#store/log.ts'
import type { Store } from '#store/open.ts'
import type { Runtime } from '#store/runtime.ts'
import type { Outside } from './delivery/outside.ts'
import type { Queues } from './queues.ts'

export interface JobContext {
  store: Store
  runtime: Pick<Runtime, 'clock' | 'commander' | 'signals' | 'cityFor'>
  queues: Queues
  log: Log
  /** Counts what was done since the process started. */
  tally: Tally
  fingerprintOf?: FingerprintOf | undefined
  outside: Outside
}

/** Of a kept photo, by its upload id; undefined when it shows next to nothing, or its picture is not there. */
export type FingerprintOf = (photo: string) => Promise<Fingerprint | undefined>

export interface Tally {
  jobs: number
  failed: number
  steps: number
}
