// What `check --indicators` tells: every flag can stand in a formula, and is explained where it does.
import { expect, it } from 'vitest'
import { COUNTS, type CountKey, parseFormula } from '#domain/city/indicators.ts'
import type { PackIndicator } from '#domain/city/indicators.ts'
import { MEANINGS } from '#domain/flags/meaning.ts'
import { SAYS_ZH } from '#domain/flags/meaning-zh.ts'
import { formulasText } from './formulas.ts'

const KEYS = Object.keys(COUNTS) as CountKey[]

function indicatorOf(over: string, under: string): PackIndicator {
  const [numerator, denominator] = [parseFormula(over), parseFormula(under)]
  if (!numerator.ok || !denominator.ok) throw new Error(`${over} / ${under} cannot be read`)
  return {
    code: 'rate',
    name: '比率',
    numerator: numerator.terms,
    denominator: denominator.terms,
    basis: 'cohort',
    periods: ['month'],
    by: [],
    direction: 'up',
    version: '2026-1',
  }
}

it.each(KEYS)('%s can be named in a formula and is explained in both languages', (key) => {
  expect(parseFormula(`${COUNTS[key]}数`)).toEqual({ ok: true, terms: [{ count: key, sign: 1 }] })
  const indicators = [indicatorOf(key, key === 'reported' ? 'filed' : 'reported')]
  expect(formulasText({ indicators }, 'zh')).toContain(SAYS_ZH[key])
  expect(formulasText({ indicators }, 'en')).toContain(MEANINGS[key].says)
})

it('tells only of the counts that are used, and reads a formula as the check does', () => {
  const text = formulasText({ indicators: [indicatorOf('虚假回复数', '回告数 - 作废数')] }, 'zh')
  expect(text).toContain('虚假回复数')
  expect(text).toContain('处置数 - 作废数')
  expect(text).toContain(SAYS_ZH['false-replied'])
  expect(text).not.toContain(SAYS_ZH.misdispatched)
  expect(formulasText({}, 'zh')).toBe('')
})
