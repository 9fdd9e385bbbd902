import { describe, expect, it } from 'vitest'
import { compileCity } from './city/compile.ts'
import { nextAutomatic } from './automate.ts'
import type { Policies } from './city/types.ts'
import { MINUTE_MS } from './days.ts'
import { deviceFacts } from './device-time.ts'
import { metresPerDegree } from './geo/geometry.ts'
import { screen } from './screen.ts'
import { type EvidenceFacts, evidenceOf, replyFindings, type ReportPhoto } from './screen-evidence.ts'
import { aCase } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import { cityPack, DEMO_POLICIES, PLACES } from './testing/city.ts'

const NOW = at('2019-09-29T08:00+08:00')
const RULE = '处置前2张；处置后1张；带位置；现场拍摄；50米内'

function cityWith(photoCheck?: string, screening?: Policies['screening']) {
  const pack = cityPack({ ...DEMO_POLICIES, ...(screening ? { screening } : {}) })
  const conditions = pack.conditions.map((c) =>
    c.category === 'E0110' && photoCheck !== undefined ? { ...c, photoCheck } : c,
  )
  return compileCity({ ...pack, conditions }, 1)
}

const report: EvidenceFacts = { position: PLACES.backLane, category: 'E0110', source: 'grid', accuracyM: 10 }
const east = (metres: number) => ({
  lng: PLACES.backLane.lng + metres / metresPerDegree(PLACES.backLane.lat).x,
  lat: PLACES.backLane.lat,
})
const shot = (id: string, metres?: number, minutesAgo?: number): ReportPhoto => ({
  id,
  ...(metres === undefined ? {} : { position: east(metres) }),
  ...(minutesAgo === undefined ? {} : { takenAt: NOW - minutesAgo * MINUTE_MS }),
})
const told = (facts: Partial<EvidenceFacts>, photos?: ReportPhoto[], city = cityWith()) => {
  const { reasons, findings } = evidenceOf({ ...report, ...facts }, photos, city, NOW)
  return [reasons, findings.map((f) => f.code)]
}

describe('the evidence of a report', () => {
  it.each<[string, Partial<EvidenceFacts>, ReportPhoto[] | undefined, string[], string[]]>([
    ['accurate and photographed on the spot', {}, [shot('a', 20, 1)], [], []],
    ['without photos, which nothing asks for', {}, [], [], []],
    ['accurate to 200 m', { accuracyM: 200 }, [], [], []],
    ['accurate to 201 m', { accuracyM: 201 }, [], ['accuracy-poor'], ['accuracy-poor']],
    ['photographed 400 m away', {}, [shot('a', 400)], ['photo-far'], ['photo-far']],
    ['photographed here and, for the view, from afar', {}, [shot('a', 5), shot('b', 400)], [], ['photo-far']],
    ['photographed by who knows where', {}, [shot('a')], [], []],
    [
      'said to have happened in an hour',
      { occurredAt: NOW + 60 * MINUTE_MS },
      [],
      ['time-doubtful'],
      ['occurred-after-receipt'],
    ],
    ['said to have happened a minute later, by rounding', { occurredAt: NOW + MINUTE_MS }, [], [], []],
    ['photos that nobody has looked up', {}, undefined, [], []],
  ])('%s', (_, facts, photos, reasons, codes) => {
    expect(told(facts, photos)).toEqual([reasons, codes])
  })

  it('takes several photos from one far place for one finding', () => {
    const [, codes] = told({}, [shot('a', 400), shot('b', 400), shot('c', 700)])
    expect(codes).toEqual(['photo-far', 'photo-far'])
  })

  it('goes by the city’s own measures', () => {
    const strict = cityWith(undefined, { poorAccuracyM: 5, photos: { withinM: 10 } })
    expect(told({}, [shot('a', 30)], strict)[0]).toEqual(['accuracy-poor', 'photo-far'])
  })

  it('holds a device’s doubtful time against it, not one that was set right', () => {
    const city = cityWith()
    const device = (capturedAt: number, sentAt: number) => {
      const facts = deviceFacts('report', { capturedAt, sentAt }, { now: NOW, city })
      return facts.device ? { device: facts.device } : {}
    }
    const wrong = device(NOW + 50 * MINUTE_MS, NOW)
    expect(told(wrong)).toEqual([['time-doubtful'], ['captured-after-sending']])
    const fast = device(NOW + 20 * MINUTE_MS, NOW + 30 * MINUTE_MS)
    expect(told(fast)).toEqual([[], ['clock-ahead']])
  })
})

