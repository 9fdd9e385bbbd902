// The city as the public API tells it, made into what the simulated people go by.
import type { Calendar } from '#domain/calendar.ts'
import type { Shape } from '#domain/geo/geometry.ts'
import { type Town, openTown, type TownCategory } from '../life/town.ts'
import { openWays, type WaysCity } from '../life/ways.ts'
import type { Ways } from '../life/course.ts'
import type { Client } from './client.ts'

interface Place {
  code: string
  name: string
  parent?: string
  geometry: Shape
  centre: { lng: number; lat: number }
}
interface Category extends TownCategory {
  conditions: { id: string }[]
}
interface Department {
  code: string
  parent?: string
  kind: string
}
interface ApiRule {
  area?: string
  department: string
}

export interface City {
  town: Town
  ways: Ways
  /** `low`, `normal` or `urgent`. */
  riskOf(category: string | undefined): string | undefined
  /** Tells where a case lies, before anybody decides about it. */
  placed(caseId: string, grid: string): void
}

/** @throws when the pack gives no category a share: then nothing says what to simulate. */
export async function readCity(client: Client): Promise<City> {
  const list = async <T>(path: string) => (await client.get<{ items: T[] }>(path)).items
  const { timeZone } = await client.get<{ timeZone: string }>('/city')
  const areas = await list<Place & { level: string }>('/areas?geometry=1')
  const zones = await list<Place & { kind: string; priority: number }>('/zones?geometry=1')
  const categories = await list<Category>('/categories')
  const departments = await list<Department>('/departments')
  const calendars = await list<Calendar>('/calendars')
  const mapLayers = await client.get<GeoJSON.FeatureCollection>('/map')
  const components = await readRegister(
    client,
    areas.filter((a) => a.level === 'grid'),
  )
  const town = openTown({ timeZone, areas, zones, categories, calendars, mapLayers, components })
  const parents = new Map(areas.map((a) => [a.code, a.parent]))
  const top = (code: string): string => {
    const parent = parents.get(code)
    return parent === undefined ? code : top(parent)
  }
  const units = new Map(departments.map((d) => [d.code, d]))
  const byOwner = new Map(calendars.map((c) => [c.owner, c]))
  const calendarFor = (owner: string): Calendar => {
    for (let at: string | undefined = owner; at !== undefined; at = units.get(at)?.parent) {
      const found = byOwner.get(at)
      if (found) return found
    }
    const centre = byOwner.get('centre')
    if (!centre) throw new Error('the city has no calendar of its centre')
    return centre
  }
  const conditions = new Map(
    categories.flatMap((c) => c.conditions.map(({ id }) => [id, { category: c.code }] as const)),
  ) as unknown as WaysCity['conditions']
  const routing = streetOffices(areas, departments) as unknown as WaysCity['pack']['routing']
  const gridOf = new Map<string, string>()
  return {
    town,
    ways: openWays({ conditions, calendarFor, departments: units, pack: { timeZone, routing } }, ({ key }) =>
      top(gridOf.get(key) ?? ''),
    ),
    riskOf: (code) => (code === undefined ? undefined : town.categories.get(code)?.risk),
    placed: (caseId, grid) => gridOf.set(caseId, grid),
  }
}

interface Component {
  code: string
  category: string
  location: { lng: number; lat: number }
}
/** What the register answers at most, and how far round a grid's middle it is asked. */
const NEAR = 'radius=500&limit=200'

/** The component register, asked grid by grid: nobody is given the whole of it at once. */
async function readRegister(client: Client, grids: readonly Place[]) {
  const found = new Map<string, { code: string; category: string; lng: number; lat: number }>()
  for (const { centre } of grids) {
    const { items } = await client.get<{ items: Component[] }>(
      `/components?near=${centre.lng},${centre.lat}&${NEAR}`,
    )
    for (const { code, category, location } of items) found.set(code, { code, category, ...location })
  }
  return [...found.values()]
}

/** A street office goes by the name of its street: 西城街道 and 西城街道办事处. */
function streetOffices(areas: readonly Place[], departments: readonly Department[]): ApiRule[] {
  const named = departments as readonly (Department & { name?: string })[]
  return areas
    .filter((a) => a.parent === undefined)
    .flatMap((street) => {
      const office = named.find((d) => d.kind === 'street' && d.name?.startsWith(street.name))
      return office ? [{ area: street.code, department: office.code }] : []
    })
}
