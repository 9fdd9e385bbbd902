// Acting on a case over HTTP: the Chibi story from report to closing, and every way to be refused without effect.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CASE_ACTIONS } from './cases/command.ts'
import { PLACES } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type SendOptions, type TestApi } from './testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const at = (time: string) => api.clock.set(Date.parse(`2019-09-29T${time}:00+08:00`))

async function reported(body: object = {}): Promise<string> {
  const answer = await api.post(
    '/cases',
    { description: '渠边有漂浮垃圾', location: PLACES.canal, categoryCode: 'E0125', source: 'grid', ...body },
    { as: 'grid' },
  )
  expect(answer.status).toBe(201)
  await api.settle(answer.body.id)
  return answer.body.id
}

const act = (id: string, as: string, action: string, payload: object = {}, more: SendOptions = {}) =>
  api.post(`/cases/${id}/actions`, { action, ...payload }, { as, ...more })

/** Acts and lets the rules follow. */
async function done(id: string, as: string, action: string, payload: object = {}) {
  const answer = await act(id, as, action, payload)
  expect(answer.body).not.toHaveProperty('code')
  expect(answer.status).toBe(200)
  await api.settle(id)
  return answer.body
}

const filed = async () => {
  const id = await reported()
  await done(id, 'duty', 'file')
  return id
}
const handled = async () => {
  const id = await filed()
  await done(id, 'water', 'acknowledge')
  return id
}

async function photo(): Promise<string> {
  const id = crypto.randomUUID()
  await api.store.sql`
    insert into upload (id, sha256, media_type, bytes, width, height) values (${id}, ${Buffer.alloc(32)}, 'image/jpeg', 1, 1, 1)`
  return id
}

const read = async (id: string, as = 'duty') => (await api.get(`/cases/${id}`, { as })).body
const offers = async (id: string, as: string) =>
  (await api.get(`/cases/${id}/actions`, { as })).body.items.map((i: { action: string }) => i.action)

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
    department: { code: 'water', name: '水利和湖泊局' },
    zone: { code: 'Z-CANAL' },
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
  expect(await read(id)).toMatchObject({ status: 'dispatched', department: { code: 'sanitation' } })
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
      unit: { code: 'water-canal' },
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
