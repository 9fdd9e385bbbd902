// The first administrator and passwords from the command line, on a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findLogin } from './accounts.ts'
import { hasAdministrator, passwordOutcome, setFirstPassword } from './first-user.ts'
import { verifyPassword } from './passwords.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const set = (username: string, password: string, name?: string) =>
  setFirstPassword(database.store, { username, password, name })

async function opens(username: string, password: string): Promise<boolean> {
  const login = await findLogin(database.store, username)
  return verifyPassword(login?.passwordHash, password)
}

describe('on an empty system', () => {
  test('two at once make one administrator', async () => {
    expect(await hasAdministrator(database.store)).toBe(false)
    expect(await passwordOutcome(database.store, 'zhang')).toBe('made')
    const outcomes = await Promise.all([
      set('zhang', 'a long password', '张管理'),
      set('li', 'another password'),
    ])
    expect(outcomes.sort()).toEqual(['made', 'unknown'])
    const rows = await database.store.sql<
      { username: string; name: string; posts: string[]; must_change: boolean }[]
    >`
      select username, name, posts, must_change from account`
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ posts: ['admin'], must_change: true })
    expect(await hasAdministrator(database.store)).toBe(true)
  })

  test('nobody is made once there is one', async () => {
    expect(await passwordOutcome(database.store, 'wang')).toBe('unknown')
    expect(await set('wang', 'yet another one')).toBe('unknown')
    expect(await findLogin(database.store, 'wang')).toBeUndefined()
  })
})

describe('an account that is there', () => {
  test('gets the password, need not change it, and its sessions end', async () => {
    const id = crypto.randomUUID()
    await database.store.sql`
      insert into account (id, username, name, posts, must_change) values (${id}, 'duty', '值班长', ${['duty-manager']}, true)`
    await database.store.sql`
      insert into session (token_hash, account_id, expires_at)
      values (${Buffer.alloc(32)}, ${id}, now() + interval '1 hour')`
    expect(await passwordOutcome(database.store, 'duty')).toBe('set')
    expect(await set('duty', 'the new password')).toBe('set')
    expect(await opens('duty', 'the new password')).toBe(true)
    expect((await findLogin(database.store, 'duty'))?.account.mustChange).toBe(false)
    expect(await database.store.sql`select 1 from session where account_id = ${id}`).toHaveLength(0)
  })

  test('that is disabled stays as it is', async () => {
    await database.store.sql`update account set disabled_at = now() where username = 'duty'`
    expect(await passwordOutcome(database.store, 'duty')).toBe('disabled')
    expect(await set('duty', 'one more password')).toBe('disabled')
    await database.store.sql`update account set disabled_at = null where username = 'duty'`
    expect(await opens('duty', 'the new password')).toBe(true)
  })
})
