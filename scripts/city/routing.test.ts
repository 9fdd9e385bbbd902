// What an official asks of routing, on the demo city as it is loaded: the same matter in different places, every manhole to
// its owner, and an explanation that can be read aloud in either language.
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileCity } from '#domain/city/compile.ts'
import type { City } from '#domain/city/types.ts'
import { letterAbout } from '#domain/letter.ts'
import { withLessons } from '#domain/register.ts'
import { type RouteFacts, route } from '#domain/route.ts'
import { screen } from '#domain/screen.ts'
import { beside } from '#domain/testing/register.ts'
import { firstLevel } from '#domain/units.ts'
import { readPack } from '#pack/read-pack.ts'

const NOW = Date.parse('2026-11-20T08:30:00+08:00')
const STREETS: Readonly<Record<string, string>> = {
  '990181001': 'st-xicheng',
  '990181002': 'st-nanhu',
  '990181003': 'st-beiqu',
  '990181401': 'kfq',
}

let city: City
beforeAll(async () => {
  const { pack, faults } = await readPack(join(import.meta.dirname, '../../cities/demo'), {
    today: '2026-11-20',
  })
  if (!pack) throw new Error(`the demo pack has faults: ${JSON.stringify(faults[0])}`)
  city = compileCity(pack, 1)
})

type Place = { lng: number; lat: number }
const inZone = (name: string): Place => {
  const zone = city.pack.zones.find((z) => z.name === name)
  if (!zone) throw new Error(`the demo city has no zone ${name}`)
  return zone.centre
}
/** In a grid of a street, in no zone. */
const inGrid = (code: string): Place => city.areas.get(code)?.centre ?? inZone(code)

function ways(category: string, { lng, lat }: Place, more: Partial<RouteFacts> = {}, of = city) {
  const { areaPath } = of.locate(lng, lat)
  return route({ category, position: { lng, lat }, areaPath, source: 'grid', ...more }, of, NOW)
}
const said = (way: ReturnType<typeof ways>, language: 'zh' | 'because') =>
  way.steps.map((s) => `${s.matched ? '✓' : '–'} ${s[language]}`)

const LITTER = 'E0110'

