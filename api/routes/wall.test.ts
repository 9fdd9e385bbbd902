// Driving the wall from the desk: who may, what is checked before it hangs there, who did what, and what of a case may be
// seen on a wall.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { join } from 'node:path'
import { cityPack, PLACES } from '#domain/testing/city.ts'
import { filePhotoStore } from '../photos/photo-store.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi, USERS } from '../testing/api.ts'
import { deskOf } from '../testing/desk.ts'

let api: TestApi
const desk = deskOf(() => api)
beforeAll(async () => {
  const cameras = ['cam-1', 'cam-2'].map((code) => ({
    code,
    name: code,
    lng: 113.9,
    lat: 29.7,
    kind: 'generated' as const,
  }))
  api = await openTestApi({ pack: { ...cityPack(), cameras, users: USERS } })
})
afterAll(() => api.close())

const asDuty = { as: 'duty' }
const DRIVERS = ['duty', 'head']
const show = (
  what: object,
  { screens = 'all', minutes = 10, as = 'duty' }: { screens?: unknown; minutes?: unknown; as?: string } = {},
) => api.post('/wall/shows', { screens, show: what, minutes }, { as })
const words = (text: string, level = 'info') => ({ kind: 'announcement', text, level })
const shownNow = async () => (await api.get('/wall/shows', asDuty)).body
const screen = async (name: string): Promise<string> =>
  (await api.post('/screens', { name, widthMm: 4800, viewingDistanceM: 8 }, { as: 'admin' })).body.id

test('is for duty managers and the head alone', async () => {
  const routes = [
    ['GET', '/wall/shows'],
    ['POST', '/wall/shows'],
    ['DELETE', `/wall/shows/${crypto.randomUUID()}`],
    ['PUT', '/wall/warning'],
    ['DELETE', '/wall/warning'],
  ] as const
  for (const [method, url] of routes) {
    expectProblem(await api.send(method, url), 401, 'unauthorized')
    for (const { username } of USERS) {
      if (DRIVERS.includes(username)) continue
      expectProblem(await api.send(method, url, { as: username }), 403, 'forbidden')
    }
  }
  for (const as of DRIVERS) expect((await api.get('/wall/shows', { as })).status).toBe(200)
})

