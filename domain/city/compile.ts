// From pack to city: maps by code, the calendar of a unit, and the spatial index behind `locate`. Pure; expects a pack
// that passed the check and throws on one that could not have.
import Flatbush from 'flatbush'
import type { Calendar } from '../calendar.ts'
import { packRegister } from '../register.ts'
import { type Bounds, type Shape, boundsOf, contains } from '../geo/geometry.ts'
import type { Area, City, CityPack, Department, Located, Zone } from './types.ts'

/** Level below the grid: reports are placed in grids, so it is left out of `locate`. */
const MICRO_GRID = 'micro-grid'

export function compileCity(pack: CityPack, version: number): City {
  const areas = byCode(pack.areas)
  const zones = byCode(pack.zones)
  const departments = byCode(pack.departments)
  return {
    version,
    pack,
    areas,
    zones,
    categories: byCode(pack.categories),
    conditions: new Map(pack.conditions.map((c) => [c.id, c])),
    departments,
    components: packRegister(pack.components),
    calendarFor: calendarLookup(pack.calendars, departments),
    locate: locator(pack, areas, [...zones.values()]),
  }
}

/** Bounds of all areas, `[west, south, east, north]` in degrees. */
export const boundsOfPack = (pack: Pick<CityPack, 'areas'>): Bounds =>
  boundsOf(pack.areas.map((a) => a.geometry))

const byCode = <T extends { code: string }>(rows: readonly T[]): ReadonlyMap<string, T> =>
  new Map(rows.map((r) => [r.code, r]))

function calendarLookup(
  calendars: readonly Calendar[],
  departments: ReadonlyMap<string, Department>,
): (owner: string) => Calendar {
  const own = new Map(calendars.map((c) => [c.owner, c]))
  const centre = own.get('centre')
  if (!centre) throw new Error('city pack without a calendar of `centre`')
  return (owner) => {
    const seen = new Set<string>()
    for (
      let at: string | undefined = owner;
      at !== undefined && !seen.has(at);
      at = departments.get(at)?.parent
    ) {
      seen.add(at)
      const found: Calendar | undefined = own.get(departments.get(at)?.calendar ?? at) ?? own.get(at)
      if (found) return found
    }
    return centre
  }
}

function locator(
  pack: CityPack,
  areas: ReadonlyMap<string, Area>,
  zones: readonly Zone[],
): (lng: number, lat: number) => Located {
  const placed = pack.areas.filter((a) => a.level !== MICRO_GRID)
  const parents = new Set(placed.map((a) => a.parent))
  const paths = new Map(placed.map((a) => [a.code, pathTo(a, areas)]))
  const depth = (a: Area) => paths.get(a.code)?.length ?? 0
  const areasAt = holders(
    [...placed].sort((a, b) => depth(b) - depth(a) || order(a.code, b.code)),
    1,
  )
  const zonesAt = holders([...zones].sort((a, b) => a.priority - b.priority || order(a.code, b.code)))
  return (lng, lat) => {
    if (!Number.isFinite(lng) || !Number.isFinite(lat)) return { inCity: false, areaPath: [], zones: [] }
    const [deepest] = areasAt(lng, lat)
    const held = zonesAt(lng, lat).map((z) => z.code)
    if (!deepest) return { inCity: false, areaPath: [], zones: held }
    const isGap = parents.has(deepest.code)
    return {
      inCity: true,
      area: isGap ? undefined : deepest.code,
      areaPath: [...(paths.get(deepest.code) ?? [])],
      zones: held,
    }
  }
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function pathTo(area: Area, areas: ReadonlyMap<string, Area>): string[] {
  const path: string[] = []
  for (let at: Area | undefined = area; at; at = at.parent === undefined ? undefined : areas.get(at.parent)) {
    if (path.includes(at.code)) throw new Error(`area ${at.code} is its own ancestor`)
    path.unshift(at.code)
  }
  return path
}

/** Shapes that hold a point, in the order given; `most` stops early. */
function holders<T extends { geometry: Shape }>(
  items: readonly T[],
  most = Number.POSITIVE_INFINITY,
): (lng: number, lat: number) => T[] {
  if (items.length === 0) return () => []
  const index = new Flatbush(items.length)
  for (const item of items) index.add(...boundsOf([item.geometry]))
  index.finish()
  return (lng, lat) => {
    const found: T[] = []
    for (const i of index.search(lng, lat, lng, lat).sort((a, b) => a - b)) {
      const item = items[i]
      if (!item || !contains(item.geometry, lng, lat)) continue
      found.push(item)
      if (found.length >= most) break
    }
    return found
  }
}
