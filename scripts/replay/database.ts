// The database of a replay: made beside the main one, with a note of which file is played in it, so that an interrupted
// replay is taken up again and anything else begins anew.
import postgres from 'postgres'
import { databaseName, withDatabase } from '#store/config.ts'
import type { Databases, DatabaseUrls } from '../runtime/databases.ts'

/** What is written on the database while and after a replay runs in it. */
export interface ReplayNote {
  file: string
  sha256: string
  /** Folder of another pack; null = the pack made from the file. */
  pack: string | null
  finished: boolean
}

const connect = (url: string) =>
  postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'huiyin-replay' } })

async function using<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = connect(url)
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

export const replayName = (mainUrl: string) => `${databaseName(mainUrl)}_replay`

/** The note on the replay database; undefined when there is no such database, or none of ours. */
export async function readNote(main: Databases, name: string): Promise<ReplayNote | undefined> {
  return using(main.migrateDatabaseUrl, async (sql) => {
    const [row] = await sql<{ note: string | null }[]>`
      select shobj_description(oid, 'pg_database') as note from pg_database where datname = ${name}`
    if (!row?.note?.startsWith('{')) return undefined
    return JSON.parse(row.note) as ReplayNote
  })
}

export async function writeNote(urls: DatabaseUrls, note: ReplayNote): Promise<void> {
  await using(urls.migrateDatabaseUrl, async (sql) => {
    const text = JSON.stringify(note).replaceAll("'", "''")
    await sql.unsafe(`comment on database ${quoted(databaseName(urls.migrateDatabaseUrl))} is '${text}'`)
  })
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

const IN_USE = '55006'
const MISSING = '3D000'
const WAIT_MS = 10_000

/** Drops the replay database and its queue, if there; waits a little for the connections of a killed run to go. */
export async function dropReplay(main: Databases, name: string, onQueue: boolean): Promise<void> {
  await drop(withDatabase(main.migrateDatabaseUrl, 'postgres'), name)
  if (onQueue) await drop(withDatabase(main.queueDatabaseUrl, 'postgres'), `${name}_queue`)
}

async function drop(url: string, name: string): Promise<void> {
  const since = performance.now()
  for (;;) {
    const code = await using(url, async (sql) => {
      try {
        await sql`drop database if exists ${sql(name)}`
        return undefined
      } catch (error) {
        if ((error as { code?: string }).code === IN_USE) return IN_USE
        if ((error as { code?: string }).code === MISSING) return undefined
        throw error
      }
    })
    if (code === undefined) return
    if (performance.now() - since > WAIT_MS)
      throw new Error(
        `The database ${name} is in use: another replay, or something that looks at it. Stop that first.`,
      )
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

const LOCK = 7_201_907_31

/** One replay at a time in a database. @returns how to let go. @throws when another process is at it. */
export async function lockReplay(urls: DatabaseUrls): Promise<() => Promise<void>> {
  const sql = connect(urls.databaseUrl)
  const since = performance.now()
  for (;;) {
    const [row] = await sql<{ mine: boolean }[]>`select pg_try_advisory_lock(${LOCK}) as mine`
    if (row?.mine) return () => sql.end()
    if (performance.now() - since > WAIT_MS) {
      await sql.end()
      throw new Error('Another replay is at work in this database; wait for it, or stop it.')
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
