// Finding and reading cases over HTTP: filters and pages, who sees which case and how much of the person who reported it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placeAt, PLACES } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type SendOptions, type TestApi } from './testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const LITTER = {
  description: '渠边有漂浮垃圾',
  location: PLACES.canal,
  categoryCode: 'E0125',
  source: 'grid',
}
const report = (body: object, given: SendOptions = { as: 'grid' }) =>
  api.post('/cases', { ...LITTER, ...body }, given)

describe('the list', () => {
  test('is filtered, newest first, in pages that neither miss nor repeat', async () => {
    const ids: string[] = []
    for (let i = 0; i < 5; i++) {
      api.clock.advance(1000)
      ids.unshift((await report({ description: `分页 ${i}`, categoryCode: 'C0103' })).body.id)
    }
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await api.get(`/cases?category=C0103&limit=2${cursor}`, { as: 'duty' })
      seen.push(...body.items.map((c: { id: string }) => c.id))
      cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`
    } while (cursor !== '')
    expect(seen).toEqual(ids)
  })

  test('finds words and numbers', async () => {
    const { body: made } = await report({ description: '一只白鹭困在网里', categoryCode: 'E0136' })
    for (const q of ['白鹭困', made.receiptNo]) {
      const { body } = await api.get(`/cases?q=${encodeURIComponent(q)}`, { as: 'duty' })
      expect(body.items.map((c: { id: string }) => c.id)).toEqual([made.id])
    }
    expect((await api.get('/cases?q=%25', { as: 'duty' })).body.items).toEqual([])
  })

  test('names the faults of a query', async () => {
    const answer = await api.get('/cases?status=open,reported&limit=0&cursor=x&light=blue', { as: 'duty' })
    expectProblem(answer, 400, 'invalid')
    expect(faultPaths(answer)).toEqual(['/light', '/limit'])
    const second = await api.get('/cases?status=open,reported&cursor=x', { as: 'duty' })
    expect(faultPaths(second)).toEqual(['/cursor', '/status'])
    expectProblem(await api.get('/cases?q=%00', { as: 'duty' }), 400, 'invalid')
  })

  test('needs a login', async () => {
    expectProblem(await api.get('/cases'), 401, 'unauthorized')
  })

  test('knows a unit with all below it', async () => {
    const { body: made } = await report({ categoryCode: 'E0110', location: PLACES.road })
    await api.settle(made.id)
    const of = async (code: string) =>
      (await api.get(`/cases?department=${code}`, { as: 'duty' })).body.items.map((c: { id: string }) => c.id)
    expect(await of('sanitation')).toContain(made.id)
    expect(await of('water')).not.toContain(made.id)
    expect(await of('nobody')).toEqual([])
  })
})

describe('who sees a case', () => {
  let water: string
  let litter: string
  beforeAll(async () => {
    litter = (await report({ categoryCode: 'E0110', location: PLACES.road })).body.id
    await api.settle(litter)
    const hotline = await report(
      {
        source: 'hotline',
        location: placeAt(0.5, 1.05),
        reporter: { name: '王小明', phone: '13812345678' },
      },
      { as: 'operator' },
    )
    water = hotline.body.id
    await api.settle(water)
    const act = (as: string, action: string) => api.post(`/cases/${water}/actions`, { action }, { as })
    for (const [as, action] of [
      ['operator', 'accept'],
      ['duty', 'file'],
    ] as const)
      expect((await act(as, action)).status).toBe(200)
    await api.settle(water)
  })

  test.each([
    ['operator', 'masked'],
    ['duty', 'masked'],
    ['head', 'masked'],
    ['dispatcher', 'masked'],
    ['water', 'masked'],
    ['canal', 'masked'],
    ['handler', 'masked'],
    ['evaluator', 'masked'],
    ['admin', 'masked'],
    ['leader', 'none'],
    ['supervisor', 'none'],
  ])('%s: the reporter %s', async (as, seen) => {
    const { status, body } = await api.get(`/cases/${water}`, { as })
    expect(status).toBe(200)
    const { body: log } = await api.get(`/cases/${water}/events`, { as })
    const reporter = {
      masked: { name: '王**', phone: '138****5678' },
      none: undefined,
    }[seen]
    expect(body.reporter).toEqual(reporter)
    expect(log.items[0].words?.reporter).toEqual(reporter)
    const { body: list } = await api.get('/cases?limit=200', { as })
    const listed = list.items.find((c: { id: string }) => c.id === water)
    expect(listed.reporter).toEqual(reporter)
  })

  test.each(['grid', 'grid2', 'sanitation', 'supervisor2', 'wall'])('%s: not at all', async (as) => {
    for (const url of [`/cases/${water}`, `/cases/${water}/events`, `/cases/${water}/actions`])
      expectProblem(await api.get(url, { as }), 403, 'not-your-case')
    expectProblem(await api.post(`/cases/${water}/actions`, { action: 'urge' }, { as }), 403, 'not-your-case')
    const { body } = await api.get('/cases?limit=200', { as })
    expect(body.items.map((c: { id: string }) => c.id)).not.toContain(water)
  })

  test('who reported sees his own, a screen none at all', async () => {
    expect((await api.get(`/cases/${litter}`, { as: 'grid' })).status).toBe(200)
    expectProblem(await api.get(`/cases/${litter}`, { as: 'grid2' }), 403, 'not-your-case')
    expect((await api.get('/cases', { as: 'wall' })).body.items).toEqual([])
    const { body } = await api.get('/cases?limit=200&mine=1', { as: 'grid' })
    expect(body.items.every((c: { source: string }) => c.source === 'grid')).toBe(true)
  })

  test('the list of what somebody sees is what he can open', async () => {
    const { body: all } = await api.get('/cases?limit=200', { as: 'duty' })
    const opened = async (id: string, as: string) => (await api.get(`/cases/${id}`, { as })).status === 200
    for (const as of [
      'grid',
      'grid2',
      'supervisor',
      'supervisor2',
      'water',
      'canal',
      'sanitation',
      'handler',
      'wall',
    ]) {
      const { body: seen } = await api.get('/cases?limit=200', { as })
      const ids = new Set(seen.items.map((c: { id: string }) => c.id))
      for (const { id } of all.items) expect(await opened(id, as), `${id} by ${as}`).toBe(ids.has(id))
    }
  })

  test('nobody without a login, and what is not there is not there', async () => {
    expectProblem(await api.get(`/cases/${water}`), 401, 'unauthorized')
    expectProblem(await api.get('/cases/R209901010001', { as: 'duty' }), 404, 'not-found')
    expectProblem(await api.get(`/cases/${crypto.randomUUID()}`, { as: 'duty' }), 404, 'not-found')
  })

  test('the log names people and speaks in ISO 8601', async () => {
    const { body } = await api.get(`/cases/${water}/events`, { as: 'duty' })
    const filed = body.items.find((e: { type: string }) => e.type === 'filed')
    expect(filed.actor).toEqual({
      kind: 'user',
      id: await api.accountId('duty'),
      name: 'duty 的人',
      post: 'duty-manager',
    })
    const dispatched = body.items.find((e: { type: string }) => e.type === 'dispatched')
    expect(dispatched.actor).toEqual({ kind: 'rule', id: 'routing' })
    expect(dispatched.payload.clock.startedAt).toMatch(/^2019-09-29T\d\d:\d\d:\d\d\+08:00$/)
  })
})
