// Simulated grid members and citizens: see something, photograph it, report it.
import type { Client } from './client.ts'
import { dice, pick, pickWeighted } from './dice.ts'
import { photo, sceneOf } from './photo.ts'
import { ADDRESS_DETAIL, reportText } from './texts.ts'

interface Place {
  code: string
  name: string
  level?: string
  kind?: string
  parent?: string
  centre: { lng: number; lat: number }
}
interface Category {
  code: string
  name: string
  share?: number
}

export interface Town {
  grids: Place[]
  communities: Map<string, string>
  zones: Place[]
  categories: Category[]
}

/** About 100 m of latitude. */
const SPREAD = 0.0009

export async function readTown(client: Client): Promise<Town> {
  const list = async <T>(path: string) => {
    const body = await client.get<{ items: T[] } | T[]>(path)
    return Array.isArray(body) ? body : body.items
  }
  const areas = await list<Place>('/areas')
  const parents = new Set(areas.map((a) => a.parent))
  const grids = areas.filter((a) => a.level === 'grid')
  return {
    grids: grids.length > 0 ? grids : areas.filter((a) => !parents.has(a.code)),
    communities: new Map(areas.map((a) => [a.code, a.name])),
    zones: (await list<Place>('/zones')).filter((z) => z.kind !== 'railway'),
    categories: (await list<Category>('/categories')).filter((c) => (c.share ?? 0) > 0),
  }
}

/** Kinds of place where a category is usually met. */
const WHERE: Record<string, readonly string[]> = {
  E0125: ['water'],
  E0182: ['water'],
  C0507: ['water'],
  E0117: ['park'],
  E0112: ['main-road', 'back-lane'],
  E0110: ['main-road', 'back-lane', 'estate', 'park'],
  E0304: ['construction'],
  E0306: ['construction'],
  E0307: ['construction'],
}

/** Sends one report. @returns its receipt number. */
export async function reportOnce(
  town: Town,
  people: { grid: Client; citizen: Client },
  seed: string,
): Promise<string> {
  const category = pickWeighted(town.categories, (c) => c.share ?? 0, seed, 'category')
  const kinds = WHERE[category.code]
  const zones = kinds ? town.zones.filter((z) => z.kind !== undefined && kinds.includes(z.kind)) : []
  const place = zones.length > 0 ? pick(zones, seed, 'zone') : pick(town.grids, seed, 'grid')
  const nudge = zones.length > 0 ? 0.00002 : SPREAD
  const lng = place.centre.lng + (dice(seed, 'lng') - 0.5) * 2 * nudge
  const lat = place.centre.lat + (dice(seed, 'lat') - 0.5) * 2 * nudge
  const named = town.communities.get(place.parent ?? '') ?? place.name
  const address = `${zones.length > 0 ? place.name : named}${pick(ADDRESS_DETAIL, seed, 'detail')}`
  const isCitizen = dice(seed, 'who') < 0.09
  const client = isCitizen ? people.citizen : people.grid
  const photos =
    dice(seed, 'photo') < 0.9
      ? [await client.upload(await photo(sceneOf({ lng, lat }), 'before'), 'before.jpg')]
      : []
  const { receiptNo } = await client.post<{ receiptNo: string }>(
    '/cases',
    {
      description: reportText(category.code, category.name, address, seed),
      address,
      location: { lng, lat, crs: 'wgs84', accuracyM: 5 + Math.round(dice(seed, 'accuracy') * 25) },
      categoryCode: category.code,
      source: isCitizen ? 'hotline' : 'grid',
      photos,
    },
    { 'idempotency-key': `demo-${seed}` },
  )
  return receiptNo
}
