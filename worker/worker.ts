// The worker process: sequences the inbox, turns facts into jobs, runs them, rings the timers, and reconciles. Any number
// of workers may run side by side.
import { randomUUID } from 'node:crypto'
import { openProjector } from '#store/projector.ts'
import { FEED_BATCH } from '#store/readers.ts'
import type { Config } from '#store/config.ts'
import type { Log } from '#store/log.ts'
import type { Store } from '#store/open.ts'
import { followPhotoUses } from '#store/photo-uses.ts'
import { startBeating } from '#store/processes.ts'
import type { QueueCounts, QueueName } from '#store/queue-backend.ts'
import { followTimers } from '#store/timers.ts'
import { openRuntime, type Runtime } from '#store/runtime.ts'
import { VERSION } from '#store/version.ts'
import { type OutsideConfig, outsideOf } from './delivery/outside.ts'
import { ringDeliveries } from './delivery/ring.ts'
import type { FingerprintOf, JobContext, Tally } from './context.ts'
import { type AnyHandler, assemble } from './handlers.ts'
import { HANDLERS } from './jobs/all.ts'
import { startLeasedLoop } from './lease.ts'
import { type Loop, startLoop } from './loop.ts'
import { openQueues, type Queues } from './queues.ts'
import { followAutomation } from './readers/automation.ts'
import { writeDeliveries } from './readers/deliveries.ts'
import { writeNotices } from './readers/notices.ts'
import { learnOwners } from './readers/register.ts'
import { startSequencing } from './readers/sequencing.ts'
import { reconcile } from './reconcile.ts'
import { runJobs } from './run-job.ts'
import { openAlarms } from './timers/alarms.ts'

export interface WorkerOptions {
  store: Store
  config: Pick<Config, 'redisUrl' | 'queueDatabaseUrl' | 'databaseUrl'> & OutsideConfig
  log: Log
  /** Shared with the api where both live in one process; opened, and closed with the worker, when absent. */
  runtime?: Runtime
  /** Steps run at a time. */
  concurrency?: number
  /** Redis only: see openQueues. */
  prefix?: string
  /** Makes the fingerprint of a kept photo; without it, uploads that have none stay without. */
  fingerprintOf?: FingerprintOf
  /** Other handlers, in tests. */
  handlers?: readonly AnyHandler[]
}

export interface WorkerHealth {
  /** Loops whose last step failed. */
  failing: string[]
  /** Since the start. */
  tally: Tally
  queue: Queues['backend']
  jobs: Record<QueueName, QueueCounts>
}

export interface RunningWorker {
  /** @throws when the queue does not answer. */
  health(): Promise<WorkerHealth>
  /** Takes no more jobs, finishes those under way, stops the loops, lets go of every connection of its own. */
  close(): Promise<void>
}

/** As many as share an append; fewer make smaller batches, more only wait. */
export const CONCURRENCY = 128
/** Alarms ring together (a day begins, limits end on the hour), but each is one short statement. */
const CLOCK_CONCURRENCY = 8
/** Channels served at a time: each waits for its receiver. */
const OUTSIDE_CONCURRENCY = 16
const READER_POLL_MS = 250
/** Nobody waits for timers, lessons, uses of photos, notices and deliveries by the millisecond; each batch is a transaction. */
const READER_REST_MS = 150
const ALARM_POLL_MS = 1_000
const ALARM_LEASE_MS = 5_000
const OUTBOX_POLL_MS = 1_000
const RECONCILE_EVERY_MS = 30_000

/** @throws BadJob when a declared job has no handler, or two. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { store, log, concurrency = CONCURRENCY } = options
  const handlers = assemble(options.handlers ?? HANDLERS)
  const runtime = options.runtime ?? (await openRuntime(store, log))
  const { signals, cityFor } = runtime
  const queues = openQueues({
    config: options.config,
    log,
    ...(options.prefix ? { prefix: options.prefix } : {}),
  })
  const tally: Tally = { jobs: 0, failed: 0, steps: 0 }
  const { fingerprintOf } = options
  const outside = outsideOf(options.config)
  const context: JobContext = { store, runtime, queues, log, tally, fingerprintOf, outside }
  const holder = randomUUID()

  const projector = openProjector({ store, cityFor, signals })
  const sequencing = startSequencing({ store, projector, signals, holder, log })
  const follow = (name: string, step: () => Promise<number>, restMs = READER_REST_MS) =>
    startLoop({ name, pollMs: READER_POLL_MS, restMs, most: FEED_BATCH, step, log })
  const timers = follow('timers', () => followTimers(store, cityFor))
  // Persons wait for the steps that it starts.
  const automation = follow('automation', () => followAutomation(store, queues), 0)
  const register = follow('register', () => learnOwners(store, signals))
  const photoUses = follow('photo-uses', () => followPhotoUses(store))
  const notices = follow('notices', () => writeNotices(context))
  const deliveries = follow('deliveries', () => writeDeliveries(context))
  const offs = [timers, automation, register, photoUses, notices, deliveries].map((reader) =>
    signals.on('feed', reader.wake),
  )
  const { set } = openAlarms(context)
  const alarms = startLeasedLoop({
    name: 'alarms',
    store,
    holder,
    leaseMs: ALARM_LEASE_MS,
    pollMs: ALARM_POLL_MS,
    step: () => set().then(() => 0),
    log,
  })
  const outbox = startLeasedLoop({
    name: 'outbox',
    store,
    holder,
    leaseMs: ALARM_LEASE_MS,
    pollMs: OUTBOX_POLL_MS,
    step: () => ringDeliveries(context).then(() => 0),
    log,
  })
  offs.push(signals.on('delivery', outbox.wake))
  const off = runtime.clock.pace?.onStretch(alarms.wake)
  if (off) offs.push(off)
  const reconciler = startLeasedLoop({
    name: 'reconciler',
    store,
    holder,
    // Not renewed between passes: whoever comes first after it has run out takes the next.
    leaseMs: RECONCILE_EVERY_MS - 5_000,
    pollMs: RECONCILE_EVERY_MS,
    step: () => reconcile(context).then(() => 0),
    log,
  })
  const process = runJobs(handlers, context)
  const workers = [
    queues.work('pipeline', concurrency, process),
    queues.work('clock', CLOCK_CONCURRENCY, process),
    queues.work('outside', OUTSIDE_CONCURRENCY, process),
  ]
  const loops: Loop[] = [
    sequencing,
    timers,
    automation,
    register,
    photoUses,
    notices,
    deliveries,
    alarms,
    outbox,
    reconciler,
  ]
  const beating = startBeating(store, 'worker', VERSION, log)
  let closing: Promise<void> | undefined

  return {
    health: async () => ({
      failing: loops.filter((l) => l.isFailing()).map((l) => l.name),
      tally: { ...tally },
      queue: queues.backend,
      jobs: await queues.counts(),
    }),
    close: () => (closing ??= close()),
  }

  async function close(): Promise<void> {
    for (const off of offs) off()
    await beating.close()
    const parts = [
      ...workers,
      automation,
      alarms,
      outbox,
      reconciler,
      register,
      photoUses,
      notices,
      deliveries,
    ]
    await Promise.all(parts.map((part) => part.close()))
    // Last, so that what the last jobs appended is sequenced.
    await Promise.all([timers.close(), sequencing.close()])
    await queues.close()
    if (!options.runtime) await runtime.close()
  }
}
