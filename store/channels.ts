// Channels to the outside as they are kept: settings open, secrets sealed by the caller (store/sealed.ts). Instants are
// Dates of this database's clock.
import type postgres from 'postgres'
import type { ChannelKind, ChannelSettings } from '#domain/delivery/channel.ts'
import { isUuid } from './cases.ts'
import type { Store } from './open.ts'

export interface StoredChannel {
  id: string
  kind: ChannelKind
  name: string
  settings: ChannelSettings
  sealed: Uint8Array
  target: string
  enabled: boolean
  offWhy: 'failing' | null
  createdAt: Date
  failures: number
  failingSince: Date | null
  lastOkAt: Date | null
}

export interface ChannelCounts {
  waiting: number
  dead: number
  last: LastDelivery | null
}
export interface LastDelivery {
  at: string
  state: 'waiting' | 'sent' | 'dead'
  result: DeliveryResult | null
}
/** How a try ended. `text`: what the receiver said, shortened, without secrets. */
export interface DeliveryResult {
  code: string
  status?: number
  text?: string
}

const columns = (sql: Store['sql']) => sql`c.id, c.kind, c.name, c.settings, c.sealed, c.target, c.enabled,
  c.off_why as "offWhy", c.created_at as "createdAt", c.failures, c.failing_since as "failingSince", c.last_ok_at as "lastOkAt"`

/** By kind and name. */
export async function listChannels({ sql }: Pick<Store, 'sql'>): Promise<(StoredChannel & ChannelCounts)[]> {
  return sql<(StoredChannel & ChannelCounts)[]>`
    select ${columns(sql)},
      (select count(*)::int from delivery d where d.channel_id = c.id and d.state = 'waiting') as waiting,
      (select count(*)::int from delivery d where d.channel_id = c.id and d.state = 'dead' and d.kind <> 'test') as dead,
      (select jsonb_build_object('at', d.last_at, 'state', d.state, 'result', d.result) from delivery d
        where d.channel_id = c.id and d.last_at is not null order by d.last_at desc limit 1) as last
    from delivery_channel c order by c.kind = 'webhook' desc, c.kind, c.name, c.id`
}

export async function findChannel(
  { sql }: Pick<Store, 'sql'>,
  id: string,
): Promise<StoredChannel | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await sql<StoredChannel[]>`select ${columns(sql)} from delivery_channel c where c.id = ${id}`
  return row
}

type Written = Pick<StoredChannel, 'id' | 'name' | 'settings' | 'sealed' | 'target'> & { by: string }

/** It takes what happens from now on. */
export async function addChannel(
  { sql }: Pick<Store, 'sql'>,
  { id, kind, name, settings, sealed, target, by }: Written & { kind: ChannelKind },
): Promise<void> {
  await sql`
    insert into delivery_channel (id, kind, name, settings, sealed, target, from_seq, created_by)
    select ${id}, ${kind}, ${name}, ${sql.json(settings)}, ${sealed}, ${target}, seq, ${by} from feed_head`
}

/**
 * Switched on, it takes what happens from then on and forgets its failures; switched off, what waits becomes dead letters.
 * @returns false when there is no such channel
 */
export async function changeChannel(
  { sql }: Pick<Store, 'sql'>,
  { id, name, settings, sealed, target, by, enabled }: Written & { enabled: boolean },
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [before] = await tx<{ enabled: boolean }[]>`
      select enabled from delivery_channel where id = ${id} for update`
    if (!before) return false
    await tx`
      update delivery_channel set name = ${name}, settings = ${sql.json(settings)}, sealed = ${sealed},
        target = ${target}, enabled = ${enabled}, off_why = case when ${enabled} then null else off_why end, changed_by = ${by}, changed_at = now(),
        failures = 0, failing_since = null, quiet_until = '-infinity'
      where id = ${id}`
    if (enabled && !before.enabled)
      await tx`update delivery_channel set from_seq = (select seq from feed_head) where id = ${id}`
    if (!enabled) await buryWaiting(tx, id)
    return true
  })
}

/** What waits for a channel that is off becomes dead letters, to be sent again by hand. */
export async function buryWaiting(tx: postgres.ISql, id: string): Promise<void> {
  await tx`
    update delivery set state = 'dead', last_at = coalesce(last_at, now()),
      result = ${'{"code":"channel-off"}'}::text::jsonb
    where channel_id = ${id} and state = 'waiting'`
}

/** With its outbox and dead letters. @returns false when there is no such channel */
export async function removeChannel({ sql }: Pick<Store, 'sql'>, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const rows = await sql`delete from delivery_channel where id = ${id} returning 1`
  return rows.length === 1
}