describe('the photo rule of the filing condition', () => {
  const city = cityWith(RULE)
  it.each<[string, Partial<EvidenceFacts>, ReportPhoto[], string[]]>([
    ['is kept', {}, [shot('a', 10, 1), shot('b', 40, 5)], []],
    ['wants two', {}, [shot('a', 10, 1)], ['photos-missing']],
    [
      'wants a position',
      {},
      [shot('a', 10, 1), shot('b', undefined, 1)],
      ['photos-missing', 'photo-without-position'],
    ],
    ['wants it near', {}, [shot('a', 10, 1), shot('b', 80, 1)], ['photos-missing', 'photo-too-far']],
    [
      'wants it taken just then',
      {},
      [shot('a', 10, 1), shot('b', 10, 300)],
      ['photos-missing', 'photo-from-album'],
    ],
    [
      'wants to know when it was taken',
      {},
      [shot('a', 10, 1), shot('b', 10)],
      ['photos-missing', 'photo-origin-unknown'],
    ],
    ['is not for the public', { source: 'citizen' }, [], []],
    ['is not for who joins a case that is there', { sameAs: 'case-0' }, [], []],
    ['is of the category’s default condition', { category: 'E0125' }, [], []],
  ])('%s', (_, facts, photos, codes) => {
    expect(told(facts, photos, city)).toEqual([codes.length > 0 ? ['photo-rule'] : [], codes])
  })

  it('compares a photo’s time with the clock of the device that took it', () => {
    const claimedAt = NOW - 300 * MINUTE_MS
    const device = { verdict: 'trusted', claimedAt, capturedAt: claimedAt, counts: 'receipt' } as const
    expect(told({ device }, [shot('a', 10, 301), shot('b', 10, 299)], city)).toEqual([[], []])
  })

  it('is asked of the public where the city says so', () => {
    const wide = cityWith('处置前1张', { photos: { ruleFor: ['citizen'] } })
    expect(told({ source: 'citizen' }, [], wide)[0]).toEqual(['photo-rule'])
    expect(told({ source: 'grid' }, [], wide)[0]).toEqual([])
  })

  it('of the reply is for whoever checks it', () => {
    const facts = { ...report, condition: city.categories.get('E0110')?.defaultCondition }
    const of = (photos: ReportPhoto[]) =>
      replyFindings(facts, photos, { city, receivedAt: NOW }).map((f) => f.code)
    expect(of([shot('a', 10, 2)])).toEqual([])
    expect(of([])).toEqual(['photos-missing'])
    expect(of([shot('a', 900, 2)])).toEqual(['photo-far', 'photos-missing', 'photo-too-far'])
  })
})

describe('screening with doubtful evidence', () => {
  it('is uncertain, and its sentences stand beside the codes in both languages', () => {
    const found = screen(report, true, cityWith('处置前1张'), NOW, '', [])
    expect(found).toMatchObject({ verdict: 'uncertain', reasons: ['photo-rule'] })
    expect(found.findings).toEqual([
      {
        code: 'photos-missing',
        because: 'needs 1 photo of the matter that keeps to the rule; 0 of 0 do',
        zh: '需要处置前照片1张，现有0张，其中符合要求0张',
        facts: { need: 1, have: 0, good: 0 },
      },
    ])
  })

  it('waits at the operator’s desk with the first reason', () => {
    const story = aCase('reported', { report: { category: 'E0110', accuracyM: 900 } }).rules()
    expect(story.state.waitsFor).toMatchObject({ who: 'operator', action: 'accept', reason: 'accuracy-poor' })
    expect(story.state.screening?.findings?.map((f) => f.code)).toEqual(['accuracy-poor'])
    expect(nextAutomatic(story.state, story.city, story.clock.now())).toBeUndefined()
  })
})
