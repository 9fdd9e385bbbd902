// The order of field tasks, and how far they are. Pure. Instants are epoch ms.
import { metresBetween } from '#domain/geo/distance.ts'
import type { TaskRow } from '../../api/tasks.ts'

export type Order = 'due' | 'near'

export interface Listed {
  task: TaskRow
  /** Metres from the device; undefined while it is not known where that is. */
  distanceM: number | undefined
}

export function listed(
  tasks: readonly TaskRow[],
  here: { lng: number; lat: number } | undefined,
  order: Order,
): Listed[] {
  const rows = tasks.map((task) => ({
    task,
    distanceM: here && metresBetween(here, task.case.location),
  }))
  const byDue = (a: Listed, b: Listed) => Date.parse(a.task.dueAt) - Date.parse(b.task.dueAt)
  const byWay = (a: Listed, b: Listed) => (a.distanceM ?? Infinity) - (b.distanceM ?? Infinity)
  return rows.sort((a, b) => (order === 'near' && here ? byWay(a, b) || byDue(a, b) : byDue(a, b)))
}

/** The photo to compare with: of the matter, the newest. */
export const beforePhoto = ({ case: c }: TaskRow): string | undefined => c.photos.at(0)

/** Pictures that the spot is looked at with; worth having on the device before there is no network. */
export const photosOfTask = ({ case: c }: TaskRow): string[] => [...c.photos, ...c.afterPhotos]
