import { describe, expect, it } from 'vitest'
import type { Actor } from './case.ts'
import type { Payloads } from './command.ts'
import { decide } from './decide.ts'
import type { Refusal } from './decision.ts'
import { capacity } from './permission.ts'
import type { Action } from './lifecycle.ts'
import { aCase, type Recipe } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import { PLACES } from './testing/city.ts'
import { photo, WORDS } from './testing/payloads.ts'
import { PEOPLE, type PersonName } from './testing/people.ts'
import { clockOf, faultsAt, lastEvent, refusal } from './testing/refusal.ts'

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

  it('merges into another case, not into itself', () => {
    const story = aCase('accepted')
    const itself = { resolved: { into: story.state.id } }
    expect(refusal(story, 'operator', 'merge', { into: 'x' }, itself).code).toBe('invalid')
    story.step('operator', 'merge', { into: 'x' }, { resolved: { into: 'other' } })
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
  const { state } = aCase('handling')
  const frozen = structuredClone(state)
  const deepFreeze = (o: unknown): void => {
    if (typeof o !== 'object' || o === null) return
    Object.freeze(o)
    for (const v of Object.values(o)) deepFreeze(v)
  }
  deepFreeze(frozen)
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

describe('what stands in the log', () => {
  it('has words apart, codes as facts, and nothing that the action does not declare', () => {
    const story = aCase('handling')
    const payload: Payloads['reply'] = { result: WORDS, outcome: 'made-safe', photos: [photo(7)] }
    story.step('water', 'reply', Object.assign(payload, { phone: '13800138000' }))
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
