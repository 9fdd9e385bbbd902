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
