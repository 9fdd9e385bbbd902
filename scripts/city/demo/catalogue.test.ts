// The sixty categories against the plan they were drawn up from: limit of the default condition, lead unit before zones,
// share of filed cases.
import { describe, expect, it } from 'vitest'
import { CATEGORIES, MAJORS } from './categories.ts'

/** code, default limit, unit (`street` = the office of the place), share in percent */
const PLAN = `
E0110 4工作时 sanitation 10 · E0136 1工作日 street 7.5 · E0112 2工作时 sanitation 6 · E0107 2紧急工作时 enforcement 3.5
E0111 5工作日 street 3 · E0192 4工作时 sanitation 3 · E0117 4工作时 greening 2.5 · E0135 2工作日 street 2
E0113 5工作日 municipal 1.8 · E0125 2工作日 water 1.6 · E0130 2工作日 enforcement 1 · E0180 1工作日 telecom 1
E0114 4工作时 sanitation 0.9 · E0128 2紧急工作时 police 0.9 · E0104 3工作日 street 0.8
E0101 2紧急工作日 enforcement 0.8 · E0118 4工作时 greening 0.7 · E0129 2紧急工作时 enforcement 0.6
E0196 2工作日 street 0.4 · E0182 5工作日 water 0.3
E0201 1工作日 street 6 · E0207 1工作日 enforcement 0.8 · E0203 1工作日 enforcement 0.7 · E0299 5工作日 street 0.5
E0302 1工作日 municipal 1.2 · E0306 1工作日 housing 1.1 · E0304 2工作时 housing 0.9
E0301 2紧急工作时 enforcement 0.9 · E0307 2工作日 housing 0.6 · E0312 1工作日 enforcement 0.3
E0405 2紧急工作时 enforcement 8.4 · E0410 2工作时 enforcement 5 · E0406 2紧急工作时 enforcement 4.5
E0490 2紧急工作时 traffic 3.6 · E0401 2紧急工作时 enforcement 3 · E0493 2工作时 enforcement 1.2
E0498 2工作日 market 0.7 · E0496 2工作时 fire 0.6
E0503 4工作时 municipal 0.9 · E0506 2紧急工作时 municipal 0.4 · E0501 1紧急工作时 watersupply 0.3
E0505 2紧急工作时 municipal 0.2 · E0508 2工作时 telecom 0.15 · E0502 1紧急工作时 gas 0.05
E0604 4工作时 enforcement 1
C0137 2工作日 municipal 1 · C0103 2紧急工作时 municipal 0.8 · C0104 1工作日 municipal 0.7
C0102 2紧急工作时 municipal 0.6 · C0127 2工作日 telecom 0.4 · C0101 2紧急工作时 watersupply 0.3
C0128 4工作日 power 0.2 · C0123 2紧急工作时 street 0.2
C0284 7工作日 municipal 0.9 · C0217 1工作日 traffic 0.8 · C0204 5工作日 transport 0.4
C0305 1工作日 sanitation 0.9 · C0301 1工作日 sanitation 0.4 · C0402 1工作日 greening 0.8 · C0507 3工作日 water 0.3
`
const plan = PLAN.split(/[·\n]/)
  .filter((entry) => entry.trim() !== '')
  .map((entry) => entry.trim().split(' '))

describe('the sixty categories', () => {
  it('are the planned ones', () => {
    expect(plan).toHaveLength(60)
    expect(CATEGORIES.map((c) => c.code).sort()).toEqual(plan.map(([code]) => code).sort())
  })

  it.each(plan)('%s: %s, %s, %s %%', (code, limit, unit, share) => {
    const category = CATEGORIES.find((c) => c.code === code)
    expect(category?.conditions[0]?.limit).toBe(limit)
    expect(category?.unit ?? 'street').toBe(unit)
    expect(Number(category?.share)).toBe(Number(share))
  })

  it.each([
    ['市容环境', 'E01', 48.3],
    ['宣传广告', 'E02', 8],
    ['施工管理', 'E03', 5],
    ['街面秩序', 'E04', 27],
    ['突发事件', 'E05', 2],
    ['其他事件', 'E06', 1],
    ['部件', 'C', 8.7],
  ])('%s (%s) make %d %% of cases', (_, prefix, percent) => {
    const mine = CATEGORIES.filter((c) => c.code.startsWith(prefix))
    expect(mine.reduce((sum, c) => sum + Number(c.share), 0)).toBeCloseTo(percent, 6)
  })

  it('have a major class, a condition and a close condition each', () => {
    for (const { code, conditions } of CATEGORIES) {
      expect(MAJORS[code.slice(0, 3)], code).toBeDefined()
      expect(conditions.length, code).toBeGreaterThan(0)
      for (const c of conditions) expect(c.close, `${code} ${c.text}`).not.toBe('')
    }
  })

  it('that manhole covers share their four tiers', () => {
    for (const code of ['C0101', 'C0102', 'C0103', 'C0123'])
      expect(CATEGORIES.find((c) => c.code === code)?.conditions.map((c) => c.limit)).toEqual([
        '2紧急工作时',
        '4工作时',
        '2工作日',
        '5工作日',
      ])
  })
})
