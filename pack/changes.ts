// What a pack changes against the one loaded before: counts per table, and what is gone though open cases still use it.
import { isDeepStrictEqual } from 'node:util'
import type { CityPack } from '#domain/city/types.ts'
import { AREAS } from './read/areas.ts'
import { CALENDARS } from './read/calendars.ts'
import { CAMERAS } from './read/cameras.ts'
import { CATEGORIES, CONDITIONS } from './read/catalogue.ts'
import { CELLS } from './read/cells.ts'
import { CITY_JSON } from './read/city-json.ts'
import { COMPONENTS } from './read/components.ts'
import { DEPARTMENTS } from './read/departments.ts'
import { INDICATORS } from './read/indicators.ts'
import { MAP } from './read/map-layers.ts'
import { PERIODS } from './read/periods.ts'
import { ROUTING } from './read/routing.ts'
import { USERS } from './read/users.ts'
import { ZONES } from './read/zones.ts'

export interface TableChanges {
  file: string
  /** Codes of the rows. */
  added: string[]
  changed: string[]
  removed: string[]
}

type Rows = (pack: CityPack) => readonly object[]
const key =
  <T extends object>(of: (row: T) => string) =>
  (row: object) =>
    of(row as T)
const code = key<{ code: string }>((r) => r.code)
const id = key<{ id: string }>((r) => r.id)

/** Each table with its rows and what tells them apart. Passwords are no part of a stored pack. */
const TABLES: readonly [file: string, rows: Rows, keyOf: (row: object) => string][] = [
  [AREAS, (p) => p.areas, code],
  [ZONES, (p) => p.zones, code],
  [CELLS, (p) => p.cells ?? [], code],
  [CATEGORIES, (p) => p.categories, code],
  [CONDITIONS, (p) => p.conditions, id],
  [DEPARTMENTS, (p) => p.departments, code],
  [ROUTING, (p) => p.routing, id],
  [CALENDARS, (p) => p.calendars, key<{ owner: string }>((c) => c.owner)],
  [
    USERS,
    (p) => p.users.map(({ password: _, ...user }) => user),
    key<{ username: string }>((u) => u.username),
  ],
  [COMPONENTS, (p) => p.components, code],
  [PERIODS, (p) => p.periods ?? [], key<{ kind: string; name: string }>((p) => `${p.kind} ${p.name}`)],
  [CAMERAS, (p) => p.cameras ?? [], code],
  [
    INDICATORS,
    (p) => p.indicators ?? [],
    key<{ code: string; version: string }>((i) => `${i.code} ${i.version}`),
  ],
  [MAP, (p) => (p.mapLayers ? [p.mapLayers] : []), () => MAP],
  [CITY_JSON, (p) => [headOf(p)], () => CITY_JSON],
]

const headOf = ({ code, name, centreName, timeZone, demo, levels, mapNotice, policies }: CityPack) => ({
  code,
  name,
  centreName,
  timeZone,
  demo,
  levels,
  mapNotice,
  policies,
})

/** Tables that differ, each with the codes of their rows. Both packs as they are stored. */
export function packChanges(before: CityPack, after: CityPack): TableChanges[] {
  const [old, now] = [stored(before), stored(after)]
  return TABLES.map(([file, rowsOf, keyOf]) => {
    const was = new Map(rowsOf(old).map((r) => [keyOf(r), r]))
    const is = new Map(rowsOf(now).map((r) => [keyOf(r), r]))
    return {
      file,
      added: [...is.keys()].filter((k) => !was.has(k)),
      changed: [...is]
        .filter(([k, row]) => was.has(k) && !isDeepStrictEqual(was.get(k), row))
        .map(([k]) => k),
      removed: [...was.keys()].filter((k) => !is.has(k)),
    }
  }).filter((t) => t.added.length + t.changed.length + t.removed.length > 0)
}

/** As JSON keeps it: what is undefined is absent. */
const stored = (pack: CityPack) => JSON.parse(JSON.stringify(pack)) as CityPack

export interface GoneButUsed {
  file: string
  code: string
  /** Open cases that name it. */
  cases: number
}

/** How many open cases name each code. */
type Uses = Readonly<
  Record<'departments' | 'categories' | 'conditions' | 'areas' | 'zones', ReadonlyMap<string, number>>
>

/** What the new pack no longer holds though open cases name it; they keep the version they were filed under. */
export function goneButUsed(changes: readonly TableChanges[], uses: Uses): GoneButUsed[] {
  const named: readonly [file: string, counts: ReadonlyMap<string, number>][] = [
    [DEPARTMENTS, uses.departments],
    [CATEGORIES, uses.categories],
    [CONDITIONS, uses.conditions],
    [AREAS, uses.areas],
    [ZONES, uses.zones],
  ]
  return named.flatMap(([file, counts]) =>
    (changes.find((c) => c.file === file)?.removed ?? []).flatMap((gone) => {
      const cases = counts.get(gone) ?? 0
      return cases > 0 ? [{ file, code: gone, cases }] : []
    }),
  )
}
