// What a unit's desk asks the API beside the actions: cases with what may be done, what a step would come to, and who works
// in the unit.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cityPack, PLACES } from '#domain/testing/city.ts'
import { followPhotoUses } from '#store/photo-uses.ts'
import { scene } from './photos/testing/scenes.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi, USERS } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

const HOUR = 3_600_000
let api: TestApi
const desk = deskOf(() => api)
beforeAll(async () => {
  const pack = cityPack()
  const conditions = pack.conditions.map((c) => (c.id === 'E0125-1' ? { ...c, photoCheck: '处置后1张' } : c))
  api = await openTestApi({ pack: { ...pack, conditions, users: USERS } })
})
afterAll(() => api.close())

async function upload(picture: Buffer): Promise<string> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'a.jpg')
  const request = new Request('http://x', { method: 'POST', body: form })
  const { body } = await api.send('POST', '/uploads', {
    as: 'water',
    payload: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
  })
  return body.id
}

const ask = (id: string, query: string, as = 'water') => api.get(`/cases/${id}/preview?${query}`, { as })

describe('the list with desk=1', () => {
  test('says of each case what the reader may do, and what they may not is not there', async () => {
    const id = await desk.filed()
    const listed = async (as: string) => {
      const { body } = await api.get('/cases?desk=1&limit=200', { as })
      return body.items.find((c: { id: string }) => c.id === id)
    }
    expect((await listed('water')).desk.offers).toEqual(await desk.offers(id, 'water'))
    expect((await listed('water')).desk.offers).toContain('acknowledge')
    expect((await listed('duty')).desk.offers).not.toContain('acknowledge')
    expect((await listed('water')).desk.workLeftMs).toBeGreaterThan(0)
    const one = await api.get(`/cases/${id}?desk=1`, { as: 'water' })
    expect(one.body.desk.offers).toEqual(await desk.offers(id, 'water'))
    expect((await desk.read(id, 'water')).desk).toBeUndefined()
  })

  test('names the person who has it and who decides what was asked for', async () => {
    const id = await desk.handled()
    await desk.done(id, 'water', 'assign', { handler: 'handler' })
    await desk.done(id, 'water', 'request-extension', { reason: '雨天' })
    const { body } = await api.get(`/cases/${id}?desk=1`, { as: 'water' })
    expect(body.desk).toMatchObject({
      handlerName: 'handler 的人',
      decides: ['dispatcher', 'duty-manager', 'head'],
    })
  })

  test('finds what came back', async () => {
    const [again, fresh] = [await desk.handled(), await desk.handled()]
    await desk.done(again, 'water', 'reply', { result: '已打捞' })
    await desk.done(again, 'duty', 'rework', { reason: '没有打捞干净' })
    const found = async (query: string) =>
      (await api.get(`/cases?limit=200&${query}`, { as: 'water' })).body.items.map(
        (c: { id: string }) => c.id,
      )
    expect(await found('rework=1')).toEqual([again])
    expect(await found('rework=0')).toContain(fresh)
  })
})

describe('a preview', () => {
  test('of an extension is the due time that a grant then gives', async () => {
    const id = await desk.handled()
    const shown = await ask(id, 'action=request-extension')
    expect(shown.status).toBe(200)
    await desk.done(id, 'water', 'request-extension', { reason: '缺配件' })
    await desk.done(id, 'duty', 'grant-extension')
    expect((await desk.read(id)).dueAt).toBe(shown.body.newDueAt)
  })

  test('of a suspension is the due time after its end', async () => {
    const id = await desk.handled()
    const end = api.clock.now() + 5 * HOUR
    const until = encodeURIComponent(new Date(end).toISOString())
    const shown = await ask(id, `action=request-suspension&until=${until}`)
    await desk.done(id, 'water', 'request-suspension', {
      until: new Date(end).toISOString(),
      reason: '停水施工',
    })
    await desk.done(id, 'duty', 'suspend')
    api.clock.advance(end - api.clock.now())
    await desk.done(id, 'water', 'resume')
    expect((await desk.read(id)).dueAt).toBe(shown.body.newDueAt)
  })

  test('of a squad’s limit is its due time; faults are named as the step names them', async () => {
    const id = await desk.handled()
    const shown = await ask(id, `action=assign&handler=water-canal&limit=${encodeURIComponent('1工作时')}`)
    const done = await desk.done(id, 'water', 'assign', { handler: 'water-canal', limit: '1工作时' })
    expect(shown.body.unitDueAt).toBe(done.unitDueAt)
    expect(faultPaths(await ask(id, 'action=assign&handler=sanitation'))).toEqual(['/handler'])
    expect(faultPaths(await ask(id, 'action=assign'))).toEqual(['/handler'])
    expect(faultPaths(await ask(id, `action=assign&handler=water-canal&limit=x`))).toEqual(['/limit'])
  })

  test('of a reply says which photo was used before', async () => {
    const used = await upload(await scene(1))
    const first = await desk.handled()
    const place = { lng: PLACES.canal.lng + 0.02, lat: PLACES.canal.lat }
    const second = await desk.reported({ location: place })
    await desk.done(first, 'water', 'reply', { result: '已打捞', photos: [used] })
    await desk.done(second, 'duty', 'file')
    await desk.done(second, 'water', 'acknowledge')
    api.clock.advance(60_000)
    await api.project()
    while ((await followPhotoUses(api.store)) > 0);
    const fresh = await upload(await scene(2))
    const shown = await ask(second, `action=reply&photos=${used},${fresh}`)
    expect(shown.body.reuse).toMatchObject([
      { photo: used, code: 'photo-used-before', earlier: { caseId: first, which: 'replied' } },
    ])
    expect(faultPaths(await ask(second, 'action=reply&photos=nonsense'))).toEqual(['/photos'])
    expect(faultPaths(await ask(second, `action=reply&photos=${crypto.randomUUID()}`))).toEqual(['/photos/0'])
  })

  test('of a reply says what the photos lack that the filing condition asks for', async () => {
    const id = await desk.handled()
    const shown = await ask(id, 'action=reply')
    expect(shown.body.findings).toMatchObject([{ code: 'photos-missing', facts: { need: 1, have: 0 } }])
    expect((await ask(id, `action=reply&photos=${await desk.photo()}`)).body.findings).toEqual([])
  })

  test('is for who may take the step', async () => {
    const id = await desk.filed()
    expectProblem(await ask(id, 'action=request-extension'), 409, 'illegal-step')
    expectProblem(await ask(id, 'action=reply', 'sanitation'), 403, 'not-your-case')
    expectProblem(await ask(id, 'action=reply', 'duty'), 409, 'illegal-step')
  })
})

