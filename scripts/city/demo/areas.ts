// 4 streets, 22 communities, 72 grids: names, codes (6+3+3+3) and outlines, plus the lines along which they were cut.
import { area } from './curve.ts'
import { cityOutline, cuts, roads, water } from './layout.ts'
import { cut, divide, shareVertices, unite } from './partition.ts'
import type { Line, Point } from './plane.ts'

export const CITY_CODE = '990181'

export interface DrawnArea {
  code: string
  name: string
  level: 'street' | 'community' | 'grid'
  parent?: string
  /** Closed, whole micro-degrees. */
  outline: [number, number][]
}

interface CommunityPlan {
  name: string
  grids: number
  ring: Line
}

const streets: { code: string; name: string; communities: CommunityPlan[] }[] = (() => {
  const [westOfCanal, kfq] = cut(cityOutline, water.eastCanal.line, 'west')
  const [north, rest] = cut(westOfCanal, roads.construction.line, 'north')
  const [middle, south] = cut(rest, roads.lakeside.line, 'north')

  const [middleNorth, middleSouth] = cut(middle, roads.people.line, 'north')
  const [westGate, fromWestGate] = cut(middleNorth, roads.westGate.line, 'west')
  const [academy, fromDrumTower] = cut(fromWestGate, roads.drumTower.line, 'west')
  const [drumTower, construction] = cut(fromDrumTower, roads.guest.line, 'west')
  const [works, fromWorks] = cut(middleSouth, roads.westGate.line, 'west')
  const [temple, people] = cut(fromWorks, roads.drumTower.line, 'west')

  const [outer, inner] = cut(north, roads.textile.line, 'north')
  const [granary, fromGranary] = cut(inner, roads.westGate.line, 'west')
  const [canal, textile] = cut(fromGranary, roads.drumTower.line, 'west')
  const [redFlag, fromRedFlag] = cut(outer, roads.westGate.line, 'west')
  const [station, ironBridge] = cut(fromRedFlag, roads.guest.line, 'west')

  const [shore, hills] = cut(south, roads.lakeSouth.line, 'north')
  const [drill, fromDrill] = cut(shore, roads.westGate.line, 'west')
  const [lakeside, fromLake] = cut(fromDrill, cuts.throughLake, 'west')
  const [twinBridge, lotus] = cut(fromLake, roads.guest.line, 'west')
  const [ferry, fromFerry] = cut(hills, cuts.ferry, 'west')
  const [fishery, phoenix] = cut(fromFerry, cuts.hill, 'west')

  const [industry, goldenBridge] = cut(kfq, roads.people.line, 'north')
  const plan = (name: string, grids: number, ring: Line): CommunityPlan => ({ name, grids, ring })
  return [
    {
      code: '001',
      name: '西城街道',
      communities: [
        plan('鼓楼', 4, drumTower),
        plan('文庙巷', 4, temple),
        plan('人民路', 4, people),
        plan('机厂', 3, works),
        plan('书院', 3, academy),
        plan('西门口', 3, westGate),
        plan('建设', 3, construction),
      ],
    },
    {
      code: '002',
      name: '南湖街道',
      communities: [
        plan('湖滨', 4, lakeside),
        plan('南津', 3, ferry),
        plan('双桥', 4, twinBridge),
        plan('荷塘', 3, lotus),
        plan('渔场', 3, fishery),
        plan('教场', 4, drill),
        plan('凤凰山', 3, phoenix),
      ],
    },
    {
      code: '003',
      name: '北渠街道',
      communities: [
        plan('北渠', 3, canal),
        plan('粮库', 3, granary),
        plan('纺织路', 3, textile),
        plan('车站', 3, station),
        plan('铁桥', 3, ironBridge),
        plan('红旗', 3, redFlag),
      ],
    },
    {
      code: '401',
      name: '经济开发区',
      communities: [plan('金桥', 3, goldenBridge), plan('工业园', 3, industry)],
    },
  ]
})()

const NUMERALS = ['一', '二', '三', '四']
const pad = (n: number) => String(n).padStart(3, '0')

/** Areas from top to bottom, and the inner cuts of communities (future side streets). */
export function drawAreas(): {
  areas: DrawnArea[]
  sideStreets: Line[]
  grids: { ring: Line; street: string }[]
} {
  const sideStreets: Point[][] = []
  const plans = streets.flatMap((street) =>
    street.communities.map((community, i) => {
      const code = `${CITY_CODE}${street.code}${pad(i + 1)}`
      const rings = divide(community.ring, community.grids, Number(code.slice(6)), sideStreets)
      return { street, community, code, rings }
    }),
  )
  const shared = shareVertices(plans.flatMap((p) => p.rings))
  let taken = 0
  const drawn = plans.map((plan) => {
    const outlines = shared.slice(taken, taken + plan.rings.length)
    taken += plan.rings.length
    return { ...plan, outlines }
  })

  const areas: DrawnArea[] = []
  for (const street of streets) {
    const mine = drawn.filter((d) => d.street === street)
    const code = `${CITY_CODE}${street.code}`
    areas.push({ code, name: street.name, level: 'street', outline: unite(mine.flatMap((d) => d.outlines)) })
    for (const d of mine) {
      areas.push({
        code: d.code,
        name: `${d.community.name}社区`,
        level: 'community',
        parent: code,
        outline: unite(d.outlines),
      })
      d.outlines.forEach((open, i) => {
        const outline = area(open) > 0 ? open : [...open].reverse()
        areas.push({
          code: `${d.code}${pad(i + 1)}`,
          name: `${d.community.name}第${NUMERALS[i] ?? i + 1}网格`,
          level: 'grid',
          parent: d.code,
          outline: [...outline, outline[0] ?? [0, 0]],
        })
      })
    }
  }
  const grids = plans.flatMap((p) => p.rings.map((ring) => ({ ring, street: p.street.code })))
  return { areas, sideStreets, grids }
}
