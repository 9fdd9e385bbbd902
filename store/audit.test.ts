// The audit finds what was changed behind the log's back, names the case, and is content with what rules may do.
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { audit, type AuditReport } from './audit.ts'
import { eraseWords } from './erase.ts'
import { HOUR, openTown, type Town } from './testing-town.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
let town: Town
/** Ids: one closed in time, one closed late and reworked, one still handled, one only reported. */
let cases: { closed: string; late: string; open: string; fresh: string }

beforeEach(async () => {
  database = await testDatabase()
  town = await openTown(database.store)
  const reporter = { name: '李某', phone: '13800000000' }
  const closed = await town.report({ description: '路边有垃圾', address: '人民路', reporter })
  await town.settle(closed, 1)
  const late = await town.report({ description: '垃圾桶满溢' })
  await town.project()
  await town.handle(late, 6)
  await town.project()
  await town.act(late, 'duty', { action: 'rework', payload: { reason: '没有清干净' } })
  town.clock.advance(HOUR)
  await town.act(late, 'dept', { action: 'reply', payload: { result: '又清理了一次' } })
  const open = await town.report({ description: '又有垃圾', reporter: { phone: '13900000000' } })
  await town.project()
  town.clock.advance(20 * HOUR)
  await town.beginDay('2024-03-05')
  await town.project()
  await town.act(closed, 'duty', { action: 'reopen', payload: { reason: '回访不满意' } })
  await town.project()
  const fresh = await town.report({ description: '还在收件箱里' })
  cases = { closed, late, open, fresh }
})
afterEach(() => database.drop())

/** Changes the database as its owner, past the triggers that protect the log. */
async function tamper(table: string, statement: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`alter table ${sql(table)} disable trigger user`
    await statement(sql)
    await sql`alter table ${sql(table)} enable trigger user`
  } finally {
    await sql.end()
  }
}

const found = (report: AuditReport) => report.differences.map(({ what, caseId }) => ({ what, caseId }))
const head = ({ head: { seq, hash } }: AuditReport) => ({ seq, hash })

describe('a system that nobody touched', () => {
  test('has no differences, with events in the inbox, late and reopened cases and turned lights', async () => {
    const report = await audit(database.store)
    expect(report.differences).toEqual([])
    expect(report).toMatchObject({ found: 0, cases: 4, openOnBoard: 3, words: { erasedByRule: 0 } })
    const [{ n, reds }] = await database.store.sql<[{ n: number; reds: number }]>`
      select (select count(*)::int from case_event) as n,
        (select count(*)::int from feed where type = 'red') as reds`
    expect(report.events).toBe(n)
    expect(reds).toBeGreaterThan(0)
  })

  test('still has none when everything is sequenced, and against its own earlier head', async () => {
    const before = await audit(database.store)
    await town.project()
    const report = await audit(database.store, { expect: head(before) })
    expect(report.differences).toEqual([])
    expect(report.head.seq).toBeGreaterThan(before.head.seq)
  })

  test('is empty before the first case', async () => {
    const empty = await testDatabase()
    const report = await audit(empty.store)
    await empty.drop()
    expect(report).toMatchObject({ found: 0, cases: 0, events: 0, head: { seq: 0, hash: '' } })
  })

  test('the log refuses to be changed by the application', async () => {
    const { sql } = database.store
    await expect(sql`update case_event set nth = 2`).rejects.toThrow(/permission denied|append-only/)
    await expect(sql`delete from feed`).rejects.toThrow(/permission denied|append-only/)
    await expect(sql`update case_private set data = '{}'`).rejects.toThrow(/only be erased/)
  })
})

