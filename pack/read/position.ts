// A position in the columns `lng` and `lat` of a table, in the pack's coordinate system.
import type { Crs } from './crs.ts'
import type { Findings, Place } from './findings.ts'

/** WGS-84, or undefined with a fault. */
export function readPosition(
  cells: { lng: string; lat: string },
  crs: Crs,
  at: (field: string) => Place,
  findings: Findings,
): { lng: number; lat: number } | undefined {
  const [x, y] = [Number(cells.lng), Number(cells.lat)]
  if (cells.lng === '' || cells.lat === '') return undefined
  if (!Number.isFinite(x) || !(crs.isMetres || Math.abs(x) <= 180))
    findings.fault(
      at('lng'),
      `"${cells.lng}" is no longitude in degrees (metres need "crs": "EPSG:45xx" in city.json)`,
      `“${cells.lng}”不是经度（度）；若为米制坐标，请在city.json的crs填EPSG:45xx`,
    )
  else if (!Number.isFinite(y) || !(crs.isMetres || Math.abs(y) <= 90))
    findings.fault(
      at('lat'),
      `"${cells.lat}" is no latitude; are longitude and latitude swapped?`,
      `“${cells.lat}”不是纬度，经纬度是否写反？`,
    )
  else {
    const position = crs.toWgs84(x, y)
    if (position) return position
    findings.fault(
      at('lng'),
      `[${cells.lng}, ${cells.lat}] is not within ${crs.name}`,
      `[${cells.lng}, ${cells.lat}]不在${crs.name}的范围内`,
    )
  }
  return undefined
}
