// A storm breaks: BASE_RATE reports a second for a minute (5), ten times as many for a minute, then as before; ten walls
// look on. Nothing is lost, nothing fails, and a minute later it answers as if nothing had been.
import exec from 'k6/execution'
import { Trend } from 'k6/metrics'
import { LEDGER, litter, now, report, settle } from './lib/ledger.js'
import { WALLS, watch } from './lib/live.js'
import { gather } from './lib/people.js'
import { latency, STATS, summary } from './lib/summary.js'

const RATE = Number(__ENV.BASE_RATE || 5)
const STEP = Number(__ENV.STEP || 60)

const PHASES = { before: RATE, storm: RATE * 10, after: RATE }
const took = Object.fromEntries(Object.keys(PHASES).map((p) => [p, new Trend(`${p}_took`, true)]))

export const options = {
  summaryTrendStats: STATS,
  teardownTimeout: '10m',
  scenarios: {
    ...Object.fromEntries(
      Object.entries(PHASES).map(([phase, rate], i) => [
        phase,
        {
          executor: 'constant-arrival-rate',
          rate,
          duration: `${STEP}s`,
          startTime: `${i * STEP}s`,
          preAllocatedVUs: Math.max(4, rate),
          maxVUs: 200,
          exec: 'reporting',
        },
      ]),
    ),
    walls: {
      executor: 'per-vu-iterations',
      vus: 10,
      iterations: 1,
      exec: 'wall',
      maxDuration: `${3 * STEP + 90}s`,
    },
  },
  thresholds: {
    unexpected_answers: ['rate<0.001'],
    checks: ['rate>0.999'],
    ...latency({
      before_took: ['p(95)<500'],
      storm_took: ['p(95)<1000', 'p(99)<2000'],
      after_took: ['p(95)<500'],
      dropped_iterations: ['count==0'],
    }),
    ...LEDGER,
    ...WALLS,
  },
}

export function setup() {
  const all = gather(['grid', 'duty', 'wall'])
  return { ...all, startedAt: now(all.cookies.duty) }
}

export function reporting(all) {
  took[exec.scenario.name].add(report(all, all.cookies.grid, litter()).timings.duration)
}

export const wall = (all) => watch(all.cookies.wall, { seconds: 3 * STEP + 5 })

export const teardown = (all) => settle(all, all.cookies.duty)

export const handleSummary = (data) => summary(`a storm: ${RATE}/s, ten times that, and back`, data)