describe('the people of a unit', () => {
  test('are its own and those below it, with what they have in hand', async () => {
    const id = await desk.handled()
    await desk.done(id, 'water', 'assign', { handler: 'handler' })
    const { body } = await api.get('/departments/water/people', { as: 'water' })
    const names = body.items.map((p: { name: string }) => p.name)
    expect(names.sort()).toEqual(['canal 的人', 'handler 的人', 'water 的人'])
    expect(body.items.find((p: { name: string }) => p.name === 'handler 的人').open).toBeGreaterThan(0)
    const below = await api.get('/departments/water-canal/people', { as: 'canal' })
    expect(below.body.items.map((p: { name: string }) => p.name)).toEqual(['canal 的人'])
  })

  test('are seen by the unit and the centre only', async () => {
    expectProblem(await api.get('/departments/water/people', { as: 'sanitation' }), 403, 'forbidden')
    expectProblem(await api.get('/departments/water/people', { as: 'grid' }), 403, 'forbidden')
    expect((await api.get('/departments/water/people', { as: 'duty' })).status).toBe(200)
    expectProblem(await api.get('/departments/nobody/people', { as: 'duty' }), 404, 'not-found')
  })
})

describe('the centre', () => {
  test('can be called by whoever works for it, on the phones of who is on the rota now', async () => {
    const turn = (post: string, name: string, from: number, phone?: string) =>
      api.post(
        '/rota',
        {
          post,
          name,
          ...(phone === undefined ? {} : { phone }),
          since: new Date(api.clock.now() + from).toISOString(),
          until: new Date(api.clock.now() + from + 8 * HOUR).toISOString(),
        },
        { as: 'duty' },
      )
    await turn('duty-manager', '甲班值班长', -HOUR, '0000-1001')
    await turn('duty-manager', '乙班值班长', 8 * HOUR, '0000-1002')
    await turn('seat', '一号坐席', -HOUR)
    const { body } = await api.get('/centre/contacts', { as: 'handler' })
    expect(body.items).toEqual([{ post: 'duty-manager', name: '甲班值班长', phone: '0000-1001' }])
    expectProblem(await api.get('/centre/contacts', { as: 'wall' }), 403, 'forbidden')
  })
})

describe('the cases behind what counts against a unit', () => {
  test('are those to be handled without those handled in time', async () => {
    const [fine, late] = [await desk.handled(), await desk.handled()]
    await desk.done(fine, 'water', 'reply', { result: '已打捞' })
    api.clock.advance(72 * HOUR)
    await desk.done(late, 'water', 'reply', { result: '晚了' })
    const behind = async (query: string): Promise<string[]> =>
      (
        await api.get(`/board/cases?metric=monthDueReplied&day=2019-09-30&scope=department:water${query}`, {
          as: 'water',
        })
      ).body.items.map((c: { id: string }) => c.id)
    const all = await behind('')
    const against = await behind('&without=monthOnTimeReplied')
    expect(all).toEqual(expect.arrayContaining([fine, late]))
    expect(against).toContain(late)
    expect(against).not.toContain(fine)
  })
})
