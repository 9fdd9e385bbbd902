// Who works in which unit, with what they have in hand.
import type { Post } from '#domain/case.ts'
import type { Store } from './open.ts'

export interface UnitPerson {
  id: string
  name: string
  posts: Post[]
  department: string
  /** Cases in hand 处置中. */
  open: number
}

/** Officers and handlers of these units, by name; who was disabled is left out. */
export async function unitPeople({ sql }: Store, units: readonly string[]): Promise<UnitPerson[]> {
  const rows = await sql<UnitPerson[]>`
    select a.id, a.name, a.posts, a.department,
      (select count(*)::int from "case" c where c.handler = a.id and c.status = 'handling') as open
    from account a
    where a.disabled_at is null and a.department = any(${[...units]}::text[])
      and a.posts && array['department-officer', 'handler']
    order by a.name, a.id`
  return [...rows]
}
