import { describe, expect, it } from 'vitest'
import type { Actor } from './case.ts'
import { workingMs } from './calendar.ts'
import type { Command, Payloads } from './command.ts'
import { capacity, decide, type DecideContext, isRelatedUnit, legalActions, type Refusal } from './decide.ts'
import type { Action } from './lifecycle.ts'
import { lightOf } from './light.ts'
import { aCase, type Recipe, type Story } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import { aCity, DEMO_POLICIES, PLACES } from './testing/city.ts'
import { photo, WORDS } from './testing/payloads.ts'
import { PEOPLE, type PersonName } from './testing/people.ts'

const DAY = 86_400_000
const MINUTE = 60_000

function refusal<A extends Action>(
  story: Story,
  who: PersonName | Actor,
  action: A,
  payload: Payloads[A],
  more: Partial<DecideContext> = {},
): Refusal {
  const before = story.state
  const decision = story.attempt(who, { action, payload } as unknown as Command, more)
  if (decision.ok) throw new Error(`${action} was allowed`)
  expect(story.state).toBe(before)
  return decision.refusal
}
const faultsAt = (r: Refusal) => r.errors?.map((e) => e.path)
const clockOf = ({ state }: Story) => {
  if (!state.clock) throw new Error('no clock')
  return state.clock
}
const lastEvent = ({ log }: Story) => {
  const event = log.at(-1)
  if (!event) throw new Error('no event')
  return event
}

describe('a payload that names what is not there', () => {
  it.each<[Recipe, PersonName, Action, Record<string, unknown>, Refusal['code'], string]>([
    ['waiting', 'operator', 'accept', { categoryCode: 'E9999' }, 'unknown-category', '/categoryCode'],
    ['accepted', 'duty', 'file', { categoryCode: 'E9999' }, 'unknown-category', '/categoryCode'],
    ['accepted', 'duty', 'file', { condition: 'none' }, 'unknown-condition', '/condition'],
    ['accepted', 'duty', 'file', { condition: 'E0110-1' }, 'unknown-condition', '/condition'],
    ['filed', 'dispatcher', 'dispatch', { department: 'none' }, 'unknown-department', '/department'],
    [
      'filed',
      'duty',
      'dispatch',
      { coDepartments: ['water', 'none'] },
      'unknown-department',
      '/coDepartments/1',
    ],
    ['filed', 'duty', 'dispatch', { pool: 'party' }, 'invalid', '/pool'],
    [
      'dispatched',
      'water',
      'request-return',
      { reason: 'x', suggested: 'none' },
      'unknown-department',
      '/suggested',
    ],
    ['handling', 'water', 'assign', { handler: 'nobody' }, 'invalid', '/handler'],
    ['accepted', 'operator', 'merge', { into: 'R0' }, 'invalid', '/into'],
    [
      'handling',
      'water',
      'request-suspension',
      { until: '2019-09-01T00:00:00Z', reason: 'x' },
      'invalid',
      '/until',
    ],
    ['handling', 'duty', 'suspend', {}, 'invalid', '/until'],
    ['handling', 'head', 'suspend', { until: '2020-10-01T00:00:00Z' }, 'invalid', '/until'],
  ])('%s: %s cannot %s %j: %s', (recipe, who, action, payload, code, path) => {
    const r = refusal(aCase(recipe), who, action, payload as Payloads[typeof action])
    expect([r.code, faultsAt(r)]).toEqual([code, [path]])
  })

  it('merges only into another case that will be answered', () => {
    const story = aCase('accepted')
    const into = (intoStatus: 'merged' | 'closed') => ({ resolved: { into: 'other', intoStatus } })
    const itself = { resolved: { into: story.state.id } }
    expect(refusal(story, 'operator', 'merge', { into: 'x' }, itself).code).toBe('invalid')
    expect(refusal(story, 'operator', 'merge', { into: 'x' }, into('merged')).code).toBe('invalid')
    story.step('operator', 'merge', { into: 'x' }, into('closed'))
    expect(story.state).toMatchObject({ status: 'merged', duplicateOf: 'other' })
  })

  it('asks for a unit where no rule names one', () => {
    const story = aCase('accepted', { report: { position: PLACES.railway, source: 'citizen' } })
    // Railway land is nobody's here; the operator took the report on all the same.
    story.step('operator', 'accept', {}).step('duty', 'file')
    const r = refusal(story, 'dispatcher', 'dispatch', {})
    expect([r.code, faultsAt(r)]).toEqual(['unknown-department', ['/department']])
    story.step('dispatcher', 'dispatch', { department: 'municipal' })
    expect(lastEvent(story).payload).toMatchObject({ department: 'municipal', chosen: 'person' })
  })

  it('gives a task to nobody when nobody is on duty, and hands it over only to somebody else', () => {
    const none = aCase('replied', { onDuty: [] })
    expect(refusal(none, 'duty', 'request-check', {}).code).toBe('nobody-on-duty')
    const one = aCase('checking', { onDuty: ['u-supervisor'] })
    const taskId = one.state.tasks[0]?.id ?? ''
    expect(refusal(one, 'supervisor', 'hand-over-task', { taskId }).code).toBe('nobody-on-duty')
    expect(refusal(one, 'supervisor', 'hand-over-task', { taskId: 'x' }).code).toBe('illegal-step')
    one.step('dispatcher', 'hand-over-task', { taskId }, { resolved: { to: 'u-supervisor-2' } })
    expect(one.state.tasks[0]).toMatchObject({
      assignee: 'u-supervisor-2',
      status: 'assigned',
      handedOver: [{ from: 'u-supervisor', to: 'u-supervisor-2' }],
    })
    expect(refusal(one, 'supervisor', 'pass', {}).code).toBe('forbidden')
    one.step('supervisor2', 'pass')
  })

  it('refuses where the calendar does not reach', () => {
    const story = aCase('filed', { start: '2019-12-31T17:40+08:00' })
    expect(refusal(story, 'dispatcher', 'dispatch', { department: 'water' }).code).toBe('calendar-ended')
  })
})

