// For whoever runs it: does the process live, can it work, and in what figures. No personal data, no login.
import type { FastifyRequest } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import Type from 'typebox'
import { calendarWarnings } from '#domain/calendar-warning.ts'
import { isStoreReady, readGauges } from '#store/gauges.ts'
import { anyone } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { Problem, problems } from '../http/problem.ts'
import type { Tailer } from '../live/tailer.ts'

const READY = Type.Object({ status: Type.Literal('ok') })
const READY_WITH_WARNINGS = Type.Object({
  status: Type.Literal('ok'),
  warnings: Type.Optional(
    Type.Array(Type.String(), { description: 'Working calendars that run out: load newer ones' }),
  ),
})

export interface Counted {
  tailer: Tailer
  liveClients: () => number
}

export function operationRoutes(app: App, deps: ApiDeps, { tailer, liveClients }: Counted): void {
  app.get(
    '/healthz',
    {
      schema: { tags: ['operations'], summary: 'The process lives', response: { 200: READY } },
      config: anyone({ screens: true }),
    },
    async () => ({ status: 'ok' as const }),
  )

  app.get(
    '/readyz',
    {
      schema: {
        tags: ['operations'],
        summary: 'It can answer: database, tables, city, board',
        response: { 200: READY_WITH_WARNINGS, ...problems() },
      },
      config: anyone({ screens: true }),
    },
    async () => {
      const { migrated, city } = await isStoreReady(deps.store)
      if (!migrated) throw new Problem(503, 'not-migrated', 'the database has no tables: npm run migrate')
      if (!city) throw new Problem(503, 'no-city', 'no city is loaded: npm run city -- load DIR')
      await tailer.current()
      const { runtime } = deps
      const warnings = calendarWarnings(await runtime.cityFor(), runtime.clock.now()).map((w) => w.message)
      return { status: 'ok' as const, ...(warnings.length > 0 ? { warnings } : {}) }
    },
  )

  const { registry, refresh } = metrics(app, deps, { tailer, liveClients })
  app.get(
    '/metrics',
    {
      schema: { tags: ['operations'], summary: 'Prometheus metrics', produces: ['text/plain'] },
      config: anyone({ screens: true }),
    },
    async (_request, reply) => {
      await refresh()
      return reply.type(registry.contentType).send(await registry.metrics())
    },
  )
}

/** `refresh` asks the database once for all its gauges, before they are read out side by side. */
function metrics(
  app: App,
  { store }: ApiDeps,
  { tailer, liveClients }: Counted,
): { registry: Registry; refresh(): Promise<void> } {
  const registry = new Registry()
  const registers = [registry]
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
  new Gauge({
    name: 'huiyin_live_clients',
    help: 'Clients of the live feed',
    registers,
    collect() {
      this.set(liveClients())
    },
  })
  new Gauge({
    name: 'huiyin_board_seq',
    help: 'Seq of the board in this process',
    registers,
    collect() {
      this.set(tailer.state()?.seq ?? 0)
    },
  })
  const seq = new Gauge({ name: 'huiyin_feed_seq', help: 'Head of the feed', registers })
  const lag = new Gauge({
    name: 'huiyin_reader_lag',
    help: 'Facts that a reader of the feed has not read',
    labelNames: ['reader'] as const,
    registers,
  })
  const inbox = new Gauge({
    name: 'huiyin_inbox_size',
    help: 'Facts committed and not yet sequenced',
    registers,
  })
  const refresh = async () => {
    try {
      const gauges = await readGauges(store)
      inbox.set(gauges.inbox)
      seq.set(gauges.seq)
      for (const { name, lag: behind } of gauges.lags) lag.set({ reader: name }, behind)
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
