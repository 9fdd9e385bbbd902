import { describe, expect, it } from 'vitest'
import { type EarlierPhoto, photoReuse, photosOf } from './photo-reuse.ts'

const reply = { photo: 'new', caseId: 'a', type: 'replied' } as const
const earlier = (given: Partial<EarlierPhoto>): EarlierPhoto => ({
  photo: 'old',
  caseId: 'b',
  caseName: 'E01102019092901',
  type: 'reported',
  likeness: { verdict: 'same', bits: 2 },
  metres: 900,
  ...given,
})
const similar = { verdict: 'similar', bits: 7 } as const
const codes = (...list: EarlierPhoto[]) => photoReuse(reply, list).map((f) => f.code)

describe('a photo like an earlier one', () => {
  it.each<[string, Partial<EarlierPhoto>, string[]]>([
    ['the same in another case was used before', {}, ['photo-used-before']],
    ['the same in another case next door too', { metres: 5 }, ['photo-used-before']],
    ['a similar one far away is told', { likeness: similar }, ['photo-like-before']],
    ['a similar one of the same place is not', { likeness: similar, metres: 60 }, []],
    ['a different one is not', { likeness: { verdict: 'different', bits: 9 } }, []],
    ['the same before and after shows no change', { caseId: 'a' }, ['photo-shows-no-change']],
    ['similar before and after is what is asked for', { caseId: 'a', likeness: similar }, []],
    ['the same in an earlier reply of this case is not told', { caseId: 'a', type: 'replied' }, []],
    ['the same in the case that it grew out of is not told', { related: true }, []],
  ])('%s', (_, given, expected) => {
    expect(codes(earlier(given))).toEqual(expected)
  })

  it('does not tell similar ones where the policy says so', () => {
    const both = [earlier({ likeness: similar }), earlier({ caseId: 'c' })]
    expect(photoReuse(reply, both, { tellsSimilar: false }).map((f) => f.of.caseId)).toEqual(['c'])
  })

  it('says nothing of a check that fails and shows the matter again', () => {
    expect(photoReuse({ ...reply, type: 'failed' }, [earlier({ caseId: 'a' })])).toEqual([])
  })

  it('names each earlier case once, the surest first', () => {
    const found = photoReuse(reply, [
      earlier({ caseId: 'c', likeness: similar }),
      earlier({ caseId: 'b', likeness: { verdict: 'same', bits: 5 } }),
      earlier({ caseId: 'b', photo: 'older', likeness: { verdict: 'same', bits: 1 } }),
    ])
    expect(found.map((f) => [f.of.caseId, f.of.photo, f.code])).toEqual([
      ['b', 'older', 'photo-used-before'],
      ['c', 'old', 'photo-like-before'],
    ])
    expect(found[0]?.zh).toBe('此照片曾用于案件E01102019092901')
  })
})

describe('the photos that an event names', () => {
  it('are those of its payload', () => {
    expect(photosOf({ payload: { photos: ['x', 'y'], result: true } })).toEqual(['x', 'y'])
    expect(photosOf({ payload: {} })).toEqual([])
  })
})
