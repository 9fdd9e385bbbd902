// What an administrator 系统管理员 sees of accounts and keys, and does to them. Somebody is always left who can log in and
// administrate; accounts are never deleted, since the log speaks of them.
import type { Post } from '#domain/case.ts'
import { isUuid } from './cases.ts'
import type { Store } from './open.ts'
import { hashPassword } from './passwords.ts'

export interface AccountRow {
  id: string
  username: string
  name: string
  posts: Post[]
  department: string | null
  /** Area codes; empty = the whole city. */
  areas: string[]
  mustChange: boolean
  /** Somebody can log in with it, if it isn't disabled. */
  hasPassword: boolean
  disabledAt: Date | null
  /** Nobody can log in with it until then: too many wrong passwords. */
  lockedUntil: Date | null
}

/** All of them, by username. */
export async function listAccounts({ sql }: Store): Promise<AccountRow[]> {
  return sql<AccountRow[]>`
    select id, a.username, name, posts, department, areas, must_change as "mustChange",
      password_hash is not null as "hasPassword", disabled_at as "disabledAt",
      case when f.locked_until > now() then f.locked_until end as "lockedUntil"
    from account a left join login_failure f on f.username = left(lower(a.username), 100)
    order by a.username`
}

/**
 * Sets a password that its owner has to change at the next login, and ends the account's sessions.
 * @returns false when there is no such account
 */
export async function resetPassword({ sql }: Store, id: string, password: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const hash = await hashPassword(password)
  const rows = await sql`
    with changed as (
      update account set password_hash = ${hash}, must_change = true, password_set_at = now() where id = ${id} returning id
    ), ended as (
      delete from session using changed where session.account_id = changed.id
    )
    select 1 from changed`
  return rows.length === 1
}

/** Who can give others back their logins. */
const SECURITY_ADMINS: Post[] = ['admin', 'security-admin']

/** `last-admin`: nobody else could log in and administrate. */
export type Disabled = 'done' | 'unknown' | 'last-admin'

/** Nobody can log in with it any more; its sessions end, its keys stop working. Harmless when it is disabled already. */
export async function disableAccount({ sql }: Store, id: string): Promise<Disabled> {
  if (!isUuid(id)) return 'unknown'
  return sql.begin(async (tx) => {
    // Two administrators who disable each other come one after the other.
    const admins = await tx<{ id: string; able: boolean }[]>`
      select id, disabled_at is null and password_hash is not null as able from account
      where posts && ${SECURITY_ADMINS} order by id for update`
    const isAdmin = admins.some((a) => a.id === id)
    if (isAdmin && !admins.some((a) => a.able && a.id !== id)) return 'last-admin'
    const rows = await tx`
      update account set disabled_at = coalesce(disabled_at, now()) where id = ${id} returning 1`
    await tx`delete from session where account_id = ${id}`
    return rows.length === 1 ? 'done' : 'unknown'
  })
}

/** @returns false when there is no such account */
export async function enableAccount({ sql }: Store, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const rows = await sql`update account set disabled_at = null where id = ${id} returning 1`
  return rows.length === 1
}

export interface ApiKeyRow {
  id: string
  name: string
  accountId: string
  username: string
  accountName: string
  createdAt: Date
  revokedAt: Date | null
}

/** Newest first; the keys themselves are known to nobody but their holders. */
export async function listApiKeys({ sql }: Store): Promise<ApiKeyRow[]> {
  return sql<ApiKeyRow[]>`
    select k.id, k.name, a.id as "accountId", a.username, a.name as "accountName",
      k.created_at as "createdAt", k.revoked_at as "revokedAt"
    from api_key k join account a on a.id = k.account_id
    order by k.created_at desc, k.id desc`
}

export async function apiKeyExists({ sql }: Store, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const rows = await sql`select 1 from api_key where id = ${id}`
  return rows.length === 1
}
