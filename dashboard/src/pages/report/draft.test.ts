import { describe, expect, it } from 'vitest'
import { bodyOf, changed, EMPTY } from './draft.ts'

const NOW = Date.parse('2026-03-01T08:30:00+08:00')
const here = { lng: 113.9, lat: 29.7 }

describe('a draft', () => {
  it('was seen when its first photo or position came, and not later', () => {
    const words = changed(EMPTY, { description: '垃圾' }, NOW)
    expect(words.capturedAt).toBeUndefined()
    const photo = changed(words, { photos: ['a'] }, NOW + 1)
    const place = changed(photo, { location: here }, NOW + 2)
    expect([photo.capturedAt, place.capturedAt]).toEqual([NOW + 1, NOW + 1])
    expect(changed(EMPTY, { photos: [] }, NOW).capturedAt).toBeUndefined()
  })

  it('forgets the case that it was to join when its place or category changes', () => {
    const joined = changed({ ...EMPTY, location: here, categoryCode: 'E0110' }, { sameAs: 'R1' }, NOW)
    expect(changed(joined, { description: 'x' }, NOW).sameAs).toBe('R1')
    expect(changed(joined, { categoryCode: 'E0112' }, NOW).sameAs).toBeUndefined()
    expect(changed(joined, { location: here }, NOW).sameAs).toBeUndefined()
  })

  it('is sent without what was left empty; who joins need not write', () => {
    const draft = { ...EMPTY, location: here, sameAs: 'R1', capturedAt: NOW, description: ' ' }
    expect(bodyOf(draft, 'citizen', '同一问题')).toEqual({
      source: 'citizen',
      description: '同一问题',
      location: here,
      sameAs: 'R1',
      capturedAt: '2026-03-01T00:30:00.000Z',
    })
    expect(bodyOf({ ...draft, sameAs: undefined }, 'citizen', '同一问题').description).toBe('')
  })

  it('of what somebody told the centre has no time of a device', () => {
    expect(bodyOf({ ...EMPTY, capturedAt: NOW }, 'hotline', '')).not.toHaveProperty('capturedAt')
  })
})
