// The loaded city over HTTP, and tracking a report without a login.
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cityPack, PLACES } from '#domain/testing/city.ts'
import { loadPack } from '#store/city.ts'
import { expectProblem, openTestApi, type TestApi, USERS } from './testing/api.ts'

let api: TestApi
const pack = cityPack()
beforeAll(async () => {
  const departments = pack.departments.map((d) =>
    d.code === 'water' ? { ...d, dutyPhone: '0715-1234567' } : d,
  )
  api = await openTestApi({ pack: { ...pack, demo: true, departments, users: USERS } })
})
afterAll(() => api.close())

describe('the city', () => {
  test('says what pages need to begin with', async () => {
    const { body } = await api.get('/city')
    expect(body).toEqual({
      code: '990199',
      name: '试城',
      siteWithinM: 100,
      centreName: '试城指挥中心',
      timeZone: 'Asia/Shanghai',
      demo: true,
      demoState: expect.objectContaining({ scene: 'ordinary', multiple: 8, rate: 1 }),
      version: 1,
      bounds: [expect.closeTo(113.9), expect.closeTo(29.7), expect.closeTo(113.98), expect.closeTo(29.74)],
      levels: pack.levels,
      statuses: expect.arrayContaining([{ key: 'suspended', name: '挂账' }]),
      now: '2019-09-29T08:00:00+08:00',
      rate: 1,
    })
  })

  test.each([
    ['areas', pack.areas],
    ['zones', pack.zones],
  ])('%s with and without geometry', async (name, rows) => {
    const { body } = await api.get(`/${name}`)
    expect(body.items.map((a: { code: string }) => a.code)).toEqual(rows.map((r) => r.code))
    expect(body.items[0]).not.toHaveProperty('geometry')
    expect(body.items[0].centre).toEqual(rows[0]?.centre)
    const full = await api.get(`/${name}?geometry=1`)
    expect(full.body.items[0].geometry).toEqual(rows[0]?.geometry)
    expectProblem(await api.get(`/${name}?geometry=yes`), 400, 'invalid')
  })

  test('is compressed for whom understands it, and not sent twice', async () => {
    const first = await api.get('/areas', { headers: { 'accept-encoding': 'br, gzip' } })
    expect(first.headers['content-encoding']).toBe('gzip')
    expect(JSON.parse(gunzipSync(first.raw.rawPayload).toString()).items).toHaveLength(pack.areas.length)
    const etag = String(first.headers.etag)
    const again = await api.get('/areas', { headers: { 'if-none-match': etag } })
    expect([again.status, again.raw.body]).toEqual([304, ''])
  })

  test('categories bring their filing conditions', async () => {
    const { body } = await api.get('/categories')
    expect(body.items.find((c: { code: string }) => c.code === 'E0110')).toMatchObject({
      name: '暴露生活垃圾',
      conditions: [
        { id: 'E0110-1', limit: '4工作时' },
        { id: 'E0110-2', limit: '1工作日' },
      ],
    })
  })

  test('duty phones are for those who are logged in', async () => {
    const phoneOf = async (as?: string) => {
      const { body } = await api.get('/departments', as === undefined ? {} : { as })
      return body.items.find((d: { code: string }) => d.code === 'water').dutyPhone
    }
    expect(await phoneOf()).toBeUndefined()
    expect(await phoneOf('duty')).toBe('0715-1234567')
  })

  test('has a map; lists that the pack leaves out are empty', async () => {
    expect((await api.get('/map')).body).toEqual({ type: 'FeatureCollection', features: [] })
    for (const list of ['cameras', 'periods', 'cells?area=1'])
      expect((await api.get(`/${list}`)).body).toEqual({ items: [] })
  })
})

