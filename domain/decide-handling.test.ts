// The rules of handling: returns, extensions, suspension, requests, rounds.
import { describe, expect, it } from 'vitest'
import type { Actor } from './case.ts'
import { workingMs } from './calendar.ts'
import { capacity, legalActions } from './permission.ts'
import { lightOf } from './light.ts'
import { aCase, type Story } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import { aCity, DEMO_POLICIES } from './testing/city.ts'
import { PEOPLE } from './testing/people.ts'
import { clockOf, refusal } from './testing/refusal.ts'

const DAY = 86_400_000
const MINUTE = 60_000

describe('returns', () => {
  it('run the clock until they are granted, and then the case belongs to nobody', () => {
    const asked = aCase('return requested')
    expect(lightOf(asked.state, clockOf(asked).dueAt + 1)).toBe('red')
    const { state } = aCase('returned')
    expect(state).toMatchObject({ status: 'filed', returns: 1 })
    for (const key of [
      'department',
      'clock',
      'dispatchedAt',
      'acknowledgedAt',
      'handler',
      'request',
    ] as const)
      expect(state[key]).toBeUndefined()
  })

  it('take the case from whoever had taken it', () => {
    const { state } = aCase('taken').step('water', 'request-return').step('dispatcher', 'grant-return')
    expect([state.handler, state.unit, state.department]).toEqual([undefined, undefined, undefined])
  })

  it('are the dispatcher’s to decide once, the centre head’s the second time', () => {
    expect(aCase('return requested').state.waitsFor?.who).toBe('dispatcher')
    const again = aCase('second return requested')
    expect(again.state.waitsFor).toMatchObject({ who: 'head', action: 'grant-return' })
    for (const who of ['dispatcher', 'duty'] as const)
      expect(refusal(again, who, 'refuse-return', { reason: 'x' }).code).toBe('forbidden')
    again.step('head', 'refuse-return')
    expect(again.state).toMatchObject({ status: 'dispatched', department: 'water', returns: 1 })
  })

  it('log the post that decided: a head who is also duty manager acts as head', () => {
    const both: Actor = { kind: 'user', id: 'u-both', posts: ['duty-manager', 'head'] }
    const first = aCase('return requested')
    const second = aCase('second return requested')
    expect(capacity('grant-return', both, first.state, first.city)).toBe('duty-manager')
    expect(capacity('grant-return', both, second.state, second.city)).toBe('head')
  })

  it('make rejecting possible, which is not for a case that was filed and never returned', () => {
    const filed = refusal(aCase('filed'), 'duty', 'reject', { reason: 'x' })
    expect([filed.code, filed.allowed?.includes('void')]).toEqual(['illegal-step', true])
    const returned = aCase('returned').step('duty', 'reject', { reason: 'not-in-scope' })
    expect(returned.state.rejection).toEqual({ stage: 'file', reason: 'not-in-scope' })
    expect(aCase('rejected').state.rejection).toEqual({ stage: 'accept', reason: 'stated' })
  })

  it('survive the signing: asked while dispatched, granted while handled', () => {
    const story = aCase('return requested').step('water', 'acknowledge')
    expect(story.state.waitsFor).toMatchObject({ who: 'dispatcher', action: 'grant-return' })
    expect(story.step('dispatcher', 'grant-return').state.status).toBe('filed')
  })
})

describe('extensions', () => {
  it('add one more original limit to the deadline, on the unit’s calendar', () => {
    const before = clockOf(aCase('handling'))
    const story = aCase('extended')
    const after = clockOf(story)
    const calendar = story.city.calendarFor('water')
    expect(workingMs(calendar, before.dueAt, after.dueAt)).toBe(4 * 60 * MINUTE)
    expect(workingMs(calendar, after.startedAt, after.warnAt)).toBe(0.8 * 8 * 60 * MINUTE)
    expect([after.times, story.state.extensions]).toEqual([2, 1])
  })

  it('are asked for before the deadline: at it is in time, a millisecond later is not', () => {
    const due = clockOf(aCase('handling')).dueAt
    const inTime = aCase('handling')
    inTime.clock.set(due)
    expect(legalActions(inTime.state, PEOPLE.water, inTime.city, due)).toContain('request-extension')
    inTime.step('water', 'request-extension')
    const late = aCase('handling')
    late.clock.set(due + 1)
    const r = refusal(late, 'water', 'request-extension', { reason: 'x' })
    expect([r.code, r.allowed?.includes('request-extension')]).toEqual(['illegal-step', false])
  })

  it('asked for in time may be granted later', () => {
    const story = aCase('extension requested')
    const { dueAt } = clockOf(story)
    story.clock.set(dueAt + MINUTE)
    story.step('head', 'grant-extension')
    expect(clockOf(story).dueAt).toBeGreaterThan(dueAt)
  })

  it('end with the policy’s number, and a refusal uses up no try', () => {
    const story = aCase('extension requested').step('dispatcher', 'refuse-extension')
    for (let i = 0; i < 2; i++) story.step('water', 'request-extension').step('duty', 'grant-extension')
    expect(story.state.extensions).toBe(DEMO_POLICIES.maxExtensions)
    expect(refusal(story, 'water', 'request-extension', { reason: 'x' }).code).toBe('illegal-step')
  })
})

