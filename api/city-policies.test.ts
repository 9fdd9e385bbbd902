// Policies from the page: overruled with a reason, recorded, taken back.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem, faultPaths, openTestApi, type TestApi } from './testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

interface Setting {
  path: string
  value: unknown
  overruled?: object
}
const put = (body: object, as = 'admin') => api.send('PUT', '/admin/policies', { as, body })
const setting = (body: { settings: Setting[] }, path: string) => body.settings.find((s) => s.path === path)

test('one is overruled: the next case goes by it, the log of administration says why, and it is taken back', async () => {
  const path = 'stageLimits.file'
  const before = await api.get('/admin/policies', { as: 'admin' })
  const packValue = setting(before.body, path)?.value
  expect(setting(before.body, path)).not.toHaveProperty('overruled')

  const done = await put({ path, value: '3工作时', reason: ' 人手不足 ' })
  expect(done.status).toBe(200)
  expect(done.body.version).toBe(before.body.version + 1)
  expect(setting(done.body, path)).toMatchObject({
    value: '3工作时',
    overruled: { packValue, reason: '人手不足', by: 'admin 的人' },
  })
  expect((await api.runtime.cityFor()).pack.policies.stageLimits.file).toBe('3工作时')
  const { body } = await api.get('/admin/audit?action=city-policy', { as: 'admin' })
  expect(body.items[0]).toMatchObject({
    target: { kind: 'policy', id: path },
    detail: { from: packValue, to: '3工作时', reason: '人手不足' },
  })
  expectProblem(await put({ path, value: '3工作时', reason: '再来' }), 409, 'nothing-changes')

  const back = await put({ path, back: true, reason: '人手已齐' })
  expect(setting(back.body, path)).toEqual(setting(before.body, path))
})

test('a policy that may be none is taken out', async () => {
  const { body } = await put({ path: 'borderDoubtM', value: 10, reason: '试行' })
  expect(setting(body, 'borderDoubtM')?.value).toBe(10)
  const none = await put({ path: 'borderDoubtM', value: null, reason: '试行结束' })
  expect(setting(none.body, 'borderDoubtM')).toMatchObject({ value: null, overruled: { packValue: null } })
})

test.each([
  ['a value that does not fit', { path: 'warnShare', value: 2, reason: '?' }, '/value'],
  ['a limit that nobody can read', { path: 'stageLimits.close', value: '尽快', reason: '?' }, '/value'],
  ['rules, which are the pack’s', { path: 'accept', value: 'rule', reason: '?' }, '/path'],
  ['no reason', { path: 'warnShare', value: 0.7, reason: '  ' }, '/reason'],
  ['neither value nor back', { path: 'warnShare', reason: '?' }, '/value'],
])('%s is refused', async (_, body, path) => {
  const answer = await put(body)
  expect([answer.status, faultPaths(answer)]).toEqual([400, [path]])
})

test('open cases are counted by what they go by', async () => {
  const report = {
    source: 'grid',
    category: 'E0110',
    location: { lng: 113.905, lat: 29.735 },
    description: '有垃圾',
    photos: [],
  }
  expect((await api.post('/cases', report, { as: 'grid' })).status).toBe(201)
  const { body } = await api.get('/admin/policies', { as: 'admin' })
  expect(body.open).toEqual({ filed: 0, unfiled: 1 })
})
