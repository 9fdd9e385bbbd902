import { expect, it } from 'vitest'
import type { TaskRow } from '../../api/tasks.ts'
import { listed } from './tasks.ts'

const task = (id: string, dueAt: string, lng: number) =>
  ({
    id,
    kind: 'check',
    caseId: id,
    dueAt,
    status: 'assigned',
    case: { location: { lng, lat: 29.7 } },
  }) as TaskRow

const TASKS = [
  task('late', '2026-03-01T12:00:00+08:00', 113.9),
  task('soon', '2026-03-01T09:00:00+08:00', 113.95),
  task('same', '2026-03-01T12:30:00+08:00', 113.9),
]
const ids = (rows: { task: TaskRow }[]) => rows.map((r) => r.task.id)

it('tasks stand by what is due first, or by what is nearest', () => {
  const here = { lng: 113.901, lat: 29.7 }
  expect(ids(listed(TASKS, here, 'due'))).toEqual(['soon', 'late', 'same'])
  expect(ids(listed(TASKS, here, 'near'))).toEqual(['late', 'same', 'soon'])
  expect(ids(listed(TASKS, undefined, 'near'))).toEqual(['soon', 'late', 'same'])
  expect(Math.round(listed(TASKS, here, 'near')[0]?.distanceM ?? 0)).toBeGreaterThan(90)
})
