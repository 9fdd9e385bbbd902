import { describe, expect, it } from 'vitest'
import { countedAt, deviceFacts, splitTimes } from './device-time.ts'
import { MINUTE_MS } from './days.ts'
import { flagsAsOf, happened } from './flags/flag.ts'
import { at } from './testing/calendars.ts'
import { aCity, DEMO_POLICIES } from './testing/city.ts'
import { Story } from './testing/builder.ts'
import { cn, find, flags, has, toHandling, toReplied } from './testing/flag-stories.ts'
import { flagsOf } from './flags.ts'
import { stands } from './flags/flag.ts'

const NOW = at('2019-09-29T12:00+08:00')
const city = aCity()
const ago = (minutes: number) => NOW - minutes * MINUTE_MS
const facts = (step: 'pass' | 'reply', capturedAt?: number, sentAt?: number, notBefore?: number) =>
  deviceFacts(step, { capturedAt, sentAt }, { now: NOW, city, notBefore })

describe('what the log keeps of a device’s time', () => {
  it('is nothing where the device says nothing', () => {
    expect(facts('pass')).toEqual({})
    expect(facts('pass', undefined, NOW)).toEqual({})
  })

  it('is both times, and which of them counts', () => {
    expect(facts('pass', ago(90), NOW)).toEqual({
      device: { verdict: 'trusted', claimedAt: ago(90), capturedAt: ago(90), skewMs: 0, counts: 'capture' },
      countedAt: ago(90),
    })
    expect(facts('reply', ago(90), NOW)).toEqual({
      device: { verdict: 'trusted', claimedAt: ago(90), capturedAt: ago(90), skewMs: 0, counts: 'receipt' },
    })
  })

  it('says why a time is not believed, in two languages, and does not count it', () => {
    const { device, ...rest } = facts('pass', ago(90), NOW, ago(30))
    expect(rest).toEqual({})
    expect(device).toMatchObject({
      verdict: 'doubtful',
      claimedAt: ago(90),
      capturedAt: NOW,
      counts: 'receipt',
      reasons: [{ code: 'captured-before-step', zh: '采集时间早于所答复的环节60分钟' }],
    })
  })

  it('is read from a payload’s ISO times, which do not enter the log themselves', () => {
    const given = { note: 'x', capturedAt: '2019-09-29T10:30:00+08:00', sentAt: '2019-09-29T04:00:00Z' }
    expect(splitTimes(given)).toEqual({ times: { capturedAt: ago(90), sentAt: NOW }, rest: { note: 'x' } })
  })

  it('never counts later than the receipt', () => {
    expect(countedAt({ at: NOW, payload: {} })).toBe(NOW)
    expect(countedAt({ at: NOW, payload: { countedAt: ago(5) } })).toBe(ago(5))
    expect(countedAt({ at: NOW, payload: { countedAt: NOW + 1 } })).toBe(NOW)
    expect(countedAt({ at: NOW, payload: { countedAt: '2019' } })).toBe(NOW)
  })
})

describe('a check that arrived late but was made in time', () => {
  /** The check task is due four working hours after 11:48: at 17:36. */
  const checked = (captured: string, arrived = '09-29 19:00') =>
    toReplied('09-29 11:48')
      .wait(cn(arrived))
      .step('supervisor', 'pass', {
        capturedAt: cn(captured),
        sentAt: cn(arrived),
      })

  it('is on time, and what nobody could know meanwhile is withdrawn, not unsaid', () => {
    const story = checked('09-29 16:00')
    const all = flags(story)
    expect(has(all.filter(stands), 'on-time-checked', 'overdue-unchecked')).toEqual({
      'on-time-checked': true,
      'overdue-unchecked': false,
    })
    expect(find(all, 'on-time-checked', 'worker').map((f) => f.for)).toEqual([
      { kind: 'worker', post: 'supervisor', person: 'u-supervisor' },
    ])
    const overdue = [...find(all, 'overdue-unchecked'), ...find(all, 'overdue-unchecked', 'worker')]
    expect(overdue).toHaveLength(2)
    expect(overdue.every((f) => f.ended?.why === 'withdrawn' && !happened(f))).toBe(true)
    const then = at(cn('09-29 18:30'))
    expect(has(flagsAsOf(all, then).filter(stands), 'overdue-unchecked')).toEqual({
      'overdue-unchecked': true,
    })
    expect(story.state.tasks.at(-1)).toMatchObject({
      reportedAt: at(cn('09-29 19:00')),
      countedAt: at(cn('09-29 16:00')),
    })
  })

  it.each([
    ['made after its limit', '09-29 18:00'],
    ['made before it was asked for', '09-29 11:00'],
    ['made after it was sent', '09-29 19:30'],
  ])('is late when %s', (_, captured) => {
    const all = flags(checked(captured))
    expect(has(all.filter(stands), 'on-time-checked')).toEqual({ 'on-time-checked': false })
    expect(find(all, 'overdue-unchecked').map((f) => f.ended?.why)).toEqual(['over'])
  })
})

describe('a reply judged by when the work was photographed', () => {
  const story = () =>
    new Story({
      city: aCity({
        ...DEMO_POLICIES,
        screening: { captureTime: { counts: { reply: 'capture' } } },
      }),
      pace: 0,
    })
      .rules()
      .step('duty', 'file')
      .rules()
      .step('water', 'acknowledge')
  const times = { capturedAt: cn('09-29 11:30'), sentAt: cn('09-29 15:00') }
  const reply = (s: Story) => s.wait(cn('09-29 15:00')).step('water', 'reply', { result: '已清理', ...times })

  it('was never overdue: round, light, flags and the closing agree', () => {
    const s = reply(story()).rules()
    expect(s.state).toMatchObject({
      repliedAt: at(cn('09-29 15:00')),
      wasOverdue: false,
      rounds: [{ late: false, repliedAt: at(cn('09-29 15:00')), countedAt: at(cn('09-29 11:30')) }],
      clock: { stoppedAt: at(cn('09-29 11:30')) },
    })
    s.step('supervisor', 'pass').rules().step('duty', 'close', { outcome: 'fixed' })
    const all = flagsOf(s.log, s.city, s.clock.now())
    expect(
      has(all.filter(stands), 'on-time-replied', 'late-replied', 'was-overdue', 'on-time-closed'),
    ).toEqual({
      'on-time-replied': true,
      'late-replied': false,
      'was-overdue': false,
      'on-time-closed': true,
    })
    expect(find(all, 'was-overdue').map((f) => f.ended?.why)).toEqual(['withdrawn'])
  })

  it('was not done before the suspension in which nothing may be done ended', () => {
    const s = story()
      .wait(cn('09-29 09:00'))
      .step('water', 'request-suspension', { until: cn('09-29 14:00'), reason: '配件采购' })
      .step('duty', 'suspend', {})
      .wait(cn('09-29 14:00'))
      .step('rule', 'resume')
    expect(reply(s).log.at(-1)?.payload).toMatchObject({
      device: { verdict: 'doubtful', reasons: [{ code: 'captured-before-step' }] },
    })
    expect(s.log.at(-1)?.payload).not.toHaveProperty('countedAt')
  })

  it('counts by receipt where the policy says nothing else', () => {
    const s = toHandling()
      .wait(cn('09-29 15:00'))
      .step('water', 'reply', { result: '已清理', ...times })
    expect(s.state.rounds).toMatchObject([{ late: true }])
    expect(s.log.at(-1)?.payload).toMatchObject({ device: { verdict: 'trusted', counts: 'receipt' } })
  })
})
