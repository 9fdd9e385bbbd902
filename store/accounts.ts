// Accounts and how they prove themselves: sessions of people, keys of machines. Only hashes of tokens are kept; making
// the tokens, cookies and headers is the api's.
import type { Post } from '#domain/case.ts'
import { isUuid } from './cases.ts'
import type { Store } from './open.ts'
import { hashPassword } from './passwords.ts'

export interface Account {
  id: string
  username: string
  name: string
  posts: Post[]
  department?: string | undefined
  /** Area codes; empty = the whole city. */
  areas: string[]
  /** The password was set by somebody else, or is too old, and is to be changed. */
  mustChange: boolean
}

interface AccountRow {
  id: string
  username: string
  name: string
  posts: Post[]
  department: string | null
  areas: string[]
  must_change: boolean
}

const toAccount = (r: AccountRow): Account => ({
  id: r.id,
  username: r.username,
  name: r.name,
  posts: r.posts,
  department: r.department ?? undefined,
  areas: r.areas,
  mustChange: r.must_change,
})

/** A password that the policy calls too old is to be changed like one that somebody else has set. */
const columns = (sql: Store['sql']) =>
  sql`a.id, a.username, a.name, a.posts, a.department, a.areas, a.must_change or coalesce(
    a.password_set_at < now() - (select (policy->>'passwordDays')::int from security_policy) * interval '1 day',
    false) as must_change`

/** The account of a username with its password hash; disabled ones are not found. */
export async function findLogin(
  { sql }: Store,
  username: string,
): Promise<{ account: Account; passwordHash: string | undefined } | undefined> {
  const [row] = await sql<(AccountRow & { password_hash: string | null })[]>`
    select ${columns(sql)}, a.password_hash from account a
    where a.username = ${username} and a.disabled_at is null`
  return row && { account: toAccount(row), passwordHash: row.password_hash ?? undefined }
}

/** By account id or username; disabled ones are not found. */
export async function findAccount({ sql }: Store, ref: string): Promise<Account | undefined> {
  const [row] = await sql<AccountRow[]>`
    select ${columns(sql)} from account a
    where ${isUuid(ref) ? sql`a.id = ${ref}` : sql`a.username = ${ref}`} and a.disabled_at is null`
  return row && toAccount(row)
}

/** Names by account id, disabled ones too: the log speaks of people who have left. */
export async function accountNames({ sql }: Store, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter(isUuid)
  if (wanted.length === 0) return new Map()
  const rows = await sql<{ id: string; name: string }[]>`
    select id, name from account where id = any(${wanted}::uuid[])`
  return new Map(rows.map((r) => [r.id, r.name]))
}

/** @param mustChange set by somebody else: to be changed at the next login. @returns false when there is no such user. */
export async function setPassword(
  { sql }: Store,
  username: string,
  password: string,
  mustChange: boolean,
): Promise<boolean> {
  const hash = await hashPassword(password)
  const rows = await sql`
    with changed as (
      update account set password_hash = ${hash}, must_change = ${mustChange}, password_set_at = now() where username = ${username} returning id
    ), ended as (
      delete from session using changed where session.account_id = changed.id
    )
    select 1 from changed`
  return rows.length === 1
}

export interface SessionAccount {
  account: Account
  /** Milliseconds that the session still lasts. */
  lastsMs: number
}

/** @param session `lastsMs`: so long while nobody uses it; `endsMs`: and at most so long, absent = as long as it is used */
export async function openSession(
  { sql }: Store,
  session: { tokenHash: Uint8Array; accountId: string; lastsMs: number; endsMs?: number | undefined },
): Promise<void> {
  const { tokenHash, accountId, lastsMs, endsMs } = session
  await sql`
    with old as (delete from session where account_id = ${accountId} and expires_at < now())
    insert into session (token_hash, account_id, expires_at, ends_at)
    values (${tokenHash}, ${accountId},
      now() + ${Math.min(lastsMs, endsMs ?? lastsMs)} * interval '1 millisecond',
      now() + ${endsMs ?? null} * interval '1 millisecond')`
}

/** Who holds this token; undefined when it is unknown, ran out, or the account was disabled. */
export async function sessionAccount(
  { sql }: Store,
  tokenHash: Uint8Array,
): Promise<SessionAccount | undefined> {
  const [row] = await sql<(AccountRow & { lasts_ms: number })[]>`
    select ${columns(sql)}, (extract(epoch from s.expires_at - now()) * 1000)::float8 as lasts_ms
    from session s join account a on a.id = s.account_id
    where s.token_hash = ${tokenHash} and s.expires_at > now() and a.disabled_at is null`
  return row && { account: toAccount(row), lastsMs: row.lasts_ms }
}

/** It may rest for `lastsMs` from now on, and ends when it was to end at most. @returns milliseconds that it lasts */
export async function extendSession({ sql }: Store, tokenHash: Uint8Array, lastsMs: number): Promise<number> {
  const [row] = await sql<{ lasts_ms: number }[]>`
    update session set expires_at = least(now() + ${lastsMs} * interval '1 millisecond', ends_at)
    where token_hash = ${tokenHash} and expires_at > now()
    returning (extract(epoch from expires_at - now()) * 1000)::float8 as lasts_ms`
  return row?.lasts_ms ?? 0
}

export async function closeSession({ sql }: Store, tokenHash: Uint8Array): Promise<void> {
  await sql`delete from session where token_hash = ${tokenHash}`
}

export async function addApiKey(
  { sql }: Store,
  key: { id: string; name: string; keyHash: Uint8Array; accountId: string },
): Promise<void> {
  await sql`
    insert into api_key (id, name, key_hash, account_id) values (${key.id}, ${key.name}, ${key.keyHash}, ${key.accountId})`
}

/** Whose key this is; undefined when unknown, revoked, or the account was disabled. */
export async function keyAccount({ sql }: Store, keyHash: Uint8Array): Promise<Account | undefined> {
  const [row] = await sql<AccountRow[]>`
    select ${columns(sql)} from api_key k join account a on a.id = k.account_id
    where k.key_hash = ${keyHash} and k.revoked_at is null and a.disabled_at is null`
  return row && toAccount(row)
}

export async function revokeApiKey({ sql }: Store, id: string): Promise<boolean> {
  const rows = await sql`
    update api_key set revoked_at = now() where id = ${id} and revoked_at is null returning 1`
  return rows.length === 1
}
