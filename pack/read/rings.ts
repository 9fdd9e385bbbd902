// The rings of a shape: sound, or told where they fail; without repeated positions; not drawn too coarsely.
import type { Geometry, Position } from 'geojson'
import { metresPerDegree } from '#domain/geo/geometry.ts'
import { ringFault } from '#domain/geo/ring.ts'
import type { Findings, Place } from './findings.ts'

type Polygonal = Extract<Geometry, { type: 'Polygon' | 'MultiPolygon' }>

/**
 * The shape without positions given twice in a row (a warning), or undefined when a ring is unsound (a fault). Places
 * are named in the file's own coordinates.
 */
export function soundRings(geometry: Polygonal, at: Place, findings: Findings): Polygonal | undefined {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  let isSound = true
  let repeats = 0
  let firstRepeat: Position | undefined
  const cleaned = polygons.map((rings, p) =>
    rings.map((ring, r) => {
      const fault = ringFault(ring)
      if (fault) {
        isSound = false
        const where = polygons.length > 1 ? `polygon ${p + 1}, ring ${r + 1}` : `ring ${r + 1}`
        const [message, zh] = ringWords(fault, ring)
        findings.fault(at, `${where}: ${message}`, `第${p + 1}个面第${r + 1}环：${zh}`)
        return ring
      }
      const kept = ring.filter((position, i) => {
        const isRepeat = i > 0 && position[0] === ring[i - 1]?.[0] && position[1] === ring[i - 1]?.[1]
        if (isRepeat) firstRepeat ??= position
        return !isRepeat
      })
      repeats += ring.length - kept.length
      return kept
    }),
  )
  if (!isSound) return undefined
  if (firstRepeat)
    findings.warn(
      at,
      `${repeats} positions repeat the one before, first at ${placeText(firstRepeat)}; they are left out`,
      `有${repeats}个重复的相邻点（首个在${placeText(firstRepeat)}），已略去`,
    )
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: cleaned[0] ?? [] }
    : { type: 'MultiPolygon', coordinates: cleaned }
}

const placeText = (p: Position | undefined) => `[${p?.[0]}, ${p?.[1]}]`

function ringWords(fault: NonNullable<ReturnType<typeof ringFault>>, ring: Position[]): [string, string] {
  switch (fault.kind) {
    case 'too-short':
      return [
        `${fault.positions} positions at ${placeText(ring[0])}; a ring needs at least 4`,
        `${placeText(ring[0])}处只有${fault.positions}个点，至少需要4个`,
      ]
    case 'unclosed':
      return [
        `does not end where it begins: from ${placeText(ring[0])} to ${placeText(ring.at(-1))}`,
        `首尾点不重合：起点${placeText(ring[0])}，终点${placeText(ring.at(-1))}`,
      ]
    case 'no-area':
      return [`encloses nothing at ${placeText(ring[0])}`, `${placeText(ring[0])}处没有面积`]
    case 'crosses-itself': {
      const { lng, lat } = fault.at
      return [`crosses or touches itself at [${lng}, ${lat}]`, `在[${lng}, ${lat}]处自相交`]
    }
  }
}

/** Fewer decimals of a degree than this are about 10 m or worse. */
const DECIMALS = 5
/** Metres between neighbouring positions, on average, beyond which an outline is a sketch. */
const SKETCH_M = 1500

/** Warns of outlines that cannot follow streets: rounded positions, or few for their length. Positions in WGS-84. */
export function warnIfCoarse(
  given: Polygonal,
  wgs84: Polygonal,
  inMetres: boolean,
  at: Place,
  findings: Findings,
): void {
  const flat = (g: Polygonal) => (g.type === 'Polygon' ? [g.coordinates] : g.coordinates).flat(2)
  const positions = flat(given)
  const digits = Math.max(...positions.map(([x = 0, y = 0]) => Math.max(decimalsOf(x), decimalsOf(y))))
  if (!inMetres && digits < DECIMALS)
    findings.warn(
      at,
      `positions have at most ${digits} decimals, which is ${digits < 4 ? '100 m or more' : 'about 10 m'}: export with 6 or more`,
      `坐标只有${digits}位小数（误差${digits < 4 ? '百米以上' : '约10米'}），请按6位以上小数导出`,
    )
  const degrees = flat(wgs84)
  const [first] = degrees
  const m = metresPerDegree(first?.[1] ?? 0)
  const length = degrees.reduce((sum, [x = 0, y = 0], i) => {
    const [px = x, py = y] = degrees[i - 1] ?? []
    return sum + Math.hypot((x - px) * m.x, (y - py) * m.y)
  }, 0)
  const mean = length / Math.max(1, degrees.length - 1)
  if (mean > SKETCH_M)
    findings.warn(
      at,
      `drawn with ${degrees.length} positions, ${Math.round(mean)} m apart on average: is it the real border?`,
      `边界只有${degrees.length}个点，平均间距${Math.round(mean)}米，过于粗略，请核对`,
    )
}

const decimalsOf = (value: number) => String(value).split('.')[1]?.length ?? 0
