// Points that stand for a place: for a zone one where it answers itself (in the city, outside the zones asked before it),
// for an area one that no zone takes from it, where there is such a point.
import { type LngLat, type Shape, boundsMeet, boundsOf, contains } from '../geo/geometry.ts'
import { interiorPoint } from '../geo/interior.ts'
import { differenceOf, intersectionOf } from '../geo/overlap.ts'

interface ZoneShape {
  code: string
  priority: number
  geometry: Shape
}

export interface ZoneCentre extends LngLat {
  /** No point of the zone is its own: other zones cover all of it, or it lies outside the city. */
  hidden?: 'covered' | 'outside'
}

/** Undefined when the zone has no area. `city`: shapes that together are the city, e.g. its top-level areas. */
export function zoneCentre(
  zone: ZoneShape,
  others: readonly ZoneShape[],
  city: readonly Shape[],
): ZoneCentre | undefined {
  const bounds = boundsOf([zone.geometry])
  const meets = (shape: Shape) => boundsMeet(bounds, boundsOf([shape]))
  const earlier = others
    .filter((o) => o.code !== zone.code && o.priority <= zone.priority && meets(o.geometry))
    .map((o) => o.geometry)
  const districts = city.filter(meets)
  const plain = interiorPoint(zone.geometry)
  if (!plain) return undefined
  const holds = (shape: Shape) => contains(shape, plain.lng, plain.lat)
  if (districts.some(holds) && !earlier.some(holds)) return point(plain)

  const own = earlier.length === 0 ? zone.geometry : differenceOf(zone.geometry, earlier)
  const best = own && roomiest(own, districts)
  if (best) return best
  const covered = roomiest(zone.geometry, districts)
  return covered ? { ...covered, hidden: 'covered' } : { ...point(plain), hidden: 'outside' }
}

/** Undefined when the area has no shape to speak of. */
export function areaCentre(area: Shape, zones: readonly Shape[]): LngLat | undefined {
  const plain = interiorPoint(area)
  if (!plain || !zones.some((z) => contains(z, plain.lng, plain.lat))) return plain && point(plain)
  const bounds = boundsOf([area])
  const free = differenceOf(
    area,
    zones.filter((z) => boundsMeet(bounds, boundsOf([z]))),
  )
  const best = free && interiorPoint(free)
  return point(best && best.clearance >= ROOM_M ? best : plain)
}

/** Less room than this, in metres, is a leftover strip and no place. */
const ROOM_M = 5

function roomiest(shape: Shape, districts: readonly Shape[]): LngLat | undefined {
  let best: ReturnType<typeof interiorPoint>
  for (const district of districts) {
    const part = intersectionOf(shape, district)
    const at = part && interiorPoint(part)
    if (at && at.clearance > (best?.clearance ?? 0)) best = at
  }
  return best && point(best)
}

const point = ({ lng, lat }: LngLat): LngLat => ({ lng, lat })
