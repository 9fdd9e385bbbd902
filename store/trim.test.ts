import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from './testing.ts'
import { trimIdempotency } from './trim.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

test('keys go when their 30 days are over, and not before', async () => {
  const { sql } = database.store
  for (const [key, age] of [
    ['old', '30 days 1 minute'],
    ['young', '29 days 23 hours'],
  ] as const)
    await sql`
      insert into idempotency (scope, key, digest, case_id, no, created_at)
      values ('test', ${key}, '', ${randomUUID()}, 1, now() - ${age}::text::interval)`
  expect(await trimIdempotency(database.store)).toBe(1)
  expect(await trimIdempotency(database.store)).toBe(0)
  expect(await sql`select key from idempotency`).toEqual([{ key: 'young' }])
})
