// Near a border 交界: whether the unit on the other side may be the one meant. Off unless the city's policy `borderDoubtM`
// says how near is near. What is of low risk goes by the border as drawn unless most of the circle lies beyond it.
import type { BorderCandidate, CaseState, Position } from './case.ts'
import type { City } from './city/types.ts'
import { metresPerDegree } from './geo/geometry.ts'

/** A worse accuracy than this widens the circle no further: then everything would be near a border. */
const WIDEST_M = 100
/** Points of equal weight in the circle: its middle, and rings of so many at so much of the radius. */
const RINGS = [
  [8, 0.55],
  [15, 0.9],
] as const

export interface Beside {
  position: Position
  areaPath: string[]
}

/**
 * Units that answer in the circle around a report, the one where it says first; undefined when there is no doubt.
 * `ask` routes the same matter at another point.
 */
export function borderOf(
  facts: Pick<CaseState, 'category' | 'position' | 'accuracyM'>,
  here: { ref: string; department: string },
  city: City,
  ask: (beside: Beside) => { department?: string | undefined; ref?: string | undefined },
): BorderCandidate[] | undefined {
  const { borderDoubtM = 0 } = city.pack.policies
  if (borderDoubtM <= 0) return undefined
  const { position, accuracyM = 0, category } = facts
  const radius = Math.max(borderDoubtM, Math.min(accuracyM, WIDEST_M))
  const points = circle(position, radius)
  const found = new Map([[here.department, { ...here, n: 1 }]])
  const asked = new Map<string, ReturnType<typeof ask>>()
  let inCity = 1
  for (const point of points) {
    const { inCity: isIn, areaPath, zones } = city.locate(point.lng, point.lat)
    if (!isIn) continue
    inCity += 1
    const place = [...areaPath, '|', ...zones].join(' ')
    const there = asked.get(place) ?? ask({ position: point, areaPath })
    asked.set(place, there)
    const { department, ref = '' } = there
    if (department === undefined) continue
    const known = found.get(department)
    if (known) known.n += 1
    else found.set(department, { department, ref, n: 1 })
  }
  if (found.size === 1) return undefined
  const candidates = [...found.values()].map(({ department, ref, n }) => ({
    department,
    ref,
    share: Math.round((n / inCity) * 100) / 100,
  }))
  const [own, ...others] = candidates
  const isLow = category !== undefined && city.categories.get(category)?.risk === 'low'
  if (!own || (isLow && own.share >= 0.5)) return undefined
  return [own, ...others.sort((a, b) => b.share - a.share || (a.department < b.department ? -1 : 1))]
}

function circle({ lng, lat }: Position, radius: number): Position[] {
  const metres = metresPerDegree(lat)
  return RINGS.flatMap(([n, at]) =>
    Array.from({ length: n }, (_, i) => {
      const angle = (2 * Math.PI * i) / n
      return {
        lng: lng + (Math.cos(angle) * radius * at) / metres.x,
        lat: lat + (Math.sin(angle) * radius * at) / metres.y,
      }
    }),
  )
}