describe('suspension', () => {
  it('stops the clock: the due time moves by exactly the working time between', () => {
    const story = aCase('handling')
    const { dueAt, warnAt } = clockOf(story)
    const from = story.clock.now()
    story.step('duty', 'suspend', { until: '2019-10-09T10:00:00+08:00' }).wait('2019-10-09T10:00+08:00')
    expect(story.state.suspendedUntil).toBe(at('2019-10-09T10:00+08:00'))
    expect(lightOf(story.state, story.clock.now())).toBe('none')
    story.step('rule', 'resume', {})
    const calendar = story.city.calendarFor('water')
    const paused = workingMs(calendar, from, at('2019-10-09T10:00+08:00'))
    expect(workingMs(calendar, dueAt, clockOf(story).dueAt)).toBe(paused)
    expect(workingMs(calendar, warnAt, clockOf(story).warnAt)).toBe(paused)
    expect(clockOf(story).pauses).toEqual([{ from, to: at('2019-10-09T10:00+08:00') }])
  })

  it('can end early by hand, and happen again', () => {
    const story = aCase('suspended').wait(60).step('water', 'resume')
    expect(story.state.suspendedUntil).toBeUndefined()
    story.step('head', 'suspend').wait(30).step('duty', 'resume')
    expect(clockOf(story).pauses.map((p) => p.to !== undefined)).toEqual([true, true])
    expect(story.state.suspensions).toBe(2)
  })

  it('does not heal what is overdue', () => {
    const story = aCase('overdue')
    const { dueAt } = clockOf(story)
    story
      .step('duty', 'suspend')
      .wait(24 * 60)
      .step('duty', 'resume')
    expect(clockOf(story).dueAt).toBe(dueAt)
    expect(lightOf(story.state, story.clock.now())).toBe('red')
  })

  it('takes the end that was asked for, unless another is given', () => {
    const asked = aCase('suspension requested')
    const until = asked.state.request?.kind === 'suspension' ? asked.state.request.until : undefined
    expect(aCase('suspension requested').step('duty', 'suspend', {}).state.suspendedUntil).toBe(until)
    const other = asked.step('duty', 'suspend', { until: '2019-10-20T00:00:00Z' })
    expect(other.state.suspendedUntil).toBe(at('2019-10-20T00:00Z'))
  })

  it('may last to the policy’s last day and no longer', () => {
    const until = (story: Story, ms: number) => ({ until: new Date(story.clock.now() + ms).toISOString() })
    const story = aCase('handling')
    expect(refusal(story, 'duty', 'suspend', until(story, 365 * DAY + 1)).code).toBe('invalid')
    story.step('duty', 'suspend', until(story, 365 * DAY))
  })
})

describe('a pending request', () => {
  it.each(['handling, return requested', 'extension requested', 'suspension requested'] as const)(
    '%s: blocks another request, but not the reply, which ends it',
    (recipe) => {
      const story = aCase(recipe)
      for (const action of ['request-return', 'request-extension'] as const)
        expect(refusal(story, 'water', action, { reason: 'x' }).code).toBe('illegal-step')
      story.step('water', 'reply')
      expect(story.state.request).toBeUndefined()
      expect(story.rules().state.waitsFor).toMatchObject({ who: 'assignee', action: 'pass' })
    },
  )

  it('is not left behind by an end', () => {
    expect(aCase('return requested').step('duty', 'void').state.request).toBeUndefined()
    expect(aCase('return requested').step('grid', 'self-handle').state.request).toBeUndefined()
  })
})

describe('another round', () => {
  it('goes to the same unit with its own clock; a late first round stays late', () => {
    const story = aCase('overdue').step('water', 'reply').rules().step('supervisor', 'fail').rules()
    expect(story.state.waitsFor).toMatchObject({
      who: 'duty-manager',
      action: 'rework',
      reason: 'check-failed',
    })
    const first = clockOf(story)
    story.step('duty', 'rework').rules()
    expect(story.state).toMatchObject({ round: 2, department: 'water', wasOverdue: true })
    expect(clockOf(story)).toMatchObject({ times: 1, pauses: [], startedAt: story.state.since })
    expect(story.state.rounds).toEqual([
      {
        round: 1,
        department: 'water',
        dispatchedAt: first.startedAt,
        dueAt: first.dueAt,
        repliedAt: first.stoppedAt,
        late: true,
      },
    ])
    story.step('water', 'reply')
    expect(story.state.rounds.map((r) => [r.round, r.late, r.dispatchedAt])).toEqual([
      [1, true, first.startedAt],
      [2, false, clockOf(story).startedAt],
    ])
  })

  it('takes its limit from the policy', () => {
    const city = aCity({ ...DEMO_POLICIES, reworkLimit: '2紧急工作时' })
    expect(clockOf(aCase('reworked', { city })).limit).toMatchObject({ amount: 2, unit: 'urgent-hour' })
    expect(clockOf(aCase('reworked')).limit).toMatchObject({ amount: 4, unit: 'work-hour' })
  })

  it('follows a dissatisfied call-back: the case is open again and asks for a new word at its next end', () => {
    const rated = aCase('closed').step('operator', 'rate', { satisfaction: '不满意' })
    expect(rated.state.satisfaction).toBe('dissatisfied')
    const { state } = rated.step('duty', 'reopen')
    expect(state).toMatchObject({ status: 'handling', round: 2, department: 'water' })
    for (const key of ['closedAt', 'checkedAt', 'repliedAt', 'outcome', 'satisfaction'] as const)
      expect(state[key]).toBeUndefined()
  })

  it('is not for what nobody has handled', () => {
    const byReporter = aCase('dispatched').step('grid', 'self-handle')
    expect(refusal(byReporter, 'duty', 'reopen', { reason: 'x' }).code).toBe('illegal-step')
  })

  it('needs a check of its own', () => {
    const story = aCase('reworked').step('water', 'reply').rules()
    expect(story.state.tasks.map((t) => [t.round, t.status])).toEqual([
      [1, 'reported'],
      [2, 'assigned'],
    ])
  })
})
