// What `npm start` does about the demo's history before anything serves: makes it at the first start, goes on with one that
// was interrupted, or leaves it as it is.
import type { Config } from '#store/config.ts'
import { demoNow, readDemo } from '#store/demo.ts'
import { readHistory } from '#store/history.ts'
import type { Store } from '#store/open.ts'
import { NoShares } from '../life/mix.ts'
import { ensureHistory, leaveHistory } from './history.ts'

/**
 * @param note adds a line under the step
 * @param check throws when the start is to end
 */
export async function settleHistory(
  store: Store,
  { demo, demoHistory, dataDir }: Pick<Config, 'demo' | 'demoHistory' | 'dataDir'>,
  note: (line: string) => void = () => {},
  check: () => void = () => {},
): Promise<void> {
  if (!demo) return
  if (!demoHistory) {
    // A half-made past that is not wanted any more: the demo lives from here on.
    const known = await readHistory(store)
    if (known && !known.finished) await leaveHistory(store)
    return
  }
  try {
    const { now } = demoNow(await readDemo(store))
    const counts = await ensureHistory({ store, dataDir, now: Math.floor(now), onProgress: check })
    if (counts)
      note(
        `last quarter: ${counts.reported} reported 上报, ${counts.filed} filed 立案派遣, ${counts.closed} closed 结案; ${counts.open} open now`,
      )
    else note('there already')
  } catch (error) {
    // A pack that gives the simulation nothing to go by is no reason not to start.
    if (!(error instanceof NoShares)) throw error
    note(`none: ${error.message}`)
  }
}
