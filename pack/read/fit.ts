// How the areas fit together: no two of a level on common ground, parts inside their whole, no gaps. And whether every
// shape of the pack lies in the same part of the world.
import type { Geometry } from 'geojson'
import type { Area } from '#domain/city/types.ts'
import { areaOf } from '#domain/geo/geometry.ts'
import { differenceOf, overlapArea, tiles } from '#domain/geo/overlap.ts'
import { AREAS } from './areas.ts'
import type { Findings, Place, Placed } from './findings.ts'
import { checkOverlaps, percent, squareMetres, whereIs } from './ground.ts'
import type { PlaceName } from './ground.ts'

/** Ground of an area that none of its parts covers, up to this share, is taken for drawing inaccuracy. */
const GAP_SHARE = 0.001
/** Beyond this share outside its parent an area is said to stick out; beyond half it cannot belong there. */
const OUTSIDE_SHARE = 0.005

/** `name` gives a place in the coordinates of the file. */
export function checkFit(
  areas: readonly Placed<Area>[],
  levels: readonly string[],
  name: PlaceName,
  findings: Findings,
): void {
  for (const level of levels)
    checkOverlaps(
      areas
        .filter((a) => a.value.level === level)
        .map(({ row, value }) => ({
          place: { file: AREAS, row, field: 'geometry' },
          code: value.code,
          geometry: value.geometry,
        })),
      name,
      findings,
    )
  const children = new Map<string, Placed<Area>[]>()
  for (const area of areas)
    if (area.value.parent !== undefined)
      children.set(area.value.parent, [...(children.get(area.value.parent) ?? []), area])
  for (const parent of areas) {
    const parts = children.get(parent.value.code)
    if (parts) checkParts(parent, parts, name, findings)
  }
}

function checkParts(
  parent: Placed<Area>,
  parts: readonly Placed<Area>[],
  name: PlaceName,
  findings: Findings,
): void {
  const whole = parent.value.geometry
  const shapes = parts.map((p) => p.value.geometry)
  if (tiles(whole, shapes)) return
  const size = areaOf(whole)
  const rest = differenceOf(whole, shapes)
  const gap = rest ? areaOf(rest) : 0
  if (rest && gap / size > GAP_SHARE)
    findings.warn(
      { file: AREAS, row: parent.row, field: 'geometry' },
      `${squareMetres(gap)} (${percent(gap / size)}) of ${parent.value.code} lie in none of its parts, most of it at ${whereIs(rest, name)}`,
      `${parent.value.code}有${squareMetres(gap)}（${percent(gap / size)}）未被下级区域覆盖，主要在${whereIs(rest, name)}`,
    )
  for (const part of parts) {
    const own = areaOf(part.value.geometry)
    const share = (own - overlapArea(whole, part.value.geometry)) / own
    if (share <= OUTSIDE_SHARE) continue
    const place = { file: AREAS, row: part.row, field: 'geometry' }
    const outside = differenceOf(part.value.geometry, [whole])
    const where = outside ? ` at ${whereIs(outside, name)}` : ''
    const whereZh = outside ? `在${whereIs(outside, name)}处` : ''
    const message = `${percent(share)} of ${part.value.code} lie outside its parent ${parent.value.code}${where}`
    const zh = `${part.value.code}有${percent(share)}${whereZh}超出上级${parent.value.code}的范围`
    if (share > 0.5) findings.fault(place, message, zh)
    else findings.warn(place, message, zh)
  }
}

export interface SomewherePlaced {
  place: Place
  geometry: Geometry
}

const FAR_DEGREES = 2

/**
 * A shape far from the others whose mirrored position is among them has longitude and latitude swapped; any other far
 * shape is only remarked on. In the range of China a pack swapped as a whole is told as well.
 */
export function checkWhereabouts(shapes: readonly SomewherePlaced[], findings: Findings): void {
  const points = shapes.map((s) => firstPosition(s.geometry))
  if (points.length === 0) return
  const usual: [number, number] = [median(points.map((p) => p[0])), median(points.map((p) => p[1]))]
  const isFar = ([x, y]: [number, number]) =>
    Math.max(Math.abs(x - usual[0]), Math.abs(y - usual[1])) > FAR_DEGREES
  shapes.forEach(({ place }, i) => {
    const [x, y] = points[i] ?? usual
    const isSwapped = (isFar([x, y]) && !isFar([y, x])) || (!isInChina(x, y) && isInChina(y, x))
    if (isSwapped)
      findings.fault(
        place,
        `longitude and latitude look swapped at [${x}, ${y}]`,
        `[${x}, ${y}]处经纬度疑似写反`,
      )
    else if (isFar([x, y]))
      findings.warn(
        place,
        `[${x}, ${y}] is far from the rest of the city at [${usual.join(', ')}]`,
        `[${x}, ${y}]远离城市其他部分[${usual.join(', ')}]`,
      )
  })
}

const isInChina = (lng: number, lat: number) => lng >= 73 && lng <= 136 && lat >= 3 && lat <= 54

function firstPosition(geometry: Geometry): [number, number] {
  let at: unknown = geometry.type === 'GeometryCollection' ? [] : geometry.coordinates
  while (Array.isArray(at) && Array.isArray(at[0])) at = at[0]
  const [x = 0, y = 0] = Array.isArray(at) ? at : []
  return [x, y]
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
