import { beforeAll, describe, expect, it } from 'vitest'
import { isWorking } from '#domain/calendar.ts'
import { type LifeCase, nextSteps, type Ways } from './course.ts'
import { type Fate, fateOf } from './fate.ts'
import { ratesOf } from './rates.ts'
import { type DemoCity, demoCity } from './testing.ts'
import { openWays } from './ways.ts'

const at = (text: string) => Date.parse(`${text}:00+08:00`)
const TEN = at('2026-09-16T10:00')
const HOUR = 3_600_000
const many = Array.from({ length: 3000 }, (_, i) => i)

const PLAIN: Fate = {
  notFiled: false,
  returned: false,
  granted: false,
  late: false,
  reworked: false,
  extended: false,
  suspended: false,
  voided: false,
  overseen: false,
  calledBack: true,
  satisfied: true,
  reopened: false,
}

let demo: DemoCity
beforeAll(async () => {
  demo = await demoCity()
})

const waysWith = (fate: Partial<Fate>): Ways =>
  openWays(
    demo.city,
    () => '990181001',
    () => ({ ...PLAIN, ...fate }),
  )

const aCase = (more: Partial<LifeCase> & Pick<LifeCase, 'key' | 'status'>): LifeCase => ({
  source: 'grid',
  category: 'E0113',
  risk: 'normal',
  description: '人民路12号门前路面有坑洞，直径约40厘米',
  round: 1,
  since: TEN,
  lastAt: TEN,
  reportedAt: TEN,
  continuous: false,
  owesAnswer: false,
  assigned: true,
  seen: { returnAsked: 0, extensionAsked: 0, suspensionAsked: 0, overseen: 0, reopened: 0 },
  ...more,
})
const waits = (
  who: NonNullable<LifeCase['waitsFor']>['who'],
  action: string,
  since = TEN,
  reason = 'policy',
) => ({
  waitsFor: { who, action, reason, since },
})
const next = (c: LifeCase, fate: Partial<Fate> = {}) => nextSteps(c, waysWith(fate))[0]

describe('before filing', () => {
  it('what the public reports is looked at first; then it is accepted, or not', () => {
    const reported = aCase({
      key: 'a',
      status: 'reported',
      source: 'citizen',
      ...waits('operator', 'accept'),
    })
    expect(next(reported)).toMatchObject({ who: 'operator', action: 'request-confirm' })
    expect(next({ ...reported, confirmed: true })).toMatchObject({ who: 'operator', action: 'accept' })
    expect(next({ ...reported, confirmed: false })).toMatchObject({ action: 'reject' })
  })

  it('a camera’s picture needs nobody to look again', () => {
    const reported = aCase({ key: 'a', status: 'reported', source: 'camera', ...waits('operator', 'accept') })
    expect(next(reported)).toMatchObject({ action: 'accept' })
  })

  it('a second report is merged into the first where it is seen', () => {
    const reported = aCase({
      key: 'a',
      status: 'reported',
      source: 'hotline',
      repeats: 'first',
      ...waits('operator', 'accept'),
    })
    expect(next(reported, { notFiled: true })).toMatchObject({ action: 'merge', payload: { into: 'first' } })
  })

  it('the duty manager files under the condition that the words describe', () => {
    const accepted = aCase({ key: 'a', status: 'accepted', ...waits('duty-manager', 'file') })
    expect(next(accepted)).toMatchObject({
      who: 'duty-manager',
      action: 'file',
      payload: { condition: 'E0113-3' },
    })
    expect(next(accepted, { notFiled: true })).toMatchObject({ action: 'reject' })
  })

  it('at night what is urgent is done by the duty phone, the rest after eight', () => {
    const late = at('2026-09-16T23:40')
    const accepted = (risk: string, key: string) =>
      aCase({ key, status: 'accepted', risk, lastAt: late, ...waits('duty-manager', 'file', late) })
    for (const i of many.slice(0, 200)) {
      expect(next(accepted('urgent', `u${i}`))?.at).toBeLessThan(late + HOUR)
      expect(next(accepted('normal', `n${i}`))?.at).toBeGreaterThanOrEqual(at('2026-09-17T08:00'))
    }
  })
})

