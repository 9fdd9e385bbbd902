// Idempotency-Key on everything that writes: the same request brings the first answer again and no second effect.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type SendOptions, type TestApi } from './testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const BODY = { description: '垃圾', location: PLACES.canal, categoryCode: 'E0125', source: 'grid' }
const report = (idempotencyKey: string, body: object = BODY, given: SendOptions = { as: 'grid' }) =>
  api.post('/cases', body, { ...given, idempotencyKey })

const rows = async () => {
  const [row] = await api.store.sql<{ n: number }[]>`select count(*)::int as n from case_event`
  return row?.n ?? 0
}

test('a report sent twice is one case, with one answer', async () => {
  const first = await report('k1')
  expect(first.headers).not.toHaveProperty('idempotency-replayed')
  await api.settle(first.body.id)
  const before = await rows()
  api.clock.advance(3_600_000)
  const again = await report('k1')
  expect(again.status).toBe(201)
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect(again.body).toEqual(first.body)
  expect(await rows()).toBe(before)
})

test('twenty at the same instant are one case', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => report('k-rush')))
  expect(new Set(answers.map((a) => a.status))).toEqual(new Set([201]))
  expect(new Set(answers.map((a) => a.body.id)).size).toBe(1)
  expect(answers.filter((a) => a.headers['idempotency-replayed'] === undefined)).toHaveLength(1)
})

test('the same key with another body is refused, even when only a dropped property differs', async () => {
  await report('k2')
  const before = await rows()
  expectProblem(await report('k2', { ...BODY, description: '别的' }), 422, 'key-reused')
  expectProblem(await report('k2', { ...BODY, colour: 'green' }), 422, 'key-reused')
  expect(await rows()).toBe(before)
})

test('the order of properties makes no other body', async () => {
  const first = await report('k3')
  const turned = Object.fromEntries(Object.entries(BODY).reverse())
  expect((await report('k3', turned)).body.id).toBe(first.body.id)
})

test('a key belongs to an account, or to a device without one', async () => {
  const citizen = { ...BODY, source: 'citizen' }
  const mine = await report('k4')
  expect((await report('k4', BODY, { as: 'grid2' })).body.id).not.toBe(mine.body.id)
  const device = (agent: string) => report('k4', citizen, { headers: { 'user-agent': agent } })
  const phone = await device('phone')
  expect((await device('phone')).body.id).toBe(phone.body.id)
  expect((await device('tablet')).body.id).not.toBe(phone.body.id)
  const [row] = await api.store.sql<{ scope: string }[]>`
    select scope from idempotency where case_id = ${phone.body.id}`
  expect(row?.scope).toMatch(/^anonymous:[\w-]{43}$/)
})

test('a refused request uses no key up', async () => {
  expect((await report('k5', { ...BODY, categoryCode: 'E9999' })).status).toBe(400)
  expect((await report('k5')).status).toBe(201)
})

test('a key has a form', async () => {
  for (const key of ['中文', 'a b', 'x'.repeat(201)]) {
    const answer = await report(
      encodeURIComponent(key).length > 200 ? key : Buffer.from(key).toString('latin1'),
    )
    expectProblem(answer, 400, 'invalid')
    expect(faultPaths(answer)[0]).toContain('idempotency-key')
  }
})

describe('actions', () => {
  test('act once, and answer as then, even when the case has moved on', async () => {
    const { body: made } = await report('a0')
    await api.settle(made.id)
    const file = (body: object = { action: 'file' }) =>
      api.post(`/cases/${made.id}/actions`, body, { as: 'duty', idempotencyKey: 'a1' })
    const first = await file()
    expect(first.body.status).toBe('filed')
    await api.settle(made.id)
    const again = await file()
    expect(again.body).toEqual(first.body)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expectProblem(await file({ action: 'void', reason: '错' }), 422, 'key-reused')
    const elsewhere = await api.post(
      '/cases',
      { ...BODY, source: 'citizen' },
      { as: 'duty', idempotencyKey: 'a1' },
    )
    expectProblem(elsewhere, 422, 'key-reused')
  })

  test('of tasks too', async () => {
    const { body: made } = await report('t0')
    await api.settle(made.id)
    await api.post(
      `/cases/${made.id}/actions`,
      { action: 'request-confirm', to: 'supervisor' },
      { as: 'duty' },
    )
    const { body } = await api.get('/tasks?mine=1', { as: 'supervisor' })
    const send = (action: object) =>
      api.post(`/tasks/${body.items[0].id}/actions`, action, { as: 'supervisor', idempotencyKey: 't1' })
    const first = await send({ action: 'report', result: true })
    expect(first.body).toMatchObject({ status: 'reported', result: true })
    const before = await rows()
    const again = await send({ action: 'report', result: true })
    expect(again.status).toBe(200)
    expect(again.body).toEqual(first.body)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expectProblem(await send({ action: 'report', result: false }), 422, 'key-reused')
    expect(await rows()).toBe(before)
  })
})
