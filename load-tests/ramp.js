// Ramp to saturation: reports at rising rates, each for STEP seconds (15); the summary names the rate at which it bends:
// where fewer come through than are sent, or the 95th percentile is five times that of the lowest rate. RATES=50,100,…
import { Counter, Trend } from 'k6/metrics'
import exec from 'k6/execution'
import { LEDGER, litter, now, report, settle } from './lib/ledger.js'
import { gather } from './lib/people.js'
import { latency, STATS, summary } from './lib/summary.js'

const RATES = (__ENV.RATES || '50,100,200,400,800,1200,1600,2400').split(',').map(Number)
const STEP = Number(__ENV.STEP || 15)
const PAUSE = 5

const name = (rate) => `at_${String(rate).padStart(5, '0')}`
const took = Object.fromEntries(RATES.map((r) => [name(r), new Trend(`${name(r)}_took`, true)]))
const through = Object.fromEntries(RATES.map((r) => [name(r), new Counter(`${name(r)}_through`)]))

export const options = {
  summaryTrendStats: STATS,
  teardownTimeout: '15m',
  scenarios: Object.fromEntries(
    RATES.map((rate, i) => [
      name(rate),
      {
        executor: 'constant-arrival-rate',
        rate,
        duration: `${STEP}s`,
        startTime: `${i * (STEP + PAUSE)}s`,
        preAllocatedVUs: Math.min(64, Math.max(8, Math.round(rate / 10))),
        maxVUs: 256,
        gracefulStop: `${PAUSE - 1}s`,
        exec: 'reporting',
      },
    ]),
  ),
  // Beyond the bend latency has no bound, which is the point; errors and losses have one at any rate.
  thresholds: {
    unexpected_answers: ['rate<0.001'],
    ...latency({ [`${name(RATES[0])}_took`]: ['p(95)<500'] }),
    ...LEDGER,
  },
}

export function setup() {
  const all = gather(['grid', 'duty'])
  return { ...all, startedAt: now(all.cookies.duty) }
}

export function reporting(all) {
  const scenario = exec.scenario.name
  const answer = report(all, all.cookies.grid, litter())
  took[scenario].add(answer.timings.duration)
  if (answer.status === 201) through[scenario].add(1)
}

export const teardown = (all) => settle(all, all.cookies.duty)

export function handleSummary(data) {
  const seen = RATES.map((rate) => ({
    rate,
    through: (data.metrics[`${name(rate)}_through`]?.values.count || 0) / STEP,
    p95: data.metrics[`${name(rate)}_took`]?.values['p(95)'],
  }))
  const lines = seen.map(
    ({ rate, through, p95 }) =>
      `${rate}/s sent: ${through.toFixed(0)}/s through, p95 ${p95?.toFixed(1) ?? '-'} ms`,
  )
  const bend = seen.find(({ rate, through, p95 }) => through < rate * 0.97 || p95 > 5 * seen[0].p95)
  lines.push(bend ? `It bends at ${bend.rate}/s.` : `It has not bent at ${RATES[RATES.length - 1]}/s.`)
  return summary('ramp to saturation', data, lines)
}
