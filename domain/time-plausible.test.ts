import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from './days.ts'
import { at } from './testing/calendars.ts'
import { type CaptureClaim, captureTime, countingTime, TIME_POLICY } from './time-plausible.ts'

const NOON = at('2019-09-30T12:00+08:00')
const minutes = (n: number) => NOON + n * MINUTE_MS
const codes = (claim: CaptureClaim) => captureTime(claim).reasons.map((r) => r.code)

describe('a capture time', () => {
  it.each<[string, Omit<CaptureClaim, 'receivedAt'>, string, number, string[]]>([
    ['nothing claimed', {}, 'absent', 0, []],
    ['sent at once by a right clock', { capturedAt: minutes(-1), sentAt: NOON }, 'trusted', -1, []],
    ['kept for three hours', { capturedAt: minutes(-180), sentAt: minutes(0) }, 'trusted', -180, []],
    [
      'a clock ten minutes fast',
      { capturedAt: minutes(-20), sentAt: minutes(10) },
      'corrected',
      -30,
      ['clock-ahead'],
    ],
    [
      'a clock a day slow',
      { capturedAt: minutes(-1470), sentAt: minutes(-1440) },
      'corrected',
      -30,
      ['clock-behind'],
    ],
    ['no word of its clock', { capturedAt: minutes(-30) }, 'unchecked', -30, ['skew-unknown']],
    ['a little after sending, by rounding', { capturedAt: minutes(1), sentAt: minutes(0) }, 'trusted', 0, []],
    [
      'after its own sending',
      { capturedAt: minutes(5), sentAt: minutes(0) },
      'doubtful',
      0,
      ['captured-after-sending'],
    ],
    ['in the future', { capturedAt: minutes(30) }, 'doubtful', 0, ['captured-after-receipt']],
    [
      'before the dispatch that it answers',
      { capturedAt: minutes(-90), sentAt: NOON, notBefore: minutes(-60) },
      'doubtful',
      0,
      ['captured-before-step'],
    ],
    [
      'a moment before the dispatch, by a clock within the tolerance',
      { capturedAt: minutes(-61), sentAt: NOON, notBefore: minutes(-60) },
      'trusted',
      -60,
      [],
    ],
    [
      'two days ago',
      { capturedAt: NOON - 48 * HOUR_MS, sentAt: NOON },
      'doubtful',
      0,
      ['captured-too-long-ago'],
    ],
    [
      'a clock set back since the last contact',
      {
        capturedAt: minutes(-50),
        sentAt: minutes(-40),
        contact: { deviceAt: minutes(-120), serverAt: minutes(-120) },
      },
      'doubtful',
      0,
      ['clock-changed'],
    ],
    [
      'a clock as wrong as at the last contact',
      {
        capturedAt: minutes(-50),
        sentAt: minutes(-40),
        contact: { deviceAt: minutes(-160), serverAt: minutes(-120) },
      },
      'corrected',
      -10,
      ['clock-behind'],
    ],
  ])('%s', (_, claim, verdict, offset, reasons) => {
    const time = captureTime({ ...claim, receivedAt: NOON })
    expect([time.verdict, time.capturedAt, time.receivedAt]).toEqual([verdict, minutes(offset), NOON])
    expect(time.reasons.map((r) => r.code)).toEqual(reasons)
    expect(time.claimedAt).toBe(claim.capturedAt)
  })

  it('says how wrong the clock was, in both languages', () => {
    const [reason] = captureTime({
      capturedAt: minutes(-20),
      sentAt: minutes(10),
      receivedAt: NOON,
    }).reasons
    expect(reason).toEqual({
      code: 'clock-ahead',
      because: 'the device’s clock is 10 min ahead; the capture time was set right',
      zh: '设备时钟快10分钟，已校正采集时间',
      facts: { skewMs: 10 * MINUTE_MS },
    })
  })

  it('tells every fault at once', () => {
    expect(
      codes({ capturedAt: NOON - 50 * HOUR_MS, sentAt: NOON, receivedAt: NOON, notBefore: minutes(-60) }),
    ).toEqual(['captured-before-step', 'captured-too-long-ago'])
  })

  it('never lies after its receipt or before its cause, and a constant skew changes nothing that counts', () => {
    const ms = fc.integer({ min: -72 * HOUR_MS, max: 72 * HOUR_MS })
    fc.assert(
      fc.property(
        ms,
        fc.option(ms, { nil: undefined }),
        fc.integer({ min: 0, max: 80 * HOUR_MS }),
        (captured, sent, before) => {
          const notBefore = NOON - before
          const time = captureTime({
            capturedAt: NOON + captured,
            ...(sent === undefined ? {} : { sentAt: NOON + sent }),
            receivedAt: NOON,
            notBefore,
          })
          expect(time.capturedAt).toBeLessThanOrEqual(NOON)
          expect(time.capturedAt).toBeGreaterThanOrEqual(notBefore)
        },
      ),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 23 * HOUR_MS }),
        fc.integer({ min: 3 * MINUTE_MS, max: 500 * HOUR_MS }),
        (ago, skew) => {
          const right = captureTime({ capturedAt: NOON - ago, sentAt: NOON, receivedAt: NOON })
          const wrong = captureTime({
            capturedAt: NOON - ago + skew,
            sentAt: NOON + skew,
            receivedAt: NOON,
          })
          expect(wrong.capturedAt).toBe(right.capturedAt)
        },
      ),
    )
  })
})

describe('the time that counts', () => {
  const offline = captureTime({ capturedAt: minutes(-180), sentAt: NOON, receivedAt: NOON })
  const unchecked = captureTime({ capturedAt: minutes(-180), receivedAt: NOON })
  const doubtful = captureTime({ capturedAt: minutes(5), sentAt: NOON, receivedAt: NOON })

  it.each([
    ['a supervisor who had no network by when they looked', 'pass', offline, 'capture', -180],
    ['a unit’s reply by when the centre had it', 'reply', offline, 'receipt', 0],
    ['a report by when the centre had it', 'report', offline, 'receipt', 0],
    ['a claim that nobody could check by its receipt', 'pass', unchecked, 'receipt', 0],
    ['a doubtful claim by its receipt', 'pass', doubtful, 'receipt', 0],
  ] as const)('judges %s', (_, step, time, basis, offset) => {
    expect(countingTime(step, time)).toEqual({ at: minutes(offset), basis })
  })

  it('is a policy', () => {
    const lenient = { ...TIME_POLICY, trustsUnchecked: true, counts: { reply: 'capture' } } as const
    expect(countingTime('reply', unchecked, lenient)).toEqual({ at: minutes(-180), basis: 'capture' })
    expect(countingTime('pass', unchecked, lenient).basis).toBe('receipt')
  })
})
