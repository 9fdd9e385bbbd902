// Every way an action is refused, and that nothing happens then.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CASE_ACTIONS } from './cases/command.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const { reported, act, done, filed, handled, photo, read, offers } = deskOf(() => api)

describe('refused, and nothing happens', () => {
  /** Sends, and makes sure that the case has not one event more. */
  async function refused(id: string, send: () => ReturnType<typeof act>) {
    const before = await api.events(id)
    const answer = await send()
    expect(await api.events(id)).toBe(before)
    return answer
  }

  test('an illegal step: 409 with the legal ones', async () => {
    const id = await filed()
    const answer = await refused(id, () => act(id, 'duty', 'close', { outcome: 'fixed' }))
    expectProblem(answer, 409, 'illegal-step')
    expect(answer.body.allowed).toEqual(await offers(id, 'duty'))
    expect(answer.body.allowed.length).toBeGreaterThan(0)
  })

  test('a stale version: 409', async () => {
    const id = await handled()
    const { version } = await read(id)
    const answer = await refused(id, () =>
      act(id, 'water', 'reply', { result: '好了', version: version - 1 }),
    )
    expectProblem(answer, 409, 'stale-version')
    expect(answer.body.allowed).toContain('reply')
    expect((await act(id, 'water', 'reply', { result: '好了', version })).status).toBe(200)
  })

  test('a remark makes no step stale', async () => {
    const id = await handled()
    const { version } = await read(id)
    await done(id, 'duty', 'comment', { text: '注意安全' })
    expect((await act(id, 'water', 'reply', { result: '好了', version })).status).toBe(200)
  })

  test('the wrong role: 403', async () => {
    const id = await handled()
    for (const [as, action, payload] of [
      ['operator', 'reply', { result: '好了' }],
      ['admin', 'urge', {}],
      ['water', 'oversee', { note: '快' }],
      ['leader', 'file', {}],
      ['grid', 'request-return', { reason: 'x' }],
    ] as const)
      expectProblem(await refused(id, () => act(id, as, action, payload)), 403, 'forbidden')
  })

  test('nobody: 401, before the body is even looked at', async () => {
    const id = await handled()
    expectProblem(await refused(id, () => api.post(`/cases/${id}/actions`, 'x')), 401, 'unauthorized')
  })

  test('an unknown action, or one of the machine: 400 with those there are', async () => {
    const id = await handled()
    for (const action of ['explode', 'screen', 'await-decision', 'accept-task', 'toString', '__proto__']) {
      const answer = await refused(id, () => act(id, 'duty', action))
      expectProblem(answer, 400, 'unknown-action')
      expect(answer.body.errors[0].message).toBe(`must be one of ${CASE_ACTIONS.join(', ')}`)
    }
    const answer = await refused(id, () => api.post(`/cases/${id}/actions`, {}, { as: 'duty' }))
    expect(faultPaths(answer)).toEqual(['/action'])
  })

  test('a malformed payload: every field', async () => {
    const id = await handled()
    const answer = await refused(id, () =>
      act(id, 'water', 'reply', { outcome: 'nice', photos: 'x.jpg', version: '3' }),
    )
    expectProblem(answer, 400, 'invalid')
    expect(faultPaths(answer)).toEqual(['/outcome', '/photos', '/result', '/version'])
  })

  test('a reason of nothing, a photo that is not there, a day that never was', async () => {
    const id = await handled()
    const blank = await refused(id, () => act(id, 'water', 'request-return', { reason: '  ' }))
    expect(faultPaths(blank)).toEqual(['/reason'])
    const photos = [await photo(), crypto.randomUUID()]
    const unknown = await refused(id, () => act(id, 'water', 'reply', { result: '好了', photos }))
    expect(faultPaths(unknown)).toEqual(['/photos/1'])
    const leap = { until: '2019-12-31T23:59:60Z', reason: '等材料' }
    expect(faultPaths(await refused(id, () => act(id, 'water', 'request-suspension', leap)))).toEqual([
      '/until',
    ])
  })

  test('an unknown unit, condition, category', async () => {
    const id = await reported()
    const condition = await refused(id, () => act(id, 'duty', 'file', { condition: 'E0110-1' }))
    expectProblem(condition, 400, 'unknown-condition')
    const other = await reported({ categoryCode: undefined })
    const category = await refused(other, () => act(other, 'operator', 'accept', { categoryCode: 'E9999' }))
    expectProblem(category, 400, 'unknown-category')
    await done(id, 'duty', 'file')
    await done(id, 'water', 'request-return', { reason: '不属于我单位' })
    await done(id, 'dispatcher', 'grant-return')
    const unit = await refused(id, () => act(id, 'dispatcher', 'dispatch', { department: 'nobody' }))
    expectProblem(unit, 400, 'unknown-department')
    await done(id, 'dispatcher', 'dispatch', { department: 'sanitation' })
    expectProblem(await api.get(`/cases/${id}`, { as: 'water' }), 403, 'not-your-case')
  })

  test('a case that is not there', async () => {
    expectProblem(await act('R209901010001', 'duty', 'urge'), 404, 'not-found')
  })
})
