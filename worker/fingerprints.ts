// Makes the fingerprints of uploads that have none: those loaded with a history, and those whose process ended between
// keeping a picture and its fingerprint. A little every hour; pictures that can't have one are looked at again each round.
import { saveFingerprint, withoutFingerprint } from '#store/photo-hash.ts'
import type { JobContext } from './context.ts'

/** Real time spent in one go; a small part of the hour, and well within the job's time. */
const MOST_MS = 20_000
const PAGE = 50

/** Where the last go stopped: of this process, since going over some again costs only time. */
const places = new WeakMap<object, string>()

/** @returns fingerprints made. */
export async function backfillFingerprints({
  store,
  fingerprintOf,
  log,
}: Pick<JobContext, 'store' | 'fingerprintOf' | 'log'>): Promise<number> {
  if (!fingerprintOf) return 0
  const until = performance.now() + MOST_MS
  let made = 0
  let looked = 0
  for (;;) {
    const ids = await withoutFingerprint(store, { after: places.get(store), most: PAGE })
    for (const id of ids) {
      if (performance.now() > until) return tell()
      try {
        const print = await fingerprintOf(id)
        if (print) {
          await saveFingerprint(store, id, print)
          made += 1
        }
      } catch (error) {
        // One damaged file must not keep the others from theirs.
        log.warn({ err: error, upload: id }, 'no fingerprint could be made of a photo')
      }
      looked += 1
      places.set(store, id)
    }
    if (ids.length < PAGE) {
      places.delete(store)
      return tell()
    }
  }

  function tell(): number {
    if (made > 0) log.info({ made, looked }, 'fingerprints of earlier photos were made')
    return made
  }
}
