// Each light turns where an operator has something to do, and only there.
import { expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS } from './days.ts'
import { HEALTH_CHECKS, type HealthCheck, type HealthFigures, judgeHealth } from './health.ts'

const FINE: HealthFigures = {
  processes: [
    { kind: 'api', version: '1', silentMs: 2_000 },
    { kind: 'worker', version: '1', silentMs: 9_000 },
  ],
  inbox: 3,
  readers: [{ name: 'timers', lag: 20 }],
  queues: [{ waiting: 40, failed: 0 }],
  timers: { late: 0, oldestMs: 0 },
  stuck: 0,
  disk: { free: 50, total: 100 },
  databaseBytes: 5e8,
  backup: { ageMs: 3 * HOUR_MS, ok: true },
  audit: { ageMs: 2 * DAY_MS, ok: true },
  certificateMs: 200 * DAY_MS,
  deadLetters: 0,
  calendars: 0,
  isDemo: false,
}
const judged = (more: Partial<HealthFigures>, check: HealthCheck) => {
  const found = judgeHealth({ ...FINE, ...more }).find((j) => j.check === check)
  return found && [found.light, found.state]
}

test('a sound system is green all over, and every check is judged once', () => {
  const all = judgeHealth(FINE)
  expect(all.map((j) => j.check)).toEqual([...HEALTH_CHECKS])
  expect(all.filter((j) => j.light !== 'green')).toEqual([])
})

const silent = { kind: 'worker', version: '1', silentMs: 31_000 }
test.each<[HealthCheck, Partial<HealthFigures>, string, string]>([
  ['worker', { processes: [silent] }, 'red', 'none'],
  ['worker', { processes: [...FINE.processes, silent] }, 'yellow', 'silent'],
  [
    'version',
    { processes: [...FINE.processes, { kind: 'api', version: '2', silentMs: 0 }] },
    'yellow',
    'mixed',
  ],
  ['inbox', { inbox: 501 }, 'yellow', 'behind'],
  ['inbox', { inbox: 10_001 }, 'red', 'behind'],
  ['readers', { readers: [{ name: 'a', lag: 201 }] }, 'yellow', 'behind'],
  ['queue', { queues: undefined }, 'red', 'silent'],
  ['queue', { queues: [{ waiting: 0, failed: 1 }] }, 'yellow', 'failed'],
  ['queue', { queues: [{ waiting: 6_000, failed: 0 }] }, 'yellow', 'long'],
  ['timers', { timers: { late: 4, oldestMs: 2 * MINUTE_MS } }, 'yellow', 'late'],
  ['timers', { timers: { late: 4, oldestMs: 6 * MINUTE_MS } }, 'red', 'late'],
  ['stuck', { stuck: 1 }, 'yellow', 'some'],
  ['disk', { disk: { free: 9, total: 100 } }, 'yellow', 'low'],
  ['disk', { disk: { free: 2, total: 100 } }, 'red', 'low'],
  ['disk', { disk: undefined }, 'none', 'unknown'],
  ['backup', { backup: undefined }, 'red', 'never'],
  ['backup', { backup: undefined, isDemo: true }, 'yellow', 'never'],
  ['backup', { backup: { ageMs: 27 * HOUR_MS, ok: true } }, 'yellow', 'old'],
  ['backup', { backup: { ageMs: 8 * DAY_MS, ok: true } }, 'red', 'old'],
  ['backup', { backup: { ageMs: 1, ok: false } }, 'yellow', 'incomplete'],
  ['audit', { audit: undefined }, 'yellow', 'never'],
  ['audit', { audit: { ageMs: 1, ok: false } }, 'red', 'differs'],
  ['audit', { audit: { ageMs: 9 * DAY_MS, ok: true } }, 'yellow', 'old'],
  ['certificate', { certificateMs: 20 * DAY_MS }, 'yellow', 'ending'],
  ['certificate', { certificateMs: 5 * DAY_MS }, 'red', 'ending'],
  ['certificate', { certificateMs: -1 }, 'red', 'over'],
  ['certificate', { certificateMs: undefined }, 'none', 'elsewhere'],
  ['dead-letters', { deadLetters: 2 }, 'yellow', 'some'],
  ['calendars', { calendars: 1 }, 'yellow', 'ending'],
])('%s %o', (check, more, light, state) => {
  expect(judged(more, check)).toEqual([light, state])
})
