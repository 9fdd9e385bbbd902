// A city's day, pressed together: grid members and residents report, the centre, five units and the supervisors work
// through it, ten walls look on. PEOPLE grid members (20), DURATION seconds (300), PACE (1; 10 = everybody ten times as
// fast). Best against a system without simulated people of its own: DEMO_TRAFFIC=0 npm start
import { UNITS } from './lib/day.js'
import { LEDGER, now, settle } from './lib/ledger.js'
import { WALLS, watch } from './lib/live.js'
import { gather, gatherUnits } from './lib/people.js'
import { latency, STATS, summary } from './lib/summary.js'

export { centre, citizen, department, gridMember, supervisor } from './lib/day.js'

const PEOPLE = Number(__ENV.PEOPLE || 20)
const SECONDS = Number(__ENV.DURATION || 300)
/** Seconds for what is under way at the end; walls look on a little longer. */
const GRACE = Number(__ENV.GRACE || 60)
const duration = `${SECONDS}s`
const some = (share) => Math.max(1, Math.round(PEOPLE * share))
const people = (exec, vus) => ({ executor: 'constant-vus', vus, duration, exec, gracefulStop: `${GRACE}s` })

export const options = {
  summaryTrendStats: STATS,
  teardownTimeout: '10m',
  setupTimeout: '2m',
  scenarios: {
    grid: people('gridMember', PEOPLE),
    // Reports without a login are limited to 20 a minute and address.
    citizens: {
      executor: 'constant-arrival-rate',
      rate: 12,
      timeUnit: '1m',
      duration,
      preAllocatedVUs: 2,
      exec: 'citizen',
    },
    operators: people('centre', some(0.05)),
    duty: people('centre', some(0.15)),
    departments: people('department', Math.max(UNITS.length, some(0.3))),
    supervisors: people('supervisor', some(0.15)),
    walls: {
      executor: 'per-vu-iterations',
      vus: 10,
      iterations: 1,
      exec: 'wall',
      maxDuration: `${SECONDS + 120}s`,
    },
  },
  thresholds: {
    unexpected_answers: ['rate<0.001'],
    checks: ['rate>0.999'],
    ...latency({
      'http_req_duration{name:report}': ['p(95)<500', 'p(99)<1500'],
      'http_req_duration{name:waiting}': ['p(95)<500', 'p(99)<1500'],
      'http_req_duration{name:board}': ['p(95)<500'],
    }),
    steps_taken: ['count>0'],
    ...LEDGER,
    ...WALLS,
  },
}

export function setup() {
  const all = gather(['grid', 'operator', 'duty', 'supervisor', 'wall'])
  return { ...all, units: gatherUnits(UNITS), startedAt: now(all.cookies.duty) }
}

export const wall = (all) => watch(all.cookies.wall, { seconds: SECONDS + GRACE + 5 })

export const teardown = (all) => settle(all, all.cookies.duty)

export const handleSummary = (data) => summary(`a day: ${PEOPLE} grid members, ${SECONDS} s`, data)
