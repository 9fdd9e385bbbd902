import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import type { CityPack } from '#domain/city/types.ts'
import { readPack } from '#pack/read-pack.ts'
import { cityVersion, currentCity, loadPack } from './city.ts'
import { verifyPassword } from './passwords.ts'
import { testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let database: TestDatabase
let pack: CityPack

beforeAll(async () => {
  database = await testDatabase()
  const read = await readPack(join(import.meta.dirname, '../cities/demo'), { today: '2026-11-20' })
  if (!read.pack) throw new Error('the demo pack has faults')
  pack = read.pack
})
afterAll(() => database.drop())

const account = async (username: string) => {
  const [row] = await database.store.sql<
    {
      id: string
      name: string
      posts: string[]
      department: string | null
      password_hash: string | null
      must_change: boolean
    }[]
  >`select id, name, posts, department, password_hash, must_change from account where username = ${username}`
  return row
}
const count = async (table: string) => {
  const [row] = await database.store.sql<
    { n: number }[]
  >`select count(*)::int as n from ${database.store.sql(table)}`
  return row?.n
}

describe('a city pack in the database', () => {
  it('is none at first', async () => {
    expect(await currentCity(database.store)).toBeUndefined()
  })

  it('becomes version 1 with its accounts', async () => {
    const { version, unchanged } = await loadPack(database.store, pack)
    expect(unchanged).toBe(false)
    const city = await currentCity(database.store)
    expect(city?.version).toBe(version)
    const canal = pack.zones.find((z) => z.name === '北渠')
    expect(city?.locate(canal?.centre.lng ?? 0, canal?.centre.lat ?? 0).zones[0]).toBe(canal?.code)
    expect(await count('account')).toBe(pack.users.length)
    expect(await account('dept-water')).toMatchObject({
      posts: ['department-officer'],
      department: 'water',
      must_change: false,
    })
  })

  it('keeps passwords as hashes and nowhere else; a demo hashes its one password once', async () => {
    const [duty, grid] = [await account('duty'), await account('grid')]
    expect(await verifyPassword(duty?.password_hash ?? undefined, 'demo')).toBe(true)
    expect(duty?.password_hash).toMatch(/^\$argon2id\$/)
    expect(grid?.password_hash).toBe(duty?.password_hash)
    const [row] = await database.store.sql<{ pack: CityPack }[]>`select pack from city limit 1`
    expect(row?.pack.users).toHaveLength(pack.users.length)
    expect(row?.pack.users.some((u) => u.password !== undefined)).toBe(false)
  })

  it('is the same city when read back', async () => {
    const city = await currentCity(database.store)
    const plain = JSON.parse(JSON.stringify({ ...pack, users: [] }))
    expect(JSON.parse(JSON.stringify({ ...city?.pack, users: [] }))).toEqual(plain)
  })

  it('gets no second version for the same contents', async () => {
    const before = await count('city')
    const again = await loadPack(database.store, pack)
    expect(again.unchanged).toBe(true)
    expect(await count('city')).toBe(before)
  })

  it('gets a new version for new contents; old ones stay', async () => {
    const first = await currentCity(database.store)
    const { version } = await loadPack(database.store, { ...pack, name: '云泽新市' })
    expect(version).toBeGreaterThan(first?.version ?? 0)
    expect((await currentCity(database.store))?.pack.name).toBe('云泽新市')
    expect((await cityVersion(database.store, first?.version ?? 0)).pack.name).toBe('云泽市')
    expect(await cityVersion(database.store, version)).toBe(await cityVersion(database.store, version))
  })

  it('brings accounts up to date but never touches a password that is set', async () => {
    const before = await account('duty')
    const users = pack.users.map((u) =>
      u.username === 'duty'
        ? {
            ...u,
            name: '夜班值班长',
            posts: ['duty-manager' as const, 'dispatcher' as const],
            password: 'other',
          }
        : u,
    )
    await loadPack(database.store, { ...pack, users })
    const after = await account('duty')
    expect(after).toMatchObject({ id: before?.id, name: '夜班值班长', posts: ['duty-manager', 'dispatcher'] })
    expect(after?.password_hash).toBe(before?.password_hash)
  })

  it('outside a demo wants a given password changed, and makes accounts without one', async () => {
    const users = [
      { username: 'first-admin', name: '管理员', posts: ['admin' as const], areas: [], password: 'changeit' },
      {
        username: 'second-admin',
        name: '管理员2',
        posts: ['admin' as const],
        areas: [],
        password: 'changeit',
      },
      { username: 'plain', name: '受理员', posts: ['operator' as const], areas: [] },
    ]
    await loadPack(database.store, { ...pack, demo: false, users })
    const [first, second] = [await account('first-admin'), await account('second-admin')]
    expect(first).toMatchObject({ must_change: true })
    expect(second?.password_hash).not.toBe(first?.password_hash)
    expect(await verifyPassword(second?.password_hash ?? undefined, 'changeit')).toBe(true)
    expect(await account('plain')).toMatchObject({ must_change: false, password_hash: null })
    expect(await account('duty')).toBeDefined()
  })

  it('is loaded whole or not at all', async () => {
    const [cities, accounts] = [await count('city'), await count('account')]
    const broken = {
      ...pack,
      name: '半座城',
      users: [{ username: 'new-one', name: '新人', posts: ['operator' as const], areas: [] }],
    }
    const newId = () => 'not-a-uuid'
    await expect(loadPack(database.store, broken, { newId })).rejects.toThrow(/uuid/)
    expect([await count('city'), await count('account')]).toEqual([cities, accounts])
  })

  it('loaded twice at once becomes one version', async () => {
    const twice = { ...pack, name: '同城' }
    const loaded = await Promise.all([loadPack(database.store, twice), loadPack(database.store, twice)])
    expect(loaded[0].version).toBe(loaded[1].version)
    expect(loaded.map((l) => l.unchanged).sort()).toEqual([false, true])
  })

  it('of an unknown version is a bug', async () => {
    await expect(cityVersion(database.store, 999)).rejects.toThrow(/no city of version 999/)
  })
})
