// Standings over HTTP: the month's figures and those of due times on GET /board, and the cases behind each of them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApi, type TestApi } from '../testing/api.ts'
import { deskOf } from '../testing/desk.ts'

let api: TestApi
const desk = deskOf(() => api)
/** Water: one with the unit, one replied, one given to the squad. */
let cases: { open: string; replied: string; passed: string }
/** Asked before anything was reported. */
let early: Awaited<ReturnType<TestApi['get']>>[]

beforeAll(async () => {
  api = await openTestApi()
  early = [await page('metric=reported'), await page('metric=monthReplied')]
  const [open, replied, passed] = [await desk.handled(), await desk.handled(), await desk.handled()]
  await desk.done(replied, 'water', 'reply', { result: '已打捞' })
  await desk.done(passed, 'water', 'assign', { handler: 'water-canal' })
  cases = { open, replied, passed }
})
afterAll(() => api.close())

const board = async (scope = 'city') => (await api.get(`/board?scope=${scope}`, { as: 'wall' })).body
const page = (query: string) => api.get(`/board/cases?${query}`, { as: 'wall' })
const ids = (answer: Awaited<ReturnType<typeof page>>): string[] =>
  answer.body.items.map((c: { id: string }) => c.id).sort()

test('a board without a day yet has empty lists', () => {
  for (const { status, body } of early)
    expect([status, body]).toEqual([200, expect.objectContaining({ day: '2019-09-29', items: [] })])
})

test('the month of the city, of a bureau, of its squad and of an area', async () => {
  const water = { dispatched: 3, closed: 0, dueReplied: 1, replied: 1, onTimeReplied: 1 }
  const period = { start: '2019-09-01', end: '2019-09-30', through: '2019-09-29' }
  expect((await board()).month).toEqual({
    ...water,
    period,
    rated: 0,
    satisfied: 0,
    byDepartment: [{ code: 'water', ...water }],
  })
  expect((await board('department:water')).month).toMatchObject({
    ...water,
    byDepartment: [{ code: 'water' }],
  })
  expect((await board('department:water-canal')).month).toMatchObject({ dispatched: 1, replied: 0 })
  expect((await board('department:sanitation')).month).toMatchObject({ dispatched: 0, byDepartment: [] })
  expect((await board('area:1')).month).toMatchObject({ ...water, byDepartment: [] })
  expect((await board()).monthBefore).toMatchObject({
    period: { start: '2019-08-01', end: '2019-08-31', through: '2019-08-29' },
    dispatched: 0,
  })
})

test('what falls due today, and no band after less than two weeks', async () => {
  const { dueToday, band } = await board()
  expect(dueToday).toEqual({ n: 3, closed: 0 })
  expect(band).toBeUndefined()
})

test('the cases behind a figure, in a scope', async () => {
  expect(ids(await page('metric=monthDispatched'))).toEqual(Object.values(cases).sort())
  expect(ids(await page('metric=monthReplied'))).toEqual([cases.replied])
  expect(ids(await page('metric=dueToday&scope=department:water-canal'))).toEqual([cases.passed])
  expect(ids(await page('metric=dueToday&day=2019-09-30'))).toEqual([])
  expect(ids(await page('metric=monthDispatched&day=2019-08-31'))).toEqual([])
  const one = (await page('metric=monthReplied')).body.items[0]
  expect(one).toMatchObject({ status: 'replied', department: 'water' })
  expect(JSON.stringify(one)).not.toContain('已打捞')
})

test('a count of the day for one category, or one source', async () => {
  const all = Object.values(cases).sort()
  const { body } = await page('metric=reported')
  const [{ category, source }] = body.items
  expect(ids(await page(`metric=reported&category=${category}&source=${source}`))).toEqual(all)
  expect(ids(await page('metric=reported&category=E0506'))).toEqual([])
  expect(ids(await page('metric=reported&source=hotline'))).toEqual([])
})

test('a page at a time', async () => {
  const first = await page('metric=monthDispatched&limit=2')
  expect(first.body.items).toHaveLength(2)
  const rest = await page(`metric=monthDispatched&limit=2&cursor=${first.body.nextCursor}`)
  expect(rest.body.items).toHaveLength(1)
  expect(rest.body.nextCursor).toBeUndefined()
  expect([...ids(first), ...ids(rest)].sort()).toEqual(Object.values(cases).sort())
  for (const cursor of ['nonsense', Buffer.from('2019-09-29.1').toString('base64url')]) {
    const answer = await page(`metric=monthDispatched&cursor=${cursor}`)
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: '/cursor' }] } })
  }
})
