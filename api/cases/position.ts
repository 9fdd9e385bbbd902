// A position as it comes in, to WGS-84. A pair that is exchanged is told from a place outside the city: the first is a
// fault of the sender, the second a report like any other.
import type { Position } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { type Crs, toWgs84 } from '#domain/geo/crs.ts'

export interface GivenLocation {
  lng: number
  lat: number
  crs?: Crs
  accuracyM?: number
}

/** About a centimetre. */
const PLACES = 7
const rounded = (degrees: number) => Number(degrees.toFixed(PLACES))

export const toPosition = ({ lng, lat, crs = 'wgs84' }: GivenLocation): Position => {
  const at = toWgs84(lng, lat, crs)
  return { lng: rounded(at.lng), lat: rounded(at.lat) }
}

/** Outside the city as it is, inside it the other way round. */
export function looksSwapped({ lng, lat, crs }: GivenLocation, city: City): boolean {
  const inCity = (given: GivenLocation) => {
    const at = toPosition(given)
    return city.locate(at.lng, at.lat).inCity
  }
  const way = crs === undefined ? {} : { crs }
  return Math.abs(lng) <= 90 && !inCity({ lng, lat, ...way }) && inCity({ lng: lat, lat: lng, ...way })
}

export const SWAPPED = 'longitude and latitude look swapped: the other way round lies in the city'