describe('tampering shows, with the case', () => {
  test('one byte of an event', async () => {
    await tamper(
      'case_event',
      (sql) => sql`
        update case_event set payload = jsonb_set(payload, '{category}', '"E0125"')
        where case_id = ${cases.late} and type = 'accepted'`,
    )
    const report = await audit(database.store)
    expect(found(report)).toContainEqual({ what: 'chain', caseId: cases.late })
    expect(new Set(report.differences.flatMap((d) => d.caseId ?? []))).toEqual(new Set([cases.late]))
    expect(report.differences[0]?.receiptNo).toBe('R202403040002')
  })

  test('the words of an event', async () => {
    await tamper(
      'case_private',
      (sql) => sql`
        update case_private set data = '{"description":"什么都没有"}'
        where case_id = ${cases.open} and part = 'words' and no = 1`,
    )
    expect(found(await audit(database.store))).toEqual([{ what: 'words', caseId: cases.open }])
  })

  test('words that a search would not come to', async () => {
    await tamper(
      'case_private',
      (sql) => sql`
        update case_private set period = period - 1 where case_id = ${cases.open} and part = 'words' and no = 1`,
    )
    const report = await audit(database.store)
    expect(report.differences).toMatchObject([
      { what: 'words', caseId: cases.open, detail: expect.stringContaining('period 658') },
    ])
  })

  test('words that vanish without a rule, and words that nobody said', async () => {
    await tamper(
      'case_private',
      (sql) => sql`
        update case_private set data = null, salt = null, erased_at = now(), erased_by = 'somebody'
        where case_id = ${cases.open} and part = 'person'`,
    )
    await tamper(
      'case_private',
      (sql) =>
        sql`insert into case_private (case_id, no, part, salt, data) values (${cases.late}, 2, 'words', '', '{}')`,
    )
    const report = await audit(database.store)
    expect(report.differences.map((d) => d.detail).sort()).toEqual([
      'private data (event 2 words) that no event knows',
      'the private person of event 1: erased, but the log knows of no erasure',
    ])
  })

  test.each([
    ['row', (sql: postgres.Sql) => sql`update "case" set department = 'water' where id = ${cases.open}`],
    [
      'row',
      (sql: postgres.Sql) =>
        sql`update "case" set due_at = due_at + interval '1 hour' where id = ${cases.open}`,
    ],
    [
      'row',
      (sql: postgres.Sql) =>
        sql`update "case" set state = jsonb_set(state, '{overseen}', '1') where id = ${cases.open}`,
    ],
    ['chain', (sql: postgres.Sql) => sql`update "case" set last_hash = sha256('x') where id = ${cases.open}`],
    [
      'board',
      (sql: postgres.Sql) => sql`update board_case set light = 'green' where case_id = ${cases.open}`,
    ],
    ['board', (sql: postgres.Sql) => sql`delete from board_case where case_id = ${cases.open}`],
    ['standing', (sql: postgres.Sql) => sql`delete from standing where case_id = ${cases.open}`],
    [
      'standing',
      (sql: postgres.Sql) =>
        sql`update standing set metrics = metrics || 'monthReplied'::text where case_id = ${cases.open}`,
    ],
    [
      'nth',
      (sql: postgres.Sql) => sql`update case_event set nth = 2 where case_id = ${cases.open} and no = 2`,
    ],
    ['numbers', (sql: postgres.Sql) => sql`delete from case_event where case_id = ${cases.open} and no = 3`],
    [
      'feed',
      (sql: postgres.Sql) => sql`update feed set category = 'E0125' where case_id = ${cases.open} and no = 2`,
    ],
    [
      'feed-chain',
      (sql: postgres.Sql) => sql`update feed set hash = sha256('x') where case_id = ${cases.open} and no = 2`,
    ],
    [
      'feed',
      (sql: postgres.Sql) =>
        sql`delete from event_inbox where event_id in (select id from case_event where case_id = ${cases.fresh})`,
    ],
  ])('%s: one statement behind the log’s back (%#)', async (what, statement) => {
    const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
    for (const table of ['case_event', 'feed']) await sql`alter table ${sql(table)} disable trigger user`
    const changed = await statement(sql)
    await sql.end()
    expect(changed.count).toBeGreaterThan(0)
    const report = await audit(database.store)
    expect(report.differences.map((d) => d.what)).toContain(what)
    const about =
      what === 'feed' && report.differences.every((d) => d.caseId === cases.fresh) ? cases.fresh : cases.open
    expect(new Set(report.differences.flatMap((d) => d.caseId ?? []))).toEqual(new Set([about]))
  })

  test('a field task that the log does not know', async () => {
    const { sql } = database.store
    await sql`update field_task set status = 'assigned' where case_id = ${cases.closed}`
    await sql`insert into field_task (id, case_id, kind, round, assignee, status, due_at, created_at)
      select gen_random_uuid(), case_id, kind, 2, assignee, 'assigned', due_at, created_at
      from field_task where case_id = ${cases.late} limit 1`
    const report = await audit(database.store)
    expect(found(report).sort((a) => (a.caseId === cases.late ? 1 : -1))).toEqual([
      { what: 'tasks', caseId: cases.closed },
      { what: 'tasks', caseId: cases.late },
    ])
  })

  test('counts of a day', async () => {
    await database.store
      .sql`update rollup set n = n + 1 where key = 'city' and metric = 'filed' and day = '2024-03-04'`
    await database.store.sql`
      insert into rollup (day, key, metric, n, seq) values ('2024-03-06', 'city', 'reported', 5, 1)`
    const report = await audit(database.store)
    expect(report.differences.map((d) => d.what).sort()).toEqual(['counts', 'counts', 'recount', 'recount'])
    expect(await audit(database.store, { countsInMemory: 5 })).toEqual(report)
  })

  test('a standing of a month', async () => {
    await database.store.sql`
      update rollup set n = n - 1 where key = 'city' and metric = 'monthDispatched' and day = '2024-03-04'`
    const report = await audit(database.store)
    expect(report.differences.map((d) => d.what).sort()).toEqual(['counts', 'recount'])
  })

  test('the cases noted as open when a day began', async () => {
    const { sql } = database.store
    const [noted] = await sql<{ cases: string[] }[]>`select cases from board_day where day = '2024-03-05'`
    expect(noted?.cases.toSorted()).toEqual([cases.late, cases.open].toSorted())
    const note = async (ids: string[]) => {
      await sql`update board_day set cases = ${ids}::uuid[] where day = '2024-03-05'`
      return (await audit(database.store)).differences.map((d) => [d.what, d.detail])
    }
    expect(await note([cases.open])).toEqual([['day', '2024-03-05: 1 cases too few noted as open']])
    expect(await note([cases.open, cases.closed])).toEqual([
      ['day', '2024-03-05: other cases noted as open than were'],
    ])
    await sql`update board_day set cases = ${noted?.cases ?? []}::uuid[], at = at - interval '2 days'
      where day = '2024-03-05'`
    expect((await audit(database.store)).differences).toMatchObject([{ what: 'day' }])
  })

  test('an idempotency key of a case that is not there', async () => {
    await database.store.sql`
      insert into idempotency (scope, key, digest, case_id, no) values ('x', 'k', '\\x00', gen_random_uuid(), 1)`
    expect((await audit(database.store)).differences).toMatchObject([{ what: 'idempotency' }])
  })

  test('an event that waits in the inbox although it is in the feed', async () => {
    await database.store.sql`insert into event_inbox (event_id) select event_id from feed where seq = 1`
    expect((await audit(database.store)).differences).toMatchObject([{ what: 'inbox' }])
  })
})

