// A list of accounts applied as it was planned: all of it, or nothing.
import { v7 } from 'uuid'
import type { PlannedRow, PresentAccount } from '#domain/account-import.ts'
import type { Store } from './open.ts'
import { hashPassword } from './passwords.ts'

export async function presentAccounts({ sql }: { sql: Store['sql'] }): Promise<PresentAccount[]> {
  return sql<PresentAccount[]>`
    select id, username, name, posts, department, areas, mobile, email,
      disabled_at is not null as "isDisabled", password_hash is not null as "hasPassword"
    from account order by username`
}

/** The accounts are no longer as they were when it was planned. */
export class PlanIsOld extends Error {}

/**
 * @param passwords initial passwords by username, of the rows that get one; each is to be changed at the first login
 * @param stillHolds asked with the accounts as they are now, while nobody else can change them
 * @throws PlanIsOld
 */
export async function applyImport(
  { sql }: Store,
  plan: readonly PlannedRow[],
  passwords: ReadonlyMap<string, string>,
  stillHolds: (present: PresentAccount[]) => boolean,
): Promise<void> {
  // Costly: before anything is locked.
  const hashed = await Promise.all(
    [...passwords].map(async ([username, password]) => [username, await hashPassword(password)] as const),
  )
  const hashes = new Map(hashed)
  await sql.begin(async (tx) => {
    await tx`lock table account in share row exclusive mode`
    if (!stillHolds(await presentAccounts({ sql: tx as unknown as Store['sql'] })))
      throw new PlanIsOld('the accounts have changed meanwhile')
    for (const row of plan) {
      if (row.what === 'same' || row.what === 'refuse') continue
      const hash = hashes.get(row.username) ?? null
      const { username, name, posts, department, areas, mobile, email } = row
      await tx`
        insert into account (id, username, name, posts, department, areas, mobile, email, password_hash, must_change)
        values (${v7()}, ${username}, ${name}, ${posts}, ${department}, ${areas}, ${mobile}, ${email}, ${hash}, ${hash !== null})
        on conflict (username) do update set
          name = excluded.name, posts = excluded.posts, department = excluded.department, areas = excluded.areas,
          mobile = excluded.mobile, email = excluded.email,
          password_hash = coalesce(excluded.password_hash, account.password_hash),
          must_change = account.must_change or excluded.must_change,
          password_set_at = case when excluded.password_hash is null then account.password_set_at else now() end`
    }
  })
}
