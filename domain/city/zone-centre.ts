// Where a zone itself answers: a point inside it, inside the city, and outside the zones that are asked before it.
import { type LngLat, type Shape, boundsMeet, boundsOf, contains } from '../geo/geometry.ts'
import { interiorPoint } from '../geo/interior.ts'
import { differenceOf, intersectionOf } from '../geo/overlap.ts'

interface ZoneShape {
  code: string
  priority: number
  geometry: Shape
}

/**
 * Falls back, in this order, to: inside zone and city though another zone is asked first; inside the zone.
 * Undefined when the zone has no area. `city`: shapes that together are the city, e.g. its top-level areas.
 */
export function zoneCentre(zone: ZoneShape, others: readonly ZoneShape[], city: readonly Shape[]): LngLat | undefined {
  const bounds = boundsOf([zone.geometry])
  const earlier = others.filter(
    (o) => o.code !== zone.code && o.priority <= zone.priority && boundsMeet(bounds, boundsOf([o.geometry])),
  )
  const districts = city.filter((shape) => boundsMeet(bounds, boundsOf([shape])))
  const plain = interiorPoint(zone.geometry)
  if (!plain) return undefined
  const holds = (shape: { geometry: Shape }) => contains(shape.geometry, plain.lng, plain.lat)
  if (districts.some((d) => contains(d, plain.lng, plain.lat)) && !earlier.some(holds)) return point(plain)

  const own = earlier.length === 0 ? zone.geometry : differenceOf(zone.geometry, earlier.map((o) => o.geometry))
  return roomiest(own, districts) ?? roomiest(zone.geometry, districts) ?? point(plain)
}

function roomiest(shape: Shape | undefined, districts: readonly Shape[]): LngLat | undefined {
  if (!shape) return undefined
  let best: ReturnType<typeof interiorPoint>
  for (const district of districts) {
    const part = intersectionOf(shape, district)
    const at = part && interiorPoint(part)
    if (at && at.clearance > (best?.clearance ?? 0)) best = at
  }
  return best && point(best)
}

const point = ({ lng, lat }: LngLat): LngLat => ({ lng, lat })
