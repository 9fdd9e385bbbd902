// Logging in: the cookie, what is kept of it, and what can't be guessed or sent from elsewhere.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { isSameOrigin } from './auth/same-origin.ts'
import { expectProblem, faultPaths, openTestApi, PASSWORD, type TestApi } from './testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const login = (username: string, password: string, headers: Record<string, string> = {}) =>
  api.post('/auth/login', { username, password }, { headers })

test('a right password makes a session, of which only a hash is kept', async () => {
  const answer = await login('grid', PASSWORD)
  expect(answer.status).toBe(200)
  expect(answer.body.user).toEqual({
    id: await api.accountId('grid'),
    username: 'grid',
    name: 'grid 的人',
    posts: ['grid-member'],
    areas: [],
    mustChange: true,
  })
  const cookie = String(answer.headers['set-cookie'])
  expect(cookie).toMatch(/^huiyin_session=[\w-]{43}; /)
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/)
  expect(cookie).not.toMatch(/Secure/)
  const token = /=([\w-]+)/.exec(cookie)?.[1] ?? ''
  const [found] = await api.store.sql<{ n: number }[]>`
    select count(*)::int as n from session where token_hash = ${Buffer.from(token)} or encode(token_hash, 'escape') = ${token}`
  expect(found?.n).toBe(0)
  const me = await api.get('/auth/me', { headers: { cookie: `huiyin_session=${token}` } })
  expect(me.body.user.username).toBe('grid')
})