describe('a show', () => {
  test('is on until it is stopped; who and when stays', async () => {
    const id = await desk.reported()
    const s = await screen('一号')
    const made = await show({ kind: 'case', caseId: id }, { screens: [s], minutes: 5 })
    expect(made.status).toBe(201)
    const { items, screens } = await shownNow()
    const receiptNo = (await desk.read(id)).receiptNo
    expect(items).toMatchObject([
      {
        id: made.body.id,
        screens: [s],
        show: { kind: 'case', caseId: id },
        receiptNo,
        by: { name: 'duty 的人' },
      },
    ])
    expect(Date.parse(items[0].until) - Date.parse(items[0].since)).toBeCloseTo(5 * 60_000, -3)
    expect(screens).toEqual([{ id: s, name: '一号', online: false }])
    expect((await api.send('DELETE', `/wall/shows/${made.body.id}`, { as: 'head' })).status).toBe(204)
    expect((await shownNow()).items).toEqual([])
    // Once more does no harm, and does not change who stopped it.
    expect((await api.send('DELETE', `/wall/shows/${made.body.id}`, asDuty)).status).toBe(204)
    const [row] = await api.store.sql`select shown_by, stopped_by from screen_show where id = ${made.body.id}`
    expect(row).toEqual({ shown_by: await api.accountId('duty'), stopped_by: await api.accountId('head') })
  })

  test('is over when its time is', async () => {
    const { body } = await show(words('会议 9 点开始'))
    await api.store.sql`update screen_show set until = now() where id = ${body.id}`
    expect((await shownNow()).items).toEqual([])
    expect((await api.send('DELETE', `/wall/shows/${body.id}`, asDuty)).status).toBe(204)
  })

  test('that never was cannot be stopped', async () => {
    for (const id of [crypto.randomUUID(), 'nonsense'])
      expectProblem(await api.send('DELETE', `/wall/shows/${id}`, asDuty), 404, 'not-found')
  })

  test.each([
    [
      'a camera',
      { kind: 'camera', codes: ['cam-1', 'cam-2', 'cam-1'], split: 4 },
      { kind: 'camera', codes: ['cam-1', 'cam-2'], split: 4 },
    ],
    ['one camera', { kind: 'camera', codes: ['cam-2'] }, { kind: 'camera', codes: ['cam-2'], split: 1 }],
    [
      'a scene',
      { kind: 'scene', scene: 'area', params: { area: '101' } },
      { kind: 'scene', scene: 'area', params: { area: '101' } },
    ],
    ['an announcement', words(' 请各单位注意 ', 'urgent'), words('请各单位注意', 'urgent')],
    [
      'what belongs to another kind is dropped',
      { ...words('注意'), caseId: 'x', codes: ['y'] },
      words('注意'),
    ],
  ])('can be %s', async (_, given, kept) => {
    const { status, body } = await show(given)
    expect(status).toBe(201)
    expect((await shownNow()).items.at(-1).show).toEqual(kept)
    await api.send('DELETE', `/wall/shows/${body.id}`, asDuty)
  })

  test.each<[string, object, string[]]>([
    ['no case', { kind: 'case' }, ['/show/caseId']],
    ['a case that is not there', { kind: 'case', caseId: crypto.randomUUID() }, ['/show/caseId']],
    ['a camera that is not there', { kind: 'camera', codes: ['cam-1', 'cam-9'] }, ['/show/codes/1']],
    ['no camera', { kind: 'camera' }, ['/show/codes']],
    ['a split that is none', { kind: 'camera', codes: ['cam-1'], split: 2 }, ['/show/split']],
    ['an unknown scene', { kind: 'scene', scene: 'party' }, ['/show/scene']],
    ['a scene without its area', { kind: 'scene', scene: 'area' }, ['/show/params/area']],
    ['blank words', words('  '), ['/show/text']],
    ['too many words', words('长'.repeat(121)), ['/show/text']],
    ['somebody’s telephone', words('请联系 13812345678'), ['/show/text']],
    ['an unknown kind', { kind: 'film' }, ['/show/kind']],
  ])('is refused with %s', async (_, given, paths) => {
    const answer = await show(given)
    expectProblem(answer, 400, 'invalid')
    expect([...new Set(faultPaths(answer))]).toEqual(expect.arrayContaining(paths))
    expect((await shownNow()).items).toEqual([])
  })

  test('is refused for screens that are not in use, and for no time', async () => {
    const [inUse, gone] = [await screen('在用'), await screen('停用')]
    await api.send('DELETE', `/screens/${gone}`, { as: 'admin' })
    expect(faultPaths(await show(words('注意'), { screens: [inUse, gone, crypto.randomUUID()] }))).toEqual([
      '/screens/1',
      '/screens/2',
    ])
    expect((await show(words('注意'), { screens: [] })).status).toBe(400)
    for (const minutes of [0, 1.5, 1441, '10'])
      expect(faultPaths(await show(words('注意'), { minutes }))).toEqual(['/minutes'])
  })

  test('is never a case that only its reporter has words for: not yet one of the catalogue, or rejected', async () => {
    const unsorted = await desk.reported({ categoryCode: undefined, source: 'grid' })
    expect(faultPaths(await show({ kind: 'case', caseId: unsorted }))).toEqual(['/show/caseId'])
    const void_ = await desk.reported()
    await desk.done(void_, 'duty', 'void', { reason: '重复' })
    expect(faultPaths(await show({ kind: 'case', caseId: void_ }))).toEqual(['/show/caseId'])
  })
})

