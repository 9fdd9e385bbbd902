// Who can be given a field task. Read from the accounts and who is on duty, and kept for a few seconds; a new supervisor is
// seen soon enough.
import { assigneeAmong, type FieldPerson } from '#domain/assignee.ts'
import type { CaseState } from '#domain/case.ts'
import type { TaskKind } from '#domain/task.ts'
import type { Store } from './open.ts'

const KEEP_MS = 5_000

interface Row {
  id: string
  areas: string[]
  on_duty: boolean
  lng: number | null
  lat: number | null
  position_at: Date | null
  open_tasks: number
}

export interface Directory {
  /** Call before deciding; refreshes at most every few seconds. */
  refresh(): Promise<void>
  /**
   * A supervisor for a field task of the case, never the one who has the open task, if there is anybody else: who of them
   * is in domain/assignee.ts. `now` (epoch ms, log's clock) tells positions that still hold; without it none does.
   */
  assigneeFor(kind: TaskKind, state: CaseState, by?: 'area' | 'central', now?: number): string | undefined
}

const toPerson = ({ id, areas, on_duty, lng, lat, position_at, open_tasks }: Row): FieldPerson => ({
  id,
  areas,
  onDuty: on_duty,
  openTasks: open_tasks,
  ...(lng === null || lat === null || position_at === null
    ? {}
    : { position: { lng, lat, at: position_at.getTime() } }),
})

export function openDirectory(store: Store): Directory {
  let people: FieldPerson[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined

  async function read() {
    const rows = await store.sql<Row[]>`
      select a.id, a.areas, d.id is not null as on_duty, d.lng, d.lat, d.position_at,
        (select count(*)::int from field_task t
          where t.assignee = a.id and t.status in ('assigned', 'accepted')) as open_tasks
      from account a left join duty d on d.account_id = a.id and d.until is null
      where a.disabled_at is null and 'supervisor' = any(a.posts) order by a.id`
    people = rows.map(toPerson)
    readAt = performance.now()
  }

  return {
    async refresh() {
      if (performance.now() - readAt < KEEP_MS) return
      reading ??= read().finally(() => {
        reading = undefined
      })
      await reading
    },
    assigneeFor: (_kind, state, by, now = Number.POSITIVE_INFINITY) =>
      assigneeAmong(people, state, { by, now }),
  }
}
