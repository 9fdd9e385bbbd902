// What screening offers over HTTP: possible duplicates with their reasons, cases nearby for a report form, photos used before.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placeAt, PLACES } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())
const desk = deskOf(() => api)

/** A place of each test's own, some hundred metres from the next, on the canal's bank. */
let n = 0
const spot = () => {
  n += 1
  return placeAt(0.1 + 0.2 * n, 1.05)
}
const metresEast = (from: { lng: number; lat: number }, metres: number) => ({
  lng: from.lng + metres / 96_700,
  lat: from.lat,
})

describe('possible duplicates', () => {
  test('are offered with reasons in two languages, the likeliest first, and nothing is done about them by rule', async () => {
    const here = spot()
    const first = await desk.reported({ location: here, description: '北渠二桥东侧渠内有成片漂浮垃圾' })
    const far = await desk.reported({ location: metresEast(here, 150), description: '渠内有漂浮垃圾' })
    const other = await desk.reported({ location: here, description: '渠边', categoryCode: 'E0110' })
    const again = await desk.reported({
      location: metresEast(here, 8),
      description: '北渠二桥东侧渠里漂浮垃圾成片',
    })
    expect((await desk.read(again)).status).not.toBe('merged')
    const { status, body } = await api.get(`/cases/${again}/duplicates`, { as: 'operator' })
    expect(status).toBe(200)
    const ids = body.items.map((i: { caseId: string }) => i.caseId)
    expect(ids[0]).toBe(first)
    expect(ids).not.toContain(far)
    expect(ids).not.toContain(other)
    expect(ids).not.toContain(again)
    expect(body.items[0]).toMatchObject({
      category: { code: 'E0125' },
      description: '北渠二桥东侧渠内有成片漂浮垃圾',
      hoursApart: 0,
    })
    expect(body.items[0].distanceM).toBeCloseTo(8, 0)
    expect(body.items[0].reasons[0]).toMatchObject({
      code: 'near',
      zh: expect.stringContaining('相距8米'),
      en: expect.stringContaining('8 m'),
    })
  })

  test('are for the centre', async () => {
    const id = await desk.reported({ location: spot() })
    for (const as of ['grid', 'water', 'evaluator', 'leader'])
      expectProblem(await api.get(`/cases/${id}/duplicates`, { as }), 403, 'forbidden')
    expectProblem(await api.get(`/cases/${id}/duplicates`), 401, 'unauthorized')
    expectProblem(await api.get('/cases/R209901010001/duplicates', { as: 'operator' }), 404, 'not-found')
  })

  test('lately closed cases are among them, voided and merged ones are not; the survivor names what was merged', async () => {
    const here = spot()
    const text = { location: here, description: '码头台阶下漂浮着塑料瓶' }
    const kept = await desk.reported(text)
    const rejected = await desk.reported(text)
    await desk.done(rejected, 'duty', 'reject', { reason: 'not-found' })
    const merged = await desk.reported(text)
    await desk.done(merged, 'duty', 'merge', { into: kept })
    const id = await desk.reported(text)
    const statuses = async () =>
      new Map(
        (await api.get(`/cases/${id}/duplicates`, { as: 'operator' })).body.items.map(
          (i: { caseId: string; status: string }) => [i.caseId, i.status],
        ),
      )
    const found = await statuses()
    expect(found.get(rejected)).toBe('rejected')
    expect(found.has(kept)).toBe(true)
    expect(found.has(merged)).toBe(false)
    const { body } = await api.get(`/cases/${kept}/duplicates`, { as: 'operator' })
    expect(body.merged.map((m: { caseId: string }) => m.caseId)).toEqual([merged])
  })
})

