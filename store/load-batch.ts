// Reading single cases at a rate: requests for cases by id that come while a query is under way share the next one.
// A request never joins a query that was sent before it, so what is read is never older than the asking.
import type { CaseWithWords } from './cases.ts'
import { findCases } from './cases.ts'
import type { Store } from './open.ts'

const MOST_IDS = 256

/** @returns the case of an id (a UUID), or undefined. */
export type LoadCase = (id: string) => Promise<CaseWithWords | undefined>

export function openCaseLoader(store: Store): LoadCase {
  let waiting = new Map<string, PromiseWithResolvers<CaseWithWords | undefined>>()
  let isReading = false

  async function read(): Promise<void> {
    isReading = true
    // Requests of this turn of the event loop share a query.
    await new Promise((r) => setImmediate(r))
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, MOST_IDS)
      waiting = new Map([...waiting].slice(MOST_IDS))
      await answer(batch)
    }
    isReading = false
  }

  async function answer(
    batch: readonly [string, PromiseWithResolvers<CaseWithWords | undefined>][],
  ): Promise<void> {
    try {
      const cases = await findCases(
        store,
        batch.map(([id]) => id),
      )
      for (const [id, { resolve }] of batch) resolve(cases.get(id))
    } catch (error) {
      for (const [, { reject }] of batch) reject(error)
    }
  }

  return (id) => {
    const asked = waiting.get(id) ?? Promise.withResolvers()
    waiting.set(id, asked)
    if (!isReading) void read()
    return asked.promise
  }
}
