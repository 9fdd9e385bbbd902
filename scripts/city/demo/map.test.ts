import { beforeAll, describe, expect, it } from 'vitest'
import { MAP_KINDS } from '#pack/read/map-layers.ts'
import { drawAreas } from './areas.ts'
import { blocksOf } from './blocks.ts'
import type { Block } from './blocks.ts'
import { area, distanceToLine, isInside } from './curve.ts'
import { housesIn } from './houses.ts'
import { lake, railway, riverBody, roads } from './layout.ts'
import { drawMap } from './map.ts'
import type { Line } from './plane.ts'
import { boxesMeet, boxOf } from './ring.ts'
import { lanes, streets } from './streets.ts'

const drawn = drawAreas()
let map: ReturnType<typeof drawMap>
let blocks: Block[]
let houses: Line[]
beforeAll(() => {
  map = drawMap(drawn)
  blocks = drawn.grids.flatMap((g, i) => blocksOf(g.ring, i + 1).blocks)
  houses = blocks.flatMap((b, i) => housesIn(b, i))
})

const named = (kind: string) => map.filter((f) => f.properties.kind === kind).map((f) => f.properties.name)
const hectares = (use: string) =>
  blocks.filter((b) => b.use === use).reduce((sum, b) => sum + Math.abs(area(b.ring)), 0) / 10_000

describe('the drawn map', () => {
  it('has shapes of every kind, and of no other', () => {
    expect(new Set(map.map((f) => f.properties.kind))).toEqual(new Set(MAP_KINDS))
  })

  it('is light enough to be sent to a phone', () => {
    expect(JSON.stringify(map).length).toBeLessThan(2_600_000)
    expect(map.length).toBeLessThan(500)
  })

  it('names every road, lane and place once or along its way', () => {
    const all = named('road')
    for (const { name } of [...Object.values(roads), ...Object.values(streets), ...lanes])
      expect(all, name).toContain(name)
    expect(lanes).toHaveLength(12)
    for (const name of ['中心菜市场', '汽车站', '一中', '人民医院', '万家广场', '凤凰山', '铁桥', '双桥'])
      expect(named('landmark'), name).toContain(name)
    expect(named('site')).toHaveLength(2)
  })

  it('carries every main road over every water it crosses', () => {
    const bridges = map.filter((f) => f.properties.kind === 'bridge')
    expect(bridges.map((f) => f.properties.class)).toEqual(
      expect.arrayContaining(['trunk', 'main', 'secondary', 'rail']),
    )
  })
})

describe('the town', () => {
  it('has an old core, estates, works and fields of its own', () => {
    expect(hectares('old')).toBeGreaterThan(60)
    expect(hectares('estate')).toBeGreaterThan(150)
    expect(hectares('works')).toBeGreaterThan(150)
    expect(hectares('field')).toBeGreaterThan(100)
  })

  it('is finest in its old core', () => {
    const plot = (use: string) => {
      const mine = blocks.filter((b) => b.use === use)
      return hectares(use) / mine.length
    }
    expect(plot('old')).toBeLessThan(plot('compound'))
    expect(plot('compound')).toBeLessThan(plot('estate'))
    expect(plot('estate')).toBeLessThan(plot('works'))
  })

  it('has houses for 180,000 people, none of them in the water, on a road or on the rails', () => {
    expect(houses.length).toBeGreaterThan(10_000)
    const wet = [lake.shore, riverBody].map((ring) => ({ ring, box: boxOf(ring) }))
    const ways = [
      ...Object.values(roads).map((r) => ({ line: r.line, free: 10 })),
      { line: railway, free: 25 },
    ]
    for (const house of houses) {
      const box = boxOf(house)
      for (const w of wet)
        if (boxesMeet(w.box, box)) expect(house.some((p) => isInside(w.ring, p))).toBe(false)
      const at = house[0] ?? [0, 0]
      for (const w of ways) expect(distanceToLine(w.line, at)).toBeGreaterThan(w.free)
    }
  })
})
