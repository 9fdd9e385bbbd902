// The one clock of the log: the database's, sampled, and advanced by this process's monotonic clock in between.
import type { Clock } from '#domain/clock.ts'
import type { Store } from './open.ts'

const SAMPLE_EVERY_MS = 10_000

export interface DatabaseClock extends Clock {
  stop(): void
}

/** Resolves after the first sample. A failed later sample keeps the old offset and is reported to `onError`. */
export async function databaseClock(store: Store, onError: (error: unknown) => void): Promise<DatabaseClock> {
  let offset = 0
  let last = 0
  const sample = async () => {
    const sent = performance.now()
    const [row] = await store.sql<
      { ms: number }[]
    >`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`
    if (!row) throw new Error('the database did not tell the time')
    offset = row.ms - (sent + performance.now()) / 2
  }
  await sample()
  const timer = setInterval(() => sample().catch(onError), SAMPLE_EVERY_MS)
  timer.unref()
  return {
    now() {
      last = Math.max(last, Math.floor(performance.now() + offset))
      return last
    },
    stop: () => clearInterval(timer),
  }
}
