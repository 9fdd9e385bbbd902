// Every route as everybody: nobody, a screen, somebody who owes a password, a machine, a person of each post; for a case of
// theirs and one of others. What is let in stands in testing/access-table.ts, and in docs/access.md for people.
import { readFileSync, writeFileSync } from 'node:fs'
import type { HTTPMethods } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POSTS, type Post } from '#domain/case.ts'
import { cityPack, placeAt } from '#domain/testing/city.ts'
import { SESSION_COOKIE } from './auth/tokens.ts'
import { LIMITS, type Limits } from './http/limits.ts'
import {
  ACCESS_TABLE,
  accessPage,
  addressOf,
  CALLERS,
  type Caller,
  mayCall,
  type Row,
  seesCase,
} from './testing/access-table.ts'
import { openTestApi, type TestApi, USERS } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

const PAGE = new URL('../docs/access.md', import.meta.url)
const person = (username: string, posts: Post[], department?: string) => ({
  username,
  name: username,
  posts,
  areas: [],
  ...(department === undefined ? {} : { department }),
})
const MORE = [
  person('system', ['system-admin']),
  person('security', ['security-admin']),
  person('auditor', ['auditor']),
  person('sanitation-handler', ['handler'], 'sanitation'),
  person('owing', ['admin', 'duty-manager']),
]

/** Usernames: whose the case is, and another of the same post. */
const PEOPLE: Record<Post, [own: string, foreign: string]> = {
  admin: ['admin', 'admin'],
  'system-admin': ['system', 'system'],
  'security-admin': ['security', 'security'],
  auditor: ['auditor', 'auditor'],
  'duty-manager': ['duty', 'duty'],
  operator: ['operator', 'operator'],
  dispatcher: ['dispatcher', 'dispatcher'],
  supervisor: ['supervisor', 'supervisor2'],
  'grid-member': ['grid', 'grid2'],
  evaluator: ['evaluator', 'evaluator'],
  head: ['head', 'head'],
  leader: ['leader', 'leader'],
  'department-officer': ['water', 'sanitation'],
  handler: ['handler', 'sanitation-handler'],
  display: ['wall', 'wall'],
}

let api: TestApi
let caseId: string
let machine: string
let screen: string

beforeAll(async () => {
  const limits = Object.fromEntries(
    Object.keys(LIMITS).map((name) => [name, { max: 1_000_000, windowMs: 60_000 }]),
  ) as Limits
  api = await openTestApi({ limits, pack: { ...cityPack(), users: [...USERS, ...MORE] } })
  const desk = deskOf(() => api)
  caseId = await desk.reported({ location: placeAt(0.5, 1.05) })
  await desk.done(caseId, 'duty', 'file')
  await desk.done(caseId, 'water', 'acknowledge')
  await desk.done(caseId, 'water', 'assign', { handler: await api.accountId('handler') })
  machine = await api.newKey('operator')
  const made = await api.post(
    '/screens',
    { name: '大屏', widthMm: 4800, viewingDistanceM: 8, tiles: { columns: 1, rows: 1 } },
    { as: 'admin' },
  )
  const opened = await api.post('/screens/session', { token: made.body.token })
  screen = String(opened.headers['set-cookie']).split(';')[0] ?? ''
  expect(screen).toContain(`${SESSION_COOKIE}=`)
  await api.cookieOf('owing')
  await api.store.sql`update account set must_change = true where username = 'owing'`
})
afterAll(() => api.close())

async function headersOf(caller: Caller, which: 'own' | 'foreign'): Promise<Record<string, string>> {
  switch (caller) {
    case 'nobody':
      return {}
    case 'screen':
      return { cookie: screen }
    case 'machine':
      return { authorization: `Bearer ${machine}` }
    case 'owing':
      return { cookie: await api.cookieOf('owing') }
    default:
      return { cookie: await api.cookieOf(PEOPLE[caller][which === 'own' ? 0 : 1]) }
  }
}

/** What makes a request good enough to be looked at further, where nothing would not be. */
const BODIES: Record<string, object> = {
  'POST /cases/:id/actions': { action: 'comment', text: '看过' },
  'POST /cases/:id/unmask': { reason: '回访' },
}
const QUERIES: Record<string, string> = { 'GET /cases/:id/preview': '?action=reply' }

const urlOf = (row: Row) =>
  addressOf(row)
    .url.replace(/\/cases\/:id/, `/cases/${row.ofCase ? caseId : crypto.randomUUID()}`)
    .replace(':receiptNo', 'R201909290999')
    .replace(':code', 'none')
    .replace(':n.', '0.')
    .replace('*', 'none.txt')
    .replace(/:\w+/g, () => crypto.randomUUID()) + (QUERIES[row.route] ?? '')

/** Not let in: another fault than these is an answer to somebody who was. */
const REFUSALS = new Set([
  'unauthorized',
  'forbidden',
  'not-your-case',
  'password-change-required',
  'invalid-key',
])

