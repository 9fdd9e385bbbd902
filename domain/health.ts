// What an operator should see to: figures about the machinery judged as lights, each with the figures that its sentence
// needs. Pure; the words, with what is to be done, are the page's.
import type { Light } from './case.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from './days.ts'

export interface HealthFigures {
  processes: readonly { kind: string; version: string; silentMs: number }[]
  /** Facts committed and not yet sequenced. */
  inbox: number
  readers: readonly { name: string; lag: number }[]
  /** Undefined = the queue did not answer. */
  queues: readonly { waiting: number; failed: number }[] | undefined
  /** Timers that should have fired; `oldestMs` of the log's clock. */
  timers: { late: number; oldestMs: number }
  /** Cases that a rule should have moved on. */
  stuck: number
  disk: { free: number; total: number } | undefined
  databaseBytes: number
  backup: Done | undefined
  audit: Done | undefined
  /** Milliseconds until it runs out; undefined = plain HTTP here. */
  certificateMs: number | undefined
  /** Messages to the outside that could not be sent. */
  deadLetters: number
  calendars: number
  isDemo: boolean
}

export interface Done {
  ageMs: number
  ok: boolean
}

export const HEALTH_CHECKS = [
  'worker',
  'api',
  'version',
  'inbox',
  'readers',
  'queue',
  'timers',
  'stuck',
  'disk',
  'database',
  'backup',
  'audit',
  'certificate',
  'dead-letters',
  'calendars',
] as const
export type HealthCheck = (typeof HEALTH_CHECKS)[number]

/** `state` names the sentence; `none` = nothing to judge. */
export interface Judged {
  check: HealthCheck
  light: Light
  state: string
  figures: Record<string, string | number>
}

/** A process that was not heard for so long has died, or cannot reach the database. */
export const SILENT_MS = 30_000
const MB = 1024 * 1024

export function judgeHealth(f: HealthFigures): Judged[] {
  const heard = f.processes.filter((p) => p.silentMs < SILENT_MS)
  const silent = (kind: string) =>
    f.processes.filter((p) => p.kind === kind && p.silentMs >= SILENT_MS).length
  const count = (kind: string) => heard.filter((p) => p.kind === kind).length
  const versions = [...new Set(heard.map((p) => p.version))].sort()
  const slowest = f.readers.reduce((a, r) => (r.lag > a.lag ? r : a), { name: '', lag: 0 })
  const waiting = (f.queues ?? []).reduce((sum, q) => sum + q.waiting, 0)
  const failed = (f.queues ?? []).reduce((sum, q) => sum + q.failed, 0)
  const free = f.disk && f.disk.free / f.disk.total
  const one = (check: HealthCheck, light: Light, state: string, figures: Judged['figures'] = {}): Judged => ({
    check,
    light,
    state,
    figures,
  })
  const process = (kind: 'worker' | 'api') => {
    const figures = { n: count(kind), silent: silent(kind) }
    if (figures.n === 0) return one(kind, 'red', 'none', figures)
    return figures.silent > 0 ? one(kind, 'yellow', 'silent', figures) : one(kind, 'green', 'fine', figures)
  }
  return [
    process('worker'),
    process('api'),
    versions.length > 1
      ? one('version', 'yellow', 'mixed', { versions: versions.join('、') })
      : one('version', 'green', 'fine', { versions: versions.join('、') }),
    one(
      'inbox',
      f.inbox > 10_000 ? 'red' : f.inbox > 500 ? 'yellow' : 'green',
      f.inbox > 500 ? 'behind' : 'fine',
      {
        n: f.inbox,
      },
    ),
    slowest.lag > 200
      ? one('readers', slowest.lag > 5_000 ? 'red' : 'yellow', 'behind', {
          name: slowest.name,
          n: slowest.lag,
        })
      : one('readers', 'green', 'fine'),
    f.queues === undefined
      ? one('queue', 'red', 'silent')
      : failed > 0
        ? one('queue', 'yellow', 'failed', { waiting, failed })
        : one('queue', waiting > 5_000 ? 'yellow' : 'green', waiting > 5_000 ? 'long' : 'fine', { waiting }),
    f.timers.oldestMs > MINUTE_MS
      ? one('timers', f.timers.oldestMs > 5 * MINUTE_MS ? 'red' : 'yellow', 'late', {
          n: f.timers.late,
          minutes: Math.floor(f.timers.oldestMs / MINUTE_MS),
        })
      : one('timers', 'green', 'fine'),
    f.stuck > 0
      ? one('stuck', f.stuck >= 20 ? 'red' : 'yellow', 'some', { n: f.stuck })
      : one('stuck', 'green', 'fine'),
    free === undefined
      ? one('disk', 'none', 'unknown')
      : one('disk', free < 0.03 ? 'red' : free < 0.1 ? 'yellow' : 'green', free < 0.1 ? 'low' : 'fine', {
          percent: Math.floor(free * 100),
        }),
    one('database', 'green', 'fine', { mb: Math.round(f.databaseBytes / MB) }),
    backup(f, one),
    audit(f.audit, one),
    certificate(f.certificateMs, one),
    f.deadLetters > 0
      ? one('dead-letters', 'yellow', 'some', { n: f.deadLetters })
      : one('dead-letters', 'green', 'fine'),
    f.calendars > 0
      ? one('calendars', 'yellow', 'ending', { n: f.calendars })
      : one('calendars', 'green', 'fine'),
  ]
}

type One = (check: HealthCheck, light: Light, state: string, figures?: Judged['figures']) => Judged

function backup({ backup: done, isDemo }: HealthFigures, one: One): Judged {
  if (!done) return one('backup', isDemo ? 'yellow' : 'red', 'never')
  const figures = { hours: Math.floor(done.ageMs / HOUR_MS) }
  if (!done.ok) return one('backup', 'yellow', 'incomplete', figures)
  if (done.ageMs > 26 * HOUR_MS)
    return one('backup', done.ageMs > 7 * DAY_MS ? 'red' : 'yellow', 'old', figures)
  return one('backup', 'green', 'fine', figures)
}

function audit(done: Done | undefined, one: One): Judged {
  if (!done) return one('audit', 'yellow', 'never')
  const figures = { days: Math.floor(done.ageMs / DAY_MS) }
  if (!done.ok) return one('audit', 'red', 'differs', figures)
  return done.ageMs > 8 * DAY_MS
    ? one('audit', 'yellow', 'old', figures)
    : one('audit', 'green', 'fine', figures)
}

function certificate(left: number | undefined, one: One): Judged {
  if (left === undefined) return one('certificate', 'none', 'elsewhere')
  const figures = { days: Math.max(0, Math.floor(left / DAY_MS)) }
  if (left <= 0) return one('certificate', 'red', 'over', figures)
  if (left < 30 * DAY_MS) return one('certificate', left < 7 * DAY_MS ? 'red' : 'yellow', 'ending', figures)
  return one('certificate', 'green', 'fine', figures)
}
