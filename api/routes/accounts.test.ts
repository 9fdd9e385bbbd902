// The administrator's routes: nobody else's, and what each does to sessions, keys and logins.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cityPack } from '#domain/testing/city.ts'
import {
  expectProblem,
  faultPaths,
  openTestApi,
  PASSWORD,
  type SendOptions,
  type TestApi,
  USERS,
} from '../testing/api.ts'

const NEW = 'another right one'

let api: TestApi
beforeEach(async () => {
  api = await openTestApi()
})
afterEach(() => api.close())

const asAdmin = { as: 'admin' }
const act = async (username: string, what: string, body?: unknown, given: SendOptions = asAdmin) =>
  api.send('POST', `/accounts/${await api.accountId(username)}/${what}`, {
    ...given,
    ...(body === undefined ? {} : { body }),
  })
const rowOf = async (username: string) =>
  (await api.get('/accounts', asAdmin)).body.items.find((a: { username: string }) => a.username === username)
const login = (username: string, password: string) => api.post('/auth/login', { username, password })

describe('accounts', () => {
  test('are the administrator’s alone, and so are keys and the system', async () => {
    const id = await api.accountId('grid')
    for (const [method, url] of [
      ['GET', '/accounts'],
      ['GET', '/api-keys'],
      ['GET', '/system'],
      ['POST', `/accounts/${id}/password`],
      ['POST', `/accounts/${id}/disable`],
      ['POST', `/accounts/${id}/enable`],
      ['POST', '/api-keys'],
      ['POST', `/api-keys/${id}/revoke`],
    ] as const) {
      expectProblem(await api.send(method, url), 401, 'unauthorized')
      for (const as of ['duty', 'head', 'leader', 'evaluator', 'wall', 'grid'])
        expectProblem(await api.send(method, url, { as }), 403, 'forbidden')
    }
  })

  test('are listed whole, without anything of a password', async () => {
    const { status, body } = await api.get('/accounts', asAdmin)
    expect(status).toBe(200)
    expect(body.items.map((a: { username: string }) => a.username)).toEqual(
      USERS.map((u) => u.username).sort(),
    )
    expect(await rowOf('grid')).toEqual({
      id: await api.accountId('grid'),
      username: 'grid',
      name: 'grid 的人',
      posts: ['grid-member'],
      areas: [],
      mustChange: true,
      hasPassword: true,
    })
    expect(await rowOf('water')).toMatchObject({ department: 'water', hasPassword: false })
  })

  test('get a new password, which ends their sessions and must be changed', async () => {
    const cookie = String((await login('grid', PASSWORD)).headers['set-cookie']).split(';')[0] ?? ''
    expect((await act('grid', 'password', { password: NEW })).status).toBe(204)
    expectProblem(await login('grid', PASSWORD), 401, 'wrong-login')
    expect((await login('grid', NEW)).body.user.mustChange).toBe(true)
    expectProblem(await api.get('/auth/me', { headers: { cookie } }), 401, 'unauthorized')
  })

  test('get no short password', async () => {
    expect(faultPaths(await act('grid', 'password', { password: 'short' }))).toEqual(['/password'])
    expect((await login('grid', PASSWORD)).status).toBe(200)
  })

  test('are disabled and enabled again; what was theirs stays', async () => {
    const key = await api.newKey('grid')
    // Known to this process from a moment ago, and out at once all the same.
    expect((await api.get('/auth/me', { key })).status).toBe(200)
    expect((await act('grid', 'disable')).status).toBe(204)
    expect(await rowOf('grid')).toMatchObject({ disabledAt: expect.stringMatching(/\+08:00$/) })
    expectProblem(await login('grid', PASSWORD), 401, 'wrong-login')
    expectProblem(await api.get('/auth/me', { key }), 401, 'invalid-key')
    expect((await act('grid2', 'disable')).status).toBe(204)
    const id = (await rowOf('grid')).id
    expect((await api.send('POST', `/accounts/${id}/enable`, asAdmin)).status).toBe(204)
    expect(await rowOf('grid')).not.toHaveProperty('disabledAt')
    expect((await login('grid', PASSWORD)).status).toBe(200)
  })

  test('nobody locks himself out, and somebody is always left to administrate', async () => {
    expectProblem(await act('admin', 'disable'), 409, 'own-account')
    expectProblem(await act('admin', 'password', { password: NEW }), 409, 'own-account')
    await api.store.sql`update account set posts = array['admin'] where username in ('duty', 'head')`
    // The one who asks has no password of his own: after him nobody could log in.
    expect((await act('duty', 'password', { password: NEW })).status).toBe(204)
    expectProblem(await act('duty', 'disable'), 409, 'last-admin')
    expect((await act('head', 'password', { password: NEW })).status).toBe(204)
    expect((await act('duty', 'disable')).status).toBe(204)
  })

  test('that don’t exist are said not to', async () => {
    for (const id of ['00000000-0000-0000-0000-000000000000', 'nobody'])
      for (const what of ['disable', 'enable', 'password'])
        expectProblem(await api.post(`/accounts/${id}/${what}`, { password: NEW }, asAdmin), 404, 'not-found')
  })
})

