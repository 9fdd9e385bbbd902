// Screens: the administrator's alone; a token that is shown once, exchanged for a session, replaced and revoked; and a
// session that may look at the board and at nothing else, whatever routes there are.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi, USERS } from '../testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const asAdmin = { as: 'admin' }
const BODY = { name: '一号大屏', widthMm: 4800, viewingDistanceM: 8, tiles: { columns: 3, rows: 1 } }

async function addScreen(more: object = {}): Promise<{ id: string; token: string; path: string }> {
  const { status, body } = await api.post('/screens', { ...BODY, ...more }, asAdmin)
  expect(status).toBe(201)
  return body
}
const exchange = (token: string, headers: Record<string, string> = {}) =>
  api.post('/screens/session', { token }, { headers })
async function cookieFor(token: string): Promise<string> {
  const answer = await exchange(token)
  expect(answer.status).toBe(200)
  return String(answer.headers['set-cookie']).split(';')[0] ?? ''
}
const with_ = (cookie: string) => ({ headers: { cookie } })
const rowOf = async (id: string) =>
  (await api.get('/screens', asAdmin)).body.items.find((s: { id: string }) => s.id === id)

describe('records', () => {
  test('are the administrator’s alone', async () => {
    const { id } = await addScreen()
    for (const [method, url] of [
      ['GET', '/screens'],
      ['POST', '/screens'],
      ['PATCH', `/screens/${id}`],
      ['POST', `/screens/${id}/token`],
      ['DELETE', `/screens/${id}`],
    ] as const) {
      expectProblem(await api.send(method, url), 401, 'unauthorized')
      for (const { username } of USERS.filter((u) => u.username !== 'admin'))
        expectProblem(await api.send(method, url, { as: username }), 403, 'forbidden')
    }
  })

  test('come back as they were given, without their token', async () => {
    const given = {
      ...BODY,
      widthPx: 5760,
      heightMm: 900,
      language: 'en',
      sound: true,
      scope: 'area:1',
      plan: [{ scene: 'area', params: { area: '101' }, seconds: 60 }],
    }
    const { id, token, path } = await addScreen(given)
    expect(path).toBe(`/wall?screen=${token}`)
    const row = await rowOf(id)
    expect(row).toMatchObject({ ...given, createdBy: { name: 'admin 的人' }, online: false })
    expect(JSON.stringify(row)).not.toContain(token)
    const [kept] = await api.store.sql<
      { all: string }[]
    >`select to_jsonb(s)::text as all from screen s where id = ${id}`
    expect(kept?.all).not.toContain(token)
  })

  test('change where a field is given; null clears', async () => {
    const { id } = await addScreen({ widthPx: 1920, language: 'en' })
    const change = { name: ' 二号 ', widthPx: null, plan: [{ scene: 'storm', seconds: 30 }] }
    expect((await api.send('PATCH', `/screens/${id}`, { ...asAdmin, body: change })).status).toBe(204)
    const row = await rowOf(id)
    expect(row).toMatchObject({ name: '二号', widthMm: 4800, language: 'en', plan: change.plan })
    expect(row).not.toHaveProperty('widthPx')
    const [kept] = await api.store.sql`select changed_by from screen where id = ${id}`
    expect(kept?.changed_by).toBe(await api.accountId('admin'))
  })

  test('are refused with every fault', async () => {
    const bad = {
      name: ' ',
      widthMm: 0,
      viewingDistanceM: -1,
      tiles: { columns: 0, rows: 1 },
    }
    expect(faultPaths(await api.post('/screens', bad, asAdmin))).toEqual([
      '/name',
      '/tiles/columns',
      '/viewingDistanceM',
      '/widthMm',
    ])
    const unknown = {
      ...BODY,
      scope: 'area:nowhere',
      plan: [
        { scene: 'area', seconds: 60 },
        { scene: 'department', params: { department: 'nobody' }, seconds: 60 },
        { scene: 'night', params: { area: '1' }, seconds: 60 },
      ],
    }
    expect(faultPaths(await api.post('/screens', unknown, asAdmin))).toEqual([
      '/plan/0/params/area',
      '/plan/1/params/department',
      '/plan/2/params/area',
      '/scope',
    ])
  })

  test('that are not there, or revoked, are not found', async () => {
    const { id } = await addScreen()
    await api.send('DELETE', `/screens/${id}`, asAdmin)
    for (const ref of [id, crypto.randomUUID(), 'nonsense']) {
      expectProblem(
        await api.send('PATCH', `/screens/${ref}`, { ...asAdmin, body: { sound: true } }),
        404,
        'not-found',
      )
      expectProblem(await api.send('POST', `/screens/${ref}/token`, asAdmin), 404, 'not-found')
      expectProblem(await api.send('DELETE', `/screens/${ref}`, asAdmin), 404, 'not-found')
    }
    expect(await rowOf(id)).toHaveProperty('revokedAt')
  })
})

