import { describe, expect, it } from 'vitest'
import type { Chosen } from '../../components/capture/place-field.tsx'
import { bodyOf, changed, draftOfBody, EMPTY, missingIn, photosOf, takesOver } from './draft.ts'

const NOW = Date.parse('2026-03-01T08:30:00+08:00')
const here: Chosen = { lng: 113.9, lat: 29.7, accuracyM: 12, by: 'device' }
const WORDS = { same: '同一问题', category: '暴露生活垃圾，见照片', selfHandled: '已当场处理' }

describe('a draft', () => {
  it('was seen when its first photo or position came, and not later', () => {
    const words = changed(EMPTY, { description: '垃圾' }, NOW)
    expect(words.capturedAt).toBeUndefined()
    const photo = changed(words, { photos: ['a'] }, NOW + 1)
    const place = changed(photo, { place: here }, NOW + 2)
    expect([photo.capturedAt, place.capturedAt]).toEqual([NOW + 1, NOW + 1])
    expect(changed(EMPTY, { photos: [] }, NOW).capturedAt).toBeUndefined()
    // A form that was open for an hour before says nothing of when it was seen.
    const open = changed(EMPTY, { place: here }, NOW)
    const taken = changed(open, { photos: ['a'] }, NOW + 3_600_000)
    expect([open.capturedAt, taken.capturedAt]).toEqual([NOW, NOW + 3_600_000])
    expect(changed(taken, { photos: ['a', 'b'] }, NOW + 7_200_000).capturedAt).toBe(NOW + 3_600_000)
  })

  it('goes where the device goes until a photo was taken, then stays', () => {
    const poor = { ...here, accuracyM: 40 }
    const away = { lng: here.lng + 0.003, lat: here.lat, accuracyM: 5 }
    const better = { lng: here.lng + 0.0002, lat: here.lat, accuracyM: 5 }
    const walking = { ...EMPTY, place: poor }
    const taken = { ...walking, photos: ['a'] }
    expect(takesOver(EMPTY, here as typeof away)).toBe(true)
    expect([takesOver(walking, away), takesOver(taken, away)]).toEqual([true, false])
    expect(takesOver(walking, { ...away, accuracyM: 60 })).toBe(true)
    expect([takesOver(walking, better), takesOver(taken, better)]).toEqual([true, true])
    expect(takesOver(taken, { ...better, accuracyM: 50 })).toBe(false)
    for (const by of ['map', 'name'] as const)
      expect(takesOver({ ...EMPTY, place: { ...here, by } }, away)).toBe(false)
  })

  it('forgets the case that it was to join when its place or category is another', () => {
    const joined = changed({ ...EMPTY, place: here, categoryCode: 'E0110' }, { sameAs: 'R1' }, NOW)
    expect(changed(joined, { description: 'x' }, NOW).sameAs).toBe('R1')
    expect(changed(joined, { categoryCode: 'E0110' }, NOW).sameAs).toBe('R1')
    expect(changed(joined, { categoryCode: 'E0112' }, NOW).sameAs).toBeUndefined()
    expect(changed(joined, { place: { ...here, lng: here.lng + 0.001 } }, NOW).sameAs).toBeUndefined()
    expect(changed(joined, { place: undefined }, NOW).sameAs).toBeUndefined()
    // The device's position trembles while one stands still.
    expect(changed(joined, { place: { ...here, lng: here.lng + 0.00002 } }, NOW).sameAs).toBe('R1')
  })

  it.each([
    ['nothing', {}, 'citizen', ['place', 'words']],
    ['a place and a category', { place: here, categoryCode: 'E0110' }, 'citizen', []],
    ['no photo, of a grid member', { place: here, categoryCode: 'E0110' }, 'grid', ['photo']],
    ['four taps of a grid member', { place: here, categoryCode: 'E0110', photos: ['a'] }, 'grid', []],
    ['a caller’s words', { place: here, description: '井盖' }, 'hotline', []],
    ['who joins a case', { place: here, sameAs: 'R1' }, 'citizen', []],
    [
      'fixed on the spot without proof',
      { place: here, categoryCode: 'E0110', photos: ['a'], isSelfHandled: true },
      'grid',
      ['after'],
    ],
  ] as const)('%s: what it lacks', (_, part, source, missing) => {
    expect(
      missingIn({ ...EMPTY, ...part, photos: [...('photos' in part ? part.photos : [])] }, source),
    ).toEqual(missing)
  })

  it('is sent without what was left empty; who joins need not write', () => {
    const draft = { ...EMPTY, place: here, sameAs: 'R1', capturedAt: NOW, description: ' ' }
    expect(bodyOf(draft, 'citizen', WORDS)).toEqual({
      source: 'citizen',
      description: '同一问题',
      location: { lng: 113.9, lat: 29.7, accuracyM: 12 },
      sameAs: 'R1',
      capturedAt: '2026-03-01T00:30:00.000Z',
    })
    expect(bodyOf({ ...draft, sameAs: undefined }, 'citizen', WORDS).description).toBe('暴露生活垃圾，见照片')
  })

  it('of what somebody told the centre has no time of a device', () => {
    expect(bodyOf({ ...EMPTY, place: here, capturedAt: NOW }, 'hotline', WORDS)).not.toHaveProperty(
      'capturedAt',
    )
  })

  it('of what was fixed on the spot shows before and after, and joins nothing', () => {
    const draft = {
      ...EMPTY,
      place: here,
      photos: ['a', 'b'],
      afterPhotos: ['c'],
      isSelfHandled: true,
      sameAs: 'R1',
    }
    const body = bodyOf(draft, 'grid', WORDS)
    expect(body).toMatchObject({
      photos: ['a', 'b'],
      selfHandle: { result: '已当场处理', photos: ['a', 'c'] },
    })
    expect(body).not.toHaveProperty('sameAs')
    expect(photosOf(draft)).toEqual(['a', 'b', 'c'])
    expect(photosOf({ ...draft, isSelfHandled: false })).toEqual(['a', 'b'])
  })

  it('that was not accepted comes back as it was, to be corrected', () => {
    const draft = {
      ...EMPTY,
      place: { ...here, by: 'map' as const },
      photos: ['a'],
      afterPhotos: ['c'],
      isSelfHandled: true,
      categoryCode: 'E0110',
      description: '垃圾',
      address: '北渠桥',
      capturedAt: NOW,
    }
    expect(draftOfBody(bodyOf(draft, 'grid', WORDS))).toEqual(draft)
  })
})
