// A reporter says how it was done: from their account, or without one by the token of their report; nobody else does.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { deskOf } from './testing/desk.ts'
import { expectProblem, openTestApi, type TestApi } from './testing/api.ts'

let api: TestApi
const desk = deskOf(() => api)
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const DEVICE = '0f5a6c1e-7c1b-4b1e-9a39-5f0f6f2f8a11'
const BODY = {
  description: '渠边有漂浮垃圾',
  location: PLACES.canal,
  categoryCode: 'E0125',
  source: 'citizen',
}

const anonymous = async () => (await api.post('/cases', BODY, { headers: { 'x-device': DEVICE } })).body

async function close(id: string): Promise<void> {
  await api.settle(id)
  await desk.done(id, 'operator', 'accept')
  await desk.done(id, 'duty', 'file')
  await desk.done(id, 'water', 'acknowledge')
  await desk.done(id, 'water', 'reply', { result: '已清理', outcome: 'fixed', photos: [await desk.photo()] })
  const { tasks } = await desk.read(id)
  const assignee = tasks.at(-1).assignee
  const [row] = await api.store.sql<
    { username: string }[]
  >`select username from account where id = ${assignee}`
  await desk.done(id, row?.username ?? '', 'pass')
  await desk.done(id, 'duty', 'close', { outcome: 'fixed' })
}
const rate = (receiptNo: string, body: object, given = {}) =>
  api.post(`/track/${receiptNo}/rating`, body, given)

test('without a login by the token that came with the answer to the report', async () => {
  const { id, receiptNo, receiptToken: token } = await anonymous()
  expect(token).toMatch(/^[\w-]{22}$/)
  expectProblem(await rate(receiptNo, { satisfaction: 'satisfied', token }), 409, 'illegal-step')
  await close(id)
  const offered = (await api.get(`/track/${receiptNo}`)).body.rating
  expect(offered).toMatchObject({ mine: false })
  expect(offered.scale[1]).toEqual({ code: 'satisfied', name: '满意' })
  const before = await api.events(id)
  const other = (await anonymous()).receiptToken
  expectProblem(await rate(receiptNo, { satisfaction: 'satisfied' }), 403, 'not-the-reporter')
  expectProblem(await rate(receiptNo, { satisfaction: 'satisfied', token: other }), 403, 'not-the-reporter')
  expectProblem(await rate(receiptNo, { satisfaction: 'splendid', token }), 400, 'invalid')
  expect(await api.events(id)).toBe(before)
  const rated = await rate(receiptNo, { satisfaction: '不满意', token }, { idempotencyKey: 'once' })
  expect(rated.body.rating.given).toBe('dissatisfied')
  const again = await rate(receiptNo, { satisfaction: '不满意', token }, { idempotencyKey: 'once' })
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect(await api.events(id)).toBe(before + 1)
  const log = (await api.get(`/cases/${id}/events`, { as: 'duty' })).body.items
  expect(log.at(-1)).toMatchObject({
    type: 'rated',
    actor: { kind: 'anonymous' },
    payload: { satisfaction: 'dissatisfied' },
  })
  await rate(receiptNo, { satisfaction: 'neutral', token })
  expect((await api.get(`/track/${receiptNo}`)).body.rating.given).toBe('neutral')
})

test('logged in by the account that reported, and by no other', async () => {
  const id = await desk.handled()
  const { receiptNo } = await desk.read(id)
  expect((await api.get(`/track/${receiptNo}`)).body.rating).toBeUndefined()
  await desk.done(id, 'water', 'reply', { result: '已清理', outcome: 'fixed', photos: [await desk.photo()] })
  const [who] = await api.store.sql<{ username: string }[]>`
    select a.username from field_task t join account a on a.id = t.assignee where t.case_id = ${id}`
  await desk.done(id, who?.username ?? '', 'pass')
  await desk.done(id, 'duty', 'close', { outcome: 'fixed' })
  expect((await api.get(`/track/${receiptNo}`, { as: 'grid' })).body.rating.mine).toBe(true)
  expectProblem(
    await rate(receiptNo, { satisfaction: 'satisfied' }, { as: 'water' }),
    403,
    'not-the-reporter',
  )
  const rated = await rate(receiptNo, { satisfaction: 'satisfied' }, { as: 'grid' })
  expect(rated.body.rating).toMatchObject({ mine: true, given: 'satisfied' })
})

test('a report without a login is the same report wherever the device has gone since', async () => {
  const send = (device: string, address: string) =>
    api.post('/cases', BODY, {
      idempotencyKey: 'on-the-road',
      headers: { 'x-device': device, 'user-agent': address },
    })
  const first = await send(DEVICE, 'at home')
  const second = await send(DEVICE, 'elsewhere')
  expect(second.headers['idempotency-replayed']).toBe('true')
  expect(second.body).toMatchObject({ id: first.body.id, receiptToken: first.body.receiptToken })
  const other = await send(DEVICE.replace('0f', '1f'), 'at home')
  expect(other.body.id).not.toBe(first.body.id)
})
