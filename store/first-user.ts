// Setting a password from the command line, and making the very first administrator where nobody could log in otherwise.
import type postgres from 'postgres'
import { v7 } from 'uuid'
import type { Store } from './open.ts'
import { hashPassword } from './passwords.ts'

/**
 * `set`: the account has the new password and its sessions are ended. `made`: there was no administrator who could log
 * in, so that an account with the post `admin` was made; whoever logs in with it first changes the password. `unknown`: no such account. `disabled`: it may not log in.
 */
export type PasswordSet = 'set' | 'made' | 'unknown' | 'disabled'

export interface NewPassword {
  username: string
  password: string
  /** Of an account that is made; the username when absent. */
  name?: string | undefined
  /** Whoever logs in with it chooses another; always so for an account that is made. */
  mustChange?: boolean
}

/** All or nothing. `newId` makes account ids. */
export async function setFirstPassword(
  store: Store,
  { username, password, name, mustChange = false }: NewPassword,
  newId: () => string = v7,
): Promise<PasswordSet> {
  const hash = await hashPassword(password)
  return store.sql.begin(async (sql) => {
    // One at a time, so that two callers cannot both find that there is no administrator.
    await sql`select pg_advisory_xact_lock(hashtext('huiyin.first-user'))`
    const outcome = await outcomeFor(sql, username)
    if (outcome === 'set') {
      await sql`
        delete from session using account where session.account_id = account.id and account.username = ${username}`
      await sql`
        update account set password_hash = ${hash}, must_change = ${mustChange}, password_set_at = now() where username = ${username}`
    }
    if (outcome !== 'made') return outcome
    await sql`
      insert into account (id, username, name, posts, areas, password_hash, must_change)
      values (${newId()}, ${username}, ${name ?? username}, ${['admin']}, ${[]}, ${hash}, true)`
    return 'made'
  })
}

/** What setting this user's password would come to, so that nobody is asked for one in vain. */
export async function passwordOutcome({ sql }: Store, username: string): Promise<PasswordSet> {
  return outcomeFor(sql, username)
}

type Sql = Store['sql'] | postgres.TransactionSql

async function outcomeFor(sql: Sql, username: string): Promise<PasswordSet> {
  const [account] = await sql<{ disabled: boolean }[]>`
    select disabled_at is not null as disabled from account where username = ${username}`
  if (account) return account.disabled ? 'disabled' : 'set'
  return (await isAdministered(sql)) ? 'unknown' : 'made'
}

/** Whether somebody holds the post `admin` and can log in. */
export async function hasAdministrator({ sql }: Store): Promise<boolean> {
  return isAdministered(sql)
}

async function isAdministered(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`
    select exists (
      select from account where 'admin' = any(posts) and password_hash is not null and disabled_at is null
    ) as found`
  return row?.found === true
}