test('a wrong password and an unknown name are answered alike', async () => {
  const wrong = await login('grid', 'wrong')
  const unknown = await login('nobody', 'wrong')
  const unset = await login('duty', 'wrong')
  expectProblem(wrong, 401, 'wrong-login')
  for (const other of [unknown, unset])
    expect({ ...other.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
  expect(wrong.headers).not.toHaveProperty('set-cookie')
})

test('a login without its fields hears which', async () => {
  expect(faultPaths(await api.post('/auth/login', { username: 5 }))).toEqual(['/password', '/username'])
})

test('guessing is stopped for that name and address, not for others', async () => {
  const strict = await openTestApi({ limits: { loginFailures: { max: 3, windowMs: 60_000 } } })
  try {
    const attempt = (username: string, password: string) => strict.post('/auth/login', { username, password })
    for (let i = 0; i < 3; i++) expectProblem(await attempt('grid', `guess ${i}`), 401, 'wrong-login')
    expectProblem(await attempt('grid', PASSWORD), 429, 'too-many-requests')
    expectProblem(await attempt('GRID', PASSWORD), 429, 'too-many-requests')
    expectProblem(await attempt('grid2', 'guess'), 401, 'wrong-login')
  } finally {
    await strict.close()
  }
})

test('logging out ends the session at once', async () => {
  const { headers } = await login('grid', PASSWORD)
  const cookie = String(headers['set-cookie']).split(';')[0] ?? ''
  expect((await api.get('/auth/me', { headers: { cookie } })).status).toBe(200)
  const out = await api.send('POST', '/auth/logout', { headers: { cookie } })
  expect(out.status).toBe(204)
  expect(String(out.headers['set-cookie'])).toMatch(/^huiyin_session=; /)
  expectProblem(await api.get('/auth/me', { headers: { cookie } }), 401, 'unauthorized')
  expect((await api.send('POST', '/auth/logout')).status).toBe(204)
})

test('who got a password from somebody else changes it before anything else', async () => {
  await api.store.sql`update account set must_change = true where username = 'grid'`
  const cookieOf = (answer: Awaited<ReturnType<typeof login>>) =>
    String(answer.headers['set-cookie']).split(';')[0] ?? ''
  const first = await login('grid', PASSWORD)
  const owing = { headers: { cookie: cookieOf(first) } }
  for (const path of ['/tasks?mine=1', '/duty', '/notices', '/cases', '/no/such/case'])
    expect([path, (await api.get(path, owing)).status]).toEqual([path, path.startsWith('/no/') ? 404 : 403])
  expectProblem(await api.get('/duty', owing), 403, 'password-change-required')
  expectProblem(await api.post('/duty', { on: true }, owing), 403, 'password-change-required')
  // What anybody may read, and one's own login, stay open.
  expect((await api.get('/city', owing)).status).toBe(200)
  expect((await api.get('/auth/me', owing)).body.user.mustChange).toBe(true)
  const changed = await api.post(
    '/auth/password',
    { current: PASSWORD, password: `${PASSWORD}, my own` },
    owing,
  )
  expect(changed.status).toBe(200)
  expect((await api.get('/duty', { headers: { cookie: cookieOf(changed) } })).status).toBe(200)
  expectProblem(await api.get('/duty', owing), 401, 'unauthorized')
  const back = { current: `${PASSWORD}, my own`, password: PASSWORD }
  expect((await api.post('/auth/password', back, { headers: { cookie: cookieOf(changed) } })).status).toBe(
    200,
  )
})

test('a key is a machine’s: no password of its account stands in its way', async () => {
  const key = await api.newKey('grid2')
  await api.store.sql`update account set must_change = true where username = 'grid2'`
  expect((await api.get('/duty', { key })).status).toBe(200)
})

test('a session that has run out, or a disabled account, is nobody', async () => {
  const cookieOf = async () => {
    const { headers } = await login('grid', PASSWORD)
    return String(headers['set-cookie']).split(';')[0] ?? ''
  }
  const old = await cookieOf()
  await api.store.sql`update session set expires_at = now() - interval '1 second'`
  expectProblem(await api.get('/auth/me', { headers: { cookie: old } }), 401, 'unauthorized')
  const disabled = await cookieOf()
  await api.store.sql`update account set disabled_at = now() where username = 'grid'`
  expectProblem(await api.get('/auth/me', { headers: { cookie: disabled } }), 401, 'unauthorized')
  expectProblem(await login('grid', PASSWORD), 401, 'wrong-login')
  await api.store.sql`update account set disabled_at = null where username = 'grid'`
})

test('a session in use goes on, up to its end; one that rests too long is over', async () => {
  const { headers } = await login('grid', PASSWORD)
  expect(String(headers['set-cookie'])).toMatch(/Max-Age=2592000/)
  const cookie = String(headers['set-cookie']).split(';')[0] ?? ''
  const minutes = async () => {
    const [row] = await api.store.sql<{ n: number }[]>`
      select max(extract(epoch from expires_at - now()) / 60)::int as n from session
      where account_id = ${await api.accountId('grid')}`
    return row?.n
  }
  expect(await minutes()).toBe(10_080)
  await api.store.sql`update session set expires_at = now() + interval '1 day'`
  expect((await api.get('/auth/me', { headers: { cookie } })).status).toBe(200)
  expect(await minutes()).toBe(10_080)
  // However much it is used: a request kept within these seconds is answered from memory, so a new one asks.
  const again = await login('grid', PASSWORD)
  await api.store
    .sql`update session set expires_at = now() + interval '1 hour', ends_at = now() + interval '2 hours'`
  const later = { headers: { cookie: String(again.headers['set-cookie']).split(';')[0] ?? '' } }
  expect((await api.get('/auth/me', later)).status).toBe(200)
  expect(await minutes()).toBe(120)
})

test('at a desk a session rests shorter than on a phone', async () => {
  const wanted = await api.send('PUT', '/admin/security', { as: 'admin', body: { idleMinutes: 30 } })
  expect(wanted.status).toBe(200)
  await api.store
    .sql`update account set password_hash = (select password_hash from account where username = 'grid')
    where username = 'duty'`
  const { headers } = await login('duty', PASSWORD)
  expect(headers).toHaveProperty('set-cookie')
  const [row] = await api.store.sql<{ n: number }[]>`
    select max(extract(epoch from expires_at - now()) / 60)::int as n from session
    where account_id = ${await api.accountId('duty')}`
  expect(row?.n).toBe(30)
})

test('a password of a certain age is to be changed like one that somebody else has set', async () => {
  const old = await openTestApi()
  try {
    await old.send('PUT', '/admin/security', { as: 'admin', body: { passwordDays: 90 } })
    await old.store.sql`update account set must_change = false, password_set_at = now() - interval '91 days'
      where username = 'grid'`
    const first = await old.post('/auth/login', { username: 'grid', password: PASSWORD })
    expect(first.body.user.mustChange).toBe(true)
    const owing = { headers: { cookie: String(first.headers['set-cookie']).split(';')[0] ?? '' } }
    expectProblem(await old.get('/duty', owing), 403, 'password-change-required')
    const changed = await old.post(
      '/auth/password',
      { current: PASSWORD, password: `${PASSWORD}, new` },
      owing,
    )
    expect(changed.body.user).not.toHaveProperty('mustChange')
    const mine = { headers: { cookie: String(changed.headers['set-cookie']).split(';')[0] ?? '' } }
    expect((await old.get('/duty', mine)).status).toBe(200)
  } finally {
    await old.close()
  }
})

test('wrong passwords in a row lock the name for a while, from every address, whether anybody has it or not', async () => {
  const strict = await openTestApi()
  try {
    await strict.send('PUT', '/admin/security', { as: 'admin', body: { lockAfter: 3, lockMinutes: 20 } })
    const attempt = (username: string, password: string) => strict.post('/auth/login', { username, password })
    for (const name of ['grid', 'nobody']) {
      for (let i = 0; i < 2; i++) expectProblem(await attempt(name, `guess ${i}`), 401, 'wrong-login')
      const locked = await attempt(name, 'guess')
      expectProblem(locked, 429, 'login-locked')
      expect(locked.body.detail).toMatch(/20 min/)
      expect(Number(locked.headers['retry-after'])).toBe(1_200)
    }
    expectProblem(await attempt('grid', PASSWORD), 429, 'login-locked')
    expectProblem(await attempt('GRID', PASSWORD), 429, 'login-locked')
    expectProblem(await attempt('grid2', 'guess'), 401, 'wrong-login')
    const id = await strict.accountId('grid')
    expect((await strict.post(`/accounts/${id}/unlock`, undefined, { as: 'admin' })).status).toBe(204)
    expect((await attempt('grid', PASSWORD)).status).toBe(200)
    const kept = await strict.get('/admin/audit?target=account', { as: 'admin' })
    expect(kept.body.items.map((i: { action: string; target: object }) => [i.action, i.target])).toEqual([
      ['account-unlock', { kind: 'account', id, name: 'grid' }],
      ['login-locked', { kind: 'account', id, name: 'grid' }],
    ])
    // The time of a lock over, or a right password: counted anew.
    for (let i = 0; i < 2; i++) expectProblem(await attempt('grid', `guess ${i}`), 401, 'wrong-login')
    expect((await attempt('grid', PASSWORD)).status).toBe(200)
    expectProblem(await attempt('grid', 'guess'), 401, 'wrong-login')
    await strict.store.sql`update login_failure set locked_until = now() where username = 'nobody'`
    expectProblem(await attempt('nobody', 'guess'), 429, 'login-locked')
  } finally {
    await strict.close()
  }
})

test('over https the cookie is for https only', async () => {
  const secure = await openTestApi({
    config: { ...api.config, publicUrl: 'https://city.example' },
  })
  try {
    const { headers } = await secure.post('/auth/login', { username: 'grid', password: PASSWORD })
    expect(String(headers['set-cookie'])).toMatch(/Secure/)
  } finally {
    await secure.close()
  }
})

describe('a write from another site', () => {
  const BODY = { description: '垃圾', location: PLACES.canal, source: 'grid' }
  const from = (headers: Record<string, string>) => api.post('/cases', BODY, { as: 'grid', headers })

  test.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'http://127.0.0.1:9999' }],
  ])('%o is refused', async (headers) => {
    expectProblem(await from(headers as Record<string, string>), 403, 'cross-origin')
  })

  test.each([
    [{}],
    [{ origin: 'http://127.0.0.1:8080' }],
    [{ origin: 'http://localhost:5173', host: 'localhost:5173' }],
    [{ 'sec-fetch-site': 'same-origin' }],
  ])('%o is ours', async (headers) => {
    expect((await from(headers as Record<string, string>)).status).toBe(201)
  })

  test('is harmless with an api key, which no browser sends by itself', async () => {
    const key = await api.newKey('operator')
    const answer = await api.post(
      '/cases',
      { ...BODY, source: 'import' },
      { key, headers: { origin: 'https://other.example' } },
    )
    expect(answer.status).toBe(201)
  })

  test('a damaged origin is none of ours', () => {
    expect(isSameOrigin({ origin: 'http://[', host: 'x' }, 'http://x')).toBe(false)
  })
})
