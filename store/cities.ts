// The cities of a process by pack version, with what their component register has learnt since; both are asked for again
// every few seconds, and at once when somebody says that the register has changed, so that a newly loaded pack and a new
// owner are seen without a restart.
import type { CaseState } from '#domain/case.ts'
import { withFurtherCalendars } from '#domain/city/calendars.ts'
import type { City } from '#domain/city/types.ts'
import { type Lesson, withLessons } from '#domain/register.ts'
import { cityVersion } from './city.ts'
import type { Store } from './open.ts'
import { presentLessons } from './register.ts'
import type { Signals } from './signal.ts'

const ASK_AGAIN_MS = 3_000

/** No city pack has been loaded into this database. */
export class NoCity extends Error {
  constructor() {
    super('no city is loaded: run `npm run city -- load DIR`')
    this.name = 'NoCity'
  }
}

export type CityFor = (version?: number) => Promise<City>

/**
 * The city that decides about a case: the pack it was filed under, the newest until then, with the newest's further
 * calendars. @throws NoCity
 */
export async function cityOfCase(
  state: Pick<CaseState, 'filedAt' | 'cityVersion'> | undefined,
  cityFor: CityFor,
): Promise<City> {
  const newest = await cityFor()
  return state?.filedAt === undefined
    ? newest
    : withFurtherCalendars(await cityFor(state.cityVersion), newest)
}

interface Known {
  version: number
  /** Id of the latest lesson: lessons are only added. */
  register: number
  lessons: readonly Lesson[]
}

/** @returns the city of a version, or the newest. The function throws NoCity while none is loaded. */
export function openCities(store: Store, signals?: Pick<Signals, 'on'>): CityFor {
  let known: Known | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<Known> | undefined
  let changes = 0
  const overlaid = new WeakMap<City, { register: number; city: City }>()
  signals?.on('register', () => {
    changes += 1
    askedAt = Number.NEGATIVE_INFINITY
  })

  async function ask(): Promise<Known> {
    const before = changes
    const [row] = await store.sql<{ version: number | null; register: string }[]>`
      select (select max(version) from city) as version,
        (select coalesce(max(id), 0) from component_owner) as register`
    if (row?.version == null) throw new NoCity()
    const register = Number(row.register)
    known =
      known?.register === register
        ? { ...known, version: row.version }
        : { version: row.version, register, lessons: await presentLessons(store.sql) }
    // What changed while this was asked may not be in the answer.
    if (before === changes) askedAt = performance.now()
    return known
  }

  async function now(): Promise<Known> {
    if (known && performance.now() - askedAt < ASK_AGAIN_MS) return known
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }

  return async (version) => {
    const { version: newest, register, lessons } = await now()
    const city = await cityVersion(store, version ?? newest)
    if (register === 0) return city
    const made = overlaid.get(city)
    if (made?.register === register) return made.city
    const learnt = withLessons(city, lessons, register)
    overlaid.set(city, { register, city: learnt })
    return learnt
  }
}
