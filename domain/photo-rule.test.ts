import { describe, expect, it } from 'vitest'
import { parsePhotoRule, type PhotoFacts, type PhotoRule, photoRuleFaults } from './photo-rule.ts'

const rule = (given: Partial<PhotoRule>): PhotoRule => ({
  before: 0,
  after: 0,
  position: false,
  camera: false,
  ...given,
})

describe('a photo rule’s text', () => {
  it.each<[string, Partial<PhotoRule>]>([
    ['', {}],
    ['before>=1', { before: 1 }],
    ['before>=1; after>=2; position; camera', { before: 1, after: 2, position: true, camera: true }],
    ['After 1, within 50m', { after: 1, position: true, withinM: 50 }],
    ['处置前1张；处置后2张；带位置；现场拍摄', { before: 1, after: 2, position: true, camera: true }],
    ['前≥2、后≥1、50米内', { before: 2, after: 1, position: true, withinM: 50 }],
  ])('“%s” is read', (text, expected) => {
    expect(parsePhotoRule(text)).toEqual({ ok: true, rule: rule(expected) })
  })

  it.each([
    ['拍到问题与周边参照物', '拍到问题与周边参照物'],
    ['before>=1; 两张', '两张'],
    ['before>=1; before>=2', 'before>=2'],
    ['after>=21', 'after>=21'],
    ['before>=-1', 'before>=-1'],
  ])('“%s” is refused, naming the part', (text, part) => {
    const parsed = parsePhotoRule(text)
    expect(parsed).toMatchObject({ ok: false, part })
    if (!parsed.ok) expect([parsed.reason, parsed.zh].every((t) => t.includes(part))).toBe(true)
  })
})

describe('photos under a rule', () => {
  const camera: PhotoFacts = { id: 'a', origin: 'camera', distanceM: 12 }
  const album: PhotoFacts = { id: 'b', origin: 'album', distanceM: 12 }
  const bare: PhotoFacts = { id: 'c' }
  const strict = rule({ before: 1, after: 2, position: true, camera: true, withinM: 50 })

  it.each<[string, PhotoRule, 'before' | 'after', PhotoFacts[], string[]]>([
    ['a rule that asks nothing is kept by none', rule({}), 'before', [], []],
    ['one is missing', rule({ before: 1 }), 'before', [], ['photos-missing']],
    ['the number before says nothing of after', rule({ before: 1 }), 'after', [], []],
    ['enough of any kind', rule({ after: 2 }), 'after', [bare, album], []],
    ['one good one is enough, whatever else is there', strict, 'before', [camera, bare], []],
    [
      'two are asked for and one is good',
      strict,
      'after',
      [camera, album],
      ['photos-missing', 'photo-from-album'],
    ],
    [
      'nothing is known of it',
      strict,
      'before',
      [bare],
      ['photos-missing', 'photo-without-position', 'photo-origin-unknown'],
    ],
    ['too far', strict, 'before', [{ ...camera, distanceM: 51 }], ['photos-missing', 'photo-too-far']],
    ['just near enough', strict, 'before', [{ ...camera, distanceM: 50 }], []],
  ])('%s', (_, given, which, photos, codes) => {
    expect(photoRuleFaults(given, which, photos).map((f) => f.code)).toEqual(codes)
  })

  it('says what is missing in both languages', () => {
    expect(photoRuleFaults(strict, 'after', [camera, album, album])).toEqual([
      {
        code: 'photos-missing',
        because: 'needs 2 photos of the result that keep to the rule; 1 of 3 do',
        zh: '需要处置后照片2张，现有3张，其中符合要求1张',
        facts: { need: 2, have: 3, good: 1 },
      },
      {
        code: 'photo-from-album',
        because: '2 from an album: take them on the spot',
        zh: '2张选自相册，须现场拍摄',
        facts: { photos: 2 },
      },
    ])
  })
})
