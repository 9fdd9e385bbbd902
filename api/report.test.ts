// Reporting over HTTP: who may report what, every fault named, nothing left behind by a refusal.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type SendOptions, type TestApi } from './testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const LITTER = {
  description: '渠边有漂浮垃圾',
  location: PLACES.canal,
  categoryCode: 'E0125',
  source: 'grid',
}
const report = (body: object, given: SendOptions = { as: 'grid' }) =>
  api.post('/cases', { ...LITTER, ...body }, given)

async function countCases(): Promise<number> {
  const [row] = await api.store.sql<{ n: number }[]>`select count(*)::int as n from "case"`
  return row?.n ?? 0
}

/** Runs `send` and makes sure that it left no case behind. */
async function withoutEffect<T>(send: () => Promise<T>): Promise<T> {
  const before = await countCases()
  const answer = await send()
  expect(await countCases()).toBe(before)
  return answer
}

describe('a report', () => {
  test('is a case at once, with a receipt number and its place', async () => {
    const { status, body, headers } = await report({
      address: ' 北渠二桥 ',
      occurredAt: '2019-09-29T06:37:00+08:00',
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      status: 'reported',
      source: 'grid',
      category: { code: 'E0125', name: '水域不洁' },
      description: '渠边有漂浮垃圾',
      address: '北渠二桥',
      location: PLACES.canal,
      reportedAt: '2019-09-29T08:00:00+08:00',
      occurredAt: '2019-09-29T06:37:00+08:00',
      version: 1,
    })
    expect(body.receiptNo).toMatch(/^R20190929\d{4}$/)
    expect(headers.location).toBe(`/api/v1/cases/${body.id}`)
    expect((await api.get(`/cases/${body.receiptNo}`, { as: 'grid' })).body).toEqual(body)
  })

  test('in GCJ-02 is moved to WGS-84', async () => {
    const { body } = await report({ location: { ...PLACES.road, crs: 'gcj02' } })
    const metres = (degrees: number) => degrees * 111_000
    const dx = metres(body.location.lng - PLACES.road.lng)
    expect(Math.abs(dx)).toBeGreaterThan(100)
    expect(Math.abs(dx)).toBeLessThan(1000)
  })

  test('from outside the city is accepted, for the desk to look at', async () => {
    const { status, body } = await report({ location: PLACES.outside })
    expect(status).toBe(201)
    await api.settle(body.id)
    const { body: seen } = await api.get(`/cases/${body.id}`, { as: 'duty' })
    expect(seen.waitsFor).toMatchObject({ action: 'accept', who: 'operator', reason: 'outside-city' })
  })

  test('may carry what the schema does not know: it is dropped', async () => {
    const { status, body } = await report({ colour: 'green', location: { ...PLACES.canal, floor: 3 } })
    expect(status).toBe(201)
    expect(body).not.toHaveProperty('colour')
    expect(body.location).toEqual(PLACES.canal)
  })

  test('closed on the spot by a grid member is over at once', async () => {
    const photo = await uploaded()
    const { status, body } = await report({
      categoryCode: 'E0110',
      selfHandle: { result: '顺手清理', photos: [photo, photo] },
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({ status: 'closed', selfHandled: true, afterPhotos: [photo, photo] })
  })
})

async function uploaded(): Promise<string> {
  const id = crypto.randomUUID()
  await api.store.sql`
    insert into upload (id, sha256, media_type, bytes, width, height) values (${id}, ${Buffer.alloc(32)}, 'image/jpeg', 1, 1, 1)`
  return id
}

describe('who may report', () => {
  test.each([
    ['grid', 'grid', 201],
    ['grid', 'citizen', 403],
    ['grid', 'hotline', 403],
    ['supervisor', 'grid', 201],
    ['operator', 'hotline', 201],
    ['operator', 'citizen', 201],
    ['operator', 'media', 201],
    ['duty', 'leader', 201],
    ['operator', 'grid', 403],
    ['operator', 'import', 403],
    ['leader', 'leader', 201],
    ['water', 'department', 201],
    ['water', 'hotline', 403],
    ['admin', 'hotline', 403],
    ['wall', 'citizen', 403],
  ])('%s as %s: %i', async (as, source, status) => {
    const answer = await report({ source }, { as })
    expect(answer.status).toBe(status)
    if (status === 403) expectProblem(answer, 403, 'source-not-yours')
  })

  test('without a login a citizen only', async () => {
    const answer = await report({ source: 'citizen' }, {})
    expect(answer.status).toBe(201)
    expectProblem(await withoutEffect(() => report({ source: 'grid' }, {})), 401, 'unauthorized')
  })

  test('a machine with an api key as any source, once for each of its own ids', async () => {
    const key = await api.newKey('operator')
    const body = {
      source: 'import',
      externalSystem: '12345',
      externalId: 'A-1',
      externalDueAt: '2019-10-01T00:00:00Z',
    }
    const first = await report(body, { key })
    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({ externalSystem: '12345', externalId: 'A-1' })
    const again = await withoutEffect(() => report(body, { key }))
    expect(again.status).toBe(201)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.body.id).toBe(first.body.id)
  })

  test('a screen’s key is for looking', async () => {
    const key = await api.newKey('wall')
    expectProblem(await report({ source: 'import' }, { key }), 403, 'source-not-yours')
    expect((await api.get('/board', { key })).status).toBe(200)
  })

  test('nobody asks for others’ cases by their external id', async () => {
    const answer = await withoutEffect(() =>
      report({ source: 'citizen', externalSystem: '12345', externalId: 'A-1' }, {}),
    )
    expectProblem(answer, 400, 'invalid')
    expect(faultPaths(answer)).toEqual(['/externalId', '/externalSystem'])
  })

  test('a key that is wrong is refused whatever it asks for', async () => {
    expectProblem(await report({}, { key: 'hy_wrong' }), 401, 'invalid-key')
    expectProblem(await api.get('/city', { key: 'hy_wrong' }), 401, 'invalid-key')
  })

  test('anonymous reports are counted by address', async () => {
    const strict = await openTestApi({ limits: { anonymousReports: { max: 2, windowMs: 60_000 } } })
    try {
      const send = () => strict.post('/cases', { ...LITTER, source: 'citizen' })
      expect((await send()).status).toBe(201)
      expect((await send()).status).toBe(201)
      const refused = await send()
      expectProblem(refused, 429, 'too-many-requests')
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
      expect((await strict.post('/cases', LITTER, { as: 'grid' })).status).toBe(201)
    } finally {
      await strict.close()
    }
  })
})

describe('a report with faults', () => {
  const refused = (body: object) => withoutEffect(() => api.post('/cases', body, { as: 'grid' }))

  test('hears of every one of them', async () => {
    const answer = await refused({
      description: '   ',
      location: { lng: '113.9', lat: 29.7, crs: 'mars' },
      source: 'gossip',
      reporter: { name: 5 },
      photos: ['1.jpg'],
      occurredAt: 'yesterday',
      categoryCode: '',
      dispatchMode: 'shout',
      address: 7,
      sourceDetail: false,
    })
    expectProblem(answer, 400, 'invalid')
    expect(faultPaths(answer)).toEqual([
      '/address',
      '/categoryCode',
      '/description',
      '/dispatchMode',
      '/location/crs',
      '/location/lng',
      '/occurredAt',
      '/photos/0',
      '/reporter/name',
      '/source',
      '/sourceDetail',
    ])
    expect(answer.body.errors).toContainEqual({ path: '/description', message: 'must not be blank' })
    expect(answer.body.errors).toContainEqual({ path: '/location/lng', message: 'must be number' })
  })

  test('hears what is missing', async () => {
    const answer = await refused({ location: {} })
    expect(faultPaths(answer)).toEqual(['/description', '/location/lat', '/location/lng', '/source'])
  })

  test('of an unknown category', async () => {
    const answer = await refused({ ...LITTER, categoryCode: 'E9999' })
    expectProblem(answer, 400, 'unknown-category')
    expect(faultPaths(answer)).toEqual(['/categoryCode'])
  })

  test('with coordinates as text', async () => {
    const answer = await refused({ ...LITTER, location: { lng: '113.905', lat: '29.7105' } })
    expectProblem(answer, 400, 'invalid')
    expect(faultPaths(answer)).toEqual(['/location/lat', '/location/lng'])
  })

  test('with coordinates swapped, as in China: out of range', async () => {
    const { lng, lat } = PLACES.canal
    const answer = await refused({ ...LITTER, location: { lng: lat, lat: lng } })
    expectProblem(answer, 400, 'invalid')
    expect(answer.body.errors).toEqual([
      { path: '/location/lat', message: expect.stringContaining('look swapped') },
    ])
  })

  test('with coordinates swapped where both are in range', async () => {
    const { pack } = await api.runtime.cityFor()
    const move = (n: number) => n - 70
    const shift = <T extends { geometry: object }>(x: T): T =>
      JSON.parse(JSON.stringify(x), (_, v) =>
        Array.isArray(v) && typeof v[0] === 'number' ? [move(v[0]), v[1]] : v,
      )
    const west = await openTestApi({
      pack: { ...pack, areas: pack.areas.map(shift), zones: pack.zones.map(shift), users: pack.users },
    })
    try {
      const { lng, lat } = PLACES.canal
      const send = (location: object) => west.post('/cases', { ...LITTER, location }, { as: 'grid' })
      expect((await send({ lng: move(lng), lat })).status).toBe(201)
      const answer = await send({ lng: lat, lat: move(lng) })
      expectProblem(answer, 400, 'swapped-coordinates')
      expect(faultPaths(answer)).toEqual(['/location'])
      // Out of the city either way: a place, not a fault.
      expect((await send({ lng: 2, lat: 3 })).status).toBe(201)
    } finally {
      await west.close()
    }
  })

  test('with photos that nobody uploaded', async () => {
    const known = await uploaded()
    const answer = await refused({
      ...LITTER,
      photos: [known, crypto.randomUUID(), known, crypto.randomUUID()],
    })
    expectProblem(answer, 400, 'invalid')
    expect(faultPaths(answer)).toEqual(['/photos/1', '/photos/3'])
  })

  test('with one photo where two are needed', async () => {
    const answer = await refused({ ...LITTER, selfHandle: { result: '好了', photos: [await uploaded()] } })
    expect(faultPaths(answer)).toEqual(['/selfHandle/photos'])
  })

  test('with characters that no database keeps', async () => {
    const answer = await refused({ ...LITTER, description: 'a\u0000b', address: '\ud800' })
    expect(faultPaths(answer)).toEqual(['/address', '/description'])
  })

  test('with an instant that does not exist', async () => {
    const answer = await refused({ ...LITTER, occurredAt: '2016-12-31T23:59:60Z' })
    expect(faultPaths(answer)).toEqual(['/occurredAt'])
  })

  test.each([
    ['{"description": ', 'application/json', 400, 'malformed-json'],
    ['', 'application/json', 400, 'malformed-json'],
    ['description=x', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
    ['{}', 'text/plain', 415, 'unsupported-media-type'],
    [`{"description":"${'x'.repeat(600_000)}"}`, 'application/json', 413, 'too-large'],
    ['[]', 'application/json', 400, 'invalid'],
    ['"x"', 'application/json', 400, 'invalid'],
  ])('%#: %.20s as %s', async (payload, type, status, code) => {
    const answer = await withoutEffect(() =>
      api.send('POST', '/cases', { as: 'grid', payload, headers: { 'content-type': type } }),
    )
    expectProblem(answer, status, code)
  })
})
