// The ledger: every report that was answered with 201 counts up, every one of this run found in the log counts down. What
// is left over was lost (above zero) or is there twice (below): a run passes only at exactly zero.
import exec from 'k6/execution'
import { check, sleep } from 'k6'
import { Counter } from 'k6/metrics'
import { get, pick, post, somewhere } from './people.js'

export const unsettled = new Counter('reports_unsettled')
export const accepted = new Counter('reports_accepted')
const logless = new Counter('cases_without_their_log')

/** To be spread into a script's thresholds. */
export const LEDGER = { reports_unsettled: ['count==0'], cases_without_their_log: ['count==0'] }

/**
 * Reports once. A connection that broke is tried again with the same Idempotency-Key, as a phone does: once is what
 * counts.
 * @returns the response
 */
export function report({ run, places }, cookie, body) {
  const id = `${exec.scenario.name}-${exec.vu.idInTest}-${exec.vu.iterationInScenario}`
  const whole = { location: somewhere(places), ...body, description: `${body.description} 〔${run}-${id}〕` }
  let answer
  for (let tries = 0; tries < 5; tries++) {
    answer = post(cookie, '/cases', whole, 'report', { 'idempotency-key': `${run}-${id}` })
    if (answer.status !== 0 && answer.status < 500) break
    sleep(0.2 * 2 ** tries)
  }
  check(answer, { 'report is accepted': (r) => r.status === 201 || r.status === 429 })
  if (answer.status === 201) {
    accepted.add(1)
    unsettled.add(1)
  }
  return answer
}

export const LITTER = ['道路有少量垃圾', '人行道散落纸屑', '花坛边有生活垃圾']
export const litter = () => ({ description: pick(LITTER), categoryCode: 'E0110', source: 'grid' })

/** In teardown(): reads every case of the run back, as the duty manager. */
export function settle({ run, startedAt }, cookie) {
  const seen = new Set()
  let cursor = ''
  for (;;) {
    const page = get(cookie, `/cases?limit=200${cursor}`, 'settle')
    if (page.status !== 200) throw new Error(`the cases could not be read back: ${page.status} ${page.body}`)
    const { items, nextCursor } = page.json()
    for (const item of items) {
      if (seen.has(item.id) || !item.description.includes(`〔${run}-`)) continue
      seen.add(item.id)
      unsettled.add(-1)
      if (seen.size % 50 === 1) hasItsLog(cookie, item)
    }
    const last = items[items.length - 1]
    if (nextCursor === undefined || !last || Date.parse(last.reportedAt) < startedAt) break
    cursor = `&cursor=${encodeURIComponent(nextCursor)}`
  }
  return seen.size
}

/** One in fifty is opened: its log begins with the report and leads up to the state that the list shows. */
function hasItsLog(cookie, item) {
  const answer = get(cookie, `/cases/${item.id}/events`, 'events')
  const events = answer.status === 200 ? answer.json('items') : []
  const isWhole = events.length > 0 && events[0].type === 'reported' && events.every((e, i) => e.no === i + 1)
  logless.add(isWhole ? 0 : 1)
}

/** In setup(): the moment of the run by the system's own clock, which a demo may let run faster. @returns epoch ms */
export function now(cookie) {
  const { asOf } = get(cookie, '/board?scope=city', 'board').json()
  return Date.parse(asOf)
}
