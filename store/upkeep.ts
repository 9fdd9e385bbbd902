// When a backup was made and an audit done last, as the commands that do them tell.
import type { Store } from './open.ts'

export type UpkeepKind = 'backup' | 'audit'

export interface Upkeep {
  at: Date
  /** Ended well, and found nothing wrong. */
  ok: boolean
  detail: Record<string, unknown>
  /** Since then, by the database's clock. */
  ageMs: number
}

export async function noteUpkeep(
  { sql }: Pick<Store, 'sql'>,
  kind: UpkeepKind,
  ok: boolean,
  detail: Record<string, string | number>,
): Promise<void> {
  await sql`
    insert into upkeep (kind, ok, detail) values (${kind}, ${ok}, ${sql.json(detail)})
    on conflict (kind) do update set at = now(), ok = excluded.ok, detail = excluded.detail`
}

export async function readUpkeep({ sql }: Pick<Store, 'sql'>): Promise<Partial<Record<UpkeepKind, Upkeep>>> {
  const rows = await sql<(Upkeep & { kind: UpkeepKind })[]>`
    select kind, at, ok, detail, (extract(epoch from now() - at) * 1000)::float8 as "ageMs" from upkeep`
  return Object.fromEntries(rows.map(({ kind, ...rest }) => [kind, rest]))
}
