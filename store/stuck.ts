// What has made no progress although a machine should have moved it: the reconciler's question, and the operator's
// "what is stuck" summary. Cost follows open cases.
import type { Source } from '#domain/case.ts'
import type { Store } from './open.ts'

export interface Stuck {
  caseId: string
  version: number
  status: string
  source: Source
  category: string | undefined
  /** Why somebody is named to act already, where a rule may be quicker. */
  reason: string | undefined
  /** Epoch ms of its last event. */
  updatedAt: number
}

export interface StuckOptions {
  limit?: number
  /** Pages on from the last one of the page before. */
  after?: Pick<Stuck, 'updatedAt' | 'caseId'> | undefined
  /** Also checked cases that wait for nobody in particular: wanted where a policy lets a rule close them. */
  checked?: boolean
  /** Also cases whose check failed: wanted where a policy lets a rule send them back. */
  failed?: boolean
}

/**
 * Cases in a state from which a rule could act, nobody named to act, untouched for `forMs`; longest untouched first.
 * `now` in epoch ms.
 */
export async function stuckCases(
  store: Store,
  now: number,
  forMs: number,
  { limit = 1000, after, checked = false, failed = false }: StuckOptions = {},
): Promise<Stuck[]> {
  const from = after ?? { updatedAt: 0, caseId: '00000000-0000-0000-0000-000000000000' }
  const rows = await store.sql<
    {
      id: string
      version: number
      status: string
      source: Source
      category: string | null
      reason: string | null
      updated_at: Date
    }[]
  >`
    select id, version, status, source, category, state -> 'waitsFor' ->> 'reason' as reason, updated_at from "case"
    where (status in ('reported', 'accepted', 'filed', 'replied') and state -> 'waitsFor' is null
        or ${checked} and status = 'checked' and state -> 'waitsFor' ->> 'reason' = 'checked'
        or ${failed} and status = 'replied' and state -> 'waitsFor' ->> 'reason' = 'check-failed')
      and updated_at < ${new Date(now - forMs)}
      and (updated_at, id) > (${new Date(from.updatedAt)}, ${from.caseId}::uuid)
    order by updated_at, id limit ${limit}`
  return rows.map((r) => ({
    caseId: r.id,
    version: r.version,
    status: r.status,
    source: r.source,
    category: r.category ?? undefined,
    reason: r.reason ?? undefined,
    updatedAt: r.updated_at.getTime(),
  }))
}
