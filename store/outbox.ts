// The outbox: what is to be sent to the outside, claimed by one process a channel, and how each try ended. A claim runs out
// by itself, so a process that died only delays; what it had sent without saying so is sent again (at least once).
import type postgres from 'postgres'
import { v7 as uuidv7 } from 'uuid'
import type { ChannelKind, ChannelSettings } from '#domain/delivery/channel.ts'
import { OFF_AFTER_FAILURES, OFF_AFTER_MS } from '#domain/delivery/retry.ts'
import { isUuid } from './cases.ts'
import { buryWaiting, type DeliveryResult } from './channels.ts'
import type { Store } from './open.ts'

type Sql = Pick<Store, 'sql'>

export interface NewDelivery {
  id: string
  channel: string
  source: string
  recipient: string
  kind: string
  caseId: string | undefined
  body: unknown
}

/** Those that are there already stay as they are. @returns how many are new. */
export async function addDeliveries(tx: postgres.ISql, rows: readonly NewDelivery[]): Promise<number> {
  if (rows.length === 0) return 0
  const added = await tx`
    insert into delivery (id, channel_id, source, recipient, kind, case_id, body)
    select id, channel, source, recipient, kind, "caseId", body
    from json_to_recordset(${JSON.stringify(rows.map((row, nth) => ({ ...row, nth })))}::text::json)
      as n(nth integer, id uuid, channel uuid, source text, recipient text, kind text, "caseId" uuid, body json)
    where exists (select 1 from delivery_channel c where c.id = n.channel)
    order by nth
    on conflict (channel_id, source, recipient) do nothing returning 1`
  return added.length
}

