// Reading the whole main database as one moment, for a backup: every table as the text of COPY, from one snapshot. Knows
// nothing of files. The queue's database is left out: what is due is derived from this one.
import type { Readable } from 'node:stream'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type SequenceState, sequencesOf, type TableShape, tablesOf } from './catalogue.ts'
import { connectDirect, quoted } from './direct.ts'

/** Where the feed stood: what an audit compares with later. */
export interface FeedHead {
  epoch: string
  seq: number
  /** Hex; empty before the first fact. */
  hash: string
}

export interface Snapshot {
  /** Epoch ms, by the database's clock. */
  takenAt: number
  /** PostgreSQL's version, e.g. `18.4`. */
  server: string
  /** Name of the newest city pack. */
  city?: string | undefined
  /** Migrations applied, in order. */
  migrations: string[]
  head: FeedHead
  tables: TableShape[]
  sequences: SequenceState[]
  /** The rows of a table, one a line. One at a time: the next after the end of the one before. */
  copy(table: TableShape): Readable
  /** Ids of the photos that the database names. */
  uploads(): Promise<Set<string>>
}

/**
 * Runs `work` on one read-only snapshot; the application's role suffices. Writers go on meanwhile.
 * @throws when there is no migrated database.
 */
export async function withSnapshot<T>(
  databaseUrl: string,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const client = await connectDirect(databaseUrl, 'huiyin-backup')
  try {
    await client.query('begin isolation level repeatable read read only')
    const answer = await work(await describe(client))
    await client.query('commit')
    return answer
  } finally {
    // Also after a COPY that was left half-read: the connection is cut then.
    await client.end()
  }
}

async function describe(client: pg.Client): Promise<Snapshot> {
  const one = async <R extends pg.QueryResultRow>(statement: string): Promise<R | undefined> =>
    (await client.query<R>(statement)).rows[0]
  const there = await one<{ there: boolean }>(`
    select to_regclass('public.feed_head') is not null and to_regclass('public.migration') is not null as there`)
  if (there?.there !== true)
    throw new Error('there is nothing to back up: this database has no tables of Huiyin')
  const about = await one<{ at: string; server: string; city: string | null }>(`
    select (extract(epoch from now()) * 1000)::bigint::text as at, current_setting('server_version') as server,
      (select name from city order by version desc limit 1) as city`)
  const head = await one<{ epoch: string; seq: string; hash: Buffer }>(
    'select epoch, seq, hash from feed_head',
  )
  if (!about || !head) throw new Error('feed_head is missing: run the migrations')
  const { rows } = await client.query<{ name: string }>('select name from migration order by name')
  return {
    takenAt: Number(about.at),
    server: about.server,
    ...(about.city === null ? {} : { city: about.city }),
    migrations: rows.map((r) => r.name),
    head: { epoch: head.epoch, seq: Number(head.seq), hash: head.hash.toString('hex') },
    tables: await tablesOf(client),
    // Sequences stand outside of snapshots: read after it began, they are never behind its rows.
    sequences: await sequencesOf(client),
    copy: (table) => {
      const source = client.query(copyTo(copyStatement(table)))
      // Whoever reads it hears of its errors; the end of the connection afterwards is one more.
      source.on('error', () => {})
      return source
    },
    uploads: async () => {
      const ids = await client.query<{ id: string }>('select id from upload')
      return new Set(ids.rows.map((r) => r.id))
    },
  }
}

function copyStatement({ name, columns }: TableShape): string {
  return `copy (select ${columns.map(quoted).join(', ')} from ${quoted(name)}) to stdout`
}
