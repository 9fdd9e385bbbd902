// The people of a replay: accounts of its pack, found by post or unit, acting in their own name.
import type { Actor, Post } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { isRelatedUnit } from '#domain/permission.ts'
import type { Account } from '#store/accounts.ts'
import type { Store } from '#store/open.ts'
import { activeAccounts } from '#store/replay.ts'

export interface People {
  byPost(post: Post): Actor | undefined
  /** An officer of the unit, or of one above or below it. */
  officerOf(department: string, city: City): Actor | undefined
  byId(id: string): Actor | undefined
  /** Who hands in the rows: an operator, or nobody in particular. */
  intake: Actor
}

const toActor = ({ id, posts, department, areas }: Account): Actor => ({
  kind: 'user',
  id,
  posts,
  areas,
  // The column is null for people of the centre.
  department: department ?? undefined,
})

export async function findPeople(store: Store): Promise<People> {
  const accounts = await activeAccounts(store)
  const find = (is: (account: Account) => boolean) => {
    const account = accounts.find(is)
    return account && toActor(account)
  }
  const byPost = (post: Post) => find((a) => a.posts.includes(post))
  return {
    byPost,
    officerOf: (department, city) =>
      find((a) => a.posts.includes('department-officer') && a.department === department) ??
      find((a) => a.posts.includes('department-officer') && isRelatedUnit(a.department, department, city)),
    byId: (id) => find((a) => a.id === id),
    intake: byPost('operator') ?? { kind: 'anonymous' },
  }
}
