// What has a term: rows that may go once it is over. Never anything of the log.
import type { Store } from './open.ts'

/** CONTRACT: an Idempotency-Key is kept 30 days, by the database's clock, which also stamps it. Duty and notices are kept as long. */
const KEEP_DAYS = 30
const BATCH = 10_000

/** Sessions of people and screens whose time is over. @returns how many went. */
export async function trimSessions(store: Store): Promise<number> {
  const people = await store.sql`delete from session where expires_at < now() returning 1`
  const screens = await store.sql`delete from screen_session where expires_at < now() returning 1`
  return people.length + screens.length
}

/** The same term for the keys of uploads; the uploads stay. @returns how many keys went. */
export async function trimUploadKeys(store: Store): Promise<number> {
  const rows = await store.sql`
    update upload set request_scope = null, request_key = null
    where request_key is not null and created_at < now() - ${KEEP_DAYS} * interval '1 day'
    returning 1`
  return rows.length
}

/** Notices of so long ago, by the log's clock; who had read them goes with them. @returns notices that went. */
export async function trimNotices(store: Store, now: number): Promise<number> {
  const rows = await store.sql`
    delete from notice where at < ${new Date(now - KEEP_DAYS * 86_400_000)} returning 1`
  return rows.length
}

/** @returns keys removed, a bounded number a call. */
export async function trimIdempotency(store: Store): Promise<number> {
  const rows = await store.sql`
    with old as (
      select scope, key from idempotency
      where created_at < now() - ${KEEP_DAYS} * interval '1 day' limit ${BATCH}
    )
    delete from idempotency i using old where i.scope = old.scope and i.key = old.key
    returning 1`
  return rows.length
}

/**
 * Stints of duty that ended so long ago, and positions that nobody has renewed since; `now` (epoch ms) is the log's
 * clock, which stamps them. @returns stints and positions that went.
 */
export async function trimDuty(store: Store, now: number): Promise<number> {
  const end = new Date(now - KEEP_DAYS * 86_400_000)
  const stints = await store.sql`delete from duty where until < ${end} returning 1`
  const positions = await store.sql`
    update duty set lng = null, lat = null, position_at = null where position_at < ${end} returning 1`
  return stints.length + positions.length
}
