import { expect, it } from 'vitest'
import { coversCategory } from './category-codes.ts'

it.each([
  ['E', 'E0110', true],
  ['E01', 'E0110', true],
  ['E01', 'E01801', true],
  ['E0110', 'E0110', true],
  ['E02', 'E0110', false],
  ['E0180', 'E01801', false],
  ['E011', 'E0110', false],
  ['S01', 'S01', true],
  ['C', 'E0110', false],
])('%s covers %s: %s', (rule, code, covers) => {
  expect(coversCategory(rule, code)).toBe(covers)
})
