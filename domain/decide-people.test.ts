// Whose step it is: units, handlers, claimants, reporters, holders of a task; and appeals.
import { describe, expect, it } from 'vitest'
import type { Calendar } from './calendar.ts'
import { compileCity } from './city/compile.ts'
import { isoWithOffset } from './city-time.ts'
import { isRelatedUnit, legalActions } from './permission.ts'
import { SUPERVISORS } from './stage-limit.ts'
import { aCase } from './testing/builder.ts'
import { week } from './testing/calendars.ts'
import { aCity, cityPack, DEMO_POLICIES } from './testing/city.ts'
import { photo } from './testing/payloads.ts'
import { PEOPLE } from './testing/people.ts'
import { lastEvent, refusal } from './testing/refusal.ts'

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

  it('a task is due on the supervisors’ calendar, on the centre’s where they have none', () => {
    const dueOn = (calendars: Calendar[]) => {
      const pack = cityPack({ ...DEMO_POLICIES, stageLimits: { check: '3工作时' } })
      const city = compileCity({ ...pack, calendars: [...pack.calendars, ...calendars] }, 1)
      const { state } = aCase('checking', { city, pace: 0 })
      return state.tasks.map((t) => isoWithOffset(t.dueAt, 'Asia/Shanghai'))
    }
    const evenings: Calendar = {
      owner: SUPERVISORS,
      timeZone: 'Asia/Shanghai',
      seasons: [{ from: '2019-01-01', to: '2019-12-31', weekdays: week(['18:00-22:00'], 1, 7) }],
      holidays: [],
      makeUpWorkdays: [],
    }
    expect(dueOn([])).toEqual(['2019-09-29T11:00:00+08:00'])
    expect(dueOn([evenings])).toEqual(['2019-09-29T21:00:00+08:00'])
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
