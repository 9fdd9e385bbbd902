// Migrations: numbered SQL files, applied in order, each in its own transaction, under a lock so that two starters
// don't race. Explicit: nothing migrates by being opened.
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'

const DIR = fileURLToPath(new URL('../migrations/', import.meta.url))
/** Advisory lock of whoever changes a database's schema. */
export const SCHEMA_LOCK = 7_201_906_29
/** What has been applied to a database. */
export const MIGRATION_TABLE =
  'create table if not exists migration (name text primary key, applied_at timestamptz not null default now())'
/** The role that api and worker connect as where owner and application are apart. */
const APPLICATION_ROLE = 'huiyin_app'

export interface MigrateOptions {
  /** Owner role's URL. */
  databaseUrl: string
  log?: (line: string) => void
}

/** File names of all migrations, in order. */
export async function migrationNames(): Promise<string[]> {
  return (await readdir(DIR)).filter((f) => /^\d{4}_.*\.sql$/.test(f)).sort()
}

export function migrationText(name: string): Promise<string> {
  return readFile(DIR + name, 'utf8')
}

/** Returns the names applied now. @throws when a file of an applied migration is missing here (an older version of the code). */
export async function migrate({ databaseUrl, log = () => {} }: MigrateOptions): Promise<string[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${SCHEMA_LOCK})`
    await sql.unsafe(MIGRATION_TABLE)
    const done = new Set((await sql<{ name: string }[]>`select name from migration`).map((r) => r.name))
    const files = await migrationNames()
    const unknown = [...done].filter((name) => !files.includes(name))
    if (unknown.length > 0)
      throw new Error(`the database is newer than this version of Huiyin: it knows ${unknown.join(', ')}`)
    const applied: string[] = []
    for (const file of files) {
      if (done.has(file)) continue
      const text = await migrationText(file)
      await sql.begin(async (tx) => {
        await tx.unsafe(text)
        await tx`insert into migration (name) values (${file})`
      })
      applied.push(file)
      log(file)
    }
    await grant(sql)
    return applied
  } finally {
    await sql.end()
  }
}

/** The log is SELECT and INSERT only for the application; the projections it may change. */
async function grant(sql: postgres.Sql): Promise<void> {
  const [role] = await sql`select 1 from pg_roles where rolname = ${APPLICATION_ROLE}`
  if (!role) return
  const app = sql(APPLICATION_ROLE)
  await sql`grant usage on schema public to ${app}`
  await sql`grant select, insert, update, delete on all tables in schema public to ${app}`
  await sql`revoke update, delete, truncate on case_event, feed, migration, city, admin_audit from ${app}`
  await sql`revoke delete, truncate on "case", case_private from ${app}`
  await sql`grant usage on all sequences in schema public to ${app}`
}