describe('versions', () => {
  it('refuse what was decided on an older case, and name what is possible now', () => {
    const story = aCase('handling')
    const { version } = story.state
    const r = refusal(story, 'water', 'reply', { result: 'x' }, { expectVersion: version - 1 })
    expect(r.code).toBe('stale-version')
    expect(r.allowed).toContain('reply')
    story.step('duty', 'urge').step('operator', 'comment')
    story.step('water', 'reply', { result: 'x' }, { expectVersion: version })
  })

  it('say that the step is illegal or not theirs before they say that it is stale', () => {
    const story = aCase('handling')
    expect(refusal(story, 'duty', 'close', { outcome: 'fixed' }, { expectVersion: 1 }).code).toBe(
      'illegal-step',
    )
    expect(refusal(story, 'sanitation', 'reply', { result: 'x' }, { expectVersion: 1 }).code).toBe(
      'forbidden',
    )
  })
})

it('decide looks and does not touch', () => {
  const { state, ...story } = aCase('handling')
  const frozen = structuredClone(state)
  const deepFreeze = (o: unknown): void => {
    if (typeof o !== 'object' || o === null) return
    Object.freeze(o)
    for (const v of Object.values(o)) deepFreeze(v)
  }
  deepFreeze(frozen)
  void story
  const ctx = { ...aCase('handling').context(), actor: PEOPLE.water }
  expect(decide(frozen, { action: 'reply', payload: { result: 'x' } }, ctx).ok).toBe(true)
  expect(frozen).toEqual(state)
})