describe('a token', () => {
  test('is exchanged for a session of this browser', async () => {
    const { id, token } = await addScreen()
    const answer = await exchange(token)
    expect(answer.body.screen).toMatchObject({ id, name: '一号大屏', tiles: { columns: 3, rows: 1 } })
    const cookie = String(answer.headers['set-cookie'])
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    const mine = with_(cookie.split(';')[0] ?? '')
    expect((await api.get('/screens/session', mine)).body.screen.id).toBe(id)
    expect((await api.get('/auth/me', mine)).body.user).toMatchObject({ id, posts: ['display'] })
    expect((await api.get('/board', mine)).status).toBe(200)
  })

  test('takes the place of whoever was logged in', async () => {
    const { token } = await addScreen()
    const person =
      String(
        (await api.post('/auth/login', { username: 'grid', password: 'a right password' })).headers[
          'set-cookie'
        ],
      ).split(';')[0] ?? ''
    expect((await exchange(token, { cookie: person })).status).toBe(200)
    expectProblem(await api.get('/auth/me', with_(person)), 401, 'unauthorized')
  })

  test('that is none is refused, and guessing is slowed down', async () => {
    const strict = await openTestApi({ limits: { loginFailures: { max: 2, windowMs: 60_000 } } })
    try {
      for (const token of ['hys_wrong', 'x'])
        expectProblem(await strict.post('/screens/session', { token }), 401, 'invalid-screen-token')
      expectProblem(await strict.post('/screens/session', { token: 'y' }), 429, 'too-many-requests')
    } finally {
      await strict.close()
    }
  })

  test('is no api key, and an api key is no token', async () => {
    const { token } = await addScreen()
    expectProblem(await api.get('/board', { key: token }), 401, 'invalid-key')
    expectProblem(await exchange(await api.newKey('wall')), 401, 'invalid-screen-token')
  })

  test('that is replaced dies at once, and what was opened with it', async () => {
    const { id, token } = await addScreen()
    const mine = with_(await cookieFor(token))
    expect((await api.get('/board', mine)).status).toBe(200)
    const renewed = await api.send('POST', `/screens/${id}/token`, asAdmin)
    expect(renewed.status).toBe(201)
    expectProblem(await api.get('/board', mine), 401, 'unauthorized')
    expect((await api.get('/screens/session', mine)).body).toEqual({ revoked: true })
    expectProblem(await exchange(token), 401, 'invalid-screen-token')
    expect((await exchange(renewed.body.token)).status).toBe(200)
  })

  test('of a revoked screen opens nothing, and its session has ended', async () => {
    const { id, token } = await addScreen()
    const mine = with_(await cookieFor(token))
    expect((await api.get('/board', mine)).status).toBe(200)
    expect((await api.send('DELETE', `/screens/${id}`, asAdmin)).status).toBe(204)
    expectProblem(await api.get('/board', mine), 401, 'unauthorized')
    expect((await api.get('/screens/session', mine)).body).toEqual({ revoked: true })
    expectProblem(await exchange(token), 401, 'invalid-screen-token')
  })

  test('of a screen that logs out is not needed again for the others', async () => {
    const { token } = await addScreen()
    const [one, other] = [with_(await cookieFor(token)), with_(await cookieFor(token))]
    expect((await api.send('POST', '/auth/logout', one)).status).toBe(204)
    expect((await api.get('/screens/session', one)).body).toEqual({})
    expect((await api.get('/board', other)).status).toBe(200)
  })

  test('makes a session that lasts on while it is used', async () => {
    const { id, token } = await addScreen()
    const mine = with_(await cookieFor(token))
    expect((await api.get('/screens/session', mine)).headers['set-cookie']).toBeUndefined()
    await api.store
      .sql`update screen_session set expires_at = now() + interval '10 days' where screen_id = ${id}`
    expect(String((await api.get('/screens/session', mine)).headers['set-cookie'])).toMatch(
      /Max-Age=34560000/,
    )
    const [row] = await api.store.sql`
      select expires_at > now() + interval '399 days' as long from screen_session where screen_id = ${id}`
    expect(row?.long).toBe(true)
  })
})

