import { describe, expect, it } from 'vitest'
import { fold } from './apply.ts'
import type { Position } from './case.ts'
import type { City } from './city/types.ts'
import type { Payloads } from './command.ts'
import type { Lesson } from './register.ts'
import { lessonOf } from './register-lesson.ts'
import { Story } from './testing/builder.ts'
import { photo } from './testing/payloads.ts'
import type { PersonName } from './testing/people.ts'
import { beside, COVERS, learned, registerCity } from './testing/register.ts'

const CASE_NO = 'C0103201909290001'

/** A cover reported, filed and dispatched by rule. */
function dispatched(position: Position, city: City = registerCity(), more: object = {}): Story {
  return new Story({ city, report: { category: 'C0103', position, ...more } })
    .rules()
    .step('duty', 'file')
    .rules()
}

const checked = (story: Story, officer: PersonName): Story =>
  story.step(officer, 'acknowledge').step(officer, 'reply').rules().step('supervisor', 'pass').rules()

const closed = (story: Story, officer: PersonName, outcome: Payloads['close']['outcome'] = 'fixed'): Story =>
  checked(story, officer).step('duty', 'close', { outcome })

const returned = (story: Story, officer: PersonName, payload: Payloads['request-return']): Story =>
  story.step(officer, 'request-return', payload).step('dispatcher', 'grant-return')

/** What the log of a case teaches, event by event. */
function lessons(story: Story): Lesson[] {
  return story.log.flatMap((event, i) => {
    const before = fold(story.log.slice(0, i))
    const lesson = before && lessonOf(before, event, story.city)
    return lesson ? [lesson] : []
  })
}
const lesson = (story: Story): Lesson | undefined => lessons(story).at(-1)

describe('a case closed as fixed', () => {
  it('gives a registered component of unknown owner to the unit that fixed it', () => {
    const story = closed(dispatched(COVERS.unowned), 'east')
    expect(lessons(story)).toEqual([
      {
        component: 'UNOWNED',
        owner: 'st-east',
        how: 'closed',
        caseId: 'case-1',
        caseNo: CASE_NO,
        at: story.state.closedAt,
        cityVersion: 1,
      },
    ])
  })

  it('registers one that the pack does not have, provisionally, where it was reported', () => {
    expect(lesson(closed(dispatched(COVERS.none), 'east'))).toMatchObject({
      component: `P-${CASE_NO}`,
      found: { category: 'C0103', ...COVERS.none },
      owner: 'st-east',
    })
  })

  it('does not register the same thing twice', () => {
    const city = learned(registerCity(), {
      component: 'P-1',
      found: { category: 'C0103', ...COVERS.none },
      owner: 'water',
    })
    const again = dispatched(beside(COVERS.none, 4), city)
    expect(again.state.department).toBe('water')
    expect(lessons(closed(again, 'water'))).toEqual([])
  })

  it('registers nothing from a vague position', () => {
    expect(lessons(closed(dispatched(COVERS.none, registerCity(), { accuracyM: 31 }), 'east'))).toEqual([])
    expect(lessons(closed(dispatched(COVERS.none, registerCity(), { accuracyM: 30 }), 'east'))).toHaveLength(
      1,
    )
  })

  it('replaces what an earlier closing taught, and says what that was', () => {
    const city = learned(registerCity(), { component: 'UNOWNED', owner: 'sanitation' })
    const other = new Story({ city, report: { category: 'C0103', position: COVERS.unowned } })
      .rules()
      .step('duty', 'file')
      .rules()
    expect(other.state.department).toBe('sanitation')
    const back = returned(other, 'sanitation', { reason: 'owner-unknown' })
    const story = closed(back.step('dispatcher', 'dispatch', { department: 'water' }), 'water')
    expect(lessons(story)).toMatchObject([
      { component: 'UNOWNED', owner: 'water', previous: 'sanitation', how: 'closed' },
    ])
  })

  it.each([
    ['whose owner the pack names', () => closed(sentTo('OWNED', 'st-east'), 'east')],
    ['made safe only', () => closed(dispatched(COVERS.unowned), 'east', 'made-safe')],
    ['not closed yet', () => checked(dispatched(COVERS.unowned), 'east')],
    [
      'that is an event, even if it names a component',
      () =>
        closed(
          dispatched(COVERS.unowned, registerCity(), { category: 'E0125', component: 'UNOWNED' }),
          'water',
        ),
    ],
    ['whose component nobody can tell', () => closed(unclear(), 'water')],
    [
      'whose owner a person has named',
      () =>
        closed(
          sentTo(
            'UNOWNED',
            'st-east',
            learned(registerCity(), { component: 'UNOWNED', owner: 'water', how: 'person' }),
          ),
          'east',
        ),
    ],
  ])('teaches nothing about one %s', (_, story) => {
    expect(lessons(story())).toEqual([])
  })

  /** Sent by the dispatcher to another unit than rules say, after theirs gave it back without proof. */
  function sentTo(component: string, department: string, city = registerCity()): Story {
    const story = dispatched(component === 'OWNED' ? COVERS.owned : COVERS.unowned, city)
    return returned(story, 'water', { reason: 'not-ours' }).step('dispatcher', 'dispatch', { department })
  }

  function unclear(): Story {
    const story = dispatched(COVERS.pair)
    expect(story.state).toMatchObject({
      status: 'filed',
      waitsFor: { who: 'dispatcher', action: 'dispatch', reason: 'component-unclear' },
      screening: { reasons: ['component-unclear'], components: [{ code: 'LEFT' }, { code: 'RIGHT' }] },
    })
    return story.step('dispatcher', 'dispatch', { department: 'water' })
  }
})

describe('a granted return', () => {
  const proof = { reason: 'not-ours', photos: [photo(1)] }

  it('with proof takes the component away from the unit', () => {
    expect(lessons(returned(dispatched(COVERS.owned), 'water', proof))).toMatchObject([
      { component: 'OWNED', how: 'returned', previous: 'water', packOwner: 'water', caseNo: CASE_NO },
    ])
  })

  it('with proof takes away what was learnt', () => {
    const city = learned(registerCity(), { component: 'UNOWNED', owner: 'water' })
    expect(lesson(returned(dispatched(COVERS.unowned, city), 'water', proof))).toMatchObject({
      component: 'UNOWNED',
      previous: 'water',
    })
  })

  it.each([
    ['without proof', { reason: 'not-ours' }, COVERS.owned],
    ['because of building works', { ...proof, reason: 'under-construction' }, COVERS.owned],
  ])('%s teaches nothing', (_, payload, position) => {
    expect(lessons(returned(dispatched(position), 'water', payload))).toEqual([])
  })

  it('that is asked for or refused teaches nothing', () => {
    const asked = dispatched(COVERS.owned).step('water', 'request-return', proof)
    expect(lessons(asked.step('dispatcher', 'refuse-return'))).toEqual([])
  })

  it('of a unit that it was only sent to teaches nothing about the owner', () => {
    const street = dispatched(COVERS.unowned)
    expect(street.state.department).toBe('st-east')
    const back = returned(street, 'east', proof)
    expect(lessons(back)).toEqual([])
    expect(back.state.returnedBy).toEqual(['st-east'])
    // And the desk's suggestion is the fall-back: a dispatch without a unit goes there.
    expect(back.rules().step('dispatcher', 'dispatch', {}).state).toMatchObject({ department: 'municipal' })
  })
})
