// Overruled policies: a new version of the pack with one value changed, kept when a pack is loaded, and taken back.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { policyValue, withPolicyValue } from '#domain/city/policy-settings.ts'
import { cityPack } from '#domain/testing/city.ts'
import { findAccount } from './accounts.ts'
import { currentCity, loadPack, NewerPack } from './city.ts'
import { changeCityPolicy, listOverrides } from './policy-overrides.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

const pack = {
  ...cityPack(),
  users: [{ username: 'admin', name: '管理', posts: ['admin' as const], areas: [] }],
}
const itsOwn = policyValue(pack.policies, 'maxSuspendDays')

let database: TestDatabase
let by: string
beforeAll(async () => {
  database = await testDatabase()
  await loadPack(database.store, pack)
  by = (await findAccount(database.store, 'admin'))?.id ?? ''
})
afterAll(() => database.drop())

const present = async () => {
  const city = await currentCity(database.store)
  if (!city) throw new Error('no city')
  return { version: city.version, days: city.pack.policies.maxSuspendDays, city }
}

test('a policy is overruled, kept over a pack, told of, and taken back', async () => {
  const { store } = database
  const path = 'maxSuspendDays'
  const before = await present()
  const done = await changeCityPolicy(store, { path, by, value: 33, reason: '汛期' })
  expect(done).toEqual({ version: before.version + 1, from: itsOwn, to: 33 })
  expect((await present()).days).toBe(33)
  expect(await changeCityPolicy(store, { path, by, value: 33, reason: '再来' })).toBeUndefined()

  expect(await loadPack(store, pack)).toMatchObject({ unchanged: true, overruled: [path] })
  const other = { ...pack, name: '新名', policies: withPolicyValue(pack.policies, path, 12) }
  expect(await loadPack(store, other)).toMatchObject({ unchanged: false, overruled: [path] })
  expect(await present()).toMatchObject({ days: 33 })
  expect(await listOverrides(store)).toMatchObject([{ path, value: 33, packValue: 12, reason: '汛期', by }])

  expect(await changeCityPolicy(store, { path, by, back: true, reason: '汛期已过' })).toMatchObject({
    from: 33,
    to: 12,
  })
  expect((await present()).days).toBe(12)
  expect(await listOverrides(store)).toEqual([])
  expect(await changeCityPolicy(store, { path, by, back: true, reason: '又来' })).toBeUndefined()
})

test('a value that does not fit changes nothing; a pack that it does not fit is not loaded', async () => {
  const { store } = database
  const before = await present()
  await expect(changeCityPolicy(store, { path: 'warnShare', by, value: 7, reason: '?' })).rejects.toThrow(
    /from 0.05 to 1/,
  )
  expect((await present()).version).toBe(before.version)

  const path = 'stageLimits.file'
  await changeCityPolicy(store, { path, by, value: '1天', reason: '试行' })
  const limitWords = { ...pack.policies.limitWords, 天: '不用' }
  const unlike = { ...pack, policies: { ...pack.policies, limitWords } }
  await expect(loadPack(store, unlike)).rejects.toThrow(/stageLimits.file.*take it back first/)
  await changeCityPolicy(store, { path, by, back: true, reason: '结束' })
  expect((await loadPack(store, pack)).overruled).toEqual([])
})

test('a pack is loaded over the version that was looked at, or not at all', async () => {
  const { version } = await present()
  await loadPack(database.store, { ...pack, name: '甲' }, { onlyOver: version })
  await expect(loadPack(database.store, { ...pack, name: '乙' }, { onlyOver: version })).rejects.toThrow(
    NewerPack,
  )
})

test('without accounts, a pack makes nobody an administrator', async () => {
  const stranger = { username: 'stranger', name: '外人', posts: ['admin' as const], areas: [] }
  await loadPack(
    database.store,
    { ...pack, name: '丙', users: [...pack.users, stranger] },
    { accounts: false },
  )
  expect(await findAccount(database.store, 'stranger')).toBeUndefined()
})
