import { describe, expect, it } from 'vitest'
import { COUNTS, formatFormula, parseFormula } from './indicators.ts'

const terms = (text: string) => {
  const parsed = parseFormula(text)
  return parsed.ok
    ? parsed.terms.map(({ count, sign }) => `${sign < 0 ? '-' : '+'}${count}`).join('')
    : parsed.reason
}

describe('a formula', () => {
  it.each([
    ['replied', '+replied'],
    ['处置数', '+replied'],
    ['结案', '+closed'],
    ['replied + overdue-unreplied', '+replied+overdue-unreplied'],
    ['filed-voided', '"filed-voided" is no count'],
    ['filed - voided', '+filed-voided'],
    ['立案数-作废数', '+filed-voided'],
    ['立案数 － 按时待处置数', '+filed-in-time-unreplied'],
    ['处置数＋超时未处置数', '+replied+overdue-unreplied'],
    ['非常满意数 + 满意数', '+very-satisfied+satisfied'],
  ])('%s is read', (text, expected) => {
    expect(terms(text)).toBe(expected)
  })

  it.each([
    ['', /is not counts/],
    ['处置数 +', /is not counts/],
    ['+ 处置数', /is not counts/],
    ['满意度', /"满意度" is no count/],
    ['立案数 * 2', /is no count/],
    ['立案数 - 立案数', /stands twice/],
  ])('"%s" is refused', (text, reason) => {
    expect(terms(text)).toMatch(reason)
  })

  it.each(['zh', 'en'] as const)('written in %s reads back the same', (language) => {
    for (const key of Object.keys(COUNTS)) {
      const formula = `${key} + reported - voided`
      const parsed = parseFormula(key === 'reported' || key === 'voided' ? key : formula)
      if (!parsed.ok) throw new Error(parsed.reason)
      expect(parseFormula(formatFormula(parsed.terms, language))).toEqual(parsed)
    }
  })
})
