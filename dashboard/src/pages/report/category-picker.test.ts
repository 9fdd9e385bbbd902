import { describe, expect, it } from 'vitest'
import type { CategoryRow } from '../../api/city.ts'
import { quickCategories, searchCategories } from './category-picker.tsx'

const row = (code: string, name: string, share: number, aliases: string[] = []): CategoryRow => ({
  code,
  name,
  share,
  aliases,
  kind: code.slice(0, 1),
  majorName: '市容环境',
  risk: 'low',
  defaultCondition: '',
  conditions: [],
})
const ROWS = [
  row('E0110', '暴露生活垃圾', 20, ['垃圾堆']),
  row('E0111', '垃圾满溢', 5),
  row('C0101', '井盖', 3, ['窨井盖']),
  row('E0201', '占道经营', 30, ['摆摊']),
]
const codes = (rows: CategoryRow[]) => rows.map((r) => r.code)

describe('a category', () => {
  it.each([
    ['垃圾', ['E0111', 'E0110']],
    ['摆摊', ['E0201']],
    ['窨井', ['C0101']],
    ['e01', ['E0110', 'E0111']],
    [' ', []],
    ['噪声', []],
  ])('%j finds %j', (words, found) => expect(codes(searchCategories(ROWS, words, 8))).toEqual(found))

  it('used lately stands first, those of which there are most after it', () => {
    expect(codes(quickCategories(ROWS, ['C0101', 'gone'], 3))).toEqual(['C0101', 'E0201', 'E0110'])
    expect(codes(quickCategories(ROWS, [], 2))).toEqual(['E0201', 'E0110'])
  })
})
