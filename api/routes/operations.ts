// For whoever runs it: does the process live, can it work, and in what figures. No personal data, no login.
import Type from 'typebox'
import { calendarWarnings } from '#domain/calendar-warning.ts'
import { isStoreReady } from '#store/gauges.ts'
import { anyone } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { Problem, problems } from '../http/problem.ts'
import { type Counted, openMetrics } from '../http/metrics.ts'

const READY = Type.Object({ status: Type.Literal('ok') })
const READY_WITH_WARNINGS = Type.Object({
  status: Type.Literal('ok'),
  warnings: Type.Optional(
    Type.Array(Type.String(), { description: 'Working calendars that run out: load newer ones' }),
  ),
})

export function operationRoutes(app: App, deps: ApiDeps, counted: Counted): void {
  const { tailer, isStopping } = counted
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
      if (isStopping()) throw new Problem(503, 'stopping', 'this process is about to end: ask another')
      const { migrated, city } = await isStoreReady(deps.store)
      if (!migrated) throw new Problem(503, 'not-migrated', 'the database has no tables: npm run migrate')
      if (!city) throw new Problem(503, 'no-city', 'no city is loaded: npm run city -- load DIR')
      await tailer.current()
      const { runtime } = deps
      const warnings = calendarWarnings(await runtime.cityFor(), runtime.clock.now()).map((w) => w.message)
      return { status: 'ok' as const, ...(warnings.length > 0 ? { warnings } : {}) }
    },
  )

  const { registry, refresh } = openMetrics(app, deps, counted)
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
