// Acting on a case over HTTP: the Chibi story from report to closing, what is offered, and what can be named.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const { reported, act, done, handled, photo, read, offers } = deskOf(() => api)

const at = (time: string) => api.clock.set(Date.parse(`2019-09-29T${time}:00+08:00`))

test('the story of Chibi, with every count moved by one', async () => {
  const totals = async () => (await api.get('/board', { as: 'wall' })).body.totals
  const before = await totals()
  const moved = async () => {
    const now = await totals()
    return Object.fromEntries(
      Object.keys(now).flatMap((k) => (now[k] === before[k] ? [] : [[k, now[k] - before[k]]])),
    )
  }
  at('08:00')
  const id = await reported()
  expect(await moved()).toEqual({ reported: 1, accepted: 1 })
  expect(await read(id)).toMatchObject({
    status: 'accepted',
    waitsFor: { who: 'duty-manager', action: 'file', reason: 'policy' },
  })
  at('08:33')
  const dispatched = await done(id, 'duty', 'file')
  expect(dispatched.status).toBe('filed')
  expect(await read(id)).toMatchObject({
    status: 'dispatched',
    caseNo: 'E0125201909290001',
    department: 'water',
    departmentName: '水利和湖泊局',
    zone: 'Z-CANAL',
    routing: expect.arrayContaining([
      expect.objectContaining({ rule: 'zone', matched: true, department: 'water' }),
    ]),
  })
  await done(id, 'water', 'acknowledge')
  at('11:48')
  const after = await photo()
  const replied = await done(id, 'water', 'reply', { result: '已打捞', outcome: 'fixed', photos: [after] })
  expect(replied).toMatchObject({ status: 'replied', light: 'yellow', overdue: false, afterPhotos: [after] })
  const { body: tasks } = await api.get('/tasks?kind=check&mine=1', { as: 'supervisor' })
  expect(tasks.items).toMatchObject([{ caseId: id, kind: 'check', case: { receiptNo: replied.receiptNo } }])
  at('14:10')
  const passed = await api.post(
    `/tasks/${tasks.items[0].id}/actions`,
    { action: 'report', result: 'pass', note: '干净了', location: { ...PLACES.canal, accuracyM: 8 } },
    { as: 'supervisor' },
  )
  expect(passed.body).toMatchObject({ status: 'reported', result: true, case: { status: 'checked' } })
  await api.settle(id)
  expect(await done(id, 'duty', 'close', { outcome: 'fixed' })).toMatchObject({
    status: 'closed',
    outcome: 'fixed',
    closedAt: '2019-09-29T14:10:00+08:00',
  })
  expect(await moved()).toEqual({
    reported: 1,
    accepted: 1,
    filed: 1,
    dispatched: 1,
    replied: 1,
    checked: 1,
    closed: 1,
  })
  const { body: log } = await api.get(`/cases/${id}/events`, { as: 'duty' })
  expect(
    log.items.map((e: { type: string; actor: { post?: string; id: string } }) => [
      e.type,
      e.actor.post ?? e.actor.id,
    ]),
  ).toEqual([
    ['reported', 'grid-member'],
    ['screened', 'screen'],
    ['accepted', 'accept-policy'],
    ['decision-awaited', 'policy'],
    ['filed', 'duty-manager'],
    ['dispatched', 'routing'],
    ['acknowledged', 'department-officer'],
    ['replied', 'department-officer'],
    ['check-requested', 'check-policy'],
    ['passed', 'supervisor'],
    ['closed', 'duty-manager'],
  ])
})

test('a low-risk report on a main road reaches the sanitation office by rule alone', async () => {
  const id = await reported({ categoryCode: 'E0110', location: PLACES.road })
  expect(await read(id)).toMatchObject({ status: 'dispatched', department: 'sanitation' })
})

