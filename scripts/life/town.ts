// The loaded city as simulated people know it: its ground, its addresses, its categories with their shares, its days
// off. Opened once; everything after that is decided by seeds.
import type { Calendar } from '#domain/calendar.ts'
import { type Addresses, openAddresses } from './address.ts'
import { type Mix, openMix } from './mix.ts'
import { type Ground, openGround, type Spot, type SpotKind, type TownSource } from './places.ts'
import { type CityDays, daysOffOf } from './volume.ts'
import { STREET_SHARES } from './where.ts'

export interface TownCategory {
  code: string
  name: string
  kind?: string | undefined
  risk?: string | undefined
  share?: number | undefined
}

/** A CityPack fits. From the public API: /areas?geometry=1, /zones?geometry=1, /map, /categories and /city. */
export interface TownPack extends TownSource {
  timeZone: string
  categories: readonly TownCategory[]
  calendars?: readonly Calendar[]
}

export interface Facility extends Spot {
  component: string
}

export interface Town extends CityDays {
  ground: Ground
  addresses: Addresses
  mix: Mix
  categories: ReadonlyMap<string, TownCategory>
  /** Street codes and how reports divide among them. */
  streets: readonly { code: string; share: number }[]
  spotsOf(kind: SpotKind, street: string): readonly Spot[]
  /** Of the component register, by category. */
  facilities: ReadonlyMap<string, readonly Facility[]>
}

/** A component this near to a road stands on it. */
const BESIDE_M = 25

/** @throws NoShares when no category has a share: then nothing says what to simulate. */
export function openTown(pack: TownPack): Town {
  const ground = openGround(pack)
  const byKind = Map.groupBy(ground.spots, (s) => `${s.kind} ${s.street}`)
  const grids = Map.groupBy(ground.spots, (s) => s.street)
  const streets = [...grids].map(([code, spots]) => ({
    code,
    share: STREET_SHARES[code] ?? new Set(spots.map((s) => s.grid)).size,
  }))
  return {
    ground,
    addresses: openAddresses(ground),
    mix: openMix(pack.categories, pack.timeZone),
    categories: new Map(pack.categories.map((c) => [c.code, c])),
    streets: streets.sort((a, b) => (a.code < b.code ? -1 : 1)),
    spotsOf: (kind, street) => byKind.get(`${kind} ${street}`) ?? [],
    facilities: facilitiesOf(pack, ground),
    timeZone: pack.timeZone,
    daysOff: daysOffOf(pack.calendars),
  }
}

function facilitiesOf(pack: TownPack, ground: Ground): ReadonlyMap<string, Facility[]> {
  const found = new Map<string, Facility[]>()
  const cell = ([x, y]: readonly [number, number]) =>
    `${Math.floor(x / BESIDE_M)} ${Math.floor(y / BESIDE_M)}`
  const onRoads = Map.groupBy(
    ground.spots.filter((s) => s.along !== undefined && s.side !== undefined),
    (s) => cell(ground.toPlane(s)),
  )
  for (const { code, category, lng, lat } of pack.components ?? []) {
    const spot = ground.spotAt({ lng, lat })
    if (!spot) continue
    const p = ground.toPlane(spot)
    const near = [-1, 0, 1]
      .flatMap((dx) =>
        [-1, 0, 1].flatMap((dy) => onRoads.get(cell([p[0] + dx * BESIDE_M, p[1] + dy * BESIDE_M])) ?? []),
      )
      .map((s) => ({ s, far: Math.hypot(...minus(ground.toPlane(s), p)) }))
      .sort((a, b) => a.far - b.far)[0]
    const beside =
      near && near.far < BESIDE_M && (spot.kind === 'open' || spot.kind === near.s.kind)
        ? { kind: near.s.kind, name: near.s.name, along: near.s.along, side: near.s.side }
        : {}
    const list = found.get(category) ?? []
    list.push({ ...spot, ...beside, component: code })
    found.set(category, list)
  }
  return found
}

const minus = (a: readonly [number, number], b: readonly [number, number]): [number, number] => [
  a[0] - b[0],
  a[1] - b[1],
]
