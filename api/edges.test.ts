// Requests at the edge of what a schema allows that a fuzz has found answered wrongly.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApi, type TestApi } from './testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

test('cases near a pole: none, and no circle round the world', async () => {
  for (const lat of [90, -90, 89.99999999999986, -89.99999999999994])
    expect((await api.get(`/cases/nearby?lng=6.4e-323&lat=${lat}`)).body).toEqual({ items: [] })
})

test('a list of nothing in a filter filters nothing', async () => {
  for (const query of ['status=', 'status=,', 'waitsFor=', 'waitsFor=%20,'])
    expect((await api.get(`/cases?${query}`, { as: 'duty' })).body).toEqual({ items: [] })
})

test('a part of an address that is too long is 414', async () => {
  const answer = await api.post(`/tasks/${'x'.repeat(201)}/actions`, {}, { as: 'duty' })
  expect(answer.body).toMatchObject({ status: 414, code: 'malformed-request' })
})

test('the description says who may ask without a login, what comes back cached, and what a form holds', () => {
  const { paths } = api.app.swagger() as unknown as {
    paths: Record<string, Record<string, Record<string, unknown>>>
  }
  expect(paths['/api/v1/cases']?.post?.security).toEqual([{}, { session: [] }, { key: [] }])
  expect(paths['/api/v1/cases']?.get?.security).toEqual([{ session: [] }, { key: [] }])
  expect(paths['/api/v1/uploads']?.post?.requestBody).toHaveProperty(['content', 'multipart/form-data'])
  expect(paths['/api/v1/areas']?.get?.responses).toHaveProperty(['304', 'headers', 'ETag'])
  expect(paths['/api/v1/auth/login']?.post?.responses).toHaveProperty(['429', 'headers', 'Retry-After'])
})

test('the audit as a file is described as one', async () => {
  const answer = await api.get('/admin/audit?format=csv', { as: 'admin' })
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
})

test('a number that is none is a fault, and not 0', async () => {
  for (const query of ['lng=&lat=29.7', 'lng=%20&lat=29.7', 'lng=true&lat=29.7', 'lng=0x71&lat=29.7'])
    expect((await api.get(`/cases/nearby?${query}`)).body).toMatchObject({ errors: [{ path: '/lng' }] })
  expect((await api.get('/cases?limit=', { as: 'duty' })).body).toMatchObject({
    errors: [{ path: '/limit' }],
  })
})

test('instants and days of years that the database does not know are faults, each told once', async () => {
  for (const day of ['0000-01-01', '0046-08-08', '9999-12-31', '2026-02-30'])
    for (const metric of ['closed', 'monthClosed'])
      expect((await api.get(`/board/cases?metric=${metric}&day=${day}`, { as: 'duty' })).body).toMatchObject({
        errors: [{ path: '/day', message: 'must be a day of the years 1900 to 2199, e.g. 2026-03-01' }],
      })
  for (const at of [
    '0000-01-01T00:00:00Z',
    '2026-12-31T23:59:60Z',
    '2026-03-01T08:30:00+08:00[Asia/Shanghai]',
  ]) {
    const query = `from=${encodeURIComponent(at)}`
    for (const format of ['json', 'csv'])
      expect((await api.get(`/admin/audit?format=${format}&${query}`, { as: 'admin' })).body).toMatchObject({
        status: 400,
        errors: [{ path: '/from' }],
      })
  }
})

test('a method that an address does not know is 405, whatever comes with it', async () => {
  for (const method of ['QUERY', 'TRACE', 'PUT'] as const) {
    const answer = await api.app.inject({ method: method as 'PUT', url: '/api/v1/cases' })
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'POST, GET, HEAD'])
  }
})

test('a body nested deeper than anything we ask for is a fault', async () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000)
  for (const headers of [{}, { 'idempotency-key': 'deep' }]) {
    const { statusCode, body } = await api.app.inject({
      method: 'POST',
      url: '/api/v1/cases',
      headers: { 'content-type': 'application/json', ...headers },
      payload: deep,
    })
    expect([statusCode, JSON.parse(body).code]).toEqual([400, 'malformed-json'])
  }
})