describe('the same litter', () => {
  it.each([
    ['on 人民路, a main road', '人民路', 'sanitation', '位于责任区“人民路”，责任单位环境卫生管理所'],
    ['in 文庙巷, a back lane', '文庙巷', 'st-xicheng', '位于责任区“文庙巷”，责任单位西城街道办事处'],
    ['on the bank of 北渠', '北渠', 'water', '位于责任区“北渠”，责任单位水利和湖泊局'],
    ['in 湖滨公园', '湖滨公园', 'greening', '位于责任区“湖滨公园”，责任单位园林绿化管理中心'],
    [
      'in an estate without a property service',
      '红旗里',
      'st-beiqu',
      '位于责任区“红旗里”，责任单位北渠街道办事处',
    ],
    ['on a building site', '双桥棚改工地', 'housing', '位于责任区“双桥棚改工地”，责任单位住房和城乡建设局'],
  ])('%s goes to %s → %s', (_, zone, department, zh) => {
    const way = ways(LITTER, inZone(zone))
    expect(way.department).toBe(department)
    expect(said(way, 'zh')).toEqual(['– “暴露生活垃圾”不属部件，也未注明部件，不按部件权属派遣', `✓ ${zh}`])
    const [first, second] = said(way, 'because')
    expect(first).toBe('– 暴露生活垃圾 is not a component and none is named: no owner is asked')
    expect(second).toMatch(new RegExp(`^✓ in ${zone} \\([a-z-]+\\), which .+ answers for$`))
  })

  it('in an estate with a property service goes to the street office, over that service', () => {
    const way = ways(LITTER, inZone('纺织小区'))
    expect(way.department).toBe('st-beiqu')
    expect(way.steps.map((s) => [s.rule, s.department])).toEqual([
      ['component', undefined],
      ['zone', 'st-beiqu-pm-fangzhi'],
      ['unit-tree', 'st-beiqu'],
    ])
    expect(said(way, 'zh').at(-1)).toMatch(/为二级单位，由上级北渠街道办事处牵头$/)
  })

  it('on a building site has enforcement beside housing, and only while the site is there', () => {
    const site = inZone('双桥棚改工地')
    expect(ways(LITTER, site).coDepartments).toEqual(['enforcement'])
    const { areaPath } = city.locate(site.lng, site.lat)
    const facts = { category: LITTER, position: site, areaPath, source: 'grid' } as const
    expect(route(facts, city, Date.parse('2030-01-01T08:00:00+08:00')).department).not.toBe('housing')
  })

  it('on 铁桥铁路用地 goes to nobody: to be rejected with the reason, and a letter written', () => {
    const place = inZone('铁桥铁路用地')
    const way = ways(LITTER, place)
    expect(way).toMatchObject({ doubt: 'not-managed-here', coDepartments: [] })
    expect(way.department).toBeUndefined()
    expect(said(way, 'zh').at(-1)).toBe(
      '✓ 位于“铁桥铁路用地”，本市各单位均不管养：按“不属本市管理范围”不予受理，并致函其管理单位',
    )
    expect(said(way, 'because').at(-1)).toContain(
      'reject it as not managed here, and write to whoever manages the land',
    )
    const facts = screen({ position: place, category: LITTER, source: 'citizen' }, true, city, NOW)
    expect(facts).toMatchObject({ verdict: 'uncertain', reasons: ['not-managed-here'] })
    const { areaPath } = city.locate(place.lng, place.lat)
    const about = { receiptNo: 'R202611200001', category: LITTER, position: place, areaPath, reportedAt: NOW }
    const letter = letterAbout(about, { name: '铁桥铁路用地' }, '铁路边坡有成袋垃圾', city)
    expect(letter.title).toBe('关于铁桥铁路用地暴露生活垃圾问题的函')
    expect(letter.text).toMatch(/2026年11月20日08:30.*R202611200001.*反映：铁路边坡有成袋垃圾/)
    expect(letter.text).toContain('云泽市城市运行管理指挥中心')
  })
})

describe('the division of duties', () => {
  it.each([
    ['E0113', '人民路', 'municipal', 'the surface of a main road'],
    ['E0506', '人民路', 'municipal', 'water on a main road'],
    ['E0505', '鼓楼大道', 'municipal', 'a hole in a main road'],
    ['E0112', '鼓楼大道', 'sanitation', 'sweeping it'],
    ['E0405', '人民路', 'enforcement', 'a shop that spreads over it'],
    ['E0128', '文庙巷', 'police', 'noise of a shop'],
    ['E0128', '湖滨公园', 'police', 'noise in a park'],
    ['E0301', '双桥棚改工地', 'enforcement', 'noise of a building site'],
    ['E0304', '双桥棚改工地', 'housing', 'its dust'],
    ['E0125', '南湖岸线', 'water', 'floating litter'],
    ['E0201', '文庙巷', 'st-xicheng', 'stickers in a lane'],
    ['E0502', '纺织小区', 'gas', 'a gas leak in an estate'],
    ['E0490', '人民路', 'traffic', 'a car parked wrongly'],
    ['E0496', '纺织小区', 'fire', 'a blocked fire lane'],
  ])('%s in %s goes to %s: %s', (category, zone, department) => {
    const way = ways(category, inZone(zone))
    expect([way.department, way.doubt]).toEqual([department, undefined])
  })

  it('water on a road that is no main road is the municipal centre’s too', () => {
    expect(ways('E0506', inGrid('990181001001001')).department).toBe('municipal')
  })
})

