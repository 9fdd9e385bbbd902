// The people of a run: real accounts of the demo city at the public API. They log in once, in setup(); every virtual user
// then works with the session of its role, as several screens of one person would.
import { check, fail } from 'k6'
import http from 'k6/http'
import { Counter, Rate } from 'k6/metrics'

export const BASE = (__ENV.BASE_URL || 'http://127.0.0.1:8080').replace(/\/$/, '')
const API = `${BASE}/api/v1`
const JSON_TYPE = { 'content-type': 'application/json' }

/** Answers that are part of the work: somebody else was first (409), a resident asks too often (429). */
export const unexpected = new Rate('unexpected_answers')
export const steps = new Counter('steps_taken')
export const taken = new Counter('steps_somebody_was_first')

http.setResponseCallback(http.expectedStatuses({ min: 200, max: 299 }, 304, 409, 429))

/** @returns the Cookie header of a session. */
export function login(username) {
  const answer = http.post(`${API}/auth/login`, JSON.stringify({ username, password: 'demo' }), {
    headers: JSON_TYPE,
    tags: { name: 'login' },
  })
  if (answer.status !== 200) fail(`${username} could not log in: ${answer.status} ${answer.body}`)
  return answer.headers['Set-Cookie'].split(';')[0]
}

/** @returns {{run: string, places: {lng: number, lat: number}[], cookies: Record<string, string>}} */
export function gather(usernames) {
  const zones = http.get(`${API}/zones`, { tags: { name: 'zones' } })
  if (zones.status !== 200) fail(`is Huiyin at ${BASE}? /zones answered ${zones.status} ${zones.error}`)
  const cookies = Object.fromEntries(usernames.map((u) => [u, login(u)]))
  return {
    run: `${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`,
    places: zones.json('items').map((z) => z.centre),
    cookies,
  }
}

/** Logs in one account of each unit that has cases in the demo. @returns {Record<string, string>} unit code → cookie */
export function gatherUnits(codes) {
  return Object.fromEntries(codes.map((code) => [code, login(`dept-${code}`)]))
}

let said = false
/** Counts an answer that nobody should get; the first one of each virtual user is printed. */
function judged(answer) {
  const isFine =
    (answer.status >= 200 && answer.status < 300) || answer.status === 409 || answer.status === 429
  unexpected.add(!isFine)
  if (!isFine && !said) {
    said = true
    console.error(`${answer.request.method} ${answer.url}: ${answer.status} ${answer.error} ${answer.body}`)
  }
  return answer
}

/** @param name of the request in the figures, without ids */
export const get = (cookie, path, name) =>
  judged(http.get(`${API}${path}`, { headers: { cookie }, tags: { name } }))

export const post = (cookie, path, body, name, more = {}) =>
  judged(
    http.post(`${API}${path}`, JSON.stringify(body), {
      headers: { ...JSON_TYPE, ...(cookie === undefined ? {} : { cookie }), ...more },
      tags: { name },
    }),
  )

/** @returns the upload's id, or undefined where it was not taken. */
export function upload(cookie, jpeg) {
  const answer = judged(
    http.post(
      `${API}/uploads`,
      { file: http.file(jpeg, 'photo.jpg', 'image/jpeg') },
      { headers: { ...(cookie === undefined ? {} : { cookie }) }, tags: { name: 'upload' } },
    ),
  )
  return answer.status === 201 ? answer.json('id') : undefined
}

/** One step on a case, as the one who looked at it just now. @returns whether it was taken */
export function act(cookie, item, action, payload = {}) {
  const answer = post(
    cookie,
    `/cases/${item.id}/actions`,
    { action, version: item.version, ...payload },
    action,
  )
  if (answer.status === 200) steps.add(1)
  else if (answer.status === 409) taken.add(1)
  check(answer, { 'step is taken, or somebody was first': (r) => r.status === 200 || r.status === 409 })
  return answer.status === 200
}

/** What may be done with a case now. @returns {string[]} */
export function offered(cookie, id) {
  const answer = get(cookie, `/cases/${id}/actions`, 'actions')
  return answer.status === 200 ? answer.json('items').map((o) => o.action) : []
}

export const pick = (list) => list[Math.floor(Math.random() * list.length)]

/** A place of the city, some twenty metres around. */
export const somewhere = (places) => {
  const { lng, lat } = pick(places)
  const off = () => (Math.random() - 0.5) * 0.0004
  return { lng: lng + off(), lat: lat + off(), accuracyM: 8 }
}