describe('what only an earlier head shows', () => {
  test('a tail cut off with everything that rests on it', async () => {
    await town.project()
    const before = await audit(database.store)
    const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
    for (const table of ['case_event', 'feed', 'case_private'])
      await sql`alter table ${sql(table)} disable trigger user`
    const cut = await sql<{ seq: string }[]>`select min(seq) as seq from feed where case_id = ${cases.fresh}`
    const last = Number(cut[0]?.seq) - 1
    await sql`delete from feed where seq > ${last}`
    await sql`update feed_head set seq = ${last}, hash = (select hash from feed where seq = ${last})`
    for (const table of ['case_event', 'case_private', 'board_case', 'standing'])
      await sql`delete from ${sql(table)} where case_id = ${cases.fresh}`
    await sql`delete from "case" where id = ${cases.fresh}`
    await sql`delete from rollup where seq > ${last} and n = 1`
    await sql.end()

    const alone = await audit(database.store)
    expect(alone.differences.filter((d) => d.what !== 'counts' && d.what !== 'recount')).toEqual([])
    const compared = await audit(database.store, { expect: head(before) })
    expect(compared.differences).toContainEqual(
      expect.objectContaining({
        what: 'head',
        detail: `the feed ends at seq ${last}; it had reached ${before.head.seq} before`,
      }),
    )
  })

  test('another history of the same length', async () => {
    const before = await audit(database.store)
    const report = await audit(database.store, { expect: { seq: before.head.seq, hash: 'ab'.repeat(32) } })
    expect(report.differences).toMatchObject([{ what: 'head' }])
  })
})

describe('erased by rule', () => {
  test('a reporter is gone, the matter stays, and nothing differs', async () => {
    const before = await audit(database.store)
    const result = await eraseWords(database.store, cases.open, {
      rule: 'request',
      parts: ['person'],
      now: town.clock.now(),
    })
    expect(result).toMatchObject({ ok: true, erased: 1 })
    await town.project()
    const report = await audit(database.store, { expect: head(before) })
    expect(report.differences).toEqual([])
    expect(report.words).toEqual({ kept: before.words.kept - 1, erasedByRule: 1 })
  })
})

test('a live system audits clean: cases move on between the batches', async () => {
  let moved = 0
  const report = await audit(database.store, {
    onProgress: () => {
      moved += 1
    },
  })
  const meanwhile = audit(database.store)
  await town.settle(cases.open, 2)
  await town.report({ description: '审计时来的' })
  await town.project()
  expect((await meanwhile).differences).toEqual([])
  expect(report.found).toBe(0)
  expect(moved).toBeGreaterThan(0)
})