describe('filing', () => {
  it('takes the category’s default condition, or the one that is named', () => {
    expect(aCase('filed').state).toMatchObject({ condition: 'E0125-1', caseNo: 'E0125201909290001' })
    const other = aCase('accepted').step('duty', 'file', { condition: 'E0125-2' })
    expect(other.state.condition).toBe('E0125-2')
    expect(clockOf(other.rules()).limit).toMatchObject({ amount: 2, unit: 'work-day' })
  })

  it('needs a category; the duty manager may give or correct it, and the number follows it', () => {
    const story = aCase('waiting', { report: { category: undefined } })
      .step('operator', 'accept', {})
      .rules()
    expect(story.state.waitsFor).toMatchObject({ who: 'duty-manager', action: 'file', reason: 'no-category' })
    expect(refusal(story, 'duty', 'file', {}).code).toBe('unknown-category')
    story.step('duty', 'file', { categoryCode: 'E0502' })
    expect(story.state).toMatchObject({
      category: 'E0502',
      condition: 'E0502-1',
      urgent: true,
      caseNo: 'E0502201909290001',
    })
  })

  it('overtakes an open confirm task, which is cancelled', () => {
    const story = aCase('accepted, confirming').step('duty', 'file')
    expect(story.state.tasks).toMatchObject([{ kind: 'confirm', status: 'cancelled' }])
    expect(refusal(story, 'supervisor', 'confirm', { result: true }).code).toBe('illegal-step')
  })

  it('keeps the case number through a return', () => {
    expect(aCase('returned').state.caseNo).toBe(aCase('dispatched').state.caseNo)
  })
})

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

describe('whose case it is', () => {
  it('a unit’s officers are those of the unit itself, above it and below it', () => {
    const city = aCity()
    expect(isRelatedUnit('water-canal', 'water', city)).toBe(true)
    expect(isRelatedUnit('water', 'water-canal', city)).toBe(true)
    expect(isRelatedUnit('water-canal', 'water-lake', city)).toBe(false)
    expect(isRelatedUnit('sanitation', 'water', city)).toBe(false)
    expect(isRelatedUnit(undefined, undefined, city)).toBe(false)
  })

  it('what somebody took, another handler leaves alone; the unit’s officer may still reply', () => {
    const story = aCase('taken')
    expect(refusal(story, 'waterHandler2', 'reply', { result: 'x' }).code).toBe('forbidden')
    expect(legalActions(story.state, PEOPLE.water, story.city)).toContain('reply')
    story.step('water', 'assign', { handler: 'x' }, { resolved: { handler: 'u-water-handler-2' } })
    expect(refusal(story, 'waterHandler', 'reply', { result: 'x' }).code).toBe('forbidden')
    story.step('waterHandler2', 'reply')
  })

  it('passing it to a squad names the squad and frees it for the squad’s people', () => {
    const story = aCase('taken').step(
      'water',
      'assign',
      { handler: 'x' },
      { resolved: { unit: 'water-canal' } },
    )
    expect([story.state.unit, story.state.handler]).toEqual(['water-canal', undefined])
    story.step('waterHandler2', 'take')
  })

  it('what a person claimed without a unit is theirs to reply to, to the end', () => {
    const story = aCase('claimed')
    expect(story.state.waitsFor).toMatchObject({ who: 'handler', action: 'reply' })
    expect(refusal(story, 'grid', 'reply', { result: 'x' }).code).toBe('forbidden')
    story.step('grid2', 'reply').rules().step('supervisor', 'pass').rules().step('duty', 'close')
    expect(story.state.rounds).toMatchObject([{ round: 1, late: false }])
    expect(lastEvent(aCase('claimed')).actor).toMatchObject({ post: 'grid-member' })
  })

  it('what an officer claimed is the unit’s', () => {
    const story = aCase('in a pool').step('sanitation', 'claim')
    expect(story.state).toMatchObject({ department: 'sanitation', handler: 'u-sanitation', pool: 'party' })
    expect(refusal(story, 'water', 'reply', { result: 'x' }).code).toBe('forbidden')
  })

  it('only somebody outdoors fixes what they reported on the spot', () => {
    const called = aCase('waiting', { report: { source: 'hotline', reportedBy: PEOPLE.operator.id } })
    const result = { result: 'x', photos: [photo(1), photo(2)] }
    expect(refusal(called, 'operator', 'self-handle', result).code).toBe('forbidden')
    const mine = aCase('waiting').step('grid', 'self-handle')
    expect(mine.state).toMatchObject({ status: 'closed', selfHandled: true, outcome: 'fixed' })
    expect(lastEvent(mine).actor.post).toBe('grid-member')
  })

  it('a task goes to whom it was given, whatever their post', () => {
    const story = aCase('replied').step('duty', 'request-check', {}, { resolved: { to: PEOPLE.grid2.id } })
    story.step('grid2', 'pass')
    expect(lastEvent(story).actor.post).toBe('grid-member')
  })
})

