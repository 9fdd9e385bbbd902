// The audit 审计: who administrated what, and who looked at personal data. Rows are only added (migrations/0016); they are
// kept for ever, which is longer than the six months that inspections ask for.
import type { Post } from '#domain/case.ts'
import type { AuditAction, AuditTarget } from '#domain/admin-audit.ts'
import type { Store } from './open.ts'

export interface AuditRecord {
  action: AuditAction
  target: { kind: AuditTarget; id: string }
  /** Nobody is logged in, or a command on the server. */
  actorId?: string | undefined
  posts?: readonly Post[] | undefined
  via: 'session' | 'key' | 'server'
  ip?: string | undefined
  /** Ids, names of things, codes and reasons; never passwords, keys or reporters. */
  detail?: Record<string, unknown> | undefined
}

export async function addAudit({ sql }: Pick<Store, 'sql'>, record: AuditRecord): Promise<void> {
  const { action, target, actorId, posts = [], via, ip, detail = {} } = record
  await sql`
    insert into admin_audit (actor_id, posts, via, ip, action, target_kind, target_id, detail)
    values (${actorId ?? null}, ${[...posts]}, ${via}, ${ip ?? null}, ${action}, ${target.kind}, ${target.id},
      ${sql.json(detail as Parameters<typeof sql.json>[0])})`
}

export interface AuditFilter {
  /** Epoch ms. */
  from?: number | undefined
  /** Epoch ms, not included. */
  until?: number | undefined
  action?: AuditAction | undefined
  /** Id or username of who did it. */
  actor?: string | undefined
  target?: { kind: AuditTarget; id?: string | undefined } | undefined
}

export interface AuditRow {
  id: string
  at: Date
  actorId: string | null
  username: string | null
  name: string | null
  posts: Post[]
  via: string
  ip: string | null
  action: AuditAction
  targetKind: AuditTarget
  targetId: string
  /** What the target is called now, where it has a name. */
  targetName: string | null
  detail: Record<string, unknown>
}

/** Newest first. @param before the id that the page begins below. */
export async function listAudit(
  { sql }: Store,
  { from, until, action, actor, target }: AuditFilter,
  { limit, before }: { limit: number; before?: string | undefined },
): Promise<AuditRow[]> {
  return sql<AuditRow[]>`
    select t.id::text as id, t.at, t.actor_id as "actorId", a.username, a.name, t.posts, t.via, t.ip, t.action,
      t.target_kind as "targetKind", t.target_id as "targetId", t.detail,
      case t.target_kind
        when 'account' then (select o.username from account o where o.id::text = t.target_id)
        when 'key' then (select k.name from api_key k where k.id::text = t.target_id)
        when 'channel' then (select n.name from delivery_channel n where n.id::text = t.target_id)
        when 'screen' then (select s.name from screen s where s.id::text = t.target_id)
        when 'case' then (select c.receipt_no from "case" c where c.id::text = t.target_id)
      end as "targetName"
    from admin_audit t left join account a on a.id = t.actor_id
    where true
      ${from === undefined ? sql`` : sql`and t.at >= ${new Date(from)}`}
      ${until === undefined ? sql`` : sql`and t.at < ${new Date(until)}`}
      ${action === undefined ? sql`` : sql`and t.action = ${action}`}
      ${actor === undefined ? sql`` : sql`and (a.username = ${actor} or t.actor_id::text = ${actor})`}
      ${target === undefined ? sql`` : sql`and t.target_kind = ${target.kind}`}
      ${target?.id === undefined ? sql`` : sql`and t.target_id = ${target.id}`}
      ${before === undefined ? sql`` : sql`and t.id < ${before}`}
    order by t.id desc limit ${limit}`
}