describe('tracking', () => {
  const track = (receiptNo: string) => api.get(`/track/${receiptNo}`)
  const act = async (id: string, as: string, action: string, payload: object = {}) => {
    const answer = await api.post(`/cases/${id}/actions`, { action, ...payload }, { as })
    expect(answer.status).toBe(200)
    await api.settle(id)
  }

  async function citizen(): Promise<{ id: string; receiptNo: string }> {
    const { body } = await api.post('/cases', {
      description: '我家楼下13912345678有垃圾',
      location: PLACES.canal,
      address: '幸福路3号',
      categoryCode: 'E0125',
      source: 'citizen',
      reporter: { name: '王小明', phone: '13812345678' },
    })
    await api.settle(body.id)
    return body
  }

  test('shows steps and the end, never a word or a name', async () => {
    const { id, receiptNo } = await citizen()
    expect((await track(receiptNo)).body).toEqual({
      receiptNo,
      status: 'reported',
      reportedAt: '2019-09-29T08:00:00+08:00',
      category: { code: 'E0125', name: '水域不洁' },
      steps: [{ type: 'reported', at: '2019-09-29T08:00:00+08:00' }],
    })
    const photo = crypto.randomUUID()
    await api.store.sql`
      insert into upload (id, sha256, media_type, bytes, width, height) values (${photo}, ${Buffer.alloc(32)}, 'image/jpeg', 3, 1, 1)`
    await api.start.runtime.clock.now()
    await act(id, 'operator', 'accept')
    await act(id, 'duty', 'file')
    await act(id, 'water', 'acknowledge')
    await act(id, 'water', 'reply', { result: '张三已打捞', photos: [photo] })
    const open = (await track(receiptNo)).body
    expect(open.status).toBe('replied')
    expect(open).not.toHaveProperty('answer')
    expect(open).not.toHaveProperty('afterPhotos')
    const url = `/track/${receiptNo}/photos/${photo}`
    expectProblem(await api.get(url), 404, 'not-found')
    const { body: tasks } = await api.get('/tasks?mine=1', { as: 'supervisor' })
    await api.post(
      `/tasks/${tasks.items[0].id}/actions`,
      { action: 'report', result: true },
      { as: 'supervisor' },
    )
    await act(id, 'duty', 'close', { outcome: 'fixed', note: '电话13712345678回访' })
    const closed = await track(receiptNo)
    expect(closed.body.steps.map((s: { type: string }) => s.type)).toEqual([
      'reported',
      'accepted',
      'filed',
      'dispatched',
      'acknowledged',
      'replied',
      'passed',
      'closed',
    ])
    expect(closed.body.answer).toEqual({ outcome: 'fixed' })
    expect(closed.body.afterPhotos).toEqual([{ id: photo, url: `/api/v1${url}` }])
    // An id may hold any digits.
    const said = closed.raw.body.replaceAll(photo, 'PHOTO')
    for (const word of ['王小明', '138', '139', '137', '幸福路', '张三', '楼下'])
      expect(said).not.toContain(word)
    // The row is there and the file is not: nothing was ever stored under it in this test.
    expectProblem(await api.get(url), 404, 'not-found')
    expectProblem(await api.get(`/track/${receiptNo}/photos/${crypto.randomUUID()}`), 404, 'not-found')
  })

  test('says why not, in codes only, and where it goes on', async () => {
    const [kept, merged, coded, worded] = await Promise.all([citizen(), citizen(), citizen(), citizen()])
    await act(merged.id, 'operator', 'merge', { into: kept.receiptNo })
    expect((await track(merged.receiptNo)).body.answer).toEqual({ mergedInto: kept.receiptNo })
    await act(worded.id, 'operator', 'reject', { reason: '王小明重复投诉' })
    expect((await track(worded.receiptNo)).body.answer).toEqual({})
    await act(coded.id, 'operator', 'reject', { reason: 'duplicate' })
    const { body } = await track(coded.receiptNo)
    expect(JSON.stringify(body.answer)).toMatch(/^\{("reason":"duplicate")?\}$/)
  })

  test('knows receipt numbers only', async () => {
    const { id } = await citizen()
    for (const reference of [id, 'R209901010001', 'E0125201909290001', "R20190929' or 1=1"])
      expectProblem(await track(encodeURIComponent(reference)), 404, 'not-found')
  })

  test('can’t be counted through quickly', async () => {
    const strict = await openTestApi({ limits: { tracking: { max: 1, windowMs: 60_000 } } })
    try {
      expectProblem(await strict.get('/track/R209901010001'), 404, 'not-found')
      expectProblem(await strict.get('/track/R209901010002'), 429, 'too-many-requests')
    } finally {
      await strict.close()
    }
  })
})

test('a newly loaded pack is seen without a restart', async () => {
  const { body } = await api.get('/city')
  await loadPack(api.store, { ...pack, name: '新名', users: USERS })
  // The newest version is asked for every few seconds; a runtime of its own asks at once.
  const { openCities } = await import('#store/cities.ts')
  const city = await openCities(api.store)()
  expect([city.version, city.pack.name]).toEqual([body.version + 1, '新名'])
})
