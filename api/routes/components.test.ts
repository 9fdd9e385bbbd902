// The component register over HTTP: finding, reading, correcting, and the explanation of a case's routing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { beside, COVERS, registerPack } from '#domain/testing/register.ts'
import {
  expectProblem,
  faultPaths,
  openTestApi,
  type SendOptions,
  type TestApi,
  USERS,
} from '../testing/api.ts'
import { deskOf } from '../testing/desk.ts'

let api: TestApi
const desk = deskOf(() => api)
beforeAll(async () => {
  api = await openTestApi({ pack: { ...registerPack(), users: USERS } })
})
afterAll(() => api.close())

const at = ({ lng, lat }: { lng: number; lat: number }) => `${lng},${lat}`
const near = (query: string, given: SendOptions = { as: 'grid' }) => api.get(`/components?${query}`, given)
const correct = (code: string, body: object, given: SendOptions = { as: 'dispatcher' }) =>
  api.post(`/components/${code}/owner`, body, given)
const WORD = { department: 'water', reason: '现场核对铭牌' }

describe('finding components', () => {
  test('near a place, nearest first, with their owners', async () => {
    const { body } = await near(`near=${at(beside(COVERS.pair, -1))}&radius=20`)
    expect(body.items).toMatchObject([
      {
        code: 'LEFT',
        owner: { code: 'water', name: '水利和湖泊局' },
        distanceM: 3,
        category: { name: '雨水井盖' },
      },
      { code: 'RIGHT', owner: { code: 'sanitation-1' }, distanceM: 5 },
    ])
    expect((await near(`near=${at(COVERS.pair)}&radius=20&limit=1`)).body.items).toHaveLength(1)
    expect((await near(`near=${at(COVERS.pair)}&category=E0110`)).body.items).toEqual([])
  })

  test.each([
    ['near=113.9', '/near'],
    ['near=29.7,113.9', '/near'],
    ['near=,', '/near'],
    ['near=a,b', '/near'],
    ['near=1,2,3', '/near'],
    [`near=${at(COVERS.pair)}&category=X1`, '/category'],
    [`near=${at(COVERS.pair)}&radius=0`, '/radius'],
    [`near=${at(COVERS.pair)}&radius=5000`, '/radius'],
  ])('%s is a fault of %s', async (query, path) => {
    const answer = await near(query)
    expectProblem(answer, 400, 'invalid')
    expect(faultPaths(answer)).toEqual([path])
  })

  test('needs a login, and a component that is there', async () => {
    expectProblem(await api.get('/components/OWNED'), 401, 'unauthorized')
    expectProblem(await api.get('/components/nothing', { as: 'duty' }), 404, 'not-found')
    const { body } = await api.get('/components/UNOWNED', { as: 'duty' })
    expect(body).toMatchObject({ code: 'UNOWNED', provisional: false, history: [] })
    expect(body).not.toHaveProperty('owner')
    expect((await api.get('/components/OWNED', { as: 'grid' })).body).not.toHaveProperty('history')
  })
})

describe('correcting an owner', () => {
  test('holds from then on, and says who, why and what was before', async () => {
    const { status, body } = await correct('OWNED', { department: 'sanitation-1', reason: ' 移交清单 ' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      owner: { code: 'sanitation-1', name: '清扫一队' },
      packOwner: { code: 'water' },
      learnt: { how: 'person', previous: { code: 'water' } },
      history: [{ how: 'person', by: 'dispatcher 的人', reason: '移交清单' }],
    })
    await correct('OWNED', WORD, { as: 'duty' })
    const { history } = (await api.get('/components/OWNED', { as: 'leader' })).body
    expect(history).toMatchObject([
      { owner: { code: 'water' }, previous: { code: 'sanitation-1' } },
      { owner: { code: 'sanitation-1' }, undoneAt: expect.any(String) },
    ])
  })

  test('sends the next case there, and leaves those before alone', async () => {
    const report = () => desk.reported({ categoryCode: 'C0103', location: COVERS.unowned })
    const before = await report()
    await desk.done(before, 'duty', 'file')
    expect(await desk.read(before)).toMatchObject({ department: 'st-east', component: 'UNOWNED' })
    await correct('UNOWNED', WORD, { as: 'admin' })
    const after = await report()
    await desk.done(after, 'duty', 'file')
    expect((await desk.read(after)).department).toBe('water')
    expect((await desk.read(before)).department).toBe('st-east')
  })

  test('is done once for an Idempotency-Key', async () => {
    const key = { as: 'dispatcher', idempotencyKey: 'once' }
    const first = await correct('LEFT', { department: 'st-east', reason: '甲' }, key)
    expect(first.headers).not.toHaveProperty('idempotency-replayed')
    await correct('LEFT', { department: 'st-west', reason: '乙' })
    const again = await correct('LEFT', { department: 'st-east', reason: '甲' }, key)
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([200, 'true'])
    expect(again.body.owner.code).toBe('st-west')
    expect(again.body.history).toHaveLength(2)
    expectProblem(await correct('LEFT', { department: 'water', reason: '丙' }, key), 422, 'key-reused')
  })

  test('is for those who may, of a unit and a component that exist, with a reason', async () => {
    for (const as of ['grid', 'operator', 'water', 'supervisor', 'wall', 'leader'])
      expectProblem(await correct('RIGHT', WORD, { as }), 403, 'forbidden')
    expectProblem(await correct('RIGHT', WORD, {}), 401, 'unauthorized')
    expectProblem(await correct('nothing', WORD), 404, 'not-found')
    expectProblem(await correct('RIGHT', { ...WORD, department: 'nobody' }), 400, 'unknown-department')
    const answer = await correct('RIGHT', { department: '', reason: '  ' })
    expect(faultPaths(answer)).toEqual(['/department', '/reason'])
    expect((await api.get('/components/RIGHT', { as: 'duty' })).body.history).toEqual([])
  })
})

