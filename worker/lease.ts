// A loop of which one process at a time is at work, by a lease in PostgreSQL. The lease only saves effort: nothing may
// rest on holding it.
import { dropLease, takeLease } from '#store/readers.ts'
import type { Store } from '#store/open.ts'
import { type Loop, type LoopOptions, startLoop } from './loop.ts'

export interface LeasedLoopOptions extends LoopOptions {
  store: Store
  /** Names this process. */
  holder: string
  /** Renewed at a third of it; others take over when it has run out. */
  leaseMs: number
}

/** How often a process without the lease asks for it. */
const ASK_EVERY_MS = 500

export function startLeasedLoop({ store, holder, leaseMs, ...options }: LeasedLoopOptions): Loop {
  let held = false
  let askedAt = Number.NEGATIVE_INFINITY

  async function isHeld(): Promise<boolean> {
    const age = performance.now() - askedAt
    if (held ? age < leaseMs / 3 : age < ASK_EVERY_MS) return held
    askedAt = performance.now()
    held = await takeLease(store, options.name, holder, leaseMs)
    return held
  }

  const loop = startLoop({ ...options, step: async () => ((await isHeld()) ? options.step() : 0) })
  return {
    ...loop,
    async close() {
      await loop.close()
      if (held) await dropLease(store, options.name, holder)
    },
  }
}
