// k6 smoke: a few people report and read for half a minute; every accepted report must be readable afterwards.
// Run: npm run load -- smoke   (BASE_URL, default http://127.0.0.1:8080)
import { check, fail, sleep } from 'k6'
import http from 'k6/http'
import { Counter } from 'k6/metrics'

const BASE = __ENV.BASE_URL || 'http://127.0.0.1:8080'
const lost = new Counter('lost_reports')

export const options = {
  scenarios: { people: { executor: 'constant-vus', vus: 4, duration: '30s' } },
  thresholds: {
    http_req_failed: ['rate<0.01'],
    http_req_duration: ['p(95)<500'],
    lost_reports: ['count==0'],
    checks: ['rate>0.99'],
  },
}

const json = { headers: { 'content-type': 'application/json' } }

export function setup() {
  const login = http.post(
    `${BASE}/api/v1/auth/login`,
    JSON.stringify({ username: 'grid', password: 'demo' }),
    json,
  )
  if (login.status !== 200) fail(`login answered ${login.status}`)
  const zones = http.get(`${BASE}/api/v1/zones`).json('items') || http.get(`${BASE}/api/v1/zones`).json()
  return { cookie: login.headers['Set-Cookie'].split(';')[0], places: zones.map((z) => z.centre) }
}

export default function ({ cookie, places }) {
  const headers = {
    cookie,
    'content-type': 'application/json',
    'idempotency-key': `k6-${__VU}-${__ITER}-${Date.now()}`,
  }
  const location = places[Math.floor(Math.random() * places.length)]
  const body = { description: '道路有少量垃圾', location, categoryCode: 'E0110', source: 'grid' }
  const made = http.post(`${BASE}/api/v1/cases`, JSON.stringify(body), { headers })
  check(made, { 'report is accepted': (r) => r.status === 201 })
  if (made.status === 201) {
    const read = http.get(`${BASE}/api/v1/cases/${made.json('id')}`, { headers })
    if (read.status !== 200) lost.add(1)
  }
  check(http.get(`${BASE}/api/v1/board?scope=city`, { headers }), {
    'board answers': (r) => r.status === 200,
  })
  sleep(0.5 + Math.random())
}
