// A case's state laid out as columns: what an append writes and what the audit expects to find there.
import type { CaseState } from '#domain/case.ts'
import { isClockRunning } from '#domain/light.ts'

const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString())

/** Typed columns of "case" that follow from the state. Instants as ISO text in UTC. */
export const caseColumns = (state: CaseState) => ({
  id: state.id,
  no: state.no,
  version: state.version,
  status: state.status,
  receipt_no: state.receiptNo,
  case_no: state.caseNo ?? null,
  source: state.source,
  category: state.category ?? null,
  area: state.area ?? null,
  area_path: state.areaPath,
  department: state.department ?? null,
  handler: state.handler ?? null,
  round: state.round,
  urgent: state.urgent,
  reported_by: state.reportedBy ?? null,
  external_system: state.externalSystem ?? null,
  external_id: state.externalId ?? null,
  reported_at: iso(state.reportedAt),
  closed_at: iso(state.closedAt),
  warn_at: iso(state.clock?.warnAt),
  due_at: iso(state.clock?.dueAt),
  clock_runs: isClockRunning(state),
  updated_at: iso(state.lastAt),
})

/** Rows of field_task that follow from the state. */
export const taskRows = (state: CaseState) =>
  state.tasks.map((t) => ({
    id: t.id,
    case_id: state.id,
    kind: t.kind,
    round: t.round,
    assignee: t.assignee,
    status: t.status,
    due_at: iso(t.dueAt),
    created_at: iso(t.createdAt),
  }))
