// What the administrator's page says of the machinery: cheap to ask, and only what is there.
import type { Store } from './open.ts'

export interface SystemFigures {
  /** The newest city pack; undefined when none is loaded. */
  city: { code: string; name: string; version: number; loadedAt: Date } | undefined
  /** PostgreSQL's version, e.g. `18.4`. */
  server: string
  databaseBytes: number
  /** Loops that some worker holds the lease of; none = no worker is at work. */
  atWork: string[]
  /** Open cases on the board. */
  open: number
}

export async function readSystem({ sql }: Store): Promise<SystemFigures> {
  const [[row], [city]] = await Promise.all([
    sql<{ server: string; bytes: string; at_work: string[]; open: number }[]>`
      select current_setting('server_version') as server, pg_database_size(current_database()) as bytes,
        array(select name from lease where until > now() order by name) as at_work,
        (select count(*)::int from board_case) as open`,
    sql<{ code: string; name: string; version: number; loaded_at: Date }[]>`
      select code, name, version, loaded_at from city order by version desc limit 1`,
  ])
  if (!row) throw new Error('the database does not answer')
  return {
    city: city && { code: city.code, name: city.name, version: city.version, loadedAt: city.loaded_at },
    // Some builds say more than the number: `18.4 (Debian 18.4-1)`.
    server: row.server.split(' ')[0] ?? row.server,
    databaseBytes: Number(row.bytes),
    atWork: row.at_work,
    open: row.open,
  }
}
