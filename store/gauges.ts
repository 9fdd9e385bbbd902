// Figures about the machinery itself, for health checks and metrics. Cheap enough to be asked every few seconds.
import type { Store } from './open.ts'
import { readerLag } from './readers.ts'

export interface Gauges {
  /** Facts committed and not yet sequenced. */
  inbox: number
  /** Head of the feed. */
  seq: number
  /** The database's clock, epoch ms. */
  now: number
  lags: { name: string; lag: number }[]
}

export async function readGauges(store: Store): Promise<Gauges> {
  const [[row], lags] = await Promise.all([
    store.sql<{ inbox: number; seq: string; now: number }[]>`
      select (select count(*)::int from event_inbox) as inbox, seq,
        (extract(epoch from clock_timestamp()) * 1000)::float8 as now from feed_head`,
    readerLag(store),
  ])
  return { inbox: row?.inbox ?? 0, seq: Number(row?.seq ?? 0), now: row?.now ?? Date.now(), lags }
}

/** Answers when the database does and has a city. */
export async function isStoreReady({ sql }: Store): Promise<{ migrated: boolean; city: boolean }> {
  const [row] = await sql<{ migrated: boolean }[]>`
    select to_regclass('feed_head') is not null as migrated`
  if (row?.migrated !== true) return { migrated: false, city: false }
  const [city] = await sql`select 1 from city limit 1`
  return { migrated: true, city: city !== undefined }
}