describe('appeals', () => {
  it('stand one at a time, are ruled on, and leave the facts alone', () => {
    const late = aCase('overdue')
      .step('water', 'reply')
      .rules()
      .step('supervisor', 'pass')
      .step('duty', 'close')
    const { rounds } = late.state
    late.step('water', 'appeal')
    expect(refusal(late, 'water', 'appeal', { about: 'rework', reason: 'x' }).code).toBe('illegal-step')
    late.step('evaluator', 'rule-on-appeal', { granted: true, note: 'x' })
    expect(refusal(late, 'evaluator', 'rule-on-appeal', { granted: false, note: 'x' }).code).toBe(
      'illegal-step',
    )
    late.step('water', 'appeal', { about: 'rework', reason: 'x' })
    expect(late.state.appeals.map((a) => [a.about, a.granted])).toEqual([
      ['overdue', true],
      ['rework', undefined],
    ])
    expect(late.state.rounds).toEqual(rounds)
  })
})

describe('what stands in the log', () => {
  it('has words apart, codes as facts, and nothing that the action does not declare', () => {
    const story = aCase('handling')
    const payload = { result: WORDS, outcome: 'made-safe', photos: [photo(7)], phone: '13800138000' } as const
    story.step('water', 'reply', payload)
    expect(lastEvent(story)).toMatchObject({
      payload: { outcome: 'made-safe', photos: [photo(7)] },
      private: { words: { result: WORDS } },
    })
    expect(Object.keys(lastEvent(story).payload)).toEqual(['outcome', 'photos'])
    story.rules().step('supervisor', 'fail', { reason: 'half-done' })
    expect(lastEvent(story)).toMatchObject({ payload: { reason: 'half-done' } })
    expect(lastEvent(story).private).toBeUndefined()
  })

  it('takes no word for a code because it looks like one', () => {
    const story = aCase('return requested').step('duty', 'refuse-return', { reason: 'zhangsan' })
    expect([lastEvent(story).payload, lastEvent(story).private]).toEqual([
      {},
      { words: { reason: 'zhangsan' } },
    ])
  })

  it('has positions in WGS-84 and instants in milliseconds', () => {
    const story = aCase('checking')
    story.step('supervisor', 'pass', { location: { lng: 113.905, lat: 29.7105, crs: 'gcj02', accuracyM: 8 } })
    const { position } = lastEvent(story).payload as { position: Record<string, number> }
    expect(Object.keys(position).sort()).toEqual(['accuracyM', 'lat', 'lng'])
    // GCJ-02 lies some hundred metres east of WGS-84 here.
    expect(113.905 - (position.lng ?? 0)).toBeGreaterThan(0.003)
    story.step('leader' as PersonName, 'oversee', { note: 'x', dueAt: '2019-10-01T00:00:00Z' })
    expect(lastEvent(story).payload).toEqual({ dueAt: at('2019-10-01T00:00Z') })
  })

  it('has a satisfaction as a code; other words of the reporter are theirs', () => {
    const rated = (satisfaction: string) => lastEvent(aCase('closed').step('duty', 'rate', { satisfaction }))
    expect(rated('非常满意')).toMatchObject({ payload: { satisfaction: 'very-satisfied' } })
    expect(rated('neutral')).toMatchObject({ payload: { satisfaction: 'neutral' } })
    const own = rated('下次快一点')
    expect([own.payload, own.private]).toEqual([
      { satisfaction: 'other' },
      { words: { satisfaction: '下次快一点' } },
    ])
  })

  it('names the post in which somebody acted', () => {
    const both: Actor = { kind: 'user', id: 'u-both', posts: ['operator', 'supervisor'] }
    const story = aCase('replied').step('duty', 'request-check', {}, { resolved: { to: 'u-both' } })
    expect(capacity('pass', both, story.state, story.city)).toBe('supervisor')
    expect(capacity('comment', both, story.state, story.city)).toBe('operator')
    expect(capacity('close', both, story.state, story.city)).toBeUndefined()
    expect(capacity('close', PEOPLE.rule, aCase('checked').state, story.city)).toBe('rule')
  })
})