describe('the routing of a case', () => {
  const routing = async (id: string, as = 'dispatcher') =>
    (await api.get(`/cases/${id}/routing`, { as })).body

  test('is a proposal until it is dispatched, then what was recorded', async () => {
    const id = await desk.reported({ categoryCode: 'C0103', location: COVERS.none })
    const proposed = await routing(id)
    expect(proposed).toMatchObject({ decided: false, department: { code: 'st-east' }, returnedBy: [] })
    expect(proposed.steps.at(-1)).toMatchObject({ matched: true, fallBack: 'municipal' })
    await desk.done(id, 'duty', 'file')
    expect(await routing(id)).toMatchObject({
      decided: true,
      department: { code: 'st-east' },
      steps: proposed.steps,
    })
  })

  test('after a granted return proposes the fall-back, and names who gave it back', async () => {
    const id = await desk.reported({ categoryCode: 'C0103', location: COVERS.none })
    await desk.done(id, 'duty', 'file')
    await api.runtime.commander.act(
      id,
      { action: 'request-return', payload: { reason: 'not-ours' } },
      {
        actor: {
          kind: 'user',
          id: await api.accountId('water'),
          posts: ['department-officer'],
          department: 'st-east',
        },
      },
    )
    await desk.done(id, 'dispatcher', 'grant-return')
    expect(await routing(id)).toMatchObject({
      decided: false,
      department: { code: 'municipal' },
      doubt: 'fall-back',
      returnedBy: [{ code: 'st-east', name: '东门街道办' }],
    })
  })

  test('shows both components where the position cannot tell, and the case waits for the dispatcher', async () => {
    const id = await desk.reported({ categoryCode: 'C0103', location: { ...COVERS.pair, accuracyM: 10 } })
    await desk.done(id, 'duty', 'file')
    expect(await desk.read(id)).toMatchObject({
      status: 'filed',
      waitsFor: { who: 'dispatcher', reason: 'component-unclear' },
    })
    const { doubt, candidates } = await routing(id)
    expect(doubt).toBe('component-unclear')
    expect(candidates.map((c: { code: string }) => c.code)).toEqual(['LEFT', 'RIGHT'])
  })

  test('on land that nobody here manages comes with a letter to write', async () => {
    const id = await desk.reported({ categoryCode: 'E0110', location: PLACES.railway })
    const { doubt, zone, letter, department } = await routing(id)
    expect([doubt, department]).toEqual(['not-managed-here', undefined])
    expect(zone).toEqual({ code: 'Z-RAIL', name: '铁路用地', kind: 'railway' })
    expect(letter.title).toBe('关于铁路用地暴露生活垃圾问题的函')
    expect(letter.text).toContain('2019年9月29日08:00')
    expect(letter.text).toContain('渠边有漂浮垃圾')
    await desk.done(id, 'operator', 'reject', { reason: 'not-managed-here' })
    expect((await routing(id)).letter.to).toBe('铁路用地管理单位')
  })

  test('is for those who may see the case', async () => {
    const id = await desk.reported({ categoryCode: 'C0103', location: COVERS.none })
    expectProblem(await api.get(`/cases/${id}/routing`), 401, 'unauthorized')
    expectProblem(await api.get(`/cases/${id}/routing`, { as: 'sanitation' }), 403, 'not-your-case')
    expectProblem(await api.get('/cases/R0/routing', { as: 'duty' }), 404, 'not-found')
  })
})
