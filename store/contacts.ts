// Where notices reach people: e-mail and mobile of accounts, absent = not by that way.
import type { Post } from '#domain/case.ts'
import { isUuid } from './cases.ts'
import type { Store } from './open.ts'

export interface ContactRow {
  id: string
  username: string
  name: string
  posts: Post[]
  department: string | null
  email: string | null
  mobile: string | null
}

/** Everybody who can be told something, by username. */
export async function listContacts({ sql }: Pick<Store, 'sql'>): Promise<ContactRow[]> {
  return sql<ContactRow[]>`
    select id, username, name, posts, department, email, mobile from account
    where disabled_at is null order by username`
}

/** Absent leaves, null clears. @returns false when there is no such account */
export async function changeContact(
  { sql }: Pick<Store, 'sql'>,
  id: string,
  { email, mobile }: { email?: string | null | undefined; mobile?: string | null | undefined },
): Promise<boolean> {
  if (!isUuid(id)) return false
  const rows = await sql`
    update account set email = ${email === undefined ? sql`email` : email},
      mobile = ${mobile === undefined ? sql`mobile` : mobile}
    where id = ${id} and disabled_at is null returning 1`
  return rows.length === 1
}
