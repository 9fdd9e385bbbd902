// Statistics at both levels 二级派遣 over HTTP, the list's 超期 beside 超期处置, and the due time that leads.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { openTestApi, type TestApi } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

let api: TestApi
const desk = deskOf(() => api)
const HOUR = 3_600_000

beforeEach(async () => {
  api = await openTestApi()
})
afterEach(() => api.close())

const board = async (scope = 'city') => (await api.get(`/board?scope=${scope}`, { as: 'duty' })).body
const behind = async (metric: string, scope: string): Promise<string[]> =>
  (await api.get(`/board/cases?metric=${metric}&scope=${scope}`, { as: 'duty' })).body.items.map(
    (c: { id: string }) => c.id,
  )
const listed = async (query: string): Promise<string[]> =>
  (await api.get(`/cases?${query}`, { as: 'duty' })).body.items.map((c: { id: string }) => c.id)

/** With the canal squad of the water bureau. */
async function passed(limit?: string): Promise<string> {
  const id = await desk.handled()
  await desk.done(id, 'water', 'assign', {
    handler: 'water-canal',
    ...(limit === undefined ? {} : { limit }),
  })
  return id
}

describe('a case passed to a second-level unit', () => {
  test('counts for the bureau and for the unit, once in each list', async () => {
    const id = await passed()
    await desk.handled()
    await desk.done(id, 'canal', 'reply', { result: '已打捞' })
    const { byDepartment, byUnit } = await board()
    expect(byDepartment).toMatchObject([{ code: 'water', open: 2, today: { dispatched: 2, replied: 1 } }])
    expect(byUnit).toMatchObject([{ code: 'water-canal', open: 1, today: { dispatched: 0, replied: 1 } }])
    const own = await board('department:water-canal')
    expect(own).toMatchObject({ open: 1, totals: { replied: 1 } })
    expect((await board('department:water')).totals.replied).toBe(1)
  })

  test('is behind the counts of both, and of no other unit', async () => {
    const id = await passed()
    await desk.done(id, 'canal', 'reply', { result: '已打捞' })
    for (const [scope, expected] of [
      ['department:water', [id]],
      ['department:water-canal', [id]],
      ['department:water-lake', []],
    ] as const)
      expect(await behind('replied', scope)).toEqual(expected)
    // It was the bureau's when it was dispatched.
    expect(await behind('dispatched', 'department:water-canal')).toEqual([])
  })

  test('is lost by both with a return', async () => {
    const id = await passed()
    await desk.done(id, 'water', 'request-return', {
      reason: 'not-ours',
      photos: [await desk.photo()],
    })
    await desk.done(id, 'dispatcher', 'grant-return')
    for (const scope of ['department:water', 'department:water-canal']) {
      expect((await board(scope)).totals.returned).toBe(1)
      expect(await behind('returned', scope)).toEqual([id])
    }
  })
})

describe('the list', () => {
  test('tells what is overdue now from what was answered late', async () => {
    const [open, answered, fine] = [await desk.handled(), await desk.handled(), await desk.handled()]
    await desk.done(fine, 'water', 'reply', { result: '已打捞' })
    api.clock.advance(72 * HOUR)
    expect(new Set(await listed('overdue=1'))).toEqual(new Set([open, answered]))
    await desk.done(answered, 'water', 'reply', { result: '晚了' })
    expect(await listed('overdue=1')).toEqual([open])
    expect(await listed('late=1')).toEqual([answered])
    expect(new Set(await listed('late=0'))).toEqual(new Set([open, fine]))
    expect(await desk.read(answered)).toMatchObject({ light: 'red', overdue: false, late: true })
    expect(await desk.read(open)).toMatchObject({ light: 'red', overdue: true, late: false })
  })
})

describe('an outside due time', () => {
  test('leads while it is the earlier, and is not held against the unit', async () => {
    const due = new Date(api.clock.now() + HOUR).toISOString()
    const key = await api.newKey('operator')
    const made = await api.post(
      '/cases',
      {
        description: '渠边有漂浮垃圾',
        location: PLACES.canal,
        categoryCode: 'E0125',
        source: 'hotline',
        externalSystem: '12345',
        externalId: 'A-1',
        externalDueAt: due,
      },
      { key },
    )
    expect(made.status).toBe(201)
    const { id } = made.body
    await api.settle(id)
    expect(Date.parse((await desk.read(id)).leadingDueAt)).toBe(Date.parse(due))
    api.clock.advance(HOUR + 1)
    expect(await desk.read(id)).toMatchObject({ leadingLight: 'red', overdue: false, late: false })
    expect(await listed('overdue=1')).toEqual([])
    expect((await board()).overdue).toBe(0)
  })
})