describe('the unit', () => {
  const dispatched = (key: string, more: Partial<LifeCase> = {}) =>
    aCase({
      key,
      status: 'dispatched',
      department: 'municipal',
      dispatchedAt: TEN,
      dueAt: at('2026-09-23T10:00'),
      warnAt: at('2026-09-22T10:00'),
      ...waits('department', 'acknowledge'),
      ...more,
    })
  const handled = (key: string, more: Partial<LifeCase> = {}) =>
    dispatched(key, { status: 'handling', ...waits('department', 'reply'), ...more })

  it('replies in its working hours, in time or late as is its fate', () => {
    const calendar = demo.city.calendarFor('municipal')
    for (const i of many.slice(0, 300)) {
      const c = handled(`r${i}`)
      const good = next(c)
      expect(good).toMatchObject({ action: 'reply', who: 'department', photo: 'after' })
      expect(good?.at).toBeLessThan(c.dueAt ?? 0)
      // An end of a period is still counted as worked.
      expect(isWorking(calendar, (good?.at ?? 0) - 1000)).toBe(true)
      expect(next(c, { late: true })?.at).toBeGreaterThan(c.dueAt ?? 0)
    }
  })

  it('replies mostly before lunch and in the afternoon', () => {
    const hours = many.map((i) => new Date((next(handled(`h${i}`))?.at ?? 0) + 8 * HOUR).getUTCHours())
    const within = hours.filter((h) => h === 10 || h === 11 || (h >= 15 && h <= 17)).length
    expect(within / many.length).toBeGreaterThan(0.6)
  })

  it('asks for more time before the light is yellow, gives back with a reason and its paper, puts off with a date', () => {
    for (const i of many.slice(0, 200)) {
      const more = next(handled(`e${i}`), { extended: true })
      expect(more).toMatchObject({ action: 'request-extension' })
      expect(more?.at).toBeLessThan(at('2026-09-22T10:00'))
      expect(next(dispatched(`b${i}`), { returned: true })).toMatchObject({
        action: 'request-return',
        photo: 'evidence',
      })
      const off = next(handled(`s${i}`), { suspended: true })
      expect(off).toMatchObject({ action: 'request-suspension' })
      expect(Date.parse(String(off?.payload.until))).toBeGreaterThan((off?.at ?? 0) + 10 * 24 * HOUR)
    }
  })

  it('gives it to another unit once it was given back', () => {
    const back = aCase({
      key: 'x',
      status: 'filed',
      department: undefined,
      ...waits('dispatcher', 'dispatch', TEN, 'returned'),
      seen: { returnAsked: 1, extensionAsked: 0, suspensionAsked: 0, overseen: 0, reopened: 0 },
    })
    const step = next(back)
    expect(step).toMatchObject({ who: 'dispatcher', action: 'dispatch' })
    expect(demo.city.departments.has(String(step?.payload.department))).toBe(true)
  })

  it('answers an oversight', () => {
    const asked = handled('o', { owesAnswer: true })
    expect(nextSteps(asked, waysWith({})).map((s) => s.action)).toContain('answer-oversight')
  })
})

describe('after the reply', () => {
  const replied = (key: string, more: Partial<LifeCase> = {}) =>
    aCase({
      key,
      status: 'replied',
      department: 'municipal',
      task: { id: 't', createdAt: TEN },
      ...waits('assignee', 'pass'),
      ...more,
    })

  it('the supervisor mostly goes within the half hour, and never at night', () => {
    const waitsFor = many.map((i) => (next(replied(`c${i}`))?.at ?? 0) - TEN)
    expect(waitsFor.filter((w) => w < HOUR / 2).length / many.length).toBeGreaterThan(0.75)
    const night = at('2026-09-16T22:30')
    for (const i of many.slice(0, 100))
      expect(
        next(replied(`n${i}`, { task: { id: 't', createdAt: night }, lastAt: night }))?.at,
      ).toBeGreaterThanOrEqual(at('2026-09-17T07:30'))
  })

  it('finds it done, or not and says why; then it goes back once', () => {
    expect(next(replied('p'))).toMatchObject({ who: 'assignee', action: 'pass' })
    expect(next(replied('p'), { reworked: true })).toMatchObject({ action: 'fail' })
    expect(next(replied('p', { round: 2 }), { reworked: true })).toMatchObject({ action: 'pass' })
    const failed = aCase({ key: 'f', status: 'replied', ...waits('duty-manager', 'rework') })
    expect(next(failed)).toMatchObject({ who: 'duty-manager', action: 'rework' })
  })

  it('the public is called back; who is dissatisfied may have it opened again, once', () => {
    const closed = aCase({ key: 'k', status: 'closed', source: 'hotline', closedAt: TEN })
    expect(next(closed)).toMatchObject({ who: 'operator', action: 'rate' })
    expect(next(closed, { calledBack: false })).toBeUndefined()
    expect(next({ ...closed, source: 'grid' })).toBeUndefined()
    const sad = { ...closed, satisfaction: 'dissatisfied' }
    expect(next(sad, { reopened: true })).toMatchObject({ action: 'reopen' })
    expect(next({ ...sad, seen: { ...sad.seen, reopened: 1 } }, { reopened: true })).toBeUndefined()
  })
})

it('nothing is done before the case’s last event, and the same question has the same answer', () => {
  for (const i of many.slice(0, 200)) {
    const c = aCase({
      key: `t${i}`,
      status: 'checked',
      lastAt: TEN + 5 * HOUR,
      ...waits('duty-manager', 'close'),
    })
    const steps = nextSteps(c, waysWith({}))
    expect(steps[0]?.at).toBeGreaterThan(c.lastAt)
    expect(nextSteps(c, waysWith({}))).toEqual(steps)
  }
})

it.each(['enforcement', 'sanitation', 'housing', 'telecom', 'st-xicheng', 'kfq'])(
  'fates of %s fall by its stated rates',
  (unit) => {
    const rates = ratesOf(unit)
    const fates = many.map((i) => fateOf(`f${i}`, 'E0110', unit))
    const within = (n: number, percent: number) => {
      const p = percent / 100
      const error = Math.sqrt((p * (1 - p)) / many.length)
      expect(Math.abs(n / many.length - p)).toBeLessThan(4 * error + 0.001)
    }
    within(fates.filter((f) => f.late).length, 100 - rates.onTime)
    within(fates.filter((f) => f.reworked).length, rates.rework)
    within(fates.filter((f) => f.returned).length, rates.returns)
  },
)
