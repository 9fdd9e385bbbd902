// Field tasks 现场任务 of the person who is logged in.
import type { TaskKind } from '#domain/task.ts'

export interface TaskRow {
  id: string
  kind: TaskKind
  caseId: string
  receiptNo: string
  category?: { code: string; name: string }
  address?: string
  dueAt: string
}
