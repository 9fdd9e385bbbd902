// GeoJSON files as features in WGS-84 with their index. Checks the file, each geometry, its rings and its positions;
// what the properties mean is for others.
import type { Geometry, Position } from 'geojson'
import type { PackCrs } from '#domain/city/schema.ts'
import { toWgs84 } from '#domain/geo/crs.ts'
import { ringFault } from '#domain/geo/ring.ts'
import type { Findings, Place } from './findings.ts'
import { readText } from './text-file.ts'

export interface PackFeature {
  index: number
  properties: Record<string, unknown>
  geometry: Geometry
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined when the file is missing or no FeatureCollection; features with faulty geometry are left out. */
export async function readFeatures(
  dir: string,
  file: string,
  crs: PackCrs,
  types: readonly Geometry['type'][],
  findings: Findings,
  options: { optional?: boolean } = {},
): Promise<PackFeature[] | undefined> {
  const text = await readText(dir, file, findings, options)
  if (text === undefined) return undefined
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const why = (error as SyntaxError).message
    findings.fault({ file }, `not JSON: ${why}`, `不是规范的JSON：${why}`)
    return undefined
  }
  if (!isObject(json) || json.type !== 'FeatureCollection' || !Array.isArray(json.features)) {
    findings.fault({ file }, 'not a GeoJSON FeatureCollection', '不是GeoJSON要素集合（FeatureCollection）')
    return undefined
  }
  checkCrsMember(file, json.crs, findings)
  const features: PackFeature[] = []
  json.features.forEach((feature: unknown, index) => {
    const place = { file, row: index }
    if (!isObject(feature) || feature.type !== 'Feature') {
      findings.fault(place, 'not a GeoJSON Feature', '不是GeoJSON要素（Feature）')
      return
    }
    const geometry = checkGeometry(feature.geometry, types, place, findings)
    const properties = isObject(feature.properties) ? feature.properties : {}
    if (geometry) features.push({ index, properties, geometry: geometryToWgs84(geometry, crs) })
  })
  return features
}

/** An old-style `crs` member may say only what the pack can be: WGS-84 or CGCS2000. */
function checkCrsMember(file: string, crs: unknown, findings: Findings): void {
  if (crs === undefined || crs === null) return
  const name = isObject(crs) && isObject(crs.properties) ? String(crs.properties.name) : ''
  if (/CRS84|EPSG::?(4326|4490)$/.test(name)) return
  findings.fault(
    { file, field: 'crs' },
    `coordinates in "${name}": export them as longitude and latitude (WGS-84 or CGCS2000)`,
    `坐标系为“${name}”：请导出为经纬度（WGS-84或CGCS2000）`,
  )
}

function checkGeometry(
  geometry: unknown,
  types: readonly Geometry['type'][],
  place: Place,
  findings: Findings,
): Geometry | undefined {
  const at = { ...place, field: 'geometry' }
  if (!isObject(geometry)) {
    findings.fault(at, 'the geometry is missing', '缺少图形')
    return undefined
  }
  const type = types.find((t) => t === geometry.type)
  if (!type) {
    findings.fault(
      at,
      `must be ${types.join(' or ')}, not ${geometry.type}`,
      `图形须为${types.join('或')}，而不是${geometry.type}`,
    )
    return undefined
  }
  const positions = positionsIn(geometry.coordinates, DEPTH[type] ?? 0)
  if (!positions || positions.length === 0) {
    findings.fault(at, `not the coordinates of a ${type}`, `坐标不符合${type}的结构`)
    return undefined
  }
  const outside = positions.find(([x, y]) => Math.abs(x) > 180 || Math.abs(y) > 90)
  if (outside) {
    reportOutside(outside, at, findings)
    return undefined
  }
  const shape = { type, coordinates: geometry.coordinates } as Geometry
  return checkRings(shape, at, findings) ? shape : undefined
}

/** How many arrays deep the positions lie. */
const DEPTH: Partial<Record<Geometry['type'], number>> = {
  Point: 0,
  LineString: 1,
  MultiPoint: 1,
  Polygon: 2,
  MultiLineString: 2,
  MultiPolygon: 3,
}

function positionsIn(value: unknown, depth: number): [number, number][] | undefined {
  if (!Array.isArray(value)) return undefined
  if (depth === 0) {
    const [x, y] = value
    return Number.isFinite(x) && Number.isFinite(y) ? [[x, y]] : undefined
  }
  const all: [number, number][] = []
  for (const part of value) {
    const inner = positionsIn(part, depth - 1)
    if (!inner) return undefined
    for (const p of inner) all.push(p)
  }
  return all
}

function reportOutside([x, y]: [number, number], at: Place, findings: Findings): void {
  const isSwapped = Math.abs(x) <= 90 && Math.abs(y) <= 180
  if (isSwapped)
    findings.fault(
      at,
      `longitude and latitude are swapped at [${x}, ${y}]: GeoJSON puts longitude first`,
      `[${x}, ${y}]处经纬度写反：GeoJSON经度在前`,
    )
  else
    findings.fault(
      at,
      `[${x}, ${y}] is no longitude and latitude; projected metres must be converted first`,
      `[${x}, ${y}]不是经纬度；投影坐标（米）须先转换`,
    )
}

function checkRings(geometry: Geometry, at: Place, findings: Findings): boolean {
  const polygons =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : []
  let isSound = true
  polygons.forEach((rings, p) => {
    rings.forEach((ring, r) => {
      const fault = ringFault(ring)
      if (!fault) return
      isSound = false
      const where = polygons.length > 1 ? `polygon ${p}, ring ${r}` : `ring ${r}`
      const [message, zh] = ringWords(fault, ring)
      findings.fault(at, `${where}: ${message}`, `第${p + 1}个面第${r + 1}环：${zh}`)
    })
  })
  return isSound
}

function ringWords(fault: NonNullable<ReturnType<typeof ringFault>>, ring: Position[]): [string, string] {
  switch (fault.kind) {
    case 'too-short':
      return [
        `${fault.positions} positions; a ring needs at least 4`,
        `只有${fault.positions}个点，至少需要4个`,
      ]
    case 'unclosed':
      return [
        `does not end where it begins, [${ring[0]?.join(', ')}]`,
        `首尾点不重合，起点[${ring[0]?.join(', ')}]`,
      ]
    case 'no-area':
      return ['encloses nothing', '没有面积']
    case 'crosses-itself': {
      const { lng, lat } = fault.at
      return [`crosses or touches itself at [${lng}, ${lat}]`, `在[${lng}, ${lat}]处自相交`]
    }
  }
}

function geometryToWgs84(geometry: Geometry, crs: PackCrs): Geometry {
  if (crs !== 'gcj02' || geometry.type === 'GeometryCollection') return geometry
  const convert = (value: unknown, depth: number): unknown => {
    if (!Array.isArray(value)) return value
    if (depth > 0) return value.map((part) => convert(part, depth - 1))
    const { lng, lat } = toWgs84(value[0], value[1], crs)
    return [lng, lat]
  }
  return { ...geometry, coordinates: convert(geometry.coordinates, DEPTH[geometry.type] ?? 0) } as Geometry
}
