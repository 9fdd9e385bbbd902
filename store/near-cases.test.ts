// Cases near a place: found by the indexes of migration 0008 among very many, nearest first.
import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { casesNear, mergedInto } from './near-cases.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

const HERE = { lng: 114.0005, lat: 30.0005 }
const NOW = Date.parse('2026-03-02T09:00:00+08:00')
const HOUR = 3_600_000
const METRES_EAST = 1 / (111_320 * Math.cos((HERE.lat * Math.PI) / 180))

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

interface Given {
  east?: number
  status?: string
  reportedAt?: number
  closedAt?: number
  duplicateOf?: string
}

async function given({
  east = 0,
  status = 'filed',
  reportedAt = NOW,
  closedAt,
  duplicateOf,
}: Given): Promise<string> {
  const id = randomUUID()
  const state = { id, position: { lng: HERE.lng + east * METRES_EAST, lat: HERE.lat }, duplicateOf }
  await database.store.sql`
    insert into "case" (id, no, version, status, receipt_no, source, round, urgent, reported_at, closed_at, clock_runs, last_hash, state, updated_at)
    values (${id}, 1, 1, ${status}, ${id}, 'grid', 1, false, ${new Date(reportedAt)},
      ${closedAt === undefined ? null : new Date(closedAt)}, false, '\\x00', ${database.store.sql.json(state)}, now())`
  return id
}

const search = { position: HERE, metres: 100, since: NOW - 48 * HOUR, until: NOW }
const ids = async (more: object = {}) =>
  (await casesNear(database.store, { ...search, ...more })).map((c) => c.state.id)

test('open cases within reach and time, nearest first, across the borders of squares; ended ones since an instant', async () => {
  const [far, near, beyond] = [
    await given({ east: -95 }),
    await given({ east: 30 }),
    await given({ east: 130 }),
  ]
  await given({ reportedAt: NOW - 49 * HOUR })
  await given({ reportedAt: NOW + HOUR })
  const closed = await given({ status: 'closed', closedAt: NOW - HOUR, reportedAt: NOW - 900 * HOUR })
  await given({ status: 'rejected', closedAt: NOW - 20 * HOUR, reportedAt: NOW - 30 * HOUR })
  await given({ status: 'voided', closedAt: NOW - HOUR })
  const merged = await given({ status: 'merged', closedAt: NOW - HOUR, duplicateOf: near })
  expect(await ids()).toEqual([near, far])
  expect(await ids({ metres: 150 })).toEqual([near, far, beyond])
  expect(await ids({ endedSince: NOW - 12 * HOUR })).toEqual([closed, near, far])
  expect((await mergedInto(database.store, near)).map((c) => c.id)).toEqual([merged])
})

test('a search does not read all cases', async () => {
  const { sql } = database.store
  await sql`
    insert into "case" (id, no, version, status, receipt_no, source, round, urgent, reported_at, closed_at, clock_runs, last_hash, state, updated_at)
    select id, 1, 1, case when n % 20 = 0 then 'filed' else 'closed' end, id::text, 'grid', 1, false,
      ${new Date(NOW)}::timestamptz - n * interval '1 minute', case when n % 20 = 0 then null else ${new Date(NOW)}::timestamptz - n * interval '30 seconds' end,
      false, '\\x00', jsonb_build_object('position', jsonb_build_object('lng', 113.9 + random() * 0.2, 'lat', 29.9 + random() * 0.2)), now()
    from (select gen_random_uuid() as id, n from generate_series(1, 30000) n) made`
  const owner = postgres(database.ownerUrl, { max: 1 })
  await owner`analyze "case"`
  await owner.end()
  const read = await sql.begin(async (tx) => {
    const counts = async () => {
      const [row] = await tx<{ scans: number; rows: number }[]>`
        select seq_scan::int as scans, idx_tup_fetch::int as rows
        from pg_stat_xact_user_tables where relname = 'case'`
      return row ?? { scans: Number.NaN, rows: Number.NaN }
    }
    const before = await counts()
    const store = { ...database.store, sql: tx as unknown as typeof sql }
    await casesNear(store, { ...search, metres: 300, since: NOW - 720 * HOUR, endedSince: NOW - 12 * HOUR })
    const after = await counts()
    return { scans: after.scans - before.scans, rows: after.rows - before.rows }
  })
  expect(read.scans).toBe(0)
  expect(read.rows).toBeGreaterThan(0)
  expect(read.rows).toBeLessThan(3000)
})
