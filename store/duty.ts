// Who is on duty 在岗: going on and off it, and the last position of those who are. A position is kept only as long as its
// stint lasts; instants are epoch ms by the log's clock.
import type { Position } from '#domain/case.ts'
import type { Store } from './open.ts'

export interface Duty {
  since: number
  /** Last known, and when. */
  position?: (Position & { at: number }) | undefined
}

export interface PersonOnDuty extends Duty {
  id: string
  name: string
  /** Area codes; empty = the whole city. */
  areas: string[]
}

interface DutyRow {
  since: Date
  lng: number | null
  lat: number | null
  position_at: Date | null
}

const toDuty = ({ since, lng, lat, position_at: at }: DutyRow): Duty => ({
  since: since.getTime(),
  ...(lng === null || lat === null || at === null ? {} : { position: { lng, lat, at: at.getTime() } }),
})

/** Begins a stint; of somebody who is on duty already only the position changes, if one is given. */
export async function goOnDuty(
  { sql }: Store,
  { account, at, position }: { account: string; at: number; position?: Position | undefined },
): Promise<Duty> {
  const { lng, lat } = position ?? { lng: null, lat: null }
  const [row] = await sql<DutyRow[]>`
    insert into duty (account_id, since, lng, lat, position_at)
    values (${account}, ${new Date(at)}, ${lng}, ${lat}, ${position ? new Date(at) : null})
    on conflict (account_id) where until is null do update set
      lng = coalesce(excluded.lng, duty.lng), lat = coalesce(excluded.lat, duty.lat),
      position_at = coalesce(excluded.position_at, duty.position_at)
    returning since, lng, lat, position_at`
  if (!row) throw new Error(`account ${account} did not go on duty`)
  return toDuty(row)
}

/** Ends the stint, if there is one, and forgets where it was. */
export async function goOffDuty({ sql }: Store, account: string, at: number): Promise<void> {
  await sql`
    update duty set until = greatest(since, ${new Date(at)}), lng = null, lat = null, position_at = null
    where account_id = ${account} and until is null`
}

/** The present stint of an account; undefined when it is off duty. */
export async function dutyOf({ sql }: Store, account: string): Promise<Duty | undefined> {
  const [row] = await sql<DutyRow[]>`
    select since, lng, lat, position_at from duty where account_id = ${account} and until is null`
  return row && toDuty(row)
}

/** Everybody on duty, longest first; people whose account is disabled are not. */
export async function peopleOnDuty({ sql }: Store): Promise<PersonOnDuty[]> {
  const rows = await sql<(DutyRow & { id: string; name: string; areas: string[] })[]>`
    select a.id, a.name, a.areas, d.since, d.lng, d.lat, d.position_at
    from duty d join account a on a.id = d.account_id
    where d.until is null and a.disabled_at is null order by d.since, a.id`
  return rows.map((r) => ({ id: r.id, name: r.name, areas: r.areas, ...toDuty(r) }))
}
