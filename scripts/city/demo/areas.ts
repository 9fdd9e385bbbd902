// 4 streets, 22 communities, 72 grids: names, codes (6+3+3+3) and outlines, cut along roads, canals and lanes.
import { area, reach } from './curve.ts'
import { cityOutline, cuts, railway, roads, water } from './layout.ts'
import { cut, shareVertices, unite } from './partition.ts'
import { points } from './plane.ts'
import type { Line } from './plane.ts'
import { lane, streets as streetLines } from './streets.ts'

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
  grids: Line[]
}

type Parting = [line: Line, side: 'north' | 'west', piece?: number]

/** Streets end at the roads they come from; a cut must cross them. */
const OVERSHOOT = 60

/** Parts an outline along one line after the other; each names the piece it parts (the last one, if it doesn't). */
function parted(ring: Line, ...partings: Parting[]): Line[] {
  const rings: Line[] = [ring]
  for (const [line, side, piece = rings.length - 1] of partings)
    rings.splice(piece, 1, ...cut(rings[piece] ?? [], reach(line, OVERSHOOT), side))
  return rings
}

/** A straight line as a cut, drawn by hand where a grid's border follows nothing. */
const plain = (text: string): Line => points(text)

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
  const plan = (name: string, ring: Line, ...partings: Parting[]): CommunityPlan => ({
    name,
    grids: parted(ring, ...partings),
  })
  const s = streetLines
  return [
    {
      code: '001',
      name: '西城街道',
      communities: [
        plan(
          '鼓楼',
          drumTower,
          [lane('鼓楼后街'), 'north'],
          [lane('打铁街'), 'west', 0],
          [lane('打铁街'), 'west', 2],
        ),
        plan(
          '文庙巷',
          temple,
          [lane('文庙巷'), 'north'],
          [lane('井巷'), 'west', 0],
          [lane('井巷'), 'west', 2],
        ),
        plan(
          '人民路',
          people,
          [roads.guest.line, 'west'],
          [s.market.line, 'west', 0],
          [roads.eastWind.line, 'west', 2],
        ),
        plan('机厂', works, [s.factory.line, 'west'], [s.repair.line, 'north', 0]),
        plan('书院', academy, [lane('书院巷'), 'north'], [s.academy.line, 'west', 0]),
        plan('西门口', westGate, [s.westPass.line, 'west'], [s.westOuter.line, 'north', 0]),
        plan('建设', construction, [roads.eastWind.line, 'west'], [s.building.line, 'north', 0]),
      ],
    },
    {
      code: '002',
      name: '南湖街道',
      communities: [
        plan(
          '湖滨',
          lakeside,
          [s.lakeWest.line, 'west'],
          [s.drillEast.line, 'north', 0],
          [plain('-1300,-1215 -150,-1190'), 'north', 2],
        ),
        plan('南津', ferry, [roads.westGate.line, 'west'], [s.ferry.line, 'west', 0]),
        plan(
          '双桥',
          twinBridge,
          [s.lakeEast.line, 'west'],
          [plain('-330,-1190 700,-1210'), 'north', 0],
          [s.twinBridge.line, 'north', 2],
        ),
        plan('荷塘', lotus, [roads.eastWind.line, 'west'], [s.lotus.line, 'north', 0]),
        plan('渔场', fishery, [s.fishery.line, 'west'], [s.dyke.line, 'west']),
        plan(
          '教场',
          drill,
          [s.drillCross.line, 'north'],
          [s.drill.line, 'west', 0],
          [s.drill.line, 'west', 2],
        ),
        plan('凤凰山', phoenix, [roads.guest.line, 'west'], [s.hillFront.line, 'west']),
      ],
    },
    {
      code: '003',
      name: '北渠街道',
      communities: [
        plan('北渠', canal, [water.northCanal.line, 'north'], [s.canalNorth.line, 'west', 0]),
        plan('粮库', granary, [s.granary.line, 'west'], [water.northCanal.line, 'north', 0]),
        plan('纺织路', textile, [roads.guest.line, 'west'], [water.northCanal.line, 'north', 0]),
        plan('车站', station, [s.stationWest.line, 'west'], [s.stationEast.line, 'west']),
        plan('铁桥', ironBridge, [railway, 'north'], [roads.eastWind.line, 'west']),
        plan('红旗', redFlag, [s.redFlag.line, 'west'], [railway, 'north']),
      ],
    },
    {
      code: '401',
      name: '经济开发区',
      communities: [
        plan(
          '金桥',
          goldenBridge,
          [roads.lakeside.line, 'north'],
          [plain('1500,-1690 2300,-1745 3300,-1660'), 'north'],
        ),
        plan('工业园', industry, [roads.industry.line, 'north'], [roads.goldenBridge.line, 'west']),
      ],
    },
  ]
})()

const NUMERALS = ['一', '二', '三', '四']
const pad = (n: number) => String(n).padStart(3, '0')

/** Areas from top to bottom, and each grid's outline in plane metres with its street's code. */
export function drawAreas(): { areas: DrawnArea[]; grids: { ring: Line; street: string }[] } {
  const plans = streets.flatMap((street) =>
    street.communities.map((community, i) => {
      const code = `${CITY_CODE}${street.code}${pad(i + 1)}`
      return { street, community, code, rings: community.grids }
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
  return { areas, grids }
}
