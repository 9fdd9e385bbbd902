// The operator's page: what is stuck, late or about to end, each judged as a light (domain/health.ts).
import { X509Certificate } from 'node:crypto'
import Type from 'typebox'
import { calendarWarnings } from '#domain/calendar-warning.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { rateOf } from '#domain/clock.ts'
import { HEALTH_CHECKS, judgeHealth } from '#domain/health.ts'
import { readGauges } from '#store/gauges.ts'
import { readLate } from '#store/health.ts'
import { listProcesses } from '#store/processes.ts'
import { stuckCases } from '#store/stuck.ts'
import { readSystem } from '#store/system.ts'
import { readUpkeep } from '#store/upkeep.ts'
import { systemAdmins } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { problems } from '../http/problem.ts'
import type { QueueView } from '../queues.ts'
import { Instant } from '../schemas/common.ts'
import { diskOf } from '../disk.ts'

const n = Type.Integer()
const HEALTH = Type.Object({
  checks: Type.Array(
    Type.Object({
      check: Type.Enum([...HEALTH_CHECKS]),
      light: Type.Enum(['green', 'yellow', 'red', 'none']),
      state: Type.String({ description: 'Names the sentence that the page says' }),
      figures: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    }),
  ),
  processes: Type.Array(
    Type.Object({
      kind: Type.Enum(['api', 'worker']),
      version: Type.String(),
      host: Type.String(),
      pid: n,
      startedAt: Instant(),
      silentSeconds: n,
    }),
  ),
  queues: Type.Optional(
    Type.Array(Type.Object({ name: Type.String(), waiting: n, active: n, delayed: n, failed: n }), {
      description: 'Absent when the queue does not answer',
    }),
  ),
  stuck: Type.Array(Type.Object({ id: Type.String(), status: Type.String(), since: Instant() }), {
    description: 'Cases that a rule should have moved on, longest untouched first; at most 20',
  }),
})

/** Untouched for so long at the world's pace, a case that a rule should move is stuck. */
const STUCK_AFTER_MS = 5 * 60_000
const MOST_COUNTED = 1000
const MOST_SHOWN = 20

export function healthRoutes(app: App, deps: ApiDeps, queueView: QueueView): void {
  const { store, config, runtime, log, tls } = deps

  app.get(
    '/admin/health',
    {
      schema: {
        tags: ['administration'],
        summary: 'What an operator should see to, as lights, with processes and queues',
        response: { 200: HEALTH, ...problems(403) },
      },
      config: systemAdmins,
    },
    async () => {
      const now = runtime.clock.now()
      const rate = rateOf(runtime.clock)
      const [city, processes, gauges, late, stuck, disk, system, upkeep, queues] = await Promise.all([
        runtime.cityFor(),
        listProcesses(store),
        readGauges(store),
        readLate(store, now),
        stuckCases(store, now, STUCK_AFTER_MS * rate, { limit: MOST_COUNTED }),
        diskOf(config.dataDir, log),
        readSystem(store),
        readUpkeep(store),
        queueView.counts(),
      ])
      const { timeZone } = city.pack
      const until = tls && Date.parse(new X509Certificate(tls.current().cert).validTo)
      return {
        checks: judgeHealth({
          processes,
          inbox: gauges.inbox,
          readers: gauges.lags,
          queues,
          timers: { ...late.timers, oldestMs: late.timers.oldestMs / rate },
          stuck: stuck.length,
          disk,
          databaseBytes: system.databaseBytes,
          backup: upkeep.backup,
          audit: upkeep.audit,
          certificateMs: until === undefined ? undefined : until - Date.now(),
          deadLetters: late.deadLetters,
          calendars: calendarWarnings(city, now).length,
          isDemo: config.demo,
        }),
        processes: processes.map(({ kind, version, host, pid, startedAt, silentMs }) => ({
          kind,
          version,
          host,
          pid,
          startedAt: isoWithOffset(startedAt.getTime(), timeZone),
          silentSeconds: Math.round(silentMs / 1000),
        })),
        ...(queues ? { queues } : {}),
        stuck: stuck.slice(0, MOST_SHOWN).map(({ caseId, status, updatedAt }) => ({
          id: caseId,
          status,
          since: isoWithOffset(updatedAt, timeZone),
        })),
      }
    },
  )
}
