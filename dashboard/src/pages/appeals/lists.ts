// Which lists of appeals a person has: a unit's what may be held against it and its appeals, an evaluator's the queue. Pure.
import type { Account } from '../../api/session.ts'

export type ListKey = 'open' | 'ruled' | 'late' | 'rework' | 'dissatisfied' | 'closed' | 'ours'

const LIMIT = { limit: '100' }
const path = (query: Record<string, string>) => `/cases?${new URLSearchParams({ ...query, ...LIMIT })}`

/** None for who neither appeals nor rules nor looks on. The head and duty managers look on. */
export function listsFor({ posts, department }: Account): { key: ListKey; path: string }[] {
  if (posts.some((p) => p === 'evaluator' || p === 'head' || p === 'duty-manager'))
    return [
      { key: 'open', path: path({ appeal: 'open' }) },
      { key: 'ruled', path: path({ appeal: 'ruled' }) },
    ]
  if (!posts.includes('department-officer') || department === undefined) return []
  const closed = { department, status: 'closed' }
  return [
    { key: 'late', path: path({ ...closed, late: '1' }) },
    { key: 'rework', path: path({ ...closed, rework: '1' }) },
    { key: 'dissatisfied', path: path({ ...closed, dissatisfied: '1' }) },
    { key: 'closed', path: path(closed) },
    { key: 'ours', path: path({ department, appeal: 'open' }) },
    { key: 'ruled', path: path({ department, appeal: 'ruled' }) },
  ]
}
