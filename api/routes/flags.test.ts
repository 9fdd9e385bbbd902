// GET /cases/{id}/flags: what evaluation counts of a case, and who may see it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isoWithOffset } from '#domain/city-time.ts'
import { expectProblem, openTestApi, type TestApi } from '../testing/api.ts'
import { deskOf } from '../testing/desk.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())
const desk = deskOf(() => api)

interface FlagRow {
  key: string
  name: string
  for: { kind: string; unit?: string; unitName?: string; post?: string }
  round: number
  at: string
  stands: boolean
  ended?: { at: string; why: string }
}
const flagsOf = async (id: string, as = 'duty') =>
  (await api.get(`/cases/${id}/flags`, { as })).body.items as FlagRow[]
const now = () => isoWithOffset(api.clock.now(), 'Asia/Shanghai')

test('facts of the log, each with its name, its unit and the instant at which it became true', async () => {
  const id = await desk.handled()
  const filedAt = now()
  api.clock.advance(3_600_000)
  await desk.done(id, 'water', 'reply', { result: '已清理' })
  const flags = await flagsOf(id)
  const handled = flags.find((f) => f.key === 'on-time-replied' && f.for.kind === 'case')
  expect(handled).toMatchObject({
    name: '按期处置',
    for: { kind: 'case', unit: 'water', unitName: '水利和湖泊局' },
    round: 1,
    at: now(),
    stands: true,
  })
  expect(flags.find((f) => f.key === 'filed' && f.for.kind === 'case')).toMatchObject({ at: filedAt })
  expect(flags.map((f) => f.at)).toEqual(flags.map((f) => f.at).toSorted())
})

test('time alone makes some true, and a new round ends others', async () => {
  const id = await desk.handled()
  const keys = async () => (await flagsOf(id)).filter((f) => f.stands).map((f) => f.key)
  expect(await keys()).not.toContain('was-overdue')
  api.clock.advance(24 * 3_600_000)
  expect(await keys()).toContain('was-overdue')
  await desk.done(id, 'water', 'reply', { result: '已清理' })
  await desk.done(id, 'duty', 'rework', { reason: '未清理' })
  const replied = (await flagsOf(id)).filter((f) => f.key === 'replied' && f.for.kind === 'case')
  expect(replied).toMatchObject([{ round: 1, stands: false, ended: { why: 'new-round' } }])
})

test('is for the centre and the units, each for the cases that it may see', async () => {
  const id = await desk.handled()
  expect(await flagsOf(id, 'water')).toEqual(await flagsOf(id))
  expectProblem(await api.get(`/cases/${id}/flags`, { as: 'grid' }), 403, 'forbidden')
  expectProblem(await api.get(`/cases/${id}/flags`, { as: 'sanitation' }), 403, 'not-your-case')
  expectProblem(await api.get(`/cases/${id}/flags`), 401, 'unauthorized')
  expectProblem(await api.get('/cases/R209901010001/flags', { as: 'duty' }), 404, 'not-found')
})
