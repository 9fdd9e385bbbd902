// The rota and the handover of a shift at the API: planned by managers, signed by two different people, once.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectProblem, faultPaths, openTestApi, SUNDAY, type TestApi } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

let api: TestApi
const desk = deskOf(() => api)
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const iso = (hours: number) => new Date(SUNDAY + hours * 3_600_000).toISOString()
const add = (body: object, as = 'duty') =>
  api.post('/rota', { name: '值班人', since: iso(-1), until: iso(8), ...body }, { as })

it('says who is on now and who comes next', async () => {
  const now = await add({ post: 'lead', phone: '0000-1' })
  expect(now.status).toBe(201)
  expect(now.body).toMatchObject({ post: 'lead', phone: '0000-1', now: true })
  expect((await add({ post: 'unit', department: 'water', since: iso(8), until: iso(16) })).body.now).toBe(
    false,
  )
  const { items } = (await api.get('/rota', { as: 'operator' })).body
  expect(items.map((t: { post: string; now: boolean }) => [t.post, t.now])).toEqual([
    ['lead', true],
    ['unit', false],
  ])
  expect((await api.send('DELETE', `/rota/${now.body.id}`, { as: 'head' })).status).toBe(204)
  expect((await api.get('/rota', { as: 'duty' })).body.items).toHaveLength(1)
  expectProblem(await api.send('DELETE', `/rota/${now.body.id}`, { as: 'head' }), 404, 'not-found')
})

it('takes no turn that ends before it begins, nor a unit without a name, nor one from an operator', async () => {
  expect(faultPaths(await add({ post: 'seat', until: iso(-2) }))).toEqual(['/until'])
  expect(faultPaths(await add({ post: 'unit' }))).toEqual(['/department'])
  expect(faultPaths(await add({ post: 'seat', department: 'water' }))).toEqual(['/department'])
  expect(faultPaths(await add({ post: 'unit', department: 'nobody' }))).toEqual(['/department'])
  expectProblem(await add({ post: 'seat' }, 'operator'), 403, 'forbidden')
  expectProblem(await api.get('/rota', { as: 'water' }), 403, 'forbidden')
})

it('is handed over with what is open, signed by both and only once', async () => {
  const waiting = await desk.reported()
  const quiet = await desk.handled()
  const given = await api.post('/handovers', { note: '夜间注意北渠水位' }, { as: 'duty' })
  expect(given.status).toBe(201)
  const listed = given.body.items.map((i: { caseId: string }) => i.caseId)
  expect(listed).toContain(waiting)
  expect(listed).not.toContain(quiet)
  expectProblem(await api.post('/handovers', { note: '' }, { as: 'head' }), 409, 'handover-open')
  const sign = (as: string) => api.post(`/handovers/${given.body.id}/sign`, {}, { as })
  expectProblem(await sign('duty'), 409, 'handover-own')
  expectProblem(await sign('operator'), 403, 'forbidden')
  const taken = await sign('head')
  expect(taken.body).toMatchObject({ to: { name: 'head 的人' }, note: '夜间注意北渠水位' })
  expectProblem(await sign('head'), 409, 'handover-taken')
  // What was listed stays as it stood, whatever became of it since.
  await desk.done(waiting, 'duty', 'reject', { reason: 'not-in-scope' })
  const [last] = (await api.get('/handovers', { as: 'operator' })).body.items
  expect(last.items.find((i: { caseId: string }) => i.caseId === waiting)).toMatchObject({
    status: 'accepted',
  })
})
