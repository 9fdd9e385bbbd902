// The security policy as it is kept, and wrong passwords in a row. By this database's clock.
import { USUAL_POLICY, type SecurityPolicy } from '#domain/security-policy.ts'
import type { Store } from './open.ts'

/** What is set, over the defaults: a policy that an older version kept knows fewer things. */
export async function readPolicy({ sql }: Store): Promise<SecurityPolicy> {
  const [row] = await sql<{ policy: Partial<SecurityPolicy> }[]>`select policy from security_policy`
  return { ...USUAL_POLICY, ...row?.policy }
}

/** @param change gets the policy that holds, one caller at a time. @returns before and after. */
export async function changePolicy(
  { sql }: Store,
  by: string,
  change: (present: SecurityPolicy) => SecurityPolicy,
): Promise<{ before: SecurityPolicy; after: SecurityPolicy }> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('huiyin.security-policy'))`
    const [row] = await tx<{ policy: Partial<SecurityPolicy> }[]>`select policy from security_policy`
    const before = { ...USUAL_POLICY, ...row?.policy }
    const after = change(before)
    await tx`
      insert into security_policy (policy, changed_by) values (${tx.json(after)}, ${by})
      on conflict (only_one) do update set policy = excluded.policy, changed_by = excluded.changed_by, changed_at = now()`
    return { before, after }
  })
}

const MOST_NAME = 100
const keyOf = (username: string) => username.toLowerCase().slice(0, MOST_NAME)

/** Seconds for which nobody can log in by this name, 0 when they can. Names nobody has are locked too. */
export async function lockedFor({ sql }: Store, username: string): Promise<number> {
  const [row] = await sql<{ seconds: number }[]>`
    select ceil(extract(epoch from locked_until - now()))::int as seconds from login_failure
    where username = ${keyOf(username)} and locked_until > now()`
  return row?.seconds ?? 0
}

/**
 * One more wrong password. Failures older than the time of a lock begin a new row of them.
 * @returns whether this one locked the name
 */
export async function countLoginFailure(
  { sql }: Store,
  username: string,
  { lockAfter, lockMinutes }: Pick<SecurityPolicy, 'lockAfter' | 'lockMinutes'>,
): Promise<boolean> {
  const [row] = await sql<{ locked: boolean }[]>`
    insert into login_failure as f (username, failures, locked_until)
    values (${keyOf(username)}, 1, ${lockAfter <= 1 ? sql`now() + ${lockMinutes} * interval '1 minute'` : null})
    on conflict (username) do update set
      failures = case when f.last_at < now() - ${lockMinutes} * interval '1 minute' then 1 else f.failures + 1 end,
      last_at = now(),
      locked_until = case
        when f.last_at >= now() - ${lockMinutes} * interval '1 minute' and f.failures + 1 >= ${lockAfter}
        then now() + ${lockMinutes} * interval '1 minute' end
    returning locked_until is not null as locked`
  return row?.locked === true
}

/** A right password, a new one, or an administrator's word. @returns whether there was anything to forget. */
export async function forgetLoginFailures({ sql }: Store, username: string): Promise<boolean> {
  const rows = await sql`delete from login_failure where username = ${keyOf(username)} returning 1`
  return rows.length > 0
}

/** Names nobody has tried for a day. @returns how many went. */
export async function trimLoginFailures({ sql }: Store): Promise<number> {
  const rows = await sql`
    delete from login_failure
    where last_at < now() - interval '1 day' and (locked_until is null or locked_until < now()) returning 1`
  return rows.length
}
