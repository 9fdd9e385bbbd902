// The logs of several cases in one statement, facts only, for readers of the feed that need what came before an event.
import type postgres from 'postgres'
import type { EventActor } from '#domain/event.ts'
import { upcast } from '#domain/upcast.ts'

/** Events by case, in order, brought up to date. */
export async function caseLogs(tx: postgres.ISql, ids: readonly string[]) {
  const rows = await tx<
    {
      case_id: string
      no: number
      type: string
      schema: number
      at: Date
      actor: EventActor
      payload: Record<string, unknown>
    }[]
  >`select case_id, no, type, schema, at, actor, payload from case_event
    where case_id = any(${[...ids]}::uuid[]) order by case_id, no`
  return Map.groupBy(
    rows.map(({ case_id, at, ...row }) => upcast({ ...row, caseId: case_id, at: at.getTime() })),
    (e) => e.caseId,
  )
}
