// Lists of appeals 申诉: the open ones, those ruled on, and what a unit may appeal against.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cityPack } from '#domain/testing/city.ts'
import { openTestApi, type TestApi, USERS } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

let api: TestApi
const desk = deskOf(() => api)
beforeAll(async () => {
  api = await openTestApi({ pack: { ...cityPack(), users: USERS } })
})
afterAll(() => api?.close())

const listed = async (query: string, as: string): Promise<string[]> =>
  (await api.get(`/cases?${query}`, { as })).body.items.map((c: { id: string }) => c.id)

async function closed(): Promise<string> {
  const id = await desk.handled()
  await desk.done(id, 'water', 'reply', { result: '已清理', outcome: 'fixed' })
  await desk.done(id, 'supervisor', 'pass')
  await desk.done(id, 'duty', 'close', { outcome: 'fixed' })
  return id
}

it('an appeal is in the queue until it was ruled on, and the case says how', async () => {
  const [quiet, id] = [await closed(), await closed()]
  expect(await listed('appeal=open', 'evaluator')).toEqual([])
  await desk.done(id, 'water', 'appeal', { about: 'overdue', reason: '停电' })
  expect(await listed('appeal=open', 'evaluator')).toEqual([id])
  expect(await listed('appeal=open', 'water')).toEqual([id])
  expect(await listed('appeal=open', 'sanitation')).toEqual([])
  expect((await desk.read(id)).appeals).toEqual([{ about: 'overdue', at: expect.any(String) }])

  await desk.done(id, 'evaluator', 'rule-on-appeal', { granted: false, note: '证据不足' })
  expect(await listed('appeal=open', 'evaluator')).toEqual([])
  expect(await listed('appeal=ruled', 'evaluator')).toEqual([id])
  expect((await desk.read(id)).appeals).toMatchObject([{ about: 'overdue', granted: false }])
  expect(await desk.read(quiet)).not.toHaveProperty('appeals')
})

it('a unit finds what somebody was dissatisfied with', async () => {
  const [pleased, displeased, silent] = [await closed(), await closed(), await closed()]
  await desk.done(pleased, 'operator', 'rate', { satisfaction: 'satisfied' })
  await desk.done(displeased, 'operator', 'rate', { satisfaction: 'very-dissatisfied' })
  expect(await listed('status=closed&dissatisfied=1', 'water')).toEqual([displeased])
  const others = await listed('status=closed&dissatisfied=0', 'water')
  expect(others).toEqual(expect.arrayContaining([pleased, silent]))
  expect(others).not.toContain(displeased)
})
