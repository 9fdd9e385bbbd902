import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from './testing.ts'
import { trimIdempotency, trimSessions, trimUploadKeys } from './trim.ts'

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

test('a session goes when its time is over', async () => {
  const { sql } = database.store
  const id = randomUUID()
  await sql`insert into account (id, username, name, posts) values (${id}, 'somebody', 'x', '{}')`
  for (const [token, lasts] of [
    ['over', '-1 minute'],
    ['running', '1 minute'],
  ] as const)
    await sql`
      insert into session (token_hash, account_id, expires_at)
      values (convert_to(${token}, 'UTF8'), ${id}, now() + ${lasts}::text::interval)`
  expect(await trimSessions(database.store)).toBe(1)
  expect(await trimSessions(database.store)).toBe(0)
})

test('an upload stays when its key goes', async () => {
  const { sql } = database.store
  for (const [key, age] of [
    ['old', '31 days'],
    ['young', '1 day'],
  ] as const)
    await sql`
      insert into upload (id, sha256, media_type, bytes, width, height, request_scope, request_key, created_at)
      values (${randomUUID()}, '', 'image/jpeg', 1, 1, 1, 'test', ${key}, now() - ${age}::text::interval)`
  expect(await trimUploadKeys(database.store)).toBe(1)
  expect(await sql`select request_key as key from upload order by 1 nulls first`).toEqual([
    { key: null },
    { key: 'young' },
  ])
})
