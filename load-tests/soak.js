// Soak: RATE reports a second (10) for DURATION seconds (1800), the desks keep up with them, twenty walls look on. The
// thresholds hold over the whole time; memory is looked at beside it, at /metrics.
import { sleep } from 'k6'
import { Gauge } from 'k6/metrics'
import { UNITS } from './lib/day.js'
import { LEDGER, litter, now, report, settle } from './lib/ledger.js'
import { WALLS, watch } from './lib/live.js'
import { BASE, gather, gatherUnits } from './lib/people.js'
import { latency, STATS, summary } from './lib/summary.js'
import http from 'k6/http'

export { centre, department, supervisor } from './lib/day.js'

const RATE = Number(__ENV.RATE || 10)
const SECONDS = Number(__ENV.DURATION || 1800)
/** Seconds for what is under way at the end; walls look on a little longer. */
const GRACE = Number(__ENV.GRACE || 60)
const duration = `${SECONDS}s`
const people = (exec, vus) => ({ executor: 'constant-vus', vus, duration, exec, gracefulStop: `${GRACE}s` })
const memory = new Gauge('api_memory_mb')

export const options = {
  summaryTrendStats: STATS,
  teardownTimeout: '15m',
  setupTimeout: '2m',
  scenarios: {
    reports: {
      executor: 'constant-arrival-rate',
      rate: RATE,
      duration,
      preAllocatedVUs: 20,
      maxVUs: 100,
      exec: 'reporting',
    },
    duty: people('centre', 4),
    departments: people('department', 2 * UNITS.length),
    supervisors: people('supervisor', 4),
    memory: people('measure', 1),
    walls: {
      executor: 'per-vu-iterations',
      vus: 20,
      iterations: 1,
      exec: 'wall',
      maxDuration: `${SECONDS + 120}s`,
    },
  },
  thresholds: {
    unexpected_answers: ['rate<0.001'],
    checks: ['rate>0.999'],
    ...latency({ 'http_req_duration{name:report}': ['p(95)<500', 'p(99)<1500'] }),
    ...LEDGER,
    ...WALLS,
  },
}

export function setup() {
  const all = gather(['grid', 'duty', 'operator', 'supervisor', 'wall'])
  return { ...all, units: gatherUnits(UNITS), startedAt: now(all.cookies.duty) }
}

export const reporting = (all) => void report(all, all.cookies.grid, litter())

/** The least and the most of it are in the summary. */
export function measure() {
  const answer = http.get(`${BASE}/metrics`, { tags: { name: 'metrics' } })
  const found = /^process_resident_memory_bytes\S* (\S+)/m.exec(answer.body || '')
  if (found) memory.add(Number(found[1]) / 2 ** 20)
  sleep(10)
}

export const wall = (all) => watch(all.cookies.wall, { seconds: SECONDS + GRACE + 5 })

export const teardown = (all) => settle(all, all.cookies.duty)

export const handleSummary = (data) => summary(`soak: ${RATE}/s for ${SECONDS} s`, data)