describe('the warning level', () => {
  const set = (body: object, as = 'duty') => api.send('PUT', '/wall/warning', { as, body })

  test('is one, the newest; every one that was set stays', async () => {
    expect((await set({ level: 'blue', text: '大风蓝色预警' })).status).toBe(204)
    expect((await set({ level: 'orange', text: '暴雨橙色预警', minutes: 60 }, 'head')).status).toBe(204)
    const { warning } = await shownNow()
    expect(warning).toMatchObject({ level: 'orange', text: '暴雨橙色预警', by: { name: 'head 的人' } })
    expect(Date.parse(warning.until) - Date.parse(warning.since)).toBeCloseTo(3_600_000, -3)
    expect((await api.send('DELETE', '/wall/warning', asDuty)).status).toBe(204)
    expect(await shownNow()).not.toHaveProperty('warning')
    expect((await api.send('DELETE', '/wall/warning', asDuty)).status).toBe(204)
    const rows = await api.store.sql`
      select level, a.username as lifted from wall_warning w join account a on a.id = w.lifted_by order by w.id`
    expect(rows).toEqual([
      { level: 'blue', lifted: 'head' },
      { level: 'orange', lifted: 'duty' },
    ])
  })

  test('set by two at once is still one', async () => {
    await Promise.all(['red', 'yellow', 'blue'].map((level) => set({ level, text: level })))
    const [row] = await api.store.sql`select count(*)::int as n from wall_warning where lifted_at is null`
    expect(row?.n).toBe(1)
    await api.send('DELETE', '/wall/warning', asDuty)
  })

  test('is refused with an unknown level, without words, with somebody’s telephone', async () => {
    expect(faultPaths(await set({ level: 'green', text: 'x' }))).toEqual(['/level'])
    expect(faultPaths(await set({ level: 'red' }))).toEqual(['/text'])
    expect(faultPaths(await set({ level: 'red', text: '电话 13812345678' }))).toEqual(['/text'])
  })
})

describe('a case on a wall', () => {
  test('is facts and steps; photos come once it was checked', async () => {
    const before = await desk.photo()
    const after = await desk.photo()
    const id = await desk.reported({ photos: [before] })
    await desk.done(id, 'duty', 'file')
    await desk.done(id, 'water', 'acknowledge')
    await desk.done(id, 'water', 'reply', { result: '已打捞', photos: [after] })
    const seen = async () => (await api.get(`/wall/cases/${id}`, { as: 'wall' })).body
    expect(await seen()).toMatchObject({ case: { id, category: 'E0125' }, before: [], after: [] })
    expect(JSON.stringify(await seen())).not.toMatch(/已打捞|漂浮垃圾/)
    expectProblem(await api.get(`/wall/cases/${id}/photos/${after}`, { as: 'wall' }), 404, 'not-found')
    const { body: tasks } = await api.get('/tasks?kind=check&mine=1', { as: 'supervisor' })
    const result = { action: 'report', result: 'pass', location: { ...PLACES.canal, accuracyM: 8 } }
    expect((await api.post(`/tasks/${tasks.items[0].id}/actions`, result, { as: 'supervisor' })).status).toBe(
      200,
    )
    const checked = await seen()
    expect(checked).toMatchObject({ before: [{ id: before }], after: [{ id: after }] })
    expect(checked.steps.map((s: { type: string }) => s.type)).toContain('replied')
    await filePhotoStore(join(api.config.dataDir, 'photos')).put(after, Buffer.from('a picture'))
    const picture = await api.get(checked.after[0].url, { as: 'wall' })
    expect([picture.status, picture.body]).toEqual([200, 'a picture'])
    const other = await desk.photo()
    expectProblem(await api.get(`/wall/cases/${id}/photos/${other}`, { as: 'wall' }), 404, 'not-found')
  })

  test('is not for those who neither watch walls nor work with them', async () => {
    const id = await desk.reported()
    for (const as of ['grid', 'water', 'handler', 'supervisor'])
      expectProblem(await api.get(`/wall/cases/${id}`, { as }), 403, 'forbidden')
    expectProblem(await api.get(`/wall/cases/${crypto.randomUUID()}`, { as: 'wall' }), 404, 'not-found')
  })

  test('whose photos a screen asks for by their own address are refused', async () => {
    expectProblem(await api.get(`/uploads/${await desk.photo()}`, { as: 'wall' }), 403, 'forbidden')
  })
})
