// Notices over the API: each their own, names from the city, a phone for the centre only, and a bell that rings.
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { startApi, type StartedApi } from './server.ts'
import { type Answer, expectProblem, openTestApi, type TestApi } from './testing/api.ts'
import { ringingPack, writeNotices } from './testing/notices.ts'

let api: TestApi
let started: StartedApi
const sockets: Socket[] = []
beforeAll(async () => {
  api = await openTestApi({ pack: ringingPack() })
  started = await startApi(api.start)
})
afterEach(() => {
  for (const s of sockets.splice(0)) s.disconnect()
})
afterAll(async () => {
  await started.close()
  await api.close()
})

const write = () => writeNotices(api)
const notices = (as: string, query = '') => api.get(`/notices${query}`, { as })
const kinds = ({ body }: Answer) => (body.items as { kind: string }[]).map((n) => n.kind)

/** Filed and dispatched to the water bureau by rule. */
async function dispatched(): Promise<string> {
  const { body } = await api.post(
    '/cases',
    { source: 'grid', categoryCode: 'E0125', description: '渠边有垃圾', location: PLACES.canal },
    { as: 'grid' },
  )
  await api.settle(body.id)
  const { body: c } = await api.get(`/cases/${body.id}`, { as: 'duty' })
  const filed = await api.post(
    `/cases/${body.id}/actions`,
    { action: 'file', version: c.version, categoryCode: 'E0125' },
    { as: 'duty' },
  )
  expect(filed.status).toBe(200)
  await api.settle(body.id)
  return body.id
}

test('each reads their own: the unit its case with its names, others nothing', async () => {
  const id = await dispatched()
  await write()
  const answer = await notices('water')
  expect(answer.status).toBe(200)
  expect(answer.body.unread).toBe(1)
  const [notice] = answer.body.items
  expect(notice).toMatchObject({
    kind: 'dispatched',
    case: { id, categoryName: expect.any(String), number: expect.stringMatching(/^E0125/), open: true },
    dueAt: expect.stringMatching(/\+08:00$/),
  })
  expect(notice).not.toHaveProperty('readAt')
  expect(kinds(await notices('sanitation'))).toEqual([])
  expectProblem(await api.get('/notices'), 401, 'unauthorized')

  expect((await api.post(`/notices/${notice.id}/read`, undefined, { as: 'water' })).body).toEqual({
    unread: 0,
  })
  expectProblem(
    await api.post(`/notices/${notice.id}/read`, undefined, { as: 'sanitation' }),
    404,
    'not-found',
  )
  expect(kinds(await notices('water', '?unread=1'))).toEqual([])
  expect((await notices('water')).body.items[0].readAt).toMatch(/\+08:00$/)
})

test('a rung rings the centre with the unit’s phone; the unit is told without it', async () => {
  await dispatched()
  api.clock.advance(3_600_000)
  const [row] = await api.store.sql<{ id: string }[]>`select id from "case" order by reported_at desc limit 1`
  const climbed = await api.runtime.commander.act(
    row?.id ?? '',
    { action: 'escalate', payload: { rung: 'ring' } },
    { actor: { kind: 'rule', rule: 'escalation' } },
  )
  expect(climbed.ok).toBe(true)
  await write()
  const call = (await notices('duty')).body.items.find((n: { kind: string }) => n.kind === 'call')
  expect(call).toMatchObject({
    rung: '半时未签收',
    stage: 'acknowledge',
    unit: 'water',
    dutyPhone: '0000-1111',
  })
  const called = (await notices('water')).body.items.find((n: { kind: string }) => n.kind === 'called')
  expect(called).toMatchObject({ rung: '半时未签收' })
  expect(called).not.toHaveProperty('dutyPhone')
})

test('pages on, and marks all as read that were seen', async () => {
  for (let i = 0; i < 3; i++) await dispatched()
  await write()
  const first = await notices('water', '?limit=2')
  expect(first.body.items).toHaveLength(2)
  const rest = await notices('water', `?limit=100&cursor=${first.body.nextCursor}`)
  const ids = [...first.body.items, ...rest.body.items].map((n: { id: string }) => n.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(rest.body).not.toHaveProperty('nextCursor')
  await dispatched()
  await write()
  const done = await api.post('/notices/read-all', { upTo: ids[0] }, { as: 'water' })
  expect(done.body).toEqual({ unread: 1 })
  expectProblem(await notices('water', '?cursor=x'), 400, 'invalid')
})

test('a bell rings for whom the notice is, at once, and for nobody else', async () => {
  const heard: string[] = []
  const listen = async (as: string) => {
    const socket = io(`${started.url}/notices`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: await api.cookieOf(as) },
    })
    sockets.push(socket)
    socket.on('ring', () => heard.push(as))
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    return socket
  }
  const officer = await listen('water')
  await listen('sanitation')
  const rung = new Promise<void>((resolve) => officer.once('ring', () => resolve()))
  await dispatched()
  await write()
  await rung
  expect(new Set(heard)).toEqual(new Set(['water']))
})

test('without a session there is no bell', async () => {
  const socket = io(`${started.url}/notices`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  })
  sockets.push(socket)
  const refused = await new Promise<Error>((resolve) => socket.once('connect_error', resolve))
  expect(refused.message).toBe('unauthorized')
})
