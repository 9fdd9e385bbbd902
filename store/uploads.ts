// Rows of photos: what the original said about itself. The pictures themselves are in the photo store (api/photos/).
import type { Position } from '#domain/case.ts'
import type { ReportPhoto } from '#domain/screen-evidence.ts'
import type { Store } from './open.ts'

export interface Upload {
  id: string
  /** Undefined when anonymous. */
  accountId?: string | undefined
  /** SHA-256 of the bytes as they came. */
  sha256: Uint8Array
  mediaType: string
  /** Of the picture as kept. */
  bytes: number
  width: number
  height: number
  /** Epoch ms by the camera's clock. */
  takenAt?: number | undefined
  /** Where the camera says it was, WGS-84. */
  position?: Position | undefined
}

/** Scope and Idempotency-Key of the request that brought it. */
export interface UploadRequest {
  scope: string
  key: string
}

interface UploadRow {
  id: string
  account_id: string | null
  sha256: Uint8Array
  media_type: string
  bytes: number
  width: number
  height: number
  taken_at: Date | null
  lng: number | null
  lat: number | null
}

const toUpload = (r: UploadRow): Upload => ({
  id: r.id,
  accountId: r.account_id ?? undefined,
  sha256: r.sha256,
  mediaType: r.media_type,
  bytes: r.bytes,
  width: r.width,
  height: r.height,
  takenAt: r.taken_at?.getTime(),
  position: r.lng === null || r.lat === null ? undefined : { lng: r.lng, lat: r.lat },
})

/** @returns false when the request's key has been used by another upload. */
export async function addUpload({ sql }: Store, u: Upload, request?: UploadRequest): Promise<boolean> {
  const rows = await sql`
    insert into upload (id, account_id, sha256, media_type, bytes, width, height, taken_at, lng, lat, request_scope, request_key)
    values (${u.id}, ${u.accountId ?? null}, ${u.sha256}, ${u.mediaType}, ${u.bytes}, ${u.width}, ${u.height},
      ${u.takenAt === undefined ? null : new Date(u.takenAt)}, ${u.position?.lng ?? null}, ${u.position?.lat ?? null},
      ${request?.scope ?? null}, ${request?.key ?? null})
    on conflict (request_scope, request_key) do nothing
    returning 1`
  return rows.length === 1
}

export async function uploadOfRequest(
  { sql }: Store,
  { scope, key }: UploadRequest,
): Promise<Upload | undefined> {
  const [row] = await sql<UploadRow[]>`
    select * from upload where request_scope = ${scope} and request_key = ${key}`
  return row && toUpload(row)
}

/** What photos say of themselves, in the order of `ids`; one that is not there says nothing. */
export async function photoFacts({ sql }: Store, ids: readonly string[]): Promise<ReportPhoto[]> {
  if (ids.length === 0) return []
  const rows = await sql<UploadRow[]>`select * from upload where id = any(${[...ids]}::uuid[])`
  const known = new Map(rows.map((r) => [r.id, toUpload(r)]))
  return ids.map((id) => {
    const { position, takenAt } = known.get(id.toLowerCase()) ?? {}
    return { id, ...(position ? { position } : {}), ...(takenAt === undefined ? {} : { takenAt }) }
  })
}

/** Those of `ids` that are not there. */
export async function missingUploads({ sql }: Store, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await sql<{ id: string }[]>`select id from upload where id = any(${[...ids]}::uuid[])`
  const known = new Set(rows.map((r) => r.id))
  return new Set(ids.filter((id) => !known.has(id.toLowerCase())))
}
