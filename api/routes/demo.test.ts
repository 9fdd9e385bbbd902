// Who may look at the demo's clock and scene, who may set them, and where there are none.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cityPack } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi, USERS } from '../testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi({ pack: { ...cityPack(), demo: true, users: USERS } })
})
afterAll(() => api.close())

const read = async () => (await api.get('/demo', { as: 'wall' })).body
const put = (body: unknown, as = 'admin') => api.send('PUT', '/demo', { body, as })

test('begins at the world’s pace, on an ordinary day, at the usual volume', async () => {
  const { now, aheadMs, ...rest } = await read()
  expect(rest).toEqual({ scene: 'ordinary', multiple: 8, rate: 1, traffic: true, hasTraffic: false })
  expect(aheadMs).toBe(0)
  expect(now).toMatch(/\+08:00$/)
})

describe('is set', () => {
  test('by the administrator alone', async () => {
    expectProblem(await api.send('PUT', '/demo', { body: { rate: 60 } }), 401, 'unauthorized')
    for (const username of ['duty', 'head', 'leader', 'grid', 'wall'])
      expectProblem(await put({ rate: 60 }, username), 403, 'forbidden')
    expectProblem(await api.get('/demo'), 401, 'unauthorized')
    expect(await read()).toMatchObject({ rate: 1, scene: 'ordinary' })
  })

  test('within bounds that are told', async () => {
    const faulty = await put({ rate: 721, multiple: 0, scene: 'flood', traffic: 'no' })
    expectProblem(faulty, 400, 'invalid')
    expect(faultPaths(faulty)).toEqual(['/multiple', '/rate', '/scene', '/traffic'])
    expect(faultPaths(await put({ rate: 1.5 }))).toEqual(['/rate'])
    expectProblem(await put({}), 400, 'invalid')
    expectProblem(await put({ speed: 60 }), 400, 'invalid')
  })

  test('part by part; a storm says when it ends', async () => {
    const storm = await put({ scene: 'storm' })
    expect(storm.status).toBe(200)
    expect(storm.body).toMatchObject({ scene: 'storm', multiple: 8 })
    const { sceneSince, sceneUntil } = storm.body
    expect(Date.parse(sceneUntil) - Date.parse(sceneSince)).toBe(24 * 3_600_000)
    expect((await put({ multiple: 20, traffic: false })).body).toMatchObject({
      scene: 'storm',
      sceneUntil,
      multiple: 20,
      traffic: false,
    })
    expect((await put({ scene: 'ordinary', traffic: true })).body).not.toHaveProperty('sceneUntil')
  })

  test('and wakes the clocks of all processes', async () => {
    let woken = 0
    const off = api.runtime.signals.on('clock', () => {
      woken += 1
    })
    expect((await put({ rate: 60 })).body).toMatchObject({ rate: 60 })
    // An earlier change's wake-up may come back by way of the database meanwhile.
    expect(woken).toBeGreaterThan(0)
    off()
    expect((await put({ rate: 1 })).body.aheadMs).toBeGreaterThan(0)
  })
})

test('everybody sees it with the city', async () => {
  const { body } = await api.get('/city')
  expect(body).toMatchObject({ demo: true, rate: 1, demoState: { multiple: 20, scene: 'ordinary' } })
})

test('has a place in the API’s description', async () => {
  const document = api.app.swagger() as { paths: Record<string, object> }
  expect(Object.keys(document.paths['/api/v1/demo'] ?? {})).toEqual(['get', 'put'])
})

describe.each([
  [
    'a system that is no demo',
    { pack: { ...cityPack(), demo: true, users: USERS }, config: { demo: false } },
  ],
  ['a city that does not say it is one', { pack: { ...cityPack(), users: USERS } }],
] as const)('%s', (_, options) => {
  let real: TestApi
  beforeAll(async () => {
    real = await openTestApi(options as Parameters<typeof openTestApi>[0])
  })
  afterAll(() => real.close())

  test('has no clock to set and no scene', async () => {
    expectProblem(await real.get('/demo', { as: 'admin' }), 404, 'not-a-demo')
    expectProblem(await real.send('PUT', '/demo', { body: { rate: 60 }, as: 'admin' }), 404, 'not-a-demo')
    expect((await real.get('/city')).body).not.toHaveProperty('demoState')
    const [row] = await real.store.sql`select * from demo`
    expect(row).toBeUndefined()
  })
})
