// GeoJSON files as features in WGS-84 with their index. Checks the file, its coordinate system, each geometry, its rings
// and its positions; what the properties mean is for others.
import type { Geometry } from 'geojson'
import { crsNamed, crsOfFile, CRS_CHOICES, WGS84 } from './crs.ts'
import type { Crs } from './crs.ts'
import type { Findings, Place } from './findings.ts'
import { labelOf } from './properties.ts'
import { soundRings, warnIfCoarse } from './rings.ts'
import type { PackSource } from './source.ts'

export interface PackFeature {
  index: number
  properties: Record<string, unknown>
  /** In WGS-84. */
  geometry: Geometry
}

export interface PackFeatures {
  features: PackFeature[]
  /** The system that the file is in, for naming places as it does. */
  crs: Crs
}

export interface FeatureOptions {
  /** A missing file is no fault. */
  optional?: boolean
  /** Outlines are borders of something, so that a coarse one is remarked on. */
  borders?: boolean
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Undefined when the file is missing or no FeatureCollection; features with faulty geometry are left out. `crs` is the
 * city's; what the file says of itself may go before it.
 */
export async function readFeatures(
  source: PackSource,
  file: string,
  crs: Crs,
  types: readonly Geometry['type'][],
  findings: Findings,
  options: FeatureOptions = {},
): Promise<PackFeatures | undefined> {
  const text = await source.text(file, options)
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
  const stated = statedCrs(file, json.crs, findings)
  if (stated === 'unknown') return undefined
  const own = fittingCrs(file, crsOfFile(crs, stated), stated !== undefined, json.features, findings)
  if (!own) return undefined
  const features: PackFeature[] = []
  json.features.forEach((feature: unknown, index) => {
    const place = { file, row: index }
    if (!isObject(feature) || feature.type !== 'Feature') {
      findings.fault(place, 'not a GeoJSON Feature', '不是GeoJSON要素（Feature）')
      return
    }
    const properties = isObject(feature.properties) ? feature.properties : {}
    const label = labelOf(properties)
    if (label !== undefined) findings.label(file, index, label)
    const at = { ...place, field: 'geometry' }
    const given = checkGeometry(feature.geometry, types, own, at, findings)
    const geometry = given && geometryToWgs84(given, own, at, findings)
    if (!given || !geometry) return
    if (options.borders && isPolygonal(given) && isPolygonal(geometry))
      warnIfCoarse(given, geometry, own.isMetres, at, findings)
    features.push({ index, properties, geometry })
  })
  return { features, crs: own }
}

type Polygonal = Extract<Geometry, { type: 'Polygon' | 'MultiPolygon' }>

const isPolygonal = (g: Geometry): g is Polygonal => g.type === 'Polygon' || g.type === 'MultiPolygon'

/** What an old-style `crs` member says, as an object or a plain name. */
function statedCrs(file: string, crs: unknown, findings: Findings): Crs | undefined | 'unknown' {
  if (crs === undefined || crs === null) return undefined
  const name = isObject(crs) && isObject(crs.properties) ? String(crs.properties.name) : String(crs)
  const known = crsNamed(name)
  if (known) return known
  findings.fault(
    { file, field: 'crs' },
    `coordinates in "${name}", which cannot be converted: export them as longitude and latitude (EPSG:4490 or EPSG:4326). Known are ${CRS_CHOICES}`,
    `坐标系“${name}”无法转换：请导出为经纬度（EPSG:4490或EPSG:4326）。可用：${CRS_CHOICES}`,
  )
  return 'unknown'
}

/**
 * Degrees where metres are announced: a file that says nothing itself is taken as it is, one that says metres is a fault.
 */
function fittingCrs(
  file: string,
  crs: Crs,
  isStated: boolean,
  features: readonly unknown[],
  findings: Findings,
): Crs | undefined {
  if (!crs.isMetres) return crs
  const first = features.flatMap((f) =>
    isObject(f) && isObject(f.geometry) ? [f.geometry.coordinates] : [],
  )[0]
  const [x, y] = firstPosition(first)
  if (x === undefined || y === undefined || Math.abs(x) > 180 || Math.abs(y) > 90) return crs
  if (!isStated) return WGS84
  findings.fault(
    { file, field: 'crs' },
    `says ${crs.name}, which is in metres, but [${x}, ${y}] is in degrees: correct or remove the "crs" member`,
    `标明坐标系为${crs.name}（米），但[${x}, ${y}]是经纬度：请改正或删去crs一项`,
  )
  return undefined
}

function firstPosition(coordinates: unknown): [x?: number, y?: number] {
  let at = coordinates
  while (Array.isArray(at) && Array.isArray(at[0])) at = at[0]
  return Array.isArray(at) && typeof at[0] === 'number' && typeof at[1] === 'number' ? [at[0], at[1]] : []
}

function checkGeometry(
  geometry: unknown,
  types: readonly Geometry['type'][],
  crs: Crs,
  at: Place,
  findings: Findings,
): Geometry | undefined {
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
  const outside = crs.isMetres ? undefined : positions.find(([x, y]) => Math.abs(x) > 180 || Math.abs(y) > 90)
  if (outside) {
    reportOutside(outside, at, findings)
    return undefined
  }
  const shape = { type, coordinates: geometry.coordinates } as Geometry
  return isPolygonal(shape) ? soundRings(shape, at, findings) : shape
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
      `[${x}, ${y}] is no longitude and latitude: say which metres they are ("crs": "EPSG:4547" or the like in city.json), or export as EPSG:4490`,
      `[${x}, ${y}]不是经纬度：请在city.json的crs填所用的米制坐标系（如EPSG:4547），或导出为EPSG:4490`,
    )
}

/** Undefined, with a fault, when a position cannot be of this system. */
function geometryToWgs84(geometry: Geometry, crs: Crs, at: Place, findings: Findings): Geometry | undefined {
  if (geometry.type === 'GeometryCollection') return undefined
  let astray: [number, number] | undefined
  const convert = (value: unknown, depth: number): unknown => {
    if (!Array.isArray(value)) return value
    if (depth > 0) return value.map((part) => convert(part, depth - 1))
    const [x, y] = value as [number, number]
    const position = crs.toWgs84(x, y)
    if (!position) {
      astray ??= [x, y]
      return value
    }
    return [position.lng, position.lat]
  }
  const coordinates = convert(geometry.coordinates, DEPTH[geometry.type] ?? 0)
  if (!astray) return { ...geometry, coordinates } as Geometry
  findings.fault(
    at,
    `[${astray.join(', ')}] is not within ${crs.name}: is it another zone, or are easting and northing swapped?`,
    `[${astray.join(', ')}]不在${crs.name}的范围内：分带有误，或东、北坐标写反？`,
  )
  return undefined
}
