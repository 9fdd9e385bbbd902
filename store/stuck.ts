// What has made no progress although a machine should have moved it: the reconciler's question, and the operator's
// "what is stuck" summary. Cost follows open cases.
import type { Store } from './open.ts'

export interface Stuck {
  caseId: string
  version: number
  status: string
}

/** Cases in a state from which a rule could act, nobody named to act, untouched for `forMs`. `now` in epoch ms. */
export async function stuckCases(store: Store, now: number, forMs: number, limit = 1000): Promise<Stuck[]> {
  return store.sql<Stuck[]>`
    select id as "caseId", version, status from "case"
    where status in ('reported', 'accepted', 'filed', 'replied', 'checked')
      and state -> 'waitsFor' is null and updated_at < ${new Date(now - forMs)}
    order by updated_at limit ${limit}`
}
