// Smoke: a few people report and read for half a minute while a wall looks on; every accepted report is in the log, and the
// wall's figures are the board's.
// Run: npm run load -- smoke   (BASE_URL, default http://127.0.0.1:8080; DURATION in seconds)
import { check, sleep } from 'k6'
import { LEDGER, litter, now, report, settle } from './lib/ledger.js'
import { WALLS, watch } from './lib/live.js'
import { gather, get } from './lib/people.js'
import { latency, STATS, summary } from './lib/summary.js'

const SECONDS = Number(__ENV.DURATION || 30)

export const options = {
  summaryTrendStats: STATS,
  teardownTimeout: '5m',
  scenarios: {
    people: { executor: 'constant-vus', vus: 4, duration: `${SECONDS}s`, exec: 'person' },
    walls: {
      executor: 'per-vu-iterations',
      vus: 2,
      iterations: 1,
      exec: 'wall',
      maxDuration: `${SECONDS + 60}s`,
    },
  },
  thresholds: {
    unexpected_answers: ['rate<0.001'],
    checks: ['rate>0.999'],
    ...latency({ 'http_req_duration{name:report}': ['p(95)<1000'] }),
    ...LEDGER,
    ...WALLS,
  },
}

export function setup() {
  const all = gather(['grid', 'duty', 'wall'])
  return { ...all, startedAt: now(all.cookies.duty) }
}

export function person(all) {
  const made = report(all, all.cookies.grid, litter())
  if (made.status === 201)
    check(get(all.cookies.grid, `/cases/${made.json('id')}`, 'case'), {
      'can be read': (r) => r.status === 200,
    })
  check(get(all.cookies.duty, '/board?scope=city', 'board'), { 'board answers': (r) => r.status === 200 })
  sleep(0.5 + Math.random())
}

export const wall = (all) => watch(all.cookies.wall, { seconds: SECONDS + 3 })

export const teardown = (all) => settle(all, all.cookies.duty)

export const handleSummary = (data) => summary('smoke', data)
