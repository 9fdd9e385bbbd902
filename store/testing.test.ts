import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from './open.ts'
import { testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let one: TestDatabase
let other: TestDatabase

beforeAll(async () => {
  ;[one, other] = await Promise.all([testDatabase(), testDatabase()])
})
afterAll(async () => {
  await Promise.all([one.drop(), other.drop()])
})

test('a spec file gets the migrated tables, as the application’s role', async () => {
  const [row] = await one.store
    .sql`select current_user as role, to_regclass('case_event') is not null as migrated`
  expect(row).toEqual({ role: 'huiyin_app', migrated: true })
})

test('the log can be read and added to by that role, never changed', async () => {
  for (const statement of [
    'update case_event set no = no',
    'delete from case_event',
    'truncate case_event',
  ]) {
    await expect(one.store.sql.unsafe(statement)).rejects.toThrow(/permission denied/)
  }
})

test('what one spec file writes the next does not see', async () => {
  const owner = openStore({ databaseUrl: one.ownerUrl, max: 1 })
  await owner.sql`create table mark ()`
  await owner.close()
  const [row] = await other.store.sql`select to_regclass('mark') as mark`
  expect(row).toEqual({ mark: null })
})
