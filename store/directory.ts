// Who can be given a field task. Read from the accounts and kept for a few seconds; a new supervisor is seen soon enough.
import type { CaseState, Post } from '#domain/case.ts'
import type { TaskKind } from '#domain/task.ts'
import type { Store } from './open.ts'

const KEEP_MS = 5_000

interface Person {
  id: string
  posts: Post[]
  areas: string[]
}

export interface Directory {
  /** Call before deciding; refreshes at most every few seconds. */
  refresh(): Promise<void>
  /** A supervisor whose grids cover the case, else any; spread evenly by the case's id. */
  assigneeFor(kind: TaskKind, state: CaseState): string | undefined
}

export function openDirectory(store: Store): Directory {
  let people: Person[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined

  async function read() {
    people = await store.sql<Person[]>`
      select id, posts, areas from account where disabled_at is null and 'supervisor' = any(posts) order by id`
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
    assigneeFor(_kind, state) {
      const last = state.tasks.at(-1)?.assignee
      const local = people.filter((p) => p.areas.some((a) => state.areaPath.includes(a)))
      const everywhere = people.filter((p) => p.areas.length === 0)
      const able = local.length > 0 ? local : everywhere.length > 0 ? everywhere : people
      const others = able.length > 1 ? able.filter((p) => p.id !== last) : able
      const turn = Number.parseInt(state.id.slice(-6), 16) || 0
      return others[turn % Math.max(1, others.length)]?.id
    },
  }
}
