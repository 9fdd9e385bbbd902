// Screens 大屏: their records, the tokens they log in with, and the sessions that came of them. Only hashes of tokens are
// kept; making tokens and cookies is the api's. Instants are Dates of this database's clock.
import type { PlanStep, ScreenRecord } from '#domain/wall-screen.ts'
import { isUuid } from './cases.ts'
import type { Store } from './open.ts'

export interface StoredScreen {
  record: ScreenRecord
  plan: PlanStep[]
  createdBy: { id: string; name: string }
  createdAt: Date
  tokenAt: Date
  lastSeenAt?: Date | undefined
  revokedAt?: Date | undefined
}

interface ScreenRow {
  id: string
  name: string
  width_px: number | null
  width_mm: number
  height_mm: number | null
  viewing_distance_m: number
  tile_columns: number
  tile_rows: number
  language: 'zh-CN' | 'en' | null
  sound: boolean
  scope: string | null
  plan: PlanStep[]
}

const columns = (
  sql: Store['sql'],
) => sql`s.id, s.name, s.width_px, s.width_mm, s.height_mm, s.viewing_distance_m,
  s.tile_columns, s.tile_rows, s.language, s.sound, s.scope, s.plan`

const toRecord = (r: ScreenRow): ScreenRecord => ({
  id: r.id,
  name: r.name,
  ...(r.width_px === null ? {} : { widthPx: r.width_px }),
  widthMm: r.width_mm,
  ...(r.height_mm === null ? {} : { heightMm: r.height_mm }),
  viewingDistanceM: r.viewing_distance_m,
  tiles: { columns: r.tile_columns, rows: r.tile_rows },
  ...(r.language === null ? {} : { language: r.language }),
  sound: r.sound,
  ...(r.scope === null ? {} : { scope: r.scope }),
})

/** All of them, in use before revoked, by name. */
export async function listScreens({ sql }: Store): Promise<StoredScreen[]> {
  const rows = await sql<
    (ScreenRow & {
      created_by: string
      created_name: string
      created_at: Date
      token_at: Date
      last_seen_at: Date | null
      revoked_at: Date | null
    })[]
  >`
    select ${columns(sql)}, s.created_by, a.name as created_name, s.created_at, s.token_at, s.last_seen_at, s.revoked_at
    from screen s join account a on a.id = s.created_by
    order by s.revoked_at is not null, s.name, s.id`
  return rows.map((r) => ({
    record: toRecord(r),
    plan: r.plan,
    createdBy: { id: r.created_by, name: r.created_name },
    createdAt: r.created_at,
    tokenAt: r.token_at,
    lastSeenAt: r.last_seen_at ?? undefined,
    revokedAt: r.revoked_at ?? undefined,
  }))
}

/** Those in use, with their plans. */
export async function screensInUse({ sql }: Store): Promise<{ record: ScreenRecord; plan: PlanStep[] }[]> {
  const rows = await sql<ScreenRow[]>`
    select ${columns(sql)} from screen s where s.revoked_at is null order by s.name, s.id`
  return rows.map((r) => ({ record: toRecord(r), plan: r.plan }))
}

/** One in use; undefined when there is none. */
export async function findScreen(
  { sql }: Store,
  id: string,
): Promise<{ record: ScreenRecord; plan: PlanStep[] } | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await sql<ScreenRow[]>`
    select ${columns(sql)} from screen s where s.id = ${id} and s.revoked_at is null`
  return row && { record: toRecord(row), plan: row.plan }
}

const values = (sql: Store['sql'], { record: r, plan }: { record: ScreenRecord; plan: PlanStep[] }) => ({
  name: r.name,
  width_px: r.widthPx ?? null,
  width_mm: r.widthMm,
  height_mm: r.heightMm ?? null,
  viewing_distance_m: r.viewingDistanceM,
  tile_columns: r.tiles.columns,
  tile_rows: r.tiles.rows,
  language: r.language ?? null,
  sound: r.sound,
  scope: r.scope ?? null,
  // Parsed again on its way: the driver's type for what may stand in JSON knows no interfaces.
  plan: sql.json(JSON.parse(JSON.stringify(plan))),
})

export async function addScreen(
  { sql }: Store,
  screen: { record: ScreenRecord; plan: PlanStep[]; tokenHash: Uint8Array; by: string },
): Promise<void> {
  await sql`insert into screen ${sql({
    id: screen.record.id,
    ...values(sql, screen),
    token_hash: screen.tokenHash,
    created_by: screen.by,
  })}`
}

