// Fingerprints made afterwards: of every upload without one, whatever some of them do.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLog } from '#store/log.ts'
import { fingerprintsOf } from '#store/photo-hash.ts'
import { testDatabase, type TestDatabase } from '#store/testing.ts'
import { backfillFingerprints } from './fingerprints.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const log = openLog('silent', 'test')
const print = { hash: 7n, sketch: new Uint8Array(576).fill(9) }

async function uploads(n: number): Promise<string[]> {
  const ids = Array.from({ length: n }, () => randomUUID())
  await database.store.sql`
    insert into upload (id, sha256, media_type, bytes, width, height)
    select id, '\\x00', 'image/jpeg', 1, 1, 1 from unnest(${ids}::uuid[]) id`
  return ids
}

test('all get theirs, over several pages, but for a blank and a damaged one, which the next round asks for again', async () => {
  const { store } = database
  const ids = await uploads(120)
  const [blank, damaged] = ids
  const asked: string[] = []
  const fingerprintOf = async (id: string) => {
    asked.push(id)
    if (id === damaged) throw new Error('damaged')
    return id === blank ? undefined : print
  }
  expect(await backfillFingerprints({ store, log, fingerprintOf })).toBe(118)
  expect(asked.toSorted()).toEqual(ids.toSorted())
  const made = await fingerprintsOf(store, ids)
  expect(made.size).toBe(118)
  asked.length = 0
  expect(await backfillFingerprints({ store, log, fingerprintOf })).toBe(0)
  expect(asked.toSorted()).toEqual([blank, damaged].toSorted())
})

test('a worker that has no pictures leaves them alone', async () => {
  const [id = ''] = await uploads(1)
  expect(await backfillFingerprints({ store: database.store, log, fingerprintOf: undefined })).toBe(0)
  expect((await fingerprintsOf(database.store, [id])).size).toBe(0)
})
