import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { DUPLICATE_POLICY } from '../duplicate-policy.ts'
import { PHOTO_POLICY } from '../photo-likeness.ts'
import { PHOTO_PLACE_POLICY } from '../photo-place.ts'
import { PAIRS_POLICY } from '../testing/duplicates/pairs.ts'
import { TIME_POLICY } from '../time-plausible.ts'
import {
  EVIDENCE_POLICY,
  screeningPolicies,
  screeningSchema,
  unknownCategories,
} from './screening-policies.ts'

describe('policies of screening', () => {
  it('are the defaults where a pack says nothing', () => {
    expect(screeningPolicies()).toEqual({
      duplicates: DUPLICATE_POLICY,
      photos: PHOTO_POLICY,
      photoPlace: PHOTO_PLACE_POLICY,
      evidence: EVIDENCE_POLICY,
      time: TIME_POLICY,
    })
  })

  it('are the pack’s own over them, each where it belongs', () => {
    const found = screeningPolicies({
      duplicates: { withinM: 80, danger: ['漏电'] },
      photos: { withinBits: 6, withinM: 300, ruleFor: ['grid', 'citizen'], justTakenMinutes: 5 },
      poorAccuracyM: 80,
      captureTime: { toleranceSeconds: 30, longestOfflineHours: 72, counts: { reply: 'capture' } },
    })
    expect(found.duplicates).toEqual({ ...DUPLICATE_POLICY, withinM: 80, danger: ['漏电'] })
    expect(found.photos).toEqual({ ...PHOTO_POLICY, withinBits: 6 })
    expect(found.photoPlace).toEqual({ ...PHOTO_PLACE_POLICY, withinM: 300 })
    expect(found.evidence).toEqual({
      poorAccuracyM: 80,
      photoRuleFor: ['grid', 'citizen'],
      justTakenMs: 300_000,
    })
    expect(found.time).toEqual({
      ...TIME_POLICY,
      toleranceMs: 30_000,
      longestOfflineMs: 72 * 3_600_000,
      counts: { ...TIME_POLICY.counts, reply: 'capture' },
    })
  })

  it.each<[string, boolean, unknown]>([
    ['nothing', true, {}],
    ['the whole of the defaults', true, { duplicates: DUPLICATE_POLICY }],
    ['a city’s own groups', true, { duplicates: PAIRS_POLICY }],
    [
      'all of photos and times',
      true,
      { photos: PHOTO_POLICY, captureTime: { counts: { pass: 'receipt', report: 'capture' } } },
    ],
    ['a word that is no setting', false, { duplicates: { within: 5 } }],
    ['a share above one', false, { duplicates: { certainShare: 1.5 } }],
    ['more bits than can be searched', false, { photos: { withinBits: 12 } }],
    ['a step that sends no device time', false, { captureTime: { counts: { file: 'capture' } } }],
    ['a source that there is not', false, { photos: { ruleFor: ['radio'] } }],
    ['a step that there is not', false, { captureTime: { counts: { passs: 'capture' } } }],
    ['a time that there is not', false, { captureTime: { counts: { pass: 'both' } } }],
  ])('of %s fit the schema: %s', (_, fits, given) => {
    expect(Value.Check(screeningSchema, given)).toBe(fits)
  })

  it('name the categories that there are not', () => {
    const categories = [{ code: 'E0110' }, { code: 'C0103' }]
    const duplicates = { byCategory: [{ category: ['E01', 'E04'] }], confusable: [['C0103', 'C0199']] }
    expect(unknownCategories({ duplicates }, categories)).toEqual(['E04', 'C0199'])
    expect(unknownCategories({}, categories)).toEqual([])
  })
})
