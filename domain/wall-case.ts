// What of a case may hang on a wall. Requests, disputes and calls for help never do: only parts 部件 and events 事件; and
// their photos only once somebody has been there and found the work done.
import { afterPhotosOf } from './after-photos.ts'
import type { CaseState } from './case.ts'

const VISIBLE_KINDS = /^[CE]/
const GONE: readonly CaseState['status'][] = ['rejected', 'merged', 'voided']

/** May it be put on a screen by itself? Its dot on the map is another matter. */
export const mayBeOnWall = ({ category, status }: Pick<CaseState, 'category' | 'status'>): boolean =>
  category !== undefined && VISIBLE_KINDS.test(category) && !GONE.includes(status)

/** Its photos by id, before and after; none before it was checked. */
export function wallPhotos(
  state: Pick<CaseState, 'category' | 'status' | 'checkedAt' | 'photos' | 'afterPhotos'>,
): { before: string[]; after: string[] } {
  const isChecked = state.checkedAt !== undefined && (state.status === 'checked' || state.status === 'closed')
  return mayBeOnWall(state) && isChecked
    ? { before: state.photos, after: afterPhotosOf(state) }
    : { before: [], after: [] }
}
