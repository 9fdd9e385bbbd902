// Cases that were dispatched lately, for trying a changed pack on them. Reads only.
import type { CaseState } from '#domain/case.ts'
import type { Store } from './open.ts'

export interface DispatchedCase {
  state: CaseState
  /** Undefined once it has been erased by rule. */
  description?: string | undefined
}

/** Reported in the last so many days before the newest report, in pages, newest first: the log's clock decides. */
export async function* dispatchedLately({ sql }: Store, days: number): AsyncGenerator<DispatchedCase[]> {
  const rows = sql<{ state: CaseState; description: string | null }[]>`
    select c.state, w.data ->> 'description' as description
    from "case" c left join case_private w on w.case_id = c.id and w.no = 1 and w.part = 'words'
    where c.reported_at > (select max(reported_at) from "case") - ${days} * interval '1 day' and c.state ? 'routing'
    order by c.reported_at desc, c.id desc`.cursor(500)
  for await (const page of rows)
    yield page.map(({ state, description }) => ({
      state,
      ...(description === null ? {} : { description }),
    }))
}
