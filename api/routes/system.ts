// The machinery as the administrator sees it. What monitoring needs is at /metrics (routes/operations.ts).
import Type from 'typebox'
import { calendarWarnings } from '#domain/calendar-warning.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { readGauges } from '#store/gauges.ts'
import { readSystem } from '#store/system.ts'
import { systemAdmins } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { diskOf } from '../disk.ts'
import { problems } from '../http/problem.ts'
import { Instant } from '../schemas/common.ts'

const n = Type.Integer()
const SYSTEM = Type.Object({
  city: Type.Optional(
    Type.Object({ code: Type.String(), name: Type.String(), version: n, loadedAt: Instant() }),
  ),
  startedAt: Type.String({ description: 'When this api process began, by its own clock' }),
  database: Type.Object({ version: Type.String(), bytes: n }),
  queue: Type.Enum(['postgres', 'redis']),
  worker: Type.Boolean({ description: 'Some worker is at work' }),
  inbox: Type.Integer({ description: 'Facts committed and not yet sequenced' }),
  seq: Type.Integer({ description: 'Head of the feed' }),
  readers: Type.Array(Type.Object({ name: Type.String(), lag: n })),
  open: Type.Integer({ description: 'Open cases' }),
  liveClients: n,
  calendars: Type.Array(
    Type.Object({
      owner: Type.String(),
      kind: Type.String(),
      ends: Type.Optional(Type.String({ description: 'Last covered day' })),
      daysLeft: n,
      message: Type.String(),
      zh: Type.String(),
    }),
    { description: 'Working calendars that run out, the most pressing first' },
  ),
  disk: Type.Optional(
    Type.Object({ free: n, total: n }, { description: 'Bytes where photos are kept (DATA_DIR)' }),
  ),
})

export function systemRoutes(
  app: App,
  { store, config, runtime, log }: ApiDeps,
  { liveClients }: { liveClients: () => number },
): void {
  const startedAt = Date.now()

  app.get(
    '/system',
    {
      schema: {
        tags: ['administration'],
        summary: 'City pack, database, queue, readers',
        response: { 200: SYSTEM, ...problems(403) },
      },
      config: systemAdmins,
    },
    async () => {
      const [figures, gauges, space, newest] = await Promise.all([
        readSystem(store),
        readGauges(store),
        diskOf(config.dataDir, log),
        runtime.cityFor(),
      ])
      const { city } = figures
      const { pack } = newest
      return {
        ...(city
          ? { city: { ...city, loadedAt: isoWithOffset(city.loadedAt.getTime(), pack.timeZone) } }
          : {}),
        startedAt: isoWithOffset(startedAt, pack.timeZone),
        database: { version: figures.server, bytes: figures.databaseBytes },
        queue: config.redisUrl === undefined ? ('postgres' as const) : ('redis' as const),
        worker: figures.atWork.length > 0,
        inbox: gauges.inbox,
        seq: gauges.seq,
        readers: gauges.lags,
        open: figures.open,
        liveClients: liveClients(),
        calendars: calendarWarnings(newest, runtime.clock.now()),
        ...(space ? { disk: space } : {}),
      }
    },
  )
}
