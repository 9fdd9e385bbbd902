// Turns the log into notices 通知; the cursor moves with what was written, in one transaction. Processes with bells to ring
// are woken.
import { followNotices } from '#store/notices.ts'
import type { JobContext } from '../context.ts'

/** @returns facts read. */
export const writeNotices = ({ store, runtime }: Pick<JobContext, 'store' | 'runtime'>): Promise<number> =>
  followNotices(store, {
    cityFor: runtime.cityFor,
    now: () => runtime.clock.now(),
    onNew: () => runtime.signals.raise('notice'),
  })
