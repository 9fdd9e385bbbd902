// Fingerprints in the database: every photo within so many bits is found, no other, and without reading all of them.
import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { hashDistance, MOST_BITS, SKETCH_SIDE } from '#domain/photo-likeness.ts'
import {
  fingerprintsOf,
  nearUses,
  noteUses,
  type PhotoUse,
  saveFingerprint,
  withoutFingerprint,
} from './photo-hash.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  const { sql } = database.store
  await sql`delete from photo_use`
  await sql`delete from upload`
})

const sketch = (value = 7) => new Uint8Array(SKETCH_SIDE ** 2).fill(value)
const AT = Date.parse('2019-09-29T08:00:00+08:00')

async function upload(): Promise<string> {
  const id = randomUUID()
  await database.store.sql`
    insert into upload (id, sha256, media_type, bytes, width, height)
    values (${id}, ${Buffer.from(id)}, 'image/jpeg', 1, 1, 1)`
  return id
}

async function photo(hash: bigint, use: Partial<PhotoUse> = {}): Promise<string> {
  const id = await upload()
  await saveFingerprint(database.store, id, { hash, sketch: sketch() })
  await noteUses(database.store, [
    { photo: id, caseId: randomUUID(), no: 1, type: 'reported', at: AT, ...use },
  ])
  return id
}

/** `hash` with that many of its bits flipped, spread by `seed`. */
function flipped(hash: bigint, bits: number, seed: number): bigint {
  let out = hash
  for (let i = 0; i < bits; i++) out ^= 1n << BigInt((seed + i * 23) % 64)
  return BigInt.asIntN(64, out)
}

test('every photo within the asked bits is found, and no other', async () => {
  const asked = -0x123456789abcdef1n
  const hashes: bigint[] = []
  for (let bits = 0; bits <= 16; bits++)
    for (let seed = 0; seed < 64; seed += 7) hashes.push(flipped(asked, bits, seed))
  const { sql } = database.store
  const ids = hashes.map(() => randomUUID())
  await sql`insert into upload (id, sha256, media_type, bytes, width, height)
    select id, '\\x00', 'image/jpeg', 1, 1, 1 from unnest(${ids}::uuid[]) id`
  await sql`insert into photo_hash select * from unnest(${ids}::uuid[], ${hashes.map(String)}::bigint[])`
  await sql`insert into photo_sketch select id, ${sketch()} from unnest(${ids}::uuid[]) id`
  await noteUses(
    database.store,
    ids.map((id) => ({ photo: id, caseId: randomUUID(), no: 1, type: 'reported', at: AT })),
  )
  for (let withinBits = 0; withinBits <= MOST_BITS; withinBits++) {
    const found = await nearUses(database.store, asked, { withinBits, most: 1000 })
    const bits = found.map((f) => hashDistance(f.fingerprint.hash, asked))
    expect(bits).toEqual([...bits].sort((a, b) => a - b))
    const expected = ids.filter((_, i) => hashDistance(hashes[i] ?? 0n, asked) <= withinBits)
    expect(found.map((f) => f.photo).sort()).toEqual(expected.sort())
  }
})

test('a use says which step of which case it was, and the fingerprint comes with it', async () => {
  const caseId = randomUUID()
  const id = await photo(5n, { caseId, no: 9, type: 'replied' })
  expect(await nearUses(database.store, 4n)).toEqual([
    {
      photo: id,
      caseId,
      no: 9,
      type: 'replied',
      at: AT,
      fingerprint: { hash: 5n, sketch: expect.toSatisfy((s: Uint8Array) => s.length === 576 && s[0] === 7) },
    },
  ])
})

test('one photo used by several cases is named for each, the nearest and latest first, up to the asked number', async () => {
  const [a, b] = [randomUUID(), randomUUID()]
  const id = await photo(0n, { caseId: a })
  await noteUses(database.store, [{ photo: id, caseId: b, no: 4, type: 'replied', at: AT + 1000 }])
  await photo(3n, { at: AT + 9000 })
  const found = await nearUses(database.store, 0n)
  expect(found.map((f) => f.caseId).slice(0, 2)).toEqual([b, a])
  expect(found).toHaveLength(3)
  expect(await nearUses(database.store, 0n, { most: 1 })).toHaveLength(1)
})

test('a photo that no case used is nobody’s earlier picture', async () => {
  const id = await upload()
  await saveFingerprint(database.store, id, { hash: 1n, sketch: sketch() })
  expect(await nearUses(database.store, 1n)).toEqual([])
})

test('noting and saving again change nothing', async () => {
  const caseId = randomUUID()
  const id = await photo(77n, { caseId })
  await saveFingerprint(database.store, id, { hash: -1n, sketch: sketch(1) })
  await noteUses(database.store, [{ photo: id, caseId, no: 1, type: 'reported', at: AT + 5 }])
  const found = await nearUses(database.store, 77n)
  expect(found.map((f) => [f.at, f.fingerprint.hash])).toEqual([[AT, 77n]])
  expect(await fingerprintsOf(database.store, [id, randomUUID()])).toEqual(
    new Map([[id, { hash: 77n, sketch: expect.toSatisfy((s: Uint8Array) => s[0] === 7) }]]),
  )
})

test('uploads without a fingerprint are listed page by page', async () => {
  const ids = [await upload(), await upload(), await upload()].sort()
  await photo(1n)
  const first = await withoutFingerprint(database.store, { most: 2 })
  expect(first).toEqual(ids.slice(0, 2))
  expect(await withoutFingerprint(database.store, { after: first.at(-1), most: 2 })).toEqual(ids.slice(2))
})

test('an upload that goes takes its fingerprint with it', async () => {
  const id = await photo(1n)
  await database.store.sql`delete from upload where id = ${id}`
  expect(await fingerprintsOf(database.store, [id])).toEqual(new Map())
  expect(await nearUses(database.store, 1n)).toEqual([])
})

test('a search does not read all hashes', async () => {
  const { sql } = database.store
  await sql`insert into upload (id, sha256, media_type, bytes, width, height)
    select gen_random_uuid(), '\\x00', 'image/jpeg', 1, 1, 1 from generate_series(1, 30000)`
  await sql`insert into photo_hash select id, ('x' || substr(md5(id::text), 1, 16))::bit(64)::bigint from upload`
  const owner = postgres(database.ownerUrl, { max: 1 })
  await owner`analyze photo_hash`
  await owner.end()
  const read = await sql.begin(async (tx) => {
    const counts = async () => {
      const [row] = await tx<{ scans: number; rows: number }[]>`
        select seq_scan::int as scans, idx_tup_fetch::int as rows
        from pg_stat_xact_user_tables where relname = 'photo_hash'`
      return row ?? { scans: NaN, rows: NaN }
    }
    const before = await counts()
    const inTransaction = { ...database.store, sql: tx as unknown as typeof sql }
    await nearUses(inTransaction, 12345n, { withinBits: MOST_BITS })
    const after = await counts()
    return { scans: after.scans - before.scans, rows: after.rows - before.rows }
  })
  expect(read.scans).toBe(0)
  // Of 30,000 a share of about 4 × 137 / 65536 has a near quarter.
  expect(read.rows).toBeGreaterThan(0)
  expect(read.rows).toBeLessThan(1000)
})

test('more bits than the search reaches is a mistake', async () => {
  await expect(nearUses(database.store, 1n, { withinBits: MOST_BITS + 1 })).rejects.toThrow(RangeError)
})
