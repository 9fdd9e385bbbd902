import { describe, expect, it } from 'vitest'
import { HOUR_MS } from './days.ts'
import { type ComparedReport, duplicateSearch, type EarlierCase, findDuplicates } from './duplicate.ts'
import { DUPLICATE_POLICY, type DuplicatePolicy, reachOf } from './duplicate-policy.ts'
import { metresPerDegree } from './geo/geometry.ts'
import { PLACES } from './testing/city.ts'

const NOON = Date.parse('2019-09-29T12:00:00+08:00')
const m = metresPerDegree(PLACES.backLane.lat)
const east = (metres: number) => ({ lng: PLACES.backLane.lng + metres / m.x, lat: PLACES.backLane.lat })

const first: EarlierCase = {
  id: 'first',
  category: 'E0110',
  kind: 'E',
  position: east(0),
  accuracyM: 10,
  at: NOON - HOUR_MS,
  text: '文庙巷12号墙角堆放生活垃圾',
  status: 'dispatched',
  reportedBy: 'anna',
}
const second: ComparedReport = {
  category: 'E0110',
  kind: 'E',
  position: east(8),
  accuracyM: 10,
  at: NOON,
  text: '文庙巷12号门前墙角有生活垃圾',
  reportedBy: 'bob',
}

function judge(
  later: Partial<ComparedReport> = {},
  earlier: Partial<EarlierCase> = {},
  policy: Partial<DuplicatePolicy> = {},
) {
  const [found] = findDuplicates({ ...second, ...later }, [{ ...first, ...earlier }], {
    ...DUPLICATE_POLICY,
    ...policy,
  })
  return { verdict: found?.verdict ?? 'none', codes: found?.reasons.map((r) => r.code) ?? [] }
}

describe('a second report', () => {
  it('of the same matter at the same place in like words is certain, and says why', () => {
    const [found] = findDuplicates(second, [first])
    expect(found).toMatchObject({ caseId: 'first', verdict: 'certain', hours: 1 })
    expect(found?.metres).toBeCloseTo(8, 0)
    expect(found?.reasons).toEqual([
      {
        code: 'near',
        because: '8 m and 60 min apart',
        zh: '相距8米，相隔60分钟',
        facts: { metres: 8, hours: 1 },
      },
      { code: 'same-number', because: 'both say 12号', zh: '都写明12号' },
      {
        code: 'same-words',
        because: '69 % of the words are the same, e.g. “文庙巷12号”',
        zh: '文字有69%相同，如“文庙巷12号”',
        facts: { percent: 69, piece: '文庙巷12号' },
      },
    ])
  })

  type Row = [string, string, Partial<ComparedReport>, Partial<EarlierCase>, string?]
  it.each<Row>([
    // Place.
    ['within reach', 'possible', { position: east(45) }, {}],
    ['beyond 50 m and the accuracy of both', 'none', { position: east(70) }, {}],
    ['as far, but told with a bad position', 'possible', { position: east(70), accuracyM: 60 }, {}],
    ['near by a bad position', 'possible', { accuracyM: 40 }, {}],
    ['a position without accuracy', 'certain', { accuracyM: undefined }, {}],
    // Category.
    ['another category', 'none', { category: 'E0112' }, {}],
    ['no category, near and in like words', 'possible', { category: undefined }, {}, 'no-category'],
    ['no category, farther off', 'none', { category: undefined, position: east(30) }, {}],
    // Time.
    ['seven hours later', 'possible', { at: NOON + 6 * HOUR_MS }, {}, 'long-ago'],
    ['weeks later, still open', 'possible', { at: NOON + 500 * HOUR_MS }, {}, 'long-ago'],
    ['after longer than a case stays open', 'none', { at: NOON + 800 * HOUR_MS }, {}],
    ['sent later, but seen an hour earlier', 'certain', { at: NOON - 2 * HOUR_MS }, {}],
    ['an hour after it was closed', 'possible', {}, { status: 'closed', endedAt: NOON - HOUR_MS }, 'ended'],
    ['seen before it was closed', 'possible', {}, { status: 'closed', endedAt: NOON + HOUR_MS }, 'ended'],
    ['a day after it was closed', 'none', {}, { status: 'closed', endedAt: NOON - 24 * HOUR_MS }],
    [
      'an hour after it was turned down',
      'possible',
      {},
      { status: 'rejected', endedAt: NOON - HOUR_MS },
      'ended',
    ],
    ['of a case that was merged', 'none', {}, { status: 'merged' }],
    ['of a case that was voided', 'none', {}, { status: 'voided' }],
    // Words.
    ['near, saying nothing of the place', 'possible', { text: '有人乱倒' }, {}],
    ['farther off, saying nothing of the place', 'none', { text: '有人乱倒', position: east(30) }, {}],
    ['at the same place, of something else', 'possible', { text: '文庙巷12号有呕吐物' }, {}],
    ['at the next door', 'possible', { text: '文庙巷14号墙角堆放生活垃圾' }, {}, 'other-place'],
    ['four doors on', 'none', { text: '文庙巷20号墙角堆放生活垃圾', position: east(30) }, {}],
    ['that speaks of danger', 'possible', { text: '文庙巷12号门前墙角有生活垃圾着火' }, {}, 'more-danger'],
    // People and pictures.
    ['by the same person', 'possible', { reportedBy: 'anna' }, {}, 'same-reporter'],
    ['by the same person with another picture', 'none', { reportedBy: 'anna' }, { photo: 'different' }],
    ['by the same person with the same picture', 'certain', { reportedBy: 'anna' }, { photo: 'same' }],
    ['by two strangers', 'certain', { reportedBy: undefined }, { reportedBy: undefined }],
    ['with the same picture and no words', 'certain', { text: '' }, { photo: 'same' }, 'same-photo'],
    ['with a similar picture and no words', 'possible', { text: '' }, { photo: 'similar' }, 'similar-photo'],
    ['with the same picture far away', 'none', { position: east(500) }, { photo: 'same' }],
  ])('%s is %s', (_, verdict, later, earlier, code) => {
    const found = judge(later, earlier)
    expect(found.verdict).toBe(verdict)
    if (code !== undefined) expect(found.codes).toContain(code)
  })
})

