// A replay through the real worker, queue and readers: every row accounted for, whatever interrupts it, and the audit
// agrees afterwards.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest'
import type { CityPack } from '#domain/city/types.ts'
import { audit } from '#store/audit.ts'
import { openLog } from '#store/log.ts'
import { TOWN } from '#store/testing-town.ts'
import { emptyDatabase, testDatabase, type TestDatabase, testRedisProgram } from '#store/testing.ts'
import { migrateQueue } from '#worker/queues.ts'
import { readPack } from '#pack/read-pack.ts'
import { startRedis } from '../runtime/redis.ts'
import { packOf } from './pack.ts'
import { readRequests, type RequestFile } from './rows.ts'
import { replay, type ReplayOptions } from './run.ts'
import { unaccounted } from './summary.ts'
import { EXPECTED, smallExport } from './testing/export.ts'

let dir: string
let file: RequestFile
let pack: CityPack
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-replay-'))
  await writeFile(join(dir, 'small.csv'), smallExport())
  file = await readRequests(join(dir, 'small.csv'))
  await mkdir(join(dir, 'pack'))
  for (const [name, text] of packOf(file.requests, { name: 'Small', now: Date.parse('2026-01-01') }))
    await writeFile(join(dir, 'pack', name), text)
  const read = await readPack(join(dir, 'pack'), { today: '2026-01-01' })
  if (!read.pack) throw new Error(JSON.stringify(read.faults))
  pack = read.pack
})
afterAll(() => rm(dir, { recursive: true }))

let database: TestDatabase
let queue: { url: string; drop(): Promise<void> }
beforeEach(async () => {
  database = await testDatabase()
  queue = await emptyDatabase()
  await migrateQueue({ databaseUrl: database.url, queueDatabaseUrl: queue.url })
})
afterEach(async () => {
  await database.drop()
  await queue.drop()
})

const run = (options: Partial<ReplayOptions> = {}) =>
  replay({
    file,
    pack,
    config: { databaseUrl: database.url, queueDatabaseUrl: queue.url },
    log: openLog('silent', 'replay'),
    speed: Number.POSITIVE_INFINITY,
    isStopped: () => false,
    onProgress: () => {},
    sleep: async () => {},
    ...options,
  })

/** Figures of the small export played into its own pack. */
const COMPLETE = {
  read: EXPECTED.read,
  unreadable: EXPECTED.unreadable,
  notLocatable: EXPECTED.notLocatable,
  closedInFile: EXPECTED.closed,
  closedBeforeCreated: 1,
  figures: {
    reported: EXPECTED.reported,
    filed: EXPECTED.reported,
    closed: EXPECTED.closed,
    open: EXPECTED.open,
    waiting: [{ status: 'dispatched', reason: 'dispatched', n: EXPECTED.open }],
    lateByBoth: 4,
    lateByFile: 0,
    lateByUs: 1,
    lateByNone: 6,
    withoutDue: 2,
  },
}

test('every row is accounted for, lights turned at their own instants, and the audit is content', async () => {
  const { summary, ended } = await run()
  expect(ended).toBe(true)
  expect(summary).toMatchObject(COMPLETE)
  expect(unaccounted(summary)).toBe(0)
  expect((await audit(database.store)).differences).toEqual([])
  const { sql } = database.store
  const stale = await sql`
    select 1 from feed where type in ('yellow', 'red') and (fact ->> 'at')::bigint <> (fact ->> 'fireAt')::bigint`
  expect(stale).toHaveLength(0)
  const [late] = await sql<{ type: string; at: Date }[]>`
    select type, at from feed where type = 'red' and case_id = (select id from "case" where external_id = '2')`
  expect(late?.at).toEqual(new Date(Date.parse('2011-03-01T18:30:00-05:00') + 1))
  const [row] = await sql<{ at: string; dispatched: string; closed: string; result: string }[]>`
    select state ->> 'reportedAt' as at, state ->> 'dispatchedAt' as dispatched, state ->> 'closedAt' as closed,
      (select data ->> 'result' from case_private p where p.case_id = c.id and data ? 'result') as result
    from "case" c where external_id = '10'`
  expect(row).toEqual({
    at: String(Date.parse('2011-03-01T09:00:00-05:00')),
    dispatched: String(Date.parse('2011-03-01T09:00:00-05:00')),
    closed: String(Date.parse('2011-03-03T09:00:00-05:00')),
    result: 'Inspected;\nsee notes, "second visit".',
  })
})

test('stopped between two windows and taken up again: nothing lost, nothing twice', async () => {
  let windows = 0
  const first = await run({ isStopped: () => windows >= 6, onProgress: () => (windows += 1) })
  expect(first.ended).toBe(false)
  expect(first.summary.figures.reported).toBeLessThan(EXPECTED.reported)
  const second = await run()
  expect(second.resumed).toBe(first.summary.figures.reported)
  expect(second.summary).toMatchObject(COMPLETE)
  const third = await run()
  expect(third.resumed).toBe(EXPECTED.reported)
  expect(third.summary).toMatchObject(COMPLETE)
  expect((await audit(database.store)).differences).toEqual([])
  const twice = await database.store.sql`
    select case_id, type from case_event where type in ('reported', 'filed', 'replied', 'closed')
    group by 1, 2 having count(*) > 1`
  expect(twice).toHaveLength(0)
})

test('into another city’s pack: what that city cannot place or name waits on its desks, and is accounted for', async () => {
  const { summary } = await run({ pack: TOWN })
  expect(unaccounted(summary)).toBe(0)
  expect(summary.figures).toMatchObject({ reported: EXPECTED.reported, closed: 0, open: EXPECTED.reported })
  expect(summary.figures.waiting).toEqual([
    { status: 'reported', reason: 'no-category', n: EXPECTED.reported },
  ])
  expect((await audit(database.store)).differences).toEqual([])
})

test('a policy that leaves decisions to desks: the desks take them', async () => {
  const careful: CityPack = {
    ...pack,
    policies: {
      ...pack.policies,
      accept: [{ decide: 'operator', reason: 'public-report' }],
      file: [{ decide: 'duty-manager' }],
      dispatch: [{ decide: 'dispatcher' }],
      requestCheck: [{ decide: 'dispatcher' }],
      close: [{ decide: 'rule' }],
    },
  }
  const { summary } = await run({ pack: careful })
  expect(summary).toMatchObject(COMPLETE)
  expect((await audit(database.store)).differences).toEqual([])
})

const program = () => testRedisProgram()

describe('on Redis', () => {
  test('FLUSHALL in the middle loses nothing', async ({ skip }) => {
    const redisProgram = program()
    if (!redisProgram) return skip('there is no Redis on this machine')
    const redis = await startRedis(redisProgram)
    const client = new Redis(redis.url)
    try {
      let windows = 0
      const { summary } = await run({
        config: { databaseUrl: database.url, queueDatabaseUrl: undefined, redisUrl: redis.url },
        prefix: 'replay-test',
        onProgress: () => {
          windows += 1
          if (windows % 3 === 0) void client.flushall()
        },
      })
      expect(windows).toBeGreaterThan(6)
      expect(summary).toMatchObject(COMPLETE)
      expect((await audit(database.store)).differences).toEqual([])
    } finally {
      client.disconnect()
      await redis.stop()
    }
  })
})
