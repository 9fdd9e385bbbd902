import { describe, expect, it } from 'vitest'
import { hasNew } from './tone.ts'

describe('what is worth a tone', () => {
  it('is an urgent case that was not there before', () => {
    expect(hasNew(new Set(['a']), ['a', 'b'])).toBe(true)
    expect(hasNew(new Set(), ['a'])).toBe(true)
  })
  it('is neither the first look, nor a case that is done', () => {
    expect(hasNew(undefined, ['a', 'b'])).toBe(false)
    expect(hasNew(new Set(['a', 'b']), ['b'])).toBe(false)
  })
})
