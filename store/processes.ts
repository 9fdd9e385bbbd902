// Which processes are there: each says every few seconds that it is, by the database's clock. For people who look after the
// system; nothing is decided by it.
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Log } from './log.ts'
import type { Store } from './open.ts'

export type ProcessKind = 'api' | 'worker'

export interface ProcessRow {
  id: string
  kind: ProcessKind
  version: string
  host: string
  pid: number
  startedAt: Date
  heardAt: Date
  /** Since it was heard, by the database's clock. */
  silentMs: number
}

const BEAT_MS = 10_000
/** A process that died is remembered so long. */
const REMEMBER_HOURS = 24

/** Says that this process is there until it is closed. What cannot be said now is said at the next beat. */
export function startBeating(
  { sql }: Store,
  kind: ProcessKind,
  version: string,
  log: Log,
): { close(): Promise<void> } {
  const id = randomUUID()
  let beating = Promise.resolve()
  const beat = async () => {
    try {
      await sql`
        with forgotten as (
          delete from process where heard_at < now() - ${REMEMBER_HOURS} * interval '1 hour'
        )
        insert into process (id, kind, version, host, pid)
        values (${id}, ${kind}, ${version}, ${hostname()}, ${process.pid})
        on conflict (id) do update set heard_at = now()`
    } catch (error) {
      log.debug({ err: error }, 'this process could not say that it is there')
    }
  }
  const next = () => {
    beating = beating.then(beat)
  }
  next()
  const timer = setInterval(next, BEAT_MS).unref()
  return {
    async close() {
      clearInterval(timer)
      await beating
      // A database that is gone already forgets it after a day.
      await sql`delete from process where id = ${id}`.catch(() => undefined)
    },
  }
}

/** By kind, the oldest first. */
export async function listProcesses({ sql }: Store): Promise<ProcessRow[]> {
  return sql<ProcessRow[]>`
    select id, kind, version, host, pid, started_at as "startedAt", heard_at as "heardAt",
      (extract(epoch from now() - heard_at) * 1000)::float8 as "silentMs"
    from process order by kind, started_at, id`
}
