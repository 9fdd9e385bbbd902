// Retention: names and phones of who reported go by rule so many days after their case has ended, as the security policy
// says. Looked for once an hour in each process that asks; what one has erased the next finds erased.
import { DAY_MS } from '#domain/days.ts'
import { eraseByRule } from './erase.ts'
import type { Log } from './log.ts'
import type { Store } from './open.ts'
import type { Runtime } from './runtime.ts'
import { readPolicy } from './security.ts'

const EVERY_MS = 3_600_000
const lookedAt = new WeakMap<object, number>()

/** @param tick monotonic milliseconds. @returns cases erased, undefined when it is not time yet or nothing is asked for. */
export async function keepRetention(
  { store, runtime, log }: { store: Store; runtime: Pick<Runtime, 'clock' | 'signals'>; log: Log },
  tick: number = performance.now(),
): Promise<number | undefined> {
  const last = lookedAt.get(store)
  if (last !== undefined && tick - last < EVERY_MS) return undefined
  lookedAt.set(store, tick)
  const { eraseReporterDays: days } = await readPolicy(store)
  if (days === null) return undefined
  const now = runtime.clock.now()
  const done = await eraseByRule(store, {
    rule: `retention-${days}-days`,
    parts: ['person'],
    now,
    closedBefore: now - days * DAY_MS,
    signals: runtime.signals,
  })
  if (done.cases > 0) log.info({ cases: done.cases, days }, 'reporters of ended cases were erased by rule')
  return done.cases
}
