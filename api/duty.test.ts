// On duty over HTTP: who may say so, who sees whom, and that field tasks go there.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
beforeEach(() => api.store.sql`delete from duty`)
afterAll(() => api.close())

const tell = (as: string, body: object) => api.post('/duty', body, { as })
const look = async (as: string) => (await api.get('/duty', { as })).body

test('going on duty, telling where, going off it', async () => {
  expect(await look('supervisor')).toEqual({ mine: { on: false } })
  const on = await tell('supervisor', { on: true })
  expect(on.body).toEqual({ on: true, since: expect.stringMatching(/\+08:00$/) })
  const placed = await tell('supervisor', { on: true, location: PLACES.canal })
  expect(placed.body).toMatchObject({ since: on.body.since, position: PLACES.canal, positionAgeS: 0 })
  api.clock.advance(90_000)
  expect((await look('supervisor')).mine).toMatchObject({ on: true, positionAgeS: 90 })
  expect((await tell('supervisor', { on: false })).body).toEqual({ on: false })
  expect(await look('supervisor')).toEqual({ mine: { on: false } })
})

test('positions of Chinese maps are brought to WGS-84, what is none is a fault', async () => {
  const { lng, lat } = PLACES.canal
  const shifted = await tell('grid', { on: true, location: { lng, lat, crs: 'gcj02' } })
  expect(Math.abs(shifted.body.position.lng - lng)).toBeGreaterThan(0.001)
  const beyond = await tell('grid', { on: true, location: { lng: lat, lat: lng } })
  expect(faultPaths(beyond)).toEqual(['/location/lat'])
  expect(faultPaths(await tell('grid', {}))).toEqual(['/on'])
})

describe('who', () => {
  test.each(['operator', 'water', 'wall', 'admin'])('%s does not go on duty', async (as) => {
    expectProblem(await tell(as, { on: true }), 403, 'forbidden')
  })

  test('nobody without a login', async () => {
    expectProblem(await api.post('/duty', { on: true }), 401, 'unauthorized')
    expectProblem(await api.get('/duty'), 401, 'unauthorized')
  })

  test.each(['duty', 'dispatcher'])('%s sees everybody with the age of their positions', async (as) => {
    await tell('supervisor2', { on: true })
    api.clock.advance(1_000)
    await tell('supervisor', { on: true, location: PLACES.canal })
    api.clock.advance(60_000)
    const { items } = await look(as)
    expect(items).toMatchObject([
      { id: await api.accountId('supervisor2'), areas: ['2'] },
      { id: await api.accountId('supervisor'), name: 'supervisor 的人', positionAgeS: 60 },
    ])
    expect(items[0]).not.toHaveProperty('position')
  })

  test.each(['supervisor', 'operator', 'head', 'wall', 'evaluator'])('%s sees himself alone', async (as) => {
    await tell('supervisor2', { on: true, location: PLACES.canal })
    expect(await look(as)).not.toHaveProperty('items')
  })
})

test('a check task goes to who is on duty, though the area is another’s', async () => {
  // The directory of a process looks every few seconds; here nobody has asked it yet.
  const fresh = await openTestApi()
  try {
    const desk = deskOf(() => fresh)
    await fresh.post('/duty', { on: true }, { as: 'supervisor2' })
    const id = await desk.handled()
    await desk.done(id, 'water', 'reply', { result: '已打捞' })
    const { body } = await fresh.get('/tasks?mine=1', { as: 'supervisor2' })
    expect(body.items.map((t: { caseId: string }) => t.caseId)).toEqual([id])
  } finally {
    await fresh.close()
  }
})