/** Everything but the token anew. @returns false when there is no such screen in use */
export async function changeScreen(
  { sql }: Store,
  screen: { record: ScreenRecord; plan: PlanStep[]; by: string },
): Promise<boolean> {
  const rows = await sql`
    update screen set ${sql(values(sql, screen))}, changed_by = ${screen.by}, changed_at = now()
    where id = ${screen.record.id} and revoked_at is null returning 1`
  return rows.length === 1
}

/** The old token dies with every session that came of it. @returns false when there is no such screen in use */
export async function renewScreenToken(
  { sql }: Store,
  { id, tokenHash, by }: { id: string; tokenHash: Uint8Array; by: string },
): Promise<boolean> {
  if (!isUuid(id)) return false
  const rows = await sql`
    with changed as (
      update screen set token_hash = ${tokenHash}, token_at = now(), changed_by = ${by}, changed_at = now()
      where id = ${id} and revoked_at is null returning id
    ), ended as (
      update screen_session set ended_at = now()
      from changed where screen_session.screen_id = changed.id and screen_session.ended_at is null
    )
    select 1 from changed`
  return rows.length === 1
}

/** Its token and its sessions die; the record stays. @returns false when there is no such screen in use */
export async function revokeScreen({ sql }: Store, { id, by }: { id: string; by: string }): Promise<boolean> {
  if (!isUuid(id)) return false
  const rows = await sql`
    with changed as (
      update screen set revoked_at = now(), revoked_by = ${by}
      where id = ${id} and revoked_at is null returning id
    ), ended as (
      update screen_session set ended_at = now()
      from changed where screen_session.screen_id = changed.id and screen_session.ended_at is null
    )
    select 1 from changed`
  return rows.length === 1
}

/** Opens a session for whoever holds the screen's token. @returns the screen; undefined for a token that is none */
export async function openScreenSession(
  { sql }: Store,
  session: { screenTokenHash: Uint8Array; tokenHash: Uint8Array; lastsMs: number },
): Promise<ScreenRecord | undefined> {
  const [row] = await sql<ScreenRow[]>`
    with found as (
      select id from screen where token_hash = ${session.screenTokenHash} and revoked_at is null for share
    ), made as (
      insert into screen_session (token_hash, screen_id, expires_at)
      select ${session.tokenHash}, id, now() + ${session.lastsMs} * interval '1 millisecond' from found
      returning screen_id
    )
    select ${columns(sql)} from screen s join made on made.screen_id = s.id`
  return row && toRecord(row)
}

/** What became of a session: the screen it is, `ended` when it was put out of use, undefined when it is unknown. */
export async function screenOfSession(
  { sql }: Store,
  tokenHash: Uint8Array,
): Promise<{ record: ScreenRecord; lastsMs: number } | 'ended' | undefined> {
  const [row] = await sql<(ScreenRow & { ended: boolean; lasts_ms: number })[]>`
    select ${columns(sql)}, ss.ended_at is not null or s.revoked_at is not null as ended,
      (extract(epoch from ss.expires_at - now()) * 1000)::float8 as lasts_ms
    from screen_session ss join screen s on s.id = ss.screen_id
    where ss.token_hash = ${tokenHash} and ss.expires_at > now()`
  if (!row) return undefined
  return row.ended ? 'ended' : { record: toRecord(row), lastsMs: row.lasts_ms }
}

export async function extendScreenSession(
  { sql }: Store,
  tokenHash: Uint8Array,
  lastsMs: number,
): Promise<void> {
  await sql`
    update screen_session set expires_at = now() + ${lastsMs} * interval '1 millisecond'
    where token_hash = ${tokenHash} and ended_at is null`
}

/** The screen's page was logged out on purpose. */
export async function closeScreenSession({ sql }: Store, tokenHash: Uint8Array): Promise<void> {
  await sql`delete from screen_session where token_hash = ${tokenHash}`
}

/** Which of these sessions still hold, in the order of the question. */
export async function screenSessionsHold(
  { sql }: Store,
  hashes: readonly Uint8Array[],
): Promise<readonly boolean[]> {
  if (hashes.length === 0) return []
  const asked = hashes.map((h) => Buffer.from(h).toString('hex'))
  const rows = await sql<{ hash: string }[]>`
    select encode(ss.token_hash, 'hex') as hash
    from screen_session ss join screen s on s.id = ss.screen_id
    where ss.token_hash in (select decode(h, 'hex') from unnest(${asked}::text[]) h)
      and ss.ended_at is null and ss.expires_at > now() and s.revoked_at is null`
  const hold = new Set(rows.map((r) => r.hash))
  return asked.map((h) => hold.has(h))
}

/** These screens are connected now. */
export async function screensSeen({ sql }: Store, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update screen set last_seen_at = now() where id = any(${[...ids]}::uuid[])`
}
