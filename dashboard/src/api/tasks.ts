// Field tasks 现场任务 of the person who is logged in.
import type { CaseJson } from './cases.ts'
import type { TaskKind } from '#domain/task.ts'

export interface TaskRow {
  id: string
  kind: TaskKind
  status: 'assigned' | 'accepted' | 'reported' | 'cancelled'
  caseId: string
  dueAt: string
  case: CaseJson
}
