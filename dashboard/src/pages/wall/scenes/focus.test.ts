import { describe, expect, it } from 'vitest'
import { focusOf, wetOf } from './focus.ts'

const categories = ['E1', 'E2', 'E3', 'E4', 'E5', 'E6'].map((code, i) => ({ code, n: 9 - i }))

describe('what a storm is about', () => {
  it('is what was reported most today, unless the scene says', () => {
    expect(focusOf({ categories }, { params: {} })).toEqual(['E1', 'E2', 'E3', 'E4', 'E5'])
    expect(focusOf({ categories }, { params: { categories: 'E6,E2' } })).toEqual(['E6', 'E2'])
  })
  it('is water where a name says so, else all of it', () => {
    const names: Record<string, string> = { E1: '道路积水', E2: '行道树', E3: '地下室倒灌' }
    expect(wetOf(['E1', 'E2', 'E3'], (code) => names[code])).toEqual(['E1', 'E3'])
    expect(wetOf(['E2', 'E9'], (code) => names[code])).toEqual(['E2', 'E9'])
  })
})