describe('components', () => {
  const cover = { category: 'C0103', kind: 'C', text: '雨水井盖破损' }
  it.each<[string, string, Partial<ComparedReport>, Partial<EarlierCase>, string?]>([
    ['in the same words are possible only: they stand close together', 'possible', {}, {}],
    ['of one number are certain', 'certain', { component: '17' }, { component: '17' }, 'same-component'],
    [
      'of one number are certain after days',
      'certain',
      { component: '17', at: NOON + 90 * HOUR_MS },
      { component: '17' },
    ],
    ['of two numbers are none', 'none', { component: '17' }, { component: '18' }],
    ['with one number known are possible', 'possible', { component: '17' }, {}],
    [
      'of one number, broken otherwise, are possible',
      'possible',
      { component: '17', text: '井盖一压就响' },
      { component: '17' },
      'other-defect',
    ],
    [
      'of one number, now dangerous, are possible',
      'possible',
      { component: '17', text: '井盖缺失' },
      { component: '17' },
      'more-danger',
    ],
    [
      'with one lamp’s number in both texts are certain',
      'certain',
      { text: '灯杆号RM-0143的灯不亮' },
      { text: '路灯不亮，编号RM0143' },
      'same-number',
    ],
    [
      'with two lamps’ numbers are none',
      'none',
      { text: '灯杆号RM-0143的灯不亮' },
      { text: '路灯不亮，编号RM0144' },
    ],
  ])('%s', (_, verdict, later, earlier, code) => {
    const found = judge({ ...cover, ...later }, { ...cover, ...earlier })
    expect(found.verdict).toBe(verdict)
    if (code !== undefined) expect(found.codes).toContain(code)
  })
})

describe('the policy', () => {
  it('says which categories are taken for each other', () => {
    const confusable = [['E011']]
    expect(judge({ category: 'E0112' }, {}, { confusable })).toMatchObject({ verdict: 'possible' })
    expect(judge({ category: 'E0112' }, {}, { confusable }).codes).toContain('other-category')
    expect(judge({ category: 'E0201' }, {}, { confusable }).verdict).toBe('none')
  })

  it('has other reaches for some categories, the longest beginning first', () => {
    const byCategory = [
      { category: ['E01'], withinM: 20 },
      { category: ['E0110', 'C'], withinM: 80, openHours: 2 },
    ]
    const policy = { ...DUPLICATE_POLICY, byCategory }
    expect(reachOf(policy, 'E0112').withinM).toBe(20)
    expect(reachOf(policy, 'E0110')).toMatchObject({ withinM: 80, openHours: 2, closedHours: 12 })
    expect(reachOf(policy, undefined).withinM).toBe(50)
    expect(judge({ at: NOON + 30 * HOUR_MS }, {}, { byCategory }).verdict).toBe('none')
    expect(judge({ position: east(85) }, {}, { byCategory }).verdict).toBe('possible')
  })

  it('says how far and how long ago to look', () => {
    const policy = { ...DUPLICATE_POLICY, byCategory: [{ category: ['C'], withinM: 80, openHours: 10 }] }
    expect(duplicateSearch(second, policy)).toEqual({
      metres: 100,
      since: NOON - 720 * HOUR_MS,
      endedSince: NOON - 12 * HOUR_MS,
    })
    expect(duplicateSearch({ ...second, category: 'C0103' }, policy).metres).toBe(130)
    expect(duplicateSearch({ ...second, category: undefined }, policy)).toMatchObject({
      metres: 130,
      since: NOON - 720 * HOUR_MS,
    })
  })
})

describe('several earlier cases', () => {
  const other = { ...first, id: 'other', position: east(20) }
  it('come with the likeliest first', () => {
    const found = findDuplicates(second, [{ ...other, position: east(45) }, first])
    expect(found.map((f) => [f.caseId, f.verdict])).toEqual([
      ['first', 'certain'],
      ['other', 'possible'],
    ])
  })
  it('that are all certain leave it to a person', () => {
    const found = findDuplicates(second, [other, first])
    expect(found.map((f) => f.verdict)).toEqual(['possible', 'possible'])
    expect(found.every((f) => f.reasons.at(-1)?.code === 'several')).toBe(true)
  })
  it('may be none', () => {
    expect(findDuplicates(second, [])).toEqual([])
  })
})
