// Chinese map coordinates to WGS-84 and back out of their offset: GCJ-02 of the map makers, BD-09 of one of them.
import gcoord from 'gcoord'

export type Crs = 'wgs84' | 'gcj02' | 'bd09'

// The package's types describe its ESM build; Node loads the CommonJS one, whose exports are the object itself.
const coordinates = gcoord as unknown as typeof gcoord.default

const NAMES = { gcj02: coordinates.GCJ02, bd09: coordinates.BD09 } as const

/** Degrees in, WGS-84 degrees out. The inverse of the offset is approximate, within about a metre. */
export function toWgs84(lng: number, lat: number, crs: Crs): { lng: number; lat: number } {
  if (crs === 'wgs84') return { lng, lat }
  const [x, y] = coordinates.transform([lng, lat], NAMES[crs], coordinates.WGS84)
  return { lng: x, lat: y }
}
