// GET /cases/{id}/clocks: what runs, whose it is, and the ladder; who may see it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { USUAL_LADDER } from '#domain/escalation.ts'
import { cityPack, DEMO_POLICIES } from '#domain/testing/city.ts'
import { expectProblem, openTestApi, type TestApi, USERS } from '../testing/api.ts'
import { deskOf } from '../testing/desk.ts'

let api: TestApi
beforeAll(async () => {
  const pack = cityPack({ ...DEMO_POLICIES, escalation: [...USUAL_LADDER] })
  api = await openTestApi({ pack: { ...pack, users: USERS } })
})
afterAll(() => api.close())
const desk = deskOf(() => api)
const clocks = async (id: string, as = 'duty') => (await api.get(`/cases/${id}/clocks`, { as })).body

test('the stage that runs, with its light, its unit and the calendar it is counted on', async () => {
  const id = await desk.handled()
  const before = await clocks(id)
  expect(before.stages).toMatchObject([
    {
      stage: 'handle',
      light: 'green',
      paused: false,
      unit: 'water',
      calendar: 'water',
      limit: expect.any(String),
    },
  ])
  expect(before.stages[0].dueAt).toBe((await desk.read(id)).dueAt)
  api.clock.advance(3 * 24 * 3_600_000)
  expect((await clocks(id)).stages[0].light).toBe('red')
})

test('an oversight and the due time of another system run beside it', async () => {
  const id = await desk.handled()
  await desk.done(id, 'leader', 'oversee', { note: '尽快', dueAt: '2019-10-30T10:00:00+08:00' })
  const { stages } = await clocks(id)
  expect(stages.map((s: { stage: string }) => s.stage)).toEqual(['handle', 'oversight'])
  expect(stages[1]).toMatchObject({ unit: 'water', dueAt: '2019-10-30T10:00:00+08:00' })
})

test('rungs that were climbed move from the next to the passed; the rest keep their instants', async () => {
  const id = await desk.handled()
  const before = await clocks(id)
  expect(before.passed).toEqual([])
  const [next, ...rest] = before.next
  expect(next).toMatchObject({ rung: 'near', name: '临期提醒', do: 'remind', stage: 'handle', who: 'person' })
  expect(before.next.map((r: { at: string }) => r.at)).toEqual(
    before.next.map((r: { at: string }) => r.at).toSorted(),
  )
  api.clock.set(Date.parse(next.at))
  const climbed = await api.runtime.commander.act(
    id,
    { action: 'escalate', payload: { rung: 'near' } },
    { actor: { kind: 'rule', rule: 'escalation' } },
  )
  expect(climbed.ok).toBe(true)
  const after = await clocks(id)
  expect(after.passed).toEqual([
    { rung: 'near', name: '临期提醒', do: 'remind', stage: 'handle', round: 1, at: next.at },
  ])
  expect(after.next).toEqual(rest)
})

test('a case that has ended has none that run', async () => {
  const id = await desk.handled()
  await desk.done(id, 'duty', 'void', { reason: '重复登记' })
  expect(await clocks(id)).toMatchObject({ stages: [], next: [] })
})

test('is for the centre and the units, each for the cases that it may see', async () => {
  const id = await desk.handled()
  expect((await clocks(id, 'water')).stages).toHaveLength(1)
  expectProblem(await api.get(`/cases/${id}/clocks`, { as: 'grid' }), 403, 'forbidden')
  expectProblem(await api.get(`/cases/${id}/clocks`, { as: 'sanitation' }), 403, 'not-your-case')
  expectProblem(await api.get(`/cases/${id}/clocks`), 401, 'unauthorized')
})