describe('one’s own password', () => {
  const change = (as: string, current: string, password: string) =>
    api.post('/auth/password', { current, password }, { as })

  test('is changed by who knows it; other sessions end, this one goes on', async () => {
    const answer = await change('grid', PASSWORD, NEW)
    expect(answer.status).toBe(200)
    expect(answer.body.user).not.toHaveProperty('mustChange')
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
    expect((await api.get('/auth/me', { headers: { cookie } })).body.user.username).toBe('grid')
    expectProblem(await login('grid', PASSWORD), 401, 'wrong-login')
    const [row] = await api.store.sql<{ n: number }[]>`
      select count(*)::int as n from session s join account a on a.id = s.account_id where a.username = 'grid'`
    expect(row?.n).toBe(1)
  })

  test('is not changed by who doesn’t, nor to the same or a short one', async () => {
    expectProblem(await change('grid', 'wrong', NEW), 403, 'wrong-password')
    expect(faultPaths(await change('grid', PASSWORD, PASSWORD))).toEqual(['/password'])
    expect(faultPaths(await change('grid', PASSWORD, 'short'))).toEqual(['/password'])
    expect((await login('grid', PASSWORD)).status).toBe(200)
  })

  test('can’t be guessed at for long', async () => {
    const strict = await openTestApi({
      pack: { ...cityPack(), users: USERS },
      limits: { loginFailures: { max: 2, windowMs: 60_000 } },
    })
    try {
      const guess = (current: string) =>
        strict.post('/auth/password', { current, password: NEW }, { as: 'grid' })
      for (let i = 0; i < 2; i++) expectProblem(await guess(`guess ${i}`), 403, 'wrong-password')
      expectProblem(await guess(PASSWORD), 429, 'too-many-requests')
    } finally {
      await strict.close()
    }
  })
})

describe('keys', () => {
  const make = (body: unknown) => api.post('/api-keys', body, asAdmin)

  test('are shown once, work as their account, and work no more when revoked', async () => {
    const made = await make({ name: ' 大屏一号 ', account: 'wall' })
    expect(made.status).toBe(201)
    const { id, key } = made.body
    expect(made.body.name).toBe('大屏一号')
    expect((await api.get('/auth/me', { key })).body.user.username).toBe('wall')
    const { body } = await api.get('/api-keys', asAdmin)
    expect(body.items).toEqual([
      {
        id,
        name: '大屏一号',
        account: { id: await api.accountId('wall'), username: 'wall', name: 'wall 的人' },
        createdAt: expect.stringMatching(/\+08:00$/),
      },
    ])
    expect(JSON.stringify(body)).not.toContain(key.slice(3))
    for (let i = 0; i < 2; i++)
      expect((await api.send('POST', `/api-keys/${id}/revoke`, asAdmin)).status).toBe(204)
    expectProblem(await api.get('/auth/me', { key }), 401, 'invalid-key')
    const other = await make({ name: 'after', account: await api.accountId('duty') })
    expect((await api.get('/auth/me', { key: other.body.key })).body.user.username).toBe('duty')
    const rows = (await api.get('/api-keys', asAdmin)).body.items
    expect(rows.map((k: { revokedAt?: string }) => k.revokedAt !== undefined)).toEqual([false, true])
  })

  test('need a name and somebody to act as', async () => {
    expect(faultPaths(await make({ name: ' ', account: 'wall' }))).toEqual(['/name'])
    expect(faultPaths(await make({ name: 'x', account: 'nobody' }))).toEqual(['/account'])
    await act('grid', 'disable')
    const grid = (await rowOf('grid')).id
    expect(faultPaths(await make({ name: 'x', account: grid }))).toEqual(['/account'])
    expectProblem(await api.send('POST', '/api-keys/none/revoke', asAdmin), 404, 'not-found')
  })
})

test('the system tells what it stands on', async () => {
  const { status, body } = await api.get('/system', asAdmin)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    city: { code: '990199', version: 1 },
    database: { version: expect.stringMatching(/^\d+\.\d+$/), bytes: expect.any(Number) },
    queue: 'postgres',
    worker: false,
    inbox: 0,
    open: 0,
    disk: { free: expect.any(Number), total: expect.any(Number) },
    calendars: [],
  })
  await api.store
    .sql`insert into lease (name, holder, until) values ('alarms', 'x', now() + interval '1 minute')`
  expect((await api.get('/system', asAdmin)).body.worker).toBe(true)
})
