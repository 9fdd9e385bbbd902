// The cities of a process by pack version; the newest is asked for again every few seconds, so that a newly loaded pack is
// seen without a restart.
import type { City } from '#domain/city/types.ts'
import { cityVersion } from './city.ts'
import type { Store } from './open.ts'

const ASK_AGAIN_MS = 3_000

/** No city pack has been loaded into this database. */
export class NoCity extends Error {
  constructor() {
    super('no city is loaded: run `npm run city -- load DIR`')
    this.name = 'NoCity'
  }
}

export type CityFor = (version?: number) => Promise<City>

/** @returns the city of a version, or the newest. The function throws NoCity while none is loaded. */
export function openCities(store: Store): CityFor {
  let newest: { version: number; askedAt: number } | undefined
  let asking: Promise<number> | undefined

  async function ask(): Promise<number> {
    const [row] = await store.sql<{ version: number | null }[]>`select max(version) as version from city`
    if (row?.version == null) throw new NoCity()
    newest = { version: row.version, askedAt: performance.now() }
    return row.version
  }

  return async (version) => {
    if (version !== undefined) return cityVersion(store, version)
    if (newest && performance.now() - newest.askedAt < ASK_AGAIN_MS) return cityVersion(store, newest.version)
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return cityVersion(store, await asking)
  }
}
