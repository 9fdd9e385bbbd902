import { describe, expect, it } from 'vitest'
import { isStatedReason } from '#domain/reason.ts'
import { missingIn, NOTHING, offBy, reportOf, RESULTS } from './result.ts'

const AT = Date.parse('2026-03-01T08:30:00+08:00')
const seen = { ...NOTHING, photos: ['a'], capturedAt: AT, place: { lng: 113.9, lat: 29.7, accuracyM: 8 } }

describe('a result', () => {
  it.each([
    ['check', 'pass', { result: 'pass' }],
    ['check', 'not-done', { result: 'fail', reason: 'not-done' }],
    ['check', 'half-done', { result: 'fail', reason: 'half-done' }],
    ['check', 'back-again', { result: 'fail', reason: 'back-again' }],
    ['check', 'false-reply', { result: 'fail', reason: 'false-reply' }],
    ['confirm', 'true', { result: true }],
    ['confirm', 'false', { result: false }],
  ] as const)('of a %s task, %s', (kind, result, said) => {
    expect(reportOf(kind, { ...seen, result }, undefined)).toEqual({
      action: 'report',
      ...said,
      photos: ['a'],
      location: { lng: 113.9, lat: 29.7, accuracyM: 8 },
      capturedAt: '2026-03-01T00:30:00.000Z',
    })
  })

  it('fails by reasons that the log counts by', () => {
    for (const reason of RESULTS.check.filter((r) => r !== 'pass')) expect(isStatedReason(reason)).toBe(true)
  })

  it('says why the position is off beside what was noted', () => {
    expect(reportOf('check', { ...seen, result: 'pass', note: ' 已清 ' }, '偏差约300米：路不通').note).toBe(
      '已清\n偏差约300米：路不通',
    )
    expect(reportOf('check', { ...seen, result: 'pass' }, '偏差约300米：路不通').note).toBe(
      '偏差约300米：路不通',
    )
  })
})

describe('a position', () => {
  it.each([
    [99, 5, 100, undefined],
    [101, 0, 100, 101],
    // What the device's own inaccuracy explains is not held against anybody.
    [120, 30, 100, undefined],
    [320.4, 30, 100, 320],
    [undefined, 0, 100, undefined],
  ])('%s m away, accurate to %s, within %s: off by %s', (distance, accuracy, within, off) => {
    expect(offBy(distance, accuracy, within)).toBe(off)
  })
})

describe('what is missing', () => {
  it.each([
    ['everything', NOTHING, false, ['result', 'photo']],
    ['nothing', { ...seen, result: 'pass' }, false, []],
    ['a reason where the position is off', { ...seen, result: 'pass' }, true, ['why-off']],
    ['nothing once it is given', { ...seen, result: 'pass', whyOff: '路不通' }, true, []],
    ['words for an accusation', { ...seen, result: 'false-reply', note: ' ' }, false, ['note']],
  ] as const)('%s', (_, found, isOff, missing) => {
    expect(missingIn({ ...found, photos: [...found.photos] }, { isOff })).toEqual(missing)
  })
})
