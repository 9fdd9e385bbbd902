// Fingerprints of photos and where photos were used: kept, and searched for pictures that are alike. How alike two are in
// the end is domain/photo-likeness.ts; this finds the candidates among all, by the bits of their hashes.
import type postgres from 'postgres'
import { type Fingerprint, MOST_BITS, PHOTO_POLICY } from '#domain/photo-likeness.ts'
import type { Store } from './open.ts'

export interface PhotoUse {
  photo: string
  caseId: string
  /** Number and type of the event that names it. */
  no: number
  type: string
  /** Epoch ms. */
  at: number
}

/** A use of an earlier photo whose hash is near. */
export interface NearUse extends PhotoUse {
  fingerprint: Fingerprint
}

/** Keeps a photo's fingerprint; the first one stays. The upload must be there. */
export async function saveFingerprint({ sql }: Store, photo: string, of: Fingerprint): Promise<void> {
  await sql`
    with hash as (
      insert into photo_hash (upload_id, phash) values (${photo}, ${String(of.hash)}::bigint) on conflict do nothing)
    insert into photo_sketch (upload_id, sketch) values (${photo}, ${of.sketch}) on conflict do nothing`
}

/** Those of `photos` that have one. */
export async function fingerprintsOf(
  { sql }: Store,
  photos: readonly string[],
): Promise<Map<string, Fingerprint>> {
  if (photos.length === 0) return new Map()
  const rows = await sql<{ upload_id: string; phash: string; sketch: Uint8Array }[]>`
    select upload_id, phash::text as phash, sketch from photo_hash join photo_sketch using (upload_id)
    where upload_id = any(${[...photos]}::uuid[])`
  return new Map(rows.map((r) => [r.upload_id, { hash: BigInt(r.phash), sketch: r.sketch }]))
}

/** Notes that an event names photos. The same event may be noted again. */
export async function noteUses({ sql }: { sql: postgres.ISql }, uses: readonly PhotoUse[]): Promise<void> {
  if (uses.length === 0) return
  await sql`
    insert into photo_use (upload_id, case_id, no, type, at)
    select * from unnest(${uses.map((u) => u.photo)}::uuid[], ${uses.map((u) => u.caseId)}::uuid[],
      ${uses.map((u) => u.no)}::integer[], ${uses.map((u) => u.type)}::text[],
      ${uses.map((u) => new Date(u.at).toISOString())}::timestamptz[])
    on conflict do nothing`
}

/** Ids of uploads without fingerprint, oldest first, after `after`: those of before, and pictures that have none. */
export async function withoutFingerprint(
  { sql }: Store,
  { after, most }: { after?: string | undefined; most: number },
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from upload u
    where not exists (select from photo_hash h where h.upload_id = u.id)
      and id > ${after ?? '00000000-0000-0000-0000-000000000000'}
    order by id limit ${most}`
  return rows.map((r) => r.id)
}

const QUARTERS = [48, 32, 16, 0] as const

/**
 * Uses, up to `until` (epoch ms), of photos whose hash differs in at most `withinBits`, nearest first: of the photo itself too.
 * @throws RangeError when `withinBits` is above MOST_BITS.
 */
export async function nearUses(
  { sql }: Store,
  hash: bigint,
  {
    withinBits = PHOTO_POLICY.withinBits,
    most = 50,
    until = Date.UTC(9999, 0),
  }: { withinBits?: number; most?: number; until?: number } = {},
): Promise<NearUse[]> {
  if (!(withinBits >= 0 && withinBits <= MOST_BITS))
    throw new RangeError(`withinBits is 0 to ${MOST_BITS}, not ${withinBits}`)
  const asked = String(BigInt.asIntN(64, hash))
  const bits = sql`bit_count((phash # ${asked}::bigint)::bit(64))`
  const rows = await sql<NearUseRow[]>`
    with near as materialized (
      select upload_id, phash, ${bits} as bits from photo_hash
      where (${anyQuarter(sql, hash, Math.floor(withinBits / QUARTERS.length))}) and ${bits} <= ${withinBits})
    select upload_id, phash::text as phash, sketch, case_id, no, type, at
    from near cross join lateral (
        select case_id, no, type, at from photo_use u
        where u.upload_id = near.upload_id and at <= ${new Date(until)} offset 0) used
      join photo_sketch using (upload_id)
    order by bits, at desc, upload_id, case_id, no limit ${most}`
  return rows.map((r) => ({
    photo: r.upload_id,
    caseId: r.case_id,
    no: r.no,
    type: r.type,
    at: r.at.getTime(),
    fingerprint: { hash: BigInt(r.phash), sketch: r.sketch },
  }))
}

interface NearUseRow {
  upload_id: string
  phash: string
  sketch: Uint8Array
  case_id: string
  no: number
  type: string
  at: Date
}

/** Written like the indexes of migration 0005, or they are not used. */
function anyQuarter(sql: postgres.Sql, hash: bigint, radius: number) {
  const unsigned = BigInt.asUintN(64, hash)
  const key = (low: number) => around(Number((unsigned >> BigInt(low)) & 0xffffn), radius)
  return sql`((phash >> 48) & 65535)::integer = any(${key(48)}::integer[])
    or ((phash >> 32) & 65535)::integer = any(${key(32)}::integer[])
    or ((phash >> 16) & 65535)::integer = any(${key(16)}::integer[])
    or (phash & 65535)::integer = any(${key(0)}::integer[])`
}

/** All 16-bit numbers that differ from this one in at most `radius` bits. */
function around(value: number, radius: number): number[] {
  const found: number[] = []
  const flip = (v: number, from: number, left: number) => {
    found.push(v)
    if (left > 0) for (let bit = from; bit < 16; bit++) flip(v ^ (1 << bit), bit + 1, left - 1)
  }
  flip(value, 0, radius)
  return found
}
