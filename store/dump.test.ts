// A dump that is put back is the same system: every value of every row, and it goes on from there. A dump that does not
// fit changes nothing.
import { randomUUID } from 'node:crypto'
import { Readable, type Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { audit } from './audit.ts'
import type { TableShape } from './catalogue.ts'
import { type Snapshot, withSnapshot } from './dump.ts'
import { migrate, migrationNames, migrationText } from './migrate.ts'
import { openStore, type Store } from './open.ts'
import { contentsOf, forgetQueue, load, type LoadOptions, processesOn } from './restore.ts'
import { HOUR, openTown, type Town } from './testing-town.ts'
import { emptyDatabase, testDatabase, type TestDatabase } from './testing.ts'

type Dump = Pick<Snapshot, 'head' | 'migrations' | 'sequences' | 'tables'> & { rows: Map<string, Buffer> }

/** Read by all tests; some add cases to it. */
let source: TestDatabase
let town: Town

/** Tab, line breaks, backslashes, COPY's own sign for null and for the end, quotes, a character outside the plane. */
const AWKWARD = '制表\t换行\n回车\r反斜杠\\ \\N \\. "引号" \'单\' 𠮷 😀'

beforeAll(async () => {
  source = await testDatabase()
  town = await openTown(source.store)
  const closed = await town.report({
    description: AWKWARD,
    address: '人民路',
    reporter: { name: '李某', phone: '13800000000' },
  })
  await town.settle(closed, 1)
  await town.report({ description: '垃圾桶满溢' })
  await town.project()
  town.clock.advance(6 * HOUR)
  await town.project()
  await town.report({ description: '还在收件箱里' })
  const { sql } = source.store
  const [account] = await sql<{ id: string }[]>`select id from account where username = 'dept'`
  if (!account) throw new Error('no account')
  const binary = Buffer.from([0, 9, 10, 13, 92, 255])
  await sql`update account set name = ${AWKWARD}, areas = ${['一街', '', 'a,b', '{"x"}', 'NULL']} where id = ${account.id}`
  await sql`insert into upload (id, account_id, sha256, media_type, bytes, width, height, taken_at, lng, lat)
    values (${randomUUID()}, null, ${binary}, 'image/jpeg', 6, 4, 3, null, 113.123456789012345, -0.1)`
  await sql`insert into session (token_hash, account_id, expires_at) values (${binary}, ${account.id}, now() + interval '1 day')`
  await sql`insert into api_key (id, name, key_hash, account_id) values (${randomUUID()}, '平台', ${binary}, ${account.id})`
})
afterAll(() => source.drop())

const read = (snapshot: Snapshot, table: TableShape) => buffer(snapshot.copy(table))

function dump(url = source.url, between = async (_table: TableShape) => {}): Promise<Dump> {
  return withSnapshot(url, async (snapshot) => {
    const rows = new Map<string, Buffer>()
    for (const table of snapshot.tables) {
      rows.set(table.name, await read(snapshot, table))
      await between(table)
    }
    return { ...snapshot, rows }
  })
}

const filling =
  (rows: Dump['rows']): LoadOptions['fill'] =>
  (table, target: Writable) =>
    pipeline(Readable.from([rows.get(table.name) ?? Buffer.alloc(0)]), target)

async function put(dumped: Dump, url: string, options: Partial<LoadOptions> = {}) {
  const { migrations, tables, sequences, rows } = dumped
  const epoch = randomUUID()
  const fill = filling(rows)
  return load({ databaseUrl: url, migrations, tables, sequences, epoch, fill, ...options })
}

async function target(): Promise<TestDatabase> {
  const database = await testDatabase()
  onTestFinished(() => database.drop())
  return database
}

/** Every row of every table as PostgreSQL itself writes it, without the epoch. */
async function everything({ sql }: Store): Promise<Record<string, string[]>> {
  const tables = await sql<{ name: string }[]>`
    select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`
  const all: Record<string, string[]> = {}
  for (const { name } of tables) {
    const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t order by 1`
    all[name] = rows.map((r) => r.row)
  }
  const [head] = await sql<{ epoch: string }[]>`select epoch from feed_head`
  const text = JSON.stringify(all).replaceAll(head?.epoch ?? '', 'EPOCH')
  return JSON.parse(text)
}

async function asOwner<T>(database: TestDatabase, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  return work(sql).finally(() => sql.end())
}

describe('a round trip', () => {
  test('keeps every value of every row, and indexes, keys and triggers', async () => {
    const other = await target()
    const dumped = await dump()
    expect(await put(dumped, other.ownerUrl)).toEqual({ migrated: [], leftOut: [] })
    await migrate({ databaseUrl: other.ownerUrl })

    const [before, after] = [await everything(source.store), await everything(other.store)]
    expect(after).toEqual(before)
    expect(JSON.stringify(after.case_private)).toContain('𠮷')
    for (const table of ['upload', 'session', 'api_key', 'timer', 'rollup', 'event_inbox', 'field_task'])
      expect(after[table]?.length, table).toBeGreaterThan(0)

    const structure = async ({ sql }: Store) => sql<{ line: string }[]>`
      select indexdef as line from pg_indexes where schemaname = 'public'
      union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace
      union all select pg_get_triggerdef(oid) || tgenabled::text from pg_trigger where not tgisinternal
      order by 1`
    expect([...(await structure(other.store))]).toEqual([...(await structure(source.store))])
  })

  test('gives the feed another epoch, so that walls ask anew', async () => {
    const other = await target()
    const epoch = randomUUID()
    await put(await dump(), other.ownerUrl, { epoch })
    const epochs = await asOwner(other, (sql) => sql<{ epoch: string }[]>`select epoch from feed_head`)
    expect(epochs).toMatchObject([{ epoch }])
  })

  test('goes on where it was: numbers, identities, chains and feed; the audit agrees', async () => {
    const other = await target()
    const dumped = await dump()
    await put(dumped, other.ownerUrl)
    await migrate({ databaseUrl: other.ownerUrl })
    const expected = { seq: dumped.head.seq, hash: dumped.head.hash }
    expect((await audit(other.store, { expect: expected })).differences).toEqual([])

    const [last] = await other.store.sql<{ id: string; receipt: string }[]>`
      select max(id) as id, (select max(receipt_no) from "case") as receipt from case_event`
    const next = await openTown(other.store)
    next.clock.advance(8 * HOUR)
    const fresh = await next.report({ description: '恢复之后的第一件' })
    const [old] = await other.store.sql<{ id: string }[]>`
      select id from "case" where status = 'dispatched' and id <> ${fresh}`
    await next.settle(old?.id ?? '', 1)
    await next.project()

    const [row] = await other.store.sql<{ receipt_no: string; event: string }[]>`
      select receipt_no, (select min(id) from case_event where case_id = ${fresh}) as event from "case" where id = ${fresh}`
    expect(Number(row?.receipt_no.slice(1))).toBe(Number(last?.receipt.slice(1)) + 1)
    expect(Number(row?.event)).toBeGreaterThan(Number(last?.id))
    const report = await audit(other.store, { expect: expected })
    expect(report.differences).toEqual([])
    expect(report.head.seq).toBeGreaterThan(dumped.head.seq)
    await expect(asOwner(other, (sql) => sql`delete from case_event`)).rejects.toThrow(/append-only/)
    await expect(other.store.sql`truncate feed`).rejects.toThrow(/permission denied/)
  })

  test('is one moment, although cases go on while it is read', async () => {
    let reports = 0
    const dumped = await dump(source.url, async () => {
      await town.report({ description: `第${++reports}件，在备份期间` })
      await town.project()
    })
    const other = await target()
    await put(dumped, other.ownerUrl)
    await migrate({ databaseUrl: other.ownerUrl })
    const report = await audit(other.store, { expect: { seq: dumped.head.seq, hash: dumped.head.hash } })
    expect(report.differences).toEqual([])
    expect(report.head.seq).toBe(dumped.head.seq)
    expect((await audit(source.store)).cases).toBe(report.cases + reports)
    const next = await openTown(other.store)
    next.clock.advance(8 * HOUR)
    await next.report({ description: '恢复之后' })
  })

  test('works into a database without tables, whoever owns it, and in the place of an older system', async () => {
    const bare = await emptyDatabase()
    onTestFinished(() => bare.drop())
    const dumped = await dump()
    expect(await contentsOf(bare.url)).toEqual({ kind: 'empty' })
    await put(dumped, bare.url)
    await town.report({ description: '备份之后' })
    await town.project()
    await put(dumped, bare.url)
    const store = openStore({ databaseUrl: bare.url, max: 2 })
    const all = await everything(store).finally(() => store.close())
    const { cases } = (await contentsOf(source.ownerUrl)) as { cases: number }
    expect(all.case).toHaveLength(cases - 1)
  })
})

describe('an older dump', () => {
  test('gets the migrations of its time, then those after it', async () => {
    const later = '9001_later.sql'
    const known = {
      names: async () => [...(await migrationNames()), later],
      text: async (name: string) =>
        name === later
          ? `alter table account add column later text not null default '后来'; create index account_later on account (later)`
          : migrationText(name),
    }
    const other = await target()
    const result = await put(await dump(), other.ownerUrl, { known })
    expect(result.migrated).toEqual([later])
    const [row] = await asOwner(
      other,
      (sql) => sql<{ later: string; known: number }[]>`
        select later, (select count(*)::int from migration where name = ${later}) as known from account limit 1`,
    )
    expect(row).toEqual({ later: '后来', known: 1 })
  })

  test('of a newer version is refused', async () => {
    const dumped = await dump()
    const other = await target()
    const newer = { ...dumped, migrations: [...dumped.migrations, '9999_of_the_future.sql'] }
    await expect(put(newer, other.ownerUrl)).rejects.toThrow(/newer version of Huiyin.*9999_of_the_future/)
  })
})

describe('what does not fit changes nothing', () => {
  /** A system of its own with one case, and the proof that it is still what it was. */
  async function occupied() {
    const other = await target()
    const there = await openTown(other.store)
    await there.report({ description: '原有的案件' })
    await there.project()
    const before = await everything(other.store)
    return { other, isUntouched: async () => expect(await everything(other.store)).toEqual(before) }
  }

  test.each<[string, (dumped: Dump) => Partial<LoadOptions> & Partial<Dump>, RegExp]>([
    [
      'a row that breaks a rule, at the very end of its table',
      ({ rows }) => {
        const doubled = Buffer.concat([
          rows.get('case') ?? Buffer.alloc(0),
          rows.get('case') ?? Buffer.alloc(0),
        ])
        return { rows: new Map(rows).set('case', doubled) }
      },
      /duplicate key/,
    ],
    [
      'a row that names another that is not there',
      ({ rows }) => ({ rows: new Map(rows).set('account', Buffer.alloc(0)) }),
      /foreign key/,
    ],
    [
      'text that is no row',
      ({ rows }) => ({ rows: new Map(rows).set('feed', Buffer.from('不是行\n')) }),
      /bigint|missing data/,
    ],
    [
      'a source that breaks off',
      () => ({
        fill: (table, to) =>
          pipeline(async function* () {
            yield Buffer.from('')
            throw new Error(`the disk has gone at ${table.name}`)
          }, to),
      }),
      /the disk has gone/,
    ],
    [
      'a missing table',
      ({ tables }) => ({ tables: tables.filter((t) => t.name !== 'timer') }),
      /no table timer/,
    ],
    [
      'another column',
      ({ tables }) => ({
        tables: tables.map((t) => (t.name === 'timer' ? { ...t, columns: [...t.columns, 'x'] } : t)),
      }),
      /columns of timer .* x$/,
    ],
    ['a missing sequence', () => ({ sequences: [] }), /where the sequence .* stands/],
  ])('%s', async (_name, change, message) => {
    const { other, isUntouched } = await occupied()
    const dumped = await dump()
    const { rows, ...options } = change(dumped)
    const fill = rows ? { fill: filling(rows) } : {}
    await expect(put(dumped, other.ownerUrl, { ...options, ...fill })).rejects.toThrow(message)
    await isUntouched()
  })

  test('a table that somebody added by hand is named and left out', async () => {
    await asOwner(source, (sql) => sql`create table notes as select '自建' as text`)
    onTestFinished(() => asOwner(source, async (sql) => void (await sql`drop table notes`)))
    const other = await target()
    expect(await put(await dump(source.ownerUrl), other.ownerUrl)).toMatchObject({ leftOut: ['notes'] })
  })

  test('a reader that stops in the middle leaves no connection behind', async () => {
    const reading = withSnapshot(source.url, async (snapshot) => {
      const table = snapshot.tables.find((t) => t.name === 'case_event')
      if (!table) throw new Error('no table')
      for await (const _ of snapshot.copy(table)) throw new Error('the disk is full')
    })
    await expect(reading).rejects.toThrow('the disk is full')
    await expect
      .poll(async () => (await processesOn(source.url)).filter((p) => p.name === 'huiyin-backup'))
      .toEqual([])
  })
})

describe('what a restore asks first', () => {
  test('whether anything is there, and whose it is', async () => {
    const other = await target()
    expect(await contentsOf(other.ownerUrl)).toEqual({ kind: 'empty' })
    await asOwner(other, (sql) => sql`insert into lease values ('x', 'y', now())`)
    expect(await contentsOf(other.ownerUrl)).toEqual({ kind: 'empty' })
    expect(await contentsOf(source.ownerUrl)).toMatchObject({
      kind: 'huiyin',
      city: '小镇',
      cases: expect.any(Number),
    })
    const bare = await emptyDatabase()
    onTestFinished(() => bare.drop())
    const sql = postgres(bare.url, { max: 1 })
    await sql`create table wages (n int)`
    await sql.end()
    expect(await contentsOf(bare.url)).toEqual({ kind: 'foreign', tables: ['wages'] })
  })

  test('who is connected', async () => {
    await source.store.sql`select 1`
    expect(await processesOn(source.ownerUrl)).toContainEqual(
      expect.objectContaining({ name: 'huiyin-test' }),
    )
    const other = await target()
    expect(await processesOn(other.ownerUrl)).toEqual([])
  })

  test('a database without tables is no source', async () => {
    const bare = await emptyDatabase()
    onTestFinished(() => bare.drop())
    await expect(dump(bare.url)).rejects.toThrow(/no tables of Huiyin/)
    await forgetQueue(bare.url)
  })
})