describe('cases nearby', () => {
  const nearby = (query: Record<string, string | number>, as?: string) =>
    api.get(
      `/cases/nearby?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))}`,
      as === undefined ? {} : { as },
    )

  test('are known to anybody by number, kind, distance and status, and by nothing else', async () => {
    const here = spot()
    const id = await desk.reported({
      location: here,
      description: '王小明家旁有漂浮垃圾',
      address: '幸福路3号',
    })
    const { receiptNo, status } = await desk.read(id)
    const { body } = await nearby({ ...metresEast(here, 5), category: 'E0125' })
    expect(body.items).toEqual([
      {
        receiptNo,
        category: { code: 'E0125', name: '水域不洁' },
        status,
        reportedAt: '2019-09-29T08:00:00+08:00',
        distanceM: 5,
        likely: true,
      },
    ])
    expect((await nearby({ ...here, category: 'E0125' }, 'operator')).body.items[0].caseId).toBe(id)
    expect((await nearby({ ...here, category: 'E0110' })).body.items).toEqual([])
  })

  test('words that the asker may not read are not compared, so that guessing finds nothing out', async () => {
    const here = spot()
    await desk.reported({ location: here, description: '王小明家旁的渠内有漂浮垃圾' })
    const asked = { ...metresEast(here, 40), category: 'E0125', text: '王小明家旁的渠内有漂浮垃圾' }
    expect((await nearby(asked)).body.items).toMatchObject([{ likely: false }])
    expect((await nearby(asked, 'operator')).body.items).toMatchObject([{ likely: true }])
  })

  test('a case that is over is not nearby any more', async () => {
    const here = spot()
    const id = await desk.reported({ location: here })
    await desk.done(id, 'duty', 'reject', { reason: 'not-found' })
    expect((await nearby({ ...here })).body.items).toEqual([])
  })

  test('need a place, and a known category', async () => {
    expect(faultPaths(await nearby({ lng: 113.9 }))).toEqual(['/lat'])
    expect(faultPaths(await nearby({ ...PLACES.canal, category: 'X9' }))).toEqual(['/category'])
  })

  test('can’t be asked without end', async () => {
    const strict = await openTestApi({ limits: { nearby: { max: 1, windowMs: 60_000 } } })
    try {
      expect((await strict.get('/cases/nearby?lng=113.9&lat=29.7')).status).toBe(200)
      expectProblem(await strict.get('/cases/nearby?lng=113.9&lat=29.7'), 429, 'too-many-requests')
    } finally {
      await strict.close()
    }
  })
})

test('who reported what was merged sees the steps of the surviving case, through every merger, and its answer', async () => {
  const here = { location: spot(), description: '北渠二桥下漂浮着树枝' }
  const [mine, between, kept] = [
    await desk.reported(here),
    await desk.reported(here),
    await desk.reported(here),
  ]
  await desk.done(mine, 'duty', 'merge', { into: between })
  await desk.done(between, 'duty', 'merge', { into: kept })
  const { receiptNo } = await desk.read(mine)
  const survivor = (await desk.read(kept)).receiptNo
  const track = async () => (await api.get(`/track/${receiptNo}`)).body
  const merged = await track()
  expect(merged).toMatchObject({ status: 'merged', goesOn: { receiptNo: survivor, status: 'accepted' } })
  expect(merged.goesOn).not.toHaveProperty('answer')
  await desk.done(kept, 'duty', 'file')
  await desk.done(kept, 'water', 'acknowledge')
  const after = await desk.photo()
  await desk.done(kept, 'water', 'reply', { result: '张三已打捞', photos: [after] })
  const { body: tasks } = await api.get('/tasks?mine=1', { as: 'supervisor' })
  const task = tasks.items.find((t: { caseId: string }) => t.caseId === kept)
  await api.post(`/tasks/${task.id}/actions`, { action: 'report', result: true }, { as: 'supervisor' })
  await desk.done(kept, 'duty', 'close', { outcome: 'fixed' })
  const closed = await track()
  expect(closed.status).toBe('merged')
  expect(closed.goesOn).toMatchObject({
    receiptNo: survivor,
    status: 'closed',
    answer: { outcome: 'fixed' },
    afterPhotos: [{ id: after, url: `/api/v1/track/${survivor}/photos/${after}` }],
  })
  expect(closed.goesOn.steps.at(-1)).toMatchObject({ type: 'closed' })
  expect(JSON.stringify(closed)).not.toContain('张三')
})

describe('a category', () => {
  const suggested = async (id: string) =>
    (await api.get(`/cases/${id}/suggestions`, { as: 'operator' })).body.items

  test('is suggested where none was given, with the words that it rests on; none where there is one', async () => {
    const { body } = await api.post('/cases', {
      description: '渠里水域不洁，漂着垃圾',
      location: spot(),
      source: 'citizen',
    })
    await api.settle(body.id)
    const [first] = await suggested(body.id)
    expect(first).toMatchObject({ code: 'E0125', name: '水域不洁' })
    expect(first.words.join()).toContain('水域不洁')
    await desk.done(body.id, 'operator', 'accept', { categoryCode: first.code })
    expect(await suggested(body.id)).toEqual([])
    expectProblem(await api.get(`/cases/${body.id}/suggestions`, { as: 'water' }), 403, 'forbidden')
  })
})