async function isLetIn(row: Row, caller: Caller, which: 'own' | 'foreign'): Promise<boolean> {
  const { method } = addressOf(row)
  const body = method === 'GET' || method === 'DELETE' ? {} : { payload: BODIES[row.route] ?? {} }
  const answer = await api.app.inject({
    method: method as 'GET',
    url: urlOf(row),
    headers: await headersOf(caller, which),
    ...body,
  })
  expect([row.route, answer.statusCode]).not.toEqual([row.route, 500])
  if (answer.statusCode !== 401 && answer.statusCode !== 403) return true
  const { code } = answer.json()
  // The case is theirs to act on, though not by this step.
  if (code === 'forbidden' && row.route === 'POST /cases/:id/actions' && caller !== 'screen') return true
  return !REFUSALS.has(code)
}

test('the table has every route, and each says of itself what the table says', () => {
  const declared = api
    .routes()
    .filter((r) => r.method !== 'HEAD' && r.access.absent !== true && !r.url.startsWith('/api/docs'))
    .map(({ method, url, access: { who, screens = false, owing = false } }) => ({
      route: `${method} ${url}`,
      who: typeof who === 'string' ? who : [...who].sort(),
      screens,
      owing,
    }))
  const agreed = ACCESS_TABLE.map((row) => {
    const { method, url } = addressOf(row)
    return {
      route: `${method as HTTPMethods} ${url}`,
      who: typeof row.who === 'string' ? row.who : [...row.who].sort(),
      screens: row.screens === true,
      owing: row.owing === true,
    }
  })
  const inOrder = (rows: typeof agreed) =>
    Object.fromEntries(rows.map((r) => [r.route, r]).sort(([a], [b]) => String(a).localeCompare(String(b))))
  expect(new Set(agreed.map((r) => r.route)).size).toBe(agreed.length)
  expect(inOrder(declared)).toEqual(inOrder(agreed))
})

test('docs/access.md is what the table generates', () => {
  if (process.env.UPDATE_ACCESS === '1') writeFileSync(PAGE, accessPage())
  expect(readFileSync(PAGE, 'utf8')).toBe(accessPage())
})

test('a route that does not say who may call it keeps the api from starting', async () => {
  const other = await openTestApi({
    more: (app) => void app.get('/api/v1/forgotten', () => 'all of it'),
  }).catch((error: Error) => error)
  expect(String(other)).toMatch(/do not say who may call them.*GET \/api\/v1\/forgotten/)
})

test('a case in sight is one in the list, and a foreign one is not', async () => {
  for (const post of POSTS) {
    for (const [i, username] of PEOPLE[post].entries()) {
      const { body } = await api.get('/cases?limit=200', { as: username })
      const isListed = body.items.some((c: { id: string }) => c.id === caseId)
      expect([username, isListed]).toEqual([username, seesCase(post, i === 0 ? 'own' : 'foreign')])
    }
  }
})

test('a write with somebody’s cookie is accepted from our own pages only', async () => {
  const cookie = await api.cookieOf('duty')
  const writes = ACCESS_TABLE.map((row) => ({ row, ...addressOf(row) })).filter(
    ({ method, url }) => method !== 'GET' && !url.endsWith('/logout'),
  )
  expect(writes.length).toBeGreaterThan(30)
  for (const { row, method } of writes) {
    const foreign: Record<string, string>[] = [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreign) {
      const answer = await api.app.inject({
        method: method as 'POST',
        url: urlOf(row),
        headers: { cookie, ...headers },
        ...(method === 'DELETE' ? {} : { payload: {} }),
      })
      expect([row.route, headers, answer.statusCode, answer.json().code]).toEqual([
        row.route,
        headers,
        403,
        'cross-origin',
      ])
    }
  }
  const own = await api.app.inject({
    method: 'DELETE',
    url: '/api/v1/wall/warning',
    headers: { cookie, origin: api.config.publicUrl, 'sec-fetch-site': 'same-origin' },
  })
  expect(own.statusCode).toBe(204)
})

// Last: it logs everybody out.
describe.each(CALLERS)('%s', (caller) => {
  const isPerson = (POSTS as readonly string[]).includes(caller)
  test('is let in where the table says so and nowhere else', async () => {
    const wrong: string[] = []
    // Logging out ends what the others are asked with.
    const rows = [...ACCESS_TABLE].sort(
      (a, b) => Number(a.route.endsWith('/logout')) - Number(b.route.endsWith('/logout')),
    )
    for (const row of rows) {
      for (const which of row.ofCase && isPerson ? (['own', 'foreign'] as const) : (['own'] as const)) {
        const expected = mayCall(row, caller) && (!row.ofCase || seesCase(caller, which))
        if ((await isLetIn(row, caller, which)) !== expected)
          wrong.push(`${row.route} (${which}): ${expected ? 'refused' : 'let in'}`)
      }
    }
    expect(wrong).toEqual([])
  })
})
