import { describe, expect, it } from 'vitest'
import { bodyOf, EMPTY, missing } from './call-draft.ts'

const AT = { lng: 113.9, lat: 29.7 }

describe('a report that is taken', () => {
  it.each([
    [{}, ['description', 'location']],
    [{ description: '  ' }, ['description', 'location']],
    [{ description: '井盖破损' }, ['location']],
    [{ description: '井盖破损', location: AT }, []],
  ])('with %j lacks %j', (given, lacks) => {
    expect(missing({ ...EMPTY, ...given })).toEqual(lacks)
  })

  it('is sent without what was left empty', () => {
    expect(bodyOf({ ...EMPTY, description: ' 井盖破损 ', location: AT, phone: ' 000 ' })).toEqual({
      source: 'hotline',
      description: '井盖破损',
      location: AT,
      reporter: { phone: '000' },
    })
  })
})
