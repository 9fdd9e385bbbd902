// Lists of field tasks 现场任务, each with its case: what a supervisor has to look at, the most urgent first.
import type { CaseState } from '#domain/case.ts'
import type { FieldTask, TaskKind } from '#domain/task.ts'
import { isUuid, reportWords, type CaseWithWords } from './cases.ts'
import type { Store } from './open.ts'

export interface TaskFilter {
  kind?: TaskKind | undefined
  /** Account id. */
  assignee?: string | undefined
  /** Assigned or accepted only. */
  openOnly: boolean
}

export interface TaskWithCase {
  task: FieldTask
  case: Pick<CaseWithWords, 'state' | 'words'>
}

export interface TaskPage {
  items: TaskWithCase[]
  nextCursor?: string | undefined
}

type Part = Record<string, unknown>
interface Row {
  id: string
  due_at: Date
  state: CaseState
  words: Part | null
  person: Part | null
}

/** Soonest due first; `cursor` is opaque. */
export async function listTasks(
  { sql }: Store,
  filter: TaskFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<TaskPage> {
  const from = cursor === undefined ? undefined : readTaskCursor(cursor)
  const rows = await sql<Row[]>`
    select t.id, t.due_at, c.state, w.data as words, p.data as person
    from field_task t join "case" c on c.id = t.case_id
      left join case_private w on w.case_id = c.id and w.no = 1 and w.part = 'words'
      left join case_private p on p.case_id = c.id and p.no = 1 and p.part = 'person'
    where true
      ${filter.kind === undefined ? sql`` : sql`and t.kind = ${filter.kind}`}
      ${filter.assignee === undefined ? sql`` : sql`and t.assignee = ${filter.assignee}`}
      ${filter.openOnly ? sql`and t.status in ('assigned', 'accepted')` : sql``}
      ${from ? sql`and (t.due_at, t.id) > (${from.at}, ${from.id})` : sql``}
    order by t.due_at, t.id limit ${limit + 1}`
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.flatMap(toTask),
    ...(rows.length > limit && last ? { nextCursor: writeTaskCursor(last) } : {}),
  }
}

/** The case of a task and the task in it; undefined when there is none. */
export async function caseOfTask({ sql }: Store, taskId: string): Promise<TaskWithCase | undefined> {
  if (!isUuid(taskId)) return undefined
  const rows = await sql<Row[]>`
    select t.id, t.due_at, c.state, w.data as words, p.data as person
    from field_task t join "case" c on c.id = t.case_id
      left join case_private w on w.case_id = c.id and w.no = 1 and w.part = 'words'
      left join case_private p on p.case_id = c.id and p.no = 1 and p.part = 'person'
    where t.id = ${taskId}`
  return rows.flatMap(toTask)[0]
}

/** The row names the task; what it says is the case's. */
function toTask({ id, state, words, person }: Row): TaskWithCase[] {
  const task = state.tasks.find((t) => t.id === id)
  return task ? [{ task, case: { state, words: reportWords(words, person) } }] : []
}

const writeTaskCursor = ({ due_at, id }: Row) =>
  Buffer.from(`${due_at.getTime()}.${id}`).toString('base64url')

/** Undefined for a damaged cursor. */
export function readTaskCursor(cursor: string): { at: Date; id: string } | undefined {
  const [ms, id] = Buffer.from(cursor, 'base64url').toString('utf8').split('.')
  const at = new Date(Number(ms))
  return id !== undefined && isUuid(id) && !Number.isNaN(at.getTime()) ? { at, id } : undefined
}
