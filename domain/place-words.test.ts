import { describe, expect, it } from 'vitest'
import { comparePlaces, placeWords } from './place-words.ts'

describe('numbers in a text', () => {
  it.each<[string, Record<string, string[]>]>([
    ['纺织路27号门前', { 号: ['27'] }],
    ['纺织路二十七号门前', { 号: ['27'] }],
    ['书院社区十二栋三单元', { 栋: ['12'], 单元: ['3'] }],
    ['金桥安置小区2号楼旁', { 栋: ['2'] }],
    ['一中西门路灯不亮，灯杆号RM-0143', { 中: ['1'], code: ['rm143'] }],
    ['湖滨路HB0021号路灯', { code: ['hb21'] }],
    ['灯杆号0143不亮', { code: ['143'] }],
    ['143号灯不亮', { code: ['143'] }],
    ['车站社区1巷', { 巷: ['1'] }],
    ['约3平方米，深20厘米，两袋，3家', {}],
    ['监测显示PM10超标', {}],
    ['3月5号发现垃圾', {}],
    ['一楼住户，第二小学', { 层: ['1'], 小: ['2'] }],
    ['游客中心，一小时后，一中心', {}],
  ])('%s', (text, expected) => {
    const found = Object.fromEntries([...placeWords(text).numbers].map(([kind, n]) => [kind, [...n]]))
    expect(found).toEqual(expected)
  })
})

describe('two texts', () => {
  it.each<[string, string, string, string[], string[]]>([
    ['give the same house', '纺织路27号门前', '纺织路27号门口', ['27号'], []],
    ['give different houses', '纺织路27号门前', '纺织路29号门口', [], ['house']],
    ['give different buildings', '书院社区4栋', '书院社区5栋', [], ['number']],
    ['give different entrances of one building', '4栋2单元', '4栋3单元', ['4栋'], ['number']],
    ['give the same lamp, one without letters', '灯杆号RM-0143', '编号0143', ['rm143'], []],
    ['give different lamps', '灯杆号RM-0143', '灯杆号RM-0144', [], ['number']],
    ['name opposite sides', '北渠桥东侧渠边', '北渠桥西侧渠边', [], ['opposite']],
    ['name opposite sides of a road', '教场路南侧', '教场路北侧', [], ['opposite']],
    [
      'name opposite sides of a road without a word for side',
      '车停在人民路东',
      '车停在人民路西',
      [],
      ['opposite'],
    ],
    ['name roads that have a direction in their names', '环湖南路垃圾', '环湖北路垃圾', [], []],
    ['name different sides of one thing', '棚改工地南侧', '棚改工地东侧', [], ['side']],
    ['name different gates', '一中东门', '一中南门', ['1中'], ['opposite']],
    ['name the way in and the way out', '汽车站进站口', '汽车站出站口', [], ['opposite']],
    ['name both sides of a street', '人民医院门口', '人民医院对面', [], ['opposite']],
    ['both name the far side', '一中西门对面', '一中西门对面桶边', ['1中'], []],
    ['name sides of different things', '北渠桥东侧', '中心菜市场西侧', [], []],
    ['name different shops', '书院路五金店出店经营', '书院路水果店出店经营', [], ['shop']],
    ['name one shop in two ways', '水果店货架占道', '水果超市占道', [], []],
    ['speak of any shop', '沿街商店占道', '店铺占道', [], []],
    ['say nothing of the place', '垃圾满溢', '垃圾桶满了', [], []],
  ])('%s', (_, a, b, agree, differ) => {
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const) {
      const found = comparePlaces(x, y)
      expect(found.differ.map((d) => d.what)).toEqual(differ)
      expect(found.agree.map((n) => n.replace(/^[a-z]+/, ''))).toEqual(
        agree.map((n) => n.replace(/^[a-z]+/, '')),
      )
    }
  })

  it('say how they differ in words that can be shown', () => {
    expect(comparePlaces('纺织路27号', '纺织路29号').differ[0]?.words).toBe('27号 ≠ 29号')
    expect(comparePlaces('北渠桥东侧', '北渠桥西侧').differ[0]?.words).toBe('渠桥东 ≠ 渠桥西')
  })
})
