// Putting a dump back: the schema of its own migrations, its rows, then the migrations that came after it, in one
// transaction, so that a restore happens wholly or not at all. Knows nothing of files.
import type { Writable } from 'node:stream'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import {
  dropsOf,
  type SequenceState,
  sequencesOf,
  setAsideOf,
  type TableShape,
  tablesOf,
} from './catalogue.ts'
import { connectDirect, quoted } from './direct.ts'
import { MIGRATION_TABLE, migrationNames, migrationText, SCHEMA_LOCK } from './migrate.ts'

/** What is in a database that a restore is to write into. */
export type Contents =
  | { kind: 'empty' }
  | { kind: 'huiyin'; city?: string | undefined; cases: number; seq: number }
  /** Tables that are none of ours. */
  | { kind: 'foreign'; tables: string[] }

/** Their rows say nothing about whether a database has been used. */
const BOOKKEEPING: readonly string[] = ['migration', 'feed_head', 'lease', 'reader']

async function connected<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectDirect(databaseUrl, 'huiyin-restore')
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export function contentsOf(databaseUrl: string): Promise<Contents> {
  return connected(databaseUrl, async (client) => {
    const tables = (await tablesOf(client)).map((t) => t.name)
    if (tables.length === 0) return { kind: 'empty' }
    if (!tables.includes('feed_head') || !tables.includes('case')) return { kind: 'foreign', tables }
    const {
      rows: [about],
    } = await client.query<{ city: string | null; cases: string; seq: string }>(`
      select (select name from city order by version desc limit 1) as city,
        (select count(*) from "case") as cases, coalesce((select seq from feed_head), 0) as seq`)
    if (about === undefined) throw new Error('the database does not answer')
    const asked = tables.filter((t) => !BOOKKEEPING.includes(t))
    const { rows } = await client.query<{ used: boolean }>(
      `select ${asked.map((t) => `exists (select from ${quoted(t)})`).join(' or ')} as used`,
    )
    if (rows[0]?.used !== true && about.seq === '0') return { kind: 'empty' }
    const { cases, seq, city } = about
    return { kind: 'huiyin', cases: Number(cases), seq: Number(seq), ...(city === null ? {} : { city }) }
  })
}

/** Names of Huiyin's processes that are connected to this database, with the number of their connections. */
export function processesOn(databaseUrl: string): Promise<{ name: string; connections: number }[]> {
  return connected(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string; connections: number }>(`
      select application_name as name, count(*)::int as connections from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name like 'huiyin%'
      group by 1 order by 1`)
    return rows
  })
}

/** Empties the job queue's database: jobs speak of cases as they were. It is migrated again before use. */
export function forgetQueue(queueDatabaseUrl: string): Promise<void> {
  return connected(
    queueDatabaseUrl,
    async (client) => void (await client.query('drop schema if exists bullmq cascade')),
  )
}

export interface LoadOptions {
  /** As the owner of the tables. All that is in its schema `public` goes. */
  databaseUrl: string
  migrations: readonly string[]
  tables: readonly TableShape[]
  sequences: readonly SequenceState[]
  /** Writes the rows of a table, as COPY gave them, and ends `target`; throws to call everything off. */
  fill(table: TableShape, target: Writable): Promise<void>
  /** A new UUID: the same seq may mean another fact from here on. */
  epoch: string
  /** The migrations of this version of the code; others in tests only. */
  known?: { names(): Promise<string[]>; text(name: string): Promise<string> }
  onStep?: ((what: string) => void) | undefined
}

export interface Loaded {
  /** Migrations applied on top, because the dump is older than the code. */
  migrated: string[]
  /** Tables of the dump that its migrations do not know: somebody added them by hand. */
  leftOut: string[]
}

const OURS = { names: migrationNames, text: migrationText }

/** @throws and leaves the database as it was. Grants nothing: `migrate` does, afterwards. */
export function load(options: LoadOptions): Promise<Loaded> {
  return connected(options.databaseUrl, async (client) => {
    await client.query('begin')
    // Whoever still uses the tables must not make us wait for ever.
    await client.query(`set local lock_timeout = '15s'`)
    await client.query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK])
    // Left uncommitted by an error, the transaction ends with the connection.
    const loaded = await fillAnew(client, options)
    await client.query('commit')
    return loaded
  })
}

async function fillAnew(client: pg.Client, options: LoadOptions): Promise<Loaded> {
  const { migrations, fill, epoch, known = OURS, onStep = () => {} } = options
  const names = await known.names()
  const unknown = migrations.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new Error(`the backup is of a newer version of Huiyin: it knows ${unknown.join(', ')}`)

  for (const statement of await dropsOf(client)) await client.query(statement)
  await client.query(MIGRATION_TABLE)
  for (const name of migrations) await client.query(await known.text(name))

  const { tables, leftOut } = match(await tablesOf(client), options.tables)
  const aside = await setAsideOf(client)
  for (const statement of aside.drop) await client.query(statement)
  const all = tables.map((t) => quoted(t.name))
  // The triggers that keep the log append-only, and rows that a migration put there, make way for the load alone.
  for (const table of all) await client.query(`alter table ${table} disable trigger user`)
  await client.query(`truncate ${all.join(', ')}`)
  for (const table of tables) {
    onStep(table.name)
    const columns = table.columns.map(quoted).join(', ')
    const target = client.query(copyFrom(`copy ${quoted(table.name)} (${columns}) from stdin`))
    // Whoever fills it hears of its errors; the end of the connection afterwards is one more.
    target.on('error', () => {})
    await fill(table, target)
  }
  for (const table of all) await client.query(`alter table ${table} enable trigger user`)
  onStep('indexes')
  for (const statement of aside.make) await client.query(statement)
  await setSequences(client, options.sequences)
  await client.query('update feed_head set epoch = $1', [epoch])

  const migrated = names.filter((name) => !migrations.includes(name))
  for (const name of migrated) {
    onStep(name)
    await client.query(await known.text(name))
    await client.query('insert into migration (name) values ($1)', [name])
  }
  await client.query('analyze')
  return { migrated, leftOut }
}

/** The dump's tables in the schema's terms. @throws when the two do not fit: damage, or a changed migration. */
function match(schema: readonly TableShape[], dump: readonly TableShape[]) {
  const dumped = new Map(dump.map((t) => [t.name, t]))
  for (const { name, columns } of schema) {
    const found = dumped.get(name)
    if (!found) throw new Error(`the backup has no table ${name}, which its migrations make`)
    const both = [...columns, ...found.columns]
    const differing = both.filter((c) => !columns.includes(c) || !found.columns.includes(c))
    if (differing.length > 0)
      throw new Error(`the columns of ${name} are not those of its migrations: ${differing.join(', ')}`)
  }
  const wanted = new Set(schema.map((t) => t.name))
  return {
    tables: dump.filter((t) => wanted.has(t.name)),
    leftOut: dump.filter((t) => !wanted.has(t.name)).map((t) => t.name),
  }
}

async function setSequences(client: pg.Client, dumped: readonly SequenceState[]): Promise<void> {
  for (const { name } of await sequencesOf(client)) {
    const found = dumped.find((s) => s.name === name)
    if (!found) throw new Error(`the backup does not say where the sequence ${name} stands`)
    if (found.last === undefined) continue
    await client.query('select setval($1::regclass, $2::bigint)', [quoted(name), found.last])
  }
}