describe('what is offered', () => {
  test('is what is legal, with its payload’s schema and names', async () => {
    const id = await handled()
    const { body } = await api.get(`/cases/${id}/actions`, { as: 'water' })
    const reply = body.items.find((i: { action: string }) => i.action === 'reply')
    expect(reply.label).toEqual({ zh: '回告', en: 'Reply' })
    expect(reply.schema).toMatchObject({ type: 'object', required: ['result'] })
    expect(await offers(id, 'water')).not.toContain('close')
    expect(await offers(id, 'admin')).toEqual([])
  })

  test('can be taken: nothing offered is refused for the step or the role', async () => {
    for (const as of ['duty', 'operator', 'dispatcher', 'water'])
      for (const action of await offers(await handled(), as)) {
        const answer = await act(await handled(), as, action)
        expect([200, 400], `${action} by ${as}`).toContain(answer.status)
      }
  })
})

describe('references', () => {
  test('merge names another case by any of its numbers', async () => {
    const [kept, other] = [await reported(), await reported()]
    expect(faultPaths(await act(other, 'duty', 'merge', { into: 'R209901010001' }))).toEqual(['/into'])
    expect(faultPaths(await act(other, 'duty', 'merge', { into: other }))).toEqual(['/into'])
    const { receiptNo } = await read(kept)
    const merged = await done(other, 'duty', 'merge', { into: receiptNo })
    expect(merged).toMatchObject({ status: 'merged', duplicateOf: kept })
    // What has ended elsewhere takes nobody in.
    const third = await reported()
    expect(faultPaths(await act(third, 'duty', 'merge', { into: other }))).toEqual(['/into'])
  })

  test('assign names a person of the unit, or a unit below it', async () => {
    const id = await handled()
    for (const handler of ['sanitation', 'grid', 'nobody', 'water', 'sanitation-1'])
      expect(faultPaths(await act(id, 'water', 'assign', { handler }))).toEqual(['/handler'])
    expect(await done(id, 'water', 'assign', { handler: 'water-canal' })).toMatchObject({
      unit: 'water-canal',
    })
    expect(await done(id, 'water', 'assign', { handler: 'handler' })).toMatchObject({
      handler: await api.accountId('handler'),
    })
  })

  test('request-check names somebody who goes on site', async () => {
    const id = await handled()
    await act(id, 'water', 'reply', { result: '好了' })
    expect(faultPaths(await act(id, 'duty', 'request-check', { to: 'operator' }))).toEqual(['/to'])
    const asked = await done(id, 'duty', 'request-check', { to: 'supervisor2' })
    expect(asked.tasks).toMatchObject([{ kind: 'check', assignee: await api.accountId('supervisor2') }])
  })

  test('a step that is not legal is refused as that, whatever it names', async () => {
    const id = await reported()
    expectProblem(await act(id, 'duty', 'request-check', { to: 'nobody' }), 409, 'illegal-step')
  })
})

test('a position from the site is kept in WGS-84', async () => {
  const id = await handled()
  await done(id, 'water', 'reply', { result: '好了' })
  const { body } = await api.get('/tasks?mine=1', { as: 'supervisor' })
  const task = body.items.find((t: { caseId: string }) => t.caseId === id)
  await api.post(
    `/tasks/${task.id}/actions`,
    { action: 'report', result: true, location: { ...PLACES.canal, crs: 'bd09', accuracyM: 5 } },
    { as: 'supervisor' },
  )
  const { body: log } = await api.get(`/cases/${id}/events`, { as: 'duty' })
  const { position } = log.items.at(-1).payload
  expect(position.accuracyM).toBe(5)
  expect(position).not.toHaveProperty('crs')
  expect(Math.abs(position.lng - PLACES.canal.lng)).toBeGreaterThan(0.005)
})

test('the words of the desks are for the desks', async () => {
  const id = await handled()
  await done(id, 'duty', 'comment', { text: '内部意见' })
  await done(id, 'water', 'reply', { result: '已打捞' })
  const wordsOf = async (as: string) =>
    (await api.get(`/cases/${id}/events`, { as })).body.items.flatMap(
      (e: { type: string; words?: object }) => (e.words ? [e.type] : []),
    )
  expect(await wordsOf('duty')).toEqual(['reported', 'commented', 'replied'])
  expect(await wordsOf('grid')).toEqual(['reported', 'replied'])
})