describe('a screen’s session', () => {
  test('may ask for the board and what draws it, and is refused every other route there is', async () => {
    const { token } = await addScreen()
    const { headers } = with_(await cookieFor(token))
    const { paths = {} } = api.app.swagger() as { paths?: Record<string, object> }
    const asked = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => ({ method: m.toUpperCase() as 'GET', path })),
    )
    const open = new Set(
      api.routes().flatMap(({ method, url, access }) => (access.screens ? [`${method} ${url}`] : [])),
    )
    const refused = asked.filter(
      ({ method, path }) =>
        path.startsWith('/api/') && !open.has(`${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(refused.length).toBeGreaterThan(40)
    for (const { method, path } of refused) {
      const url = path.replaceAll(/\{\w+\}/g, crypto.randomUUID())
      const answer = await api.app.inject({ method, url, headers })
      expect([method, path, answer.statusCode]).toEqual([method, path, 403])
    }
    for (const url of [
      '/board',
      '/board/cases?metric=reported&day=2019-09-29',
      '/city',
      '/map',
      '/areas',
      '/zones',
      '/categories',
      '/departments',
      '/cameras',
      '/periods',
      '/screens/session',
      '/auth/me',
    ])
      expect([url, (await api.get(url, { headers })).status]).toEqual([url, 200])
    // The description of the API is not the screen's either.
    expect((await api.app.inject({ method: 'GET', url: '/api/openapi.json', headers })).statusCode).toBe(403)
  })

  test('sees no words and no persons of a case', async () => {
    const { token } = await addScreen()
    const { headers } = with_(await cookieFor(token))
    const words = ['门口的水管漏了', '王小明', '13812345678', '解放路 8 号']
    const [description, name, phone, address] = words
    const answer = await api.post(
      '/cases',
      {
        description,
        address,
        reporter: { name, phone },
        location: PLACES.road,
        categoryCode: 'E0110',
        source: 'hotline',
      },
      { as: 'operator' },
    )
    expect(answer.status).toBe(201)
    await api.settle(answer.body.id)
    for (const url of [
      '/board',
      '/board/cases?metric=reported&day=2019-09-29',
      `/wall/cases/${answer.body.id}`,
    ]) {
      const { status, raw } = await api.get(url, { headers })
      expect([url, status]).toEqual([url, 200])
      for (const word of words) expect(raw.body).not.toContain(word)
    }
    for (const url of [`/cases/${answer.body.id}`, `/cases/${answer.body.id}/events`, '/cases'])
      expectProblem(await api.get(url, { headers }), 403, 'forbidden')
  })

  test('can be given back to a person on the spot', async () => {
    const { token } = await addScreen()
    const { headers } = with_(await cookieFor(token))
    const answer = await api.post(
      '/auth/login',
      { username: 'grid', password: 'a right password' },
      { headers },
    )
    expect(answer.status).toBe(200)
  })

  test('is refused from another site’s page', async () => {
    const { token } = await addScreen()
    const answer = await exchange(token, { 'sec-fetch-site': 'cross-site' })
    expectProblem(answer, 403, 'cross-origin')
  })
})