describe('a manhole', () => {
  const COVERS = ['C0101', 'C0102', 'C0103', 'C0123']
  const covers = () => city.pack.components.filter((c) => COVERS.includes(c.category))

  it('goes to its owner, whoever that is: each of the register, reported a step away', () => {
    const owners = new Set<string>()
    for (const cover of covers()) {
      if (cover.owner === undefined) continue
      const lead = firstLevel(cover.owner, city)
      const way = ways(cover.category, beside(cover, 1, 1), { accuracyM: 3 })
      expect([cover.code, way.department]).toEqual([cover.code, lead])
      expect(way.steps[0]).toMatchObject({ rule: 'component', matched: true, ref: cover.code })
      owners.add(lead)
    }
    expect([...owners].sort()).toEqual(
      expect.arrayContaining(['gas', 'municipal', 'power', 'telecom', 'watersupply']),
    )
  })

  it('registered without an owner goes to the street office of its place, with the municipal centre after it', () => {
    const without = covers().filter((c) => c.owner === undefined)
    expect(without.length).toBeGreaterThan(3)
    for (const cover of without) {
      const { areaPath } = city.locate(cover.lng, cover.lat)
      const office = STREETS[areaPath[0] ?? '']
      const way = ways(cover.category, cover, { component: cover.code })
      expect([cover.code, way.department]).toEqual([cover.code, office])
      expect(way.steps[0]?.zh).toContain('已登记，但未登记权属单位')
      expect(way.steps.at(-1)).toMatchObject({ matched: true, fallBack: 'municipal' })
      const back = ways(cover.category, cover, { component: cover.code, returnedBy: [office ?? ''] })
      expect([back.department, back.doubt]).toEqual(['municipal', 'fall-back'])
    }
  })

  it.each(['C0101', 'C0102', 'C0103', 'C0123'])('%s that is not registered does, too', (category) => {
    for (const [street, office] of Object.entries(STREETS)) {
      const place = inGrid(`${street}001001`)
      const way = ways(category, place)
      expect(way.department).toBe(office)
      expect(said(way, 'zh')[0]).toMatch(/^– 部件库中该位置15米内没有登记“.+井盖”，权属不明$/)
      expect(said(way, 'zh').at(-1)).toMatch(/其证明非本单位管养的，由市政设施维护中心兜底$/)
      const back = ways(category, place, { returnedBy: [office] })
      expect(back.department).toBe('municipal')
      expect(said(back, 'zh').slice(-2)[0]).toContain('已退单并获同意，不再派给该单位')
      expect(said(back, 'zh').at(-1)).toBe('✓ 按该规则的兜底，由市政设施维护中心负责')
    }
  })

  it('whose owner was learnt from a case goes there, with its number', () => {
    const cover = covers().find((c) => c.owner === undefined)
    if (!cover) throw new Error('every cover has an owner')
    const lesson = {
      component: cover.code,
      owner: 'telecom-mobile',
      how: 'closed',
      caseNo: 'C0123202610120007',
      at: NOW,
      cityVersion: 1,
    } as const
    const learnt = withLessons(city, [lesson], 1)
    const way = ways(cover.category, cover, {}, learnt)
    expect(way.department).toBe('telecom')
    expect(said(way, 'zh')[0]).toContain('权属由案卷C0123202610120007更正登记')
  })

  it('on railway land is nobody’s here unless it has an owner', () => {
    expect(ways('C0103', inZone('铁桥铁路用地'))).toMatchObject({ doubt: 'not-managed-here' })
  })
})

it('every category has an answer in every zone and every grid, explained in both languages', () => {
  const places = [...city.pack.zones, ...city.pack.areas.filter((a) => a.level === 'grid')]
  for (const { centre, name } of places)
    for (const { code } of city.pack.categories) {
      const way = ways(code, centre)
      const where = `${code} in ${name}`
      for (const s of way.steps) {
        expect(s.zh, where).toMatch(/[\u4e00-\u9fff]/)
        expect(`${s.zh}${s.because}`, where).not.toMatch(/undefined|NaN/)
        // Nobody can read a code where there is a name.
        for (const unit of [s.department, s.fallBack])
          if (unit !== undefined) expect(city.departments.has(unit), where).toBe(true)
      }
      if (way.doubt === 'not-managed-here') expect(way.department, where).toBeUndefined()
      else expect(city.departments.get(way.department ?? '')?.parent, where).toBeUndefined()
    }
})
