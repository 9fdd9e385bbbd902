// The figures of /metrics: what this process does, and what the database and its disk say of the whole. Each is described
// in docs/operations/monitoring.md; a test holds the two together.
import { X509Certificate } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { readGauges } from '#store/gauges.ts'
import { readLate } from '#store/health.ts'
import { listProcesses } from '#store/processes.ts'
import type { App, ApiDeps } from '../deps.ts'
import { diskOf } from '../disk.ts'
import type { Tailer } from '../live/tailer.ts'

export interface Counted {
  tailer: Tailer
  liveClients: () => number
  /** It answers on, but is about to end. */
  isStopping: () => boolean
}

/** Processes say every ten seconds that they are there. */
const SILENT_MS = 30_000

/** `refresh` asks the database once for all its gauges, before they are read out side by side. */
export function openMetrics(
  app: App,
  { store, runtime, config, tls }: ApiDeps,
  { tailer, liveClients }: Counted,
): { registry: Registry; refresh(): Promise<void> } {
  const registry = new Registry()
  const registers = [registry]
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const by = <L extends string>(label: L, name: string, help: string) =>
    new Gauge({ name, help, labelNames: [label] as const, registers })
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of the answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const failures = new Counter({
    name: 'huiyin_gauge_failures_total',
    help: 'Scrapes without the database',
    registers,
  })
  const clients = gauge('huiyin_live_clients', 'Clients of the live feed')
  const board = gauge('huiyin_board_seq', 'Seq of the board in this process')
  const seq = gauge('huiyin_feed_seq', 'Head of the feed')
  const lag = by('reader', 'huiyin_reader_lag', 'Facts that a reader of the feed has not read')
  const inbox = gauge('huiyin_inbox_size', 'Facts committed and not yet sequenced')
  const processes = by('kind', 'huiyin_processes', 'Processes heard of in the last 30 seconds')
  const late = gauge('huiyin_timers_late', 'Deadlines that have passed and not rung')
  const latest = gauge('huiyin_timers_late_seconds', 'How long the oldest of them has been due')
  const dead = gauge('huiyin_dead_letters', 'Deliveries to the outside that were given up')
  const difference = gauge('huiyin_clock_difference_seconds', 'This machine’s clock before the database’s')
  const free = gauge('huiyin_disk_free_bytes', 'Free on the disk of DATA_DIR')
  const size = gauge('huiyin_disk_size_bytes', 'Size of the disk of DATA_DIR')
  const ends = tls && gauge('huiyin_certificate_end_seconds', 'When the certificate ends, in Unix time')

  async function askDatabase(): Promise<void> {
    const asked = Date.now()
    const [gauges, lateness, known] = await Promise.all([
      readGauges(store),
      readLate(store, runtime.clock.now()),
      listProcesses(store),
    ])
    const middle = (asked + Date.now()) / 2
    inbox.set(gauges.inbox)
    seq.set(gauges.seq)
    for (const { name, lag: behind } of gauges.lags) lag.set({ reader: name }, behind)
    difference.set((middle - gauges.now) / 1_000)
    late.set(lateness.timers.late)
    latest.set(lateness.timers.oldestMs / 1_000)
    dead.set(lateness.deadLetters)
    for (const kind of ['api', 'worker'] as const)
      processes.set({ kind }, known.filter((p) => p.kind === kind && p.silentMs < SILENT_MS).length)
  }

  const refresh = async () => {
    clients.set(liveClients())
    board.set(tailer.state()?.seq ?? 0)
    if (tls && ends) ends.set(Date.parse(new X509Certificate(tls.current().cert).validTo) / 1_000)
    const disk = await diskOf(config.dataDir, app.log)
    if (disk) {
      free.set(disk.free)
      size.set(disk.total)
    }
    try {
      await askDatabase()
    } catch (error) {
      failures.inc()
      app.log.warn({ err: error }, 'the database could not be asked for metrics')
    }
  }
  app.addHook('onResponse', (request: FastifyRequest, reply, done) => {
    durations.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
    done()
  })
  return { registry, refresh }
}
