// What simulated people write: enough of it for every category of the demo city, filled, and in keeping with the filing
// condition that it will be filed under.
import { describe, expect, it } from 'vitest'
import { CATEGORIES } from '../city/demo/categories.ts'
import { SPOT_KINDS } from './places.ts'
import { repliesFor } from './texts/replies.ts'
import { conditionNumber, REPORTS, replyText, reportText, SELF_HANDLED_CODES, selfText } from './words.ts'

const codes = CATEGORIES.map((c) => c.code)
const HOURS = [3, 7, 10, 13, 16, 19, 22]

describe('reports', () => {
  it.each(codes)('%s can be said in at least five ways', (code) => {
    expect(new Set(REPORTS[code]).size).toBeGreaterThanOrEqual(5)
  })

  it('say where, and leave no gap, at every kind of place and hour', () => {
    for (const code of codes)
      for (const kind of SPOT_KINDS)
        for (const hour of HOURS) {
          const text = reportText(
            code,
            code,
            { kind, hour, at: '人民路12号门前', lamp: 'RM-0143' },
            `${code}${kind}${hour}`,
          )
          expect(text).toContain('人民路12号门前')
          expect(text).not.toMatch(/[{}[\]]|undefined/)
        }
  })

  it('speak of pavements and lanes of traffic only on roads', () => {
    for (const code of codes)
      for (let i = 0; i < 30; i++) {
        const text = reportText(code, code, { kind: 'alley', hour: 10, at: '某处' }, `${code}-${i}`)
        if (!text.includes('发现')) expect(text).not.toMatch(/人行道|盲道|车行道|斑马线/)
      }
  })

  it('speak of breakfast in the morning and of barbecue stalls at night', () => {
    const said = (hour: number, code: string) =>
      Array.from({ length: 200 }, (_, i) =>
        reportText(code, code, { kind: 'main-road', hour, at: '' }, `${hour}-${i}`),
      ).join()
    expect(said(7, 'E0405')).toContain('早餐店')
    expect(said(15, 'E0405')).not.toContain('早餐店')
    expect(said(20, 'E0129')).toContain('桌客人')
    expect(said(9, 'E0129')).not.toContain('桌客人')
  })

  it('of the same matter are not said in the same words again, but mean the same condition', () => {
    for (const code of codes)
      for (let i = 0; i < 12; i++) {
        const where = { kind: 'main-road', hour: 10, at: '人民路12号门前', lamp: 'RM-0143' }
        const first = reportText(code, code, where, `first-${i}`)
        const second = reportText(code, code, where, `second-${i}`, first)
        expect(second).not.toBe(first)
        if (!second.endsWith('请尽快处理'))
          expect(conditionNumber(code, second)).toBe(conditionNumber(code, first))
      }
  })

  it('name a condition that the category has; what only a rule files is always the default', () => {
    for (const { code, conditions, risk } of CATEGORIES)
      for (const text of REPORTS[code] ?? []) {
        const number = conditionNumber(code, text)
        expect(number, `${code} ${text}`).toBeLessThanOrEqual(conditions.length)
        if (risk === 'low') expect(number, `${code} ${text}`).toBe(1)
      }
  })
})

it('a cover that rattles has the limit of one that rattles, one that is gone the urgent one', () => {
  expect(conditionNumber('C0103', '人民路雨水井盖缺失，已放警示桩')).toBe(1)
  expect(conditionNumber('C0103', '人民路雨水井盖弹跳，车辆经过时异响')).toBe(3)
  expect(conditionNumber('C0137', '路灯单盏不亮，灯杆号RM-0143')).toBe(1)
  expect(conditionNumber('C0137', '灯杆检修门缺失，电线裸露')).toBe(2)
})

it('units and grid members have something to say about every category', () => {
  for (const code of codes) {
    expect(repliesFor(code).length).toBeGreaterThanOrEqual(2)
    expect(replyText(code, 'seed')).not.toMatch(/[{}]/)
  }
  for (const code of SELF_HANDLED_CODES) expect(selfText(code, 'seed')).not.toBe('')
})
