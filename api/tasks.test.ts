// Field tasks over HTTP: who gets which, and what can be said from the site.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi } from './testing/api.ts'

let api: TestApi
let caseId: string
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const act = async (as: string, action: string, payload: object = {}) => {
  const answer = await api.post(`/cases/${caseId}/actions`, { action, ...payload }, { as })
  expect(answer.status).toBe(200)
  await api.settle(caseId)
}
const tell = (id: string, as: string, body: object) => api.post(`/tasks/${id}/actions`, body, { as })

async function taskOf(as: string): Promise<string> {
  const { body } = await api.get('/tasks?mine=1', { as })
  return body.items.find((t: { caseId: string }) => t.caseId === caseId)?.id
}

beforeEach(async () => {
  const { body } = await api.post(
    '/cases',
    { description: '垃圾', location: PLACES.canal, categoryCode: 'E0125', source: 'grid' },
    { as: 'grid' },
  )
  caseId = body.id
  await api.settle(caseId)
})

describe('a confirm task 核实', () => {
  beforeEach(() => act('duty', 'request-confirm', { to: 'supervisor' }))

  test('reports whether it is there', async () => {
    const id = await taskOf('supervisor')
    expect(faultPaths(await tell(id, 'supervisor', { action: 'report' }))).toEqual(['/result'])
    expect(faultPaths(await tell(id, 'supervisor', { action: 'report', result: 'pass' }))).toEqual([
      '/result',
    ])
    expect(faultPaths(await tell(id, 'supervisor', { action: 'report', result: 'yes' }))).toEqual(['/result'])
    const answer = await tell(id, 'supervisor', { action: 'report', result: false, note: '没有看到' })
    expect(answer.body).toMatchObject({ kind: 'confirm', status: 'reported', result: false })
    await api.settle(caseId)
    const { body } = await api.get(`/cases/${caseId}`, { as: 'duty' })
    expect(body.waitsFor).toMatchObject({ action: 'file', reason: 'not-confirmed' })
    expectProblem(await tell(id, 'supervisor', { action: 'report', result: true }), 409, 'illegal-step')
  })

  test('is accepted once, by whom it is for', async () => {
    const id = await taskOf('supervisor')
    expectProblem(await tell(id, 'supervisor2', { action: 'accept' }), 403, 'not-your-case')
    expectProblem(await tell(id, 'operator', { action: 'accept' }), 403, 'forbidden')
    expect((await tell(id, 'supervisor', { action: 'accept' })).body).toMatchObject({ status: 'accepted' })
    expectProblem(await tell(id, 'supervisor', { action: 'accept' }), 409, 'illegal-step')
  })

  test('is handed over, and then is the other’s', async () => {
    const id = await taskOf('supervisor')
    expect(faultPaths(await tell(id, 'supervisor', { action: 'hand-over', to: 'water' }))).toEqual(['/to'])
    const handed = await tell(id, 'supervisor', { action: 'hand-over', to: 'supervisor2', reason: '下班' })
    expect(handed.body.assignee).toBe(await api.accountId('supervisor2'))
    expect(await taskOf('supervisor')).toBeUndefined()
    expect(await taskOf('supervisor2')).toBe(id)
    expect((await tell(id, 'supervisor2', { action: 'report', result: true })).status).toBe(200)
  })
})

describe('a check task 核查', () => {
  beforeEach(async () => {
    await act('duty', 'file')
    await act('water', 'acknowledge')
    await act('water', 'reply', { result: '已打捞' })
  })

  test.each([[true], ['pass']])('result %s passes', async (result) => {
    const answer = await tell(await taskOf('supervisor'), 'supervisor', { action: 'report', result })
    expect(answer.body).toMatchObject({ result: true, case: { status: 'checked' } })
  })

  test.each([[false], ['fail']])('result %s fails, with a reason', async (result) => {
    const id = await taskOf('supervisor')
    const without = await tell(id, 'supervisor', { action: 'report', result })
    expectProblem(without, 400, 'invalid')
    expect(faultPaths(without)).toEqual(['/reason'])
    expect(faultPaths(await tell(id, 'supervisor', { action: 'report', result, reason: ' ' }))).toEqual([
      '/reason',
    ])
    const answer = await tell(id, 'supervisor', {
      action: 'report',
      result,
      reason: '没有清干净',
      note: '角落',
    })
    expect(answer.body).toMatchObject({ result: false, case: { status: 'replied' } })
  })

  test('of an earlier round is over when a new one is open', async () => {
    const old = await taskOf('supervisor')
    await tell(old, 'supervisor', { action: 'report', result: 'fail', reason: '没有清干净' })
    await act('duty', 'rework')
    await act('water', 'reply', { result: '又清了一遍' })
    const next = await taskOf('supervisor')
    expect(next).not.toBe(old)
    const before = await api.events(caseId)
    expectProblem(await tell(old, 'supervisor', { action: 'report', result: 'pass' }), 409, 'illegal-step')
    expect(await api.events(caseId)).toBe(before)
    expect((await tell(next, 'supervisor', { action: 'report', result: 'pass' })).body.round).toBe(2)
  })
})

describe('lists', () => {
  test('are by kind, own for those on site, all for the centre, open unless asked', async () => {
    await act('duty', 'request-confirm', { to: 'supervisor' })
    const id = await taskOf('supervisor')
    const ids = async (query: string, as: string) =>
      (await api.get(`/tasks${query}`, { as })).body.items.map((t: { id: string }) => t.id)
    expect(await ids('?kind=check&limit=200', 'supervisor')).not.toContain(id)
    expect(await ids('?kind=confirm&limit=200', 'supervisor')).toContain(id)
    expect(await ids('?limit=200', 'supervisor2')).not.toContain(id)
    expect(await ids('?limit=200', 'duty')).toContain(id)
    expect(await ids('?mine=1&limit=200', 'duty')).not.toContain(id)
    await tell(id, 'supervisor', { action: 'report', result: true })
    expect(await ids('?limit=200', 'supervisor')).not.toContain(id)
    expect(await ids('?status=all&limit=200', 'supervisor')).toContain(id)
  })

  test('come in pages', async () => {
    const all = (await api.get('/tasks?status=all&limit=200', { as: 'duty' })).body.items
    const seen: unknown[] = []
    let cursor = ''
    do {
      const { body } = await api.get(`/tasks?status=all&limit=3${cursor}`, { as: 'duty' })
      seen.push(...body.items)
      cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`
    } while (cursor !== '')
    expect(seen.map((t) => (t as { id: string }).id)).toEqual(all.map((t: { id: string }) => t.id))
    expectProblem(await api.get('/tasks?cursor=x', { as: 'duty' }), 400, 'invalid')
  })

  test('need a login, and a task that is there', async () => {
    expectProblem(await api.get('/tasks'), 401, 'unauthorized')
    expectProblem(await tell(crypto.randomUUID(), 'duty', { action: 'accept' }), 404, 'not-found')
    expectProblem(await tell('x', 'duty', { action: 'accept' }), 400, 'invalid')
  })
})
