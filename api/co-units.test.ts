// Units beside and below the lead over HTTP: a co-unit 协办单位 sees the case and says what it did, a second-level unit
// 二级单位 finds what was passed to it, and whoever may claim sees what waits in a pool.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Post } from '#domain/case.ts'
import { cityPack, PLACES } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi, USERS } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

const person = (username: string, post: Post, department: string) => ({
  username,
  name: username,
  posts: [post],
  department,
  areas: [],
})

let api: TestApi
const desk = deskOf(() => api)
beforeAll(async () => {
  const more = [
    person('east', 'department-officer', 'st-east'),
    person('east-handler', 'handler', 'st-east'),
    person('canal-handler', 'handler', 'water-canal'),
    person('lake-handler', 'handler', 'water-lake'),
  ]
  api = await openTestApi({ pack: { ...cityPack(), users: [...USERS, ...more] } })
})
afterAll(() => api.close())

const listed = async (as: string, query: string): Promise<string[]> => {
  const answer = await api.get(`/cases?limit=200${query}`, { as })
  expect(answer.status).toBe(200)
  return answer.body.items.map((c: { id: string }) => c.id)
}

describe('the east street office, a co-unit on the canal', () => {
  test('signs, arrives and answers; the lead still replies', async () => {
    const id = await desk.filed()
    expect(await desk.read(id, 'east')).toMatchObject({ department: 'water', coDepartments: ['st-east'] })
    expect(await desk.offers(id, 'east')).toContain('co-answer')
    await desk.done(id, 'east', 'co-answer', { step: 'signed' })
    await desk.done(id, 'water', 'acknowledge')
    api.clock.advance(60_000)
    await desk.done(id, 'east-handler', 'co-answer', { step: 'arrived' })
    api.clock.advance(60_000)
    const body = await desk.done(id, 'east', 'co-answer', { step: 'answered', result: '护栏已修好' })
    expect(body.coAnswers).toMatchObject([{ department: 'st-east', departmentName: '东门街道办' }])
    const { signedAt, arrivedAt, answeredAt } = body.coAnswers[0]
    expect([signedAt, arrivedAt, answeredAt]).toEqual([signedAt, arrivedAt, answeredAt].sort())
    expect(new Set([signedAt, arrivedAt, answeredAt]).size).toBe(3)
    // What it did neither ends the lead's work nor makes the lead's view stale.
    expect(body.status).toBe('handling')
    expect((await desk.read(id, 'water')).version).toBe(body.version)
    const { body: log } = await api.get(`/cases/${id}/events`, { as: 'water' })
    const told = log.items.filter((e: { type: string }) => e.type === 'co-answered')
    expect(told.map((e: { payload: object }) => e.payload)).toMatchObject([
      { department: 'st-east', step: 'signed' },
      { department: 'st-east', step: 'arrived' },
      { department: 'st-east', step: 'answered' },
    ])
    expect(told.at(-1).words).toEqual({ result: '护栏已修好' })
    await desk.done(id, 'water', 'reply', { result: '已打捞' })
  })

  test('cannot sign for the lead, return it or reply', async () => {
    const id = await desk.handled()
    for (const [action, payload] of [
      ['reply', { result: '做完了' }],
      ['request-return', { reason: 'not-ours' }],
      ['request-extension', { reason: 'bad-weather' }],
    ] as const)
      expectProblem(await desk.act(id, 'east', action, payload), 403, 'forbidden')
    expect(await desk.offers(id, 'east')).toEqual(['co-answer'])
    expect((await desk.read(id)).status).toBe('handling')
  })

  test('finds it as a co-unit, not as the lead', async () => {
    const id = await desk.handled()
    expect(await listed('east', '&department=st-east&role=co')).toContain(id)
    expect(await listed('east', '&department=st-east&role=lead')).not.toContain(id)
    expect(await listed('east', '&department=st-east')).not.toContain(id)
    expect(await listed('duty', '&department=st-east&role=co')).toContain(id)
    expect(await listed('water', '&department=water&role=co')).not.toContain(id)
    expect(await listed('water', '&department=water')).toContain(id)
    expect(await listed('east', '')).toContain(id)
  })

  test('sees nothing of a case that is not its own in either way', async () => {
    const id = await desk.reported({ location: PLACES.west, categoryCode: 'E0110' })
    expectProblem(await api.get(`/cases/${id}`, { as: 'east' }), 403, 'not-your-case')
    expect(await listed('east', '')).not.toContain(id)
    expectProblem(await desk.act(id, 'east', 'co-answer', { step: 'signed' }), 403, 'not-your-case')
  })

  test('a role is of a department', async () => {
    expect(faultPaths(await api.get('/cases?role=co', { as: 'duty' }))).toEqual(['/role'])
    expect(faultPaths(await api.get('/cases?department=water&role=chief', { as: 'duty' }))).toEqual(['/role'])
  })
})

describe('a second-level unit', () => {
  test('finds what was passed to it, under its own name', async () => {
    const [passed, kept] = [await desk.handled(), await desk.handled()]
    const body = await desk.done(passed, 'water', 'assign', { handler: 'water-canal' })
    expect(body).toMatchObject({ department: 'water', unit: 'water-canal' })
    expect(await listed('canal-handler', '&department=water-canal')).toEqual([passed])
    expect(await listed('lake-handler', '&department=water-lake')).toEqual([])
    expect(await listed('water', '&department=water')).toEqual(expect.arrayContaining([passed, kept]))
    expect(await desk.read(passed, 'canal-handler')).toMatchObject({ id: passed })
    expect(await desk.offers(passed, 'canal-handler')).toContain('take')
    await desk.done(passed, 'canal-handler', 'take')
    expect((await desk.read(passed)).handler).toBe(await api.accountId('canal-handler'))
  })

  test('the log of a second-level dispatch carries both levels', async () => {
    const id = await desk.handled()
    await desk.done(id, 'water', 'assign', { handler: 'water-canal' })
    const { body } = await api.get(`/cases/${id}/events`, { as: 'duty' })
    const assigned = body.items.find((e: { type: string }) => e.type === 'assigned')
    expect(assigned.payload).toMatchObject({ unit: 'water-canal', department: 'water' })
  })
})

describe('a pool', () => {
  test('is seen by those who may claim from it, and what they claimed stays theirs', async () => {
    const id = await desk.reported({ dispatchMode: 'claim' })
    await desk.done(id, 'duty', 'file')
    for (const as of ['grid2', 'sanitation'])
      expectProblem(await api.get(`/cases/${id}`, { as }), 403, 'not-your-case')
    await desk.done(id, 'dispatcher', 'dispatch', { pool: 'volunteers' })
    for (const as of ['grid2', 'sanitation']) {
      expect(await listed(as, '')).toContain(id)
      expect(await desk.offers(id, as)).toContain('claim')
    }
    expectProblem(await api.get(`/cases/${id}`, { as: 'wall' }), 403, 'not-your-case')
    await desk.done(id, 'grid2', 'claim')
    expect(await listed('grid2', '')).toContain(id)
    expect(await desk.read(id, 'grid2')).toMatchObject({ status: 'handling' })
    expectProblem(await api.get(`/cases/${id}`, { as: 'sanitation' }), 403, 'not-your-case')
  })
})