/** Channels with something to send now that nobody is sending for. */
export async function dueChannels({ sql }: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select c.id from delivery_channel c
    where c.quiet_until <= now() and c.busy_until <= now() and exists (
      select 1 from delivery d where d.channel_id = c.id and d.state = 'waiting' and d.next_at <= now()
        and (c.enabled or d.kind = 'test'))`
  return rows.map((r) => r.id)
}

export interface ClaimedChannel {
  id: string
  kind: ChannelKind
  name: string
  settings: ChannelSettings
  sealed: Uint8Array
  failures: number
}

/** Undefined when somebody else sends for it, it rests, or it is gone. Claimed again, it is held for longer. */
export async function claimChannel(
  { sql }: Sql,
  { id, holder, forMs }: { id: string; holder: string; forMs: number },
): Promise<ClaimedChannel | undefined> {
  const [row] = await sql<ClaimedChannel[]>`
    update delivery_channel set busy_by = ${holder}, busy_until = now() + ${forMs} * interval '1 millisecond'
    where id = ${id} and quiet_until <= now() and (busy_until <= now() or busy_by = ${holder})
    returning id, kind, name, settings, sealed, failures`
  return row
}

/** @param quietMs nothing is sent for so long. */
export async function releaseChannel(
  { sql }: Sql,
  { id, holder, quietMs = 0 }: { id: string; holder: string; quietMs?: number },
): Promise<void> {
  await sql`
    update delivery_channel set busy_by = null, busy_until = '-infinity',
      quiet_until = greatest(quiet_until, now() + ${quietMs} * interval '1 millisecond')
    where id = ${id} and busy_by = ${holder}`
}

export interface DueDelivery {
  id: string
  kind: string
  body: unknown
  attempts: number
  /** Of the person; null where there is none, or the account is disabled. */
  email: string | null
  mobile: string | null
  personName: string | null
}

/** Oldest first; what an administrator tests comes before all. */
export async function dueDeliveries({ sql }: Sql, channel: string, limit: number): Promise<DueDelivery[]> {
  return sql<DueDelivery[]>`
    select d.id, d.kind, d.body, d.attempts, coalesce(d.body ->> 'to', a.email) as email,
      coalesce(d.body ->> 'to', a.mobile) as mobile, a.name as "personName"
    from delivery d join delivery_channel c on c.id = d.channel_id
      left join account a on a.id::text = d.recipient and a.disabled_at is null
    where d.channel_id = ${channel} and d.state = 'waiting' and d.next_at <= now()
      and (c.enabled or d.kind = 'test')
    order by d.kind = 'test' desc, d.no limit ${limit}`
}

export async function markSent(
  { sql }: Sql,
  { channel, ids, result }: { channel: string; ids: readonly string[]; result: DeliveryResult },
): Promise<void> {
  await sql`
    with done as (
      update delivery set state = 'sent', attempts = attempts + 1, last_at = now(), result = ${sql.json({ ...result })}
      where id = any(${[...ids]}::uuid[])
    )
    update delivery_channel set failures = 0, failing_since = null, last_ok_at = now() where id = ${channel}`
}

/** @param againMs undefined = no more: a dead letter. @param ofChannel whether it speaks against the whole channel. */
export async function markFailed(
  { sql }: Sql,
  failed: {
    channel: string
    tries: readonly { id: string; againMs: number | undefined }[]
    result: DeliveryResult
    ofChannel: boolean
  },
): Promise<{ switchedOff: boolean }> {
  const { channel, tries, result, ofChannel } = failed
  return sql.begin(async (tx) => {
    await tx`
      update delivery d set attempts = attempts + 1, last_at = now(), result = ${tx.json({ ...result })},
        state = case when t."againMs" is null then 'dead' else 'waiting' end,
        next_at = now() + coalesce(t."againMs", 0) * interval '1 millisecond'
      from json_to_recordset(${JSON.stringify(tries)}::text::json) as t(id uuid, "againMs" float8)
      where d.id = t.id`
    if (!ofChannel) return { switchedOff: false }
    const [row] = await tx<{ off: boolean }[]>`
      update delivery_channel set failures = failures + 1, failing_since = coalesce(failing_since, now())
      where id = ${channel}
      returning enabled and failures >= ${OFF_AFTER_FAILURES}
        and failing_since < now() - ${OFF_AFTER_MS} * interval '1 millisecond' as off`
    if (row?.off !== true) return { switchedOff: false }
    await tx`update delivery_channel set enabled = false, off_why = 'failing' where id = ${channel}`
    await buryWaiting(tx, channel)
    return { switchedOff: true }
  })
}

export interface DeliveryRow {
  id: string
  no: string
  channelId: string
  kind: string
  caseId: string | null
  /** Number of the case, where there is one. */
  number: string | null
  /** Who it goes to, where it goes to a person. */
  person: string | null
  state: 'waiting' | 'sent' | 'dead'
  attempts: number
  createdAt: Date
  nextAt: Date
  lastAt: Date | null
  result: DeliveryResult | null
}

const rowColumns = (
  sql: Store['sql'],
) => sql`d.id, d.no, d.channel_id as "channelId", d.kind, d.case_id as "caseId",
  coalesce(k.case_no, k.receipt_no) as number, a.name as person, d.state, d.attempts, d.created_at as "createdAt",
  d.next_at as "nextAt", d.last_at as "lastAt", d.result`
const rowSources = (sql: Store['sql']) => sql`delivery d left join "case" k on k.id = d.case_id
  left join account a on a.id::text = d.recipient`

/** Newest first. @param before `no` of the last one of the page before. */
export async function listDeliveries(
  { sql }: Sql,
  {
    channel,
    state,
    before,
    limit,
  }: {
    channel: string
    state?: DeliveryRow['state'] | undefined
    before?: string | undefined
    limit: number
  },
): Promise<DeliveryRow[]> {
  return sql<DeliveryRow[]>`
    select ${rowColumns(sql)} from ${rowSources(sql)}
    where d.channel_id = ${channel} and (${state ?? null}::text is null or d.state = ${state ?? null})
      and (${before ?? null}::bigint is null or d.no < ${before ?? null})
    order by d.no desc limit ${limit}`
}

export async function findDelivery({ sql }: Sql, id: string): Promise<DeliveryRow | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await sql<DeliveryRow[]>`
    select ${rowColumns(sql)} from ${rowSources(sql)} where d.id = ${id}`
  return row
}

/** Dead letters of a channel wait again, all or one, with all their tries. @returns how many. */
export async function resend(
  { sql }: Sql,
  { channel, id }: { channel: string; id?: string },
): Promise<number> {
  const rows = await sql`
    update delivery set state = 'waiting', attempts = 0, next_at = now()
    where channel_id = ${channel} and state = 'dead' and kind <> 'test'
      and (${id ?? null}::uuid is null or id = ${id ?? null}) returning 1`
  return rows.length
}

/** Sent once, ahead of everything. @param body with `to` where it goes to a person. @returns its id. */
export async function addTest({ sql }: Sql, channel: string, body: (id: string) => unknown): Promise<string> {
  const id = uuidv7()
  await addDeliveries(sql, [
    { id, channel, source: `test.${id}`, recipient: '', kind: 'test', caseId: undefined, body: body(id) },
  ])
  await sql`update delivery_channel set quiet_until = '-infinity' where id = ${channel}`
  return id
}

const KEEP_SENT_DAYS = 30
const KEEP_DEAD_DAYS = 180

/** @returns sent ones and dead letters that were past their term. */
export async function trimDeliveries({ sql }: Sql): Promise<number> {
  const rows = await sql`
    delete from delivery
    where (state = 'sent' and last_at < now() - ${KEEP_SENT_DAYS} * interval '1 day')
      or (state = 'dead' and last_at < now() - ${KEEP_DEAD_DAYS} * interval '1 day') returning 1`
  return rows.length
}
