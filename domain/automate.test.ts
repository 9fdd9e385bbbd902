import { describe, expect, it } from 'vitest'
import { advance, nextAutomatic, stamp } from './automate.ts'
import { type ReportFacts, aCase, Story, type StoryOptions } from './testing/builder.ts'
import { aCity, DEMO_POLICIES, PEOPLE_POLICIES, PLACES, RULE_POLICIES } from './testing/city.ts'

const reported = (report: ReportFacts, more: StoryOptions = {}) => new Story({ ...more, report }).rules()
const types = ({ log }: Story) => log.map((e) => e.type)
const waits = ({ state: { waitsFor } }: Story) => waitsFor && [waitsFor.who, waitsFor.action, waitsFor.reason]

describe('what goes by rule', () => {
  it('litter on the main road, reported by a grid member, reaches the sanitation office in one go', () => {
    const story = reported({ category: 'E0110', position: PLACES.road })
    expect(types(story)).toEqual(['reported', 'screened', 'accepted', 'filed', 'dispatched'])
    expect(story.state).toMatchObject({ status: 'dispatched', department: 'sanitation', zone: 'Z-ROAD' })
    expect(new Set(story.log.map((e) => e.at)).size).toBe(1)
    expect(story.log.slice(1).map((e) => e.actor)).toEqual(
      ['screen', 'accept-policy', 'file-policy', 'routing'].map((id) => ({ kind: 'rule', id })),
    )
  })

  it('a closing too, where the policy says so, as what the unit said it was', () => {
    const city = aCity(RULE_POLICIES)
    const story = new Story({ city }).rules().step('water', 'acknowledge')
    story
      .step('water', 'reply', { result: 'x', outcome: 'made-safe' })
      .rules()
      .step('supervisor', 'pass')
      .rules()
    expect(story.state).toMatchObject({ status: 'closed', outcome: 'made-safe' })
  })

  it('nothing that a person must decide', () => {
    const story = new Story({ city: aCity(PEOPLE_POLICIES) }).rules()
    expect(waits(story)).toEqual(['duty-manager', 'accept', 'careful'])
    // The policy names the dispatcher, whom the lifecycle does not let file.
    expect(waits(story.step('duty', 'accept').rules())).toEqual(['duty-manager', 'file', 'policy'])
    expect(waits(story.step('duty', 'file').rules())).toEqual(['duty-manager', 'dispatch', 'no-policy'])
  })
})

describe('what waits on the desk, and why', () => {
  it.each<[string, ReportFacts, string[]]>([
    ['another category', { category: 'E0125' }, ['duty-manager', 'file', 'policy']],
    ['a citizen’s report', { source: 'citizen', category: 'E0110' }, ['operator', 'accept', 'policy']],
    [
      'a place outside',
      { position: PLACES.outside, category: 'E0110' },
      ['operator', 'accept', 'outside-city'],
    ],
    ['a gap between grids', { position: PLACES.gap, category: 'E0110' }, ['operator', 'accept', 'no-grid']],
    [
      'railway land',
      { position: PLACES.railway, category: 'E0110' },
      ['operator', 'accept', 'not-managed-here'],
    ],
    ['no category', { category: undefined }, ['operator', 'accept', 'no-category']],
    ['an unknown category', { category: 'E9999' }, ['operator', 'accept', 'unknown-category']],
    ['no words', { category: 'E0110', hasText: false }, ['operator', 'accept', 'no-text']],
  ])('%s', (_, report, expected) => {
    expect(waits(reported(report))).toEqual(expected)
  })

  it.each(['outside', 'railway', 'gap'] as const)(
    '%s is accepted by a person but never filed by rule',
    (place) => {
      const story = reported({ position: PLACES[place] }, { city: aCity(RULE_POLICIES) })
      story.step('operator', 'accept').rules()
      expect(waits(story)?.slice(0, 2)).toEqual(['duty-manager', 'file'])
      expect(story.state.status).toBe('accepted')
    },
  )

  it('what a look on site did not find is not accepted or filed by rule', () => {
    const story = aCase('confirming', {
      city: aCity(RULE_POLICIES),
      report: { source: 'citizen', hasText: false },
    })
    story.step('supervisor', 'confirm', { result: false }).rules()
    expect(waits(story)).toEqual(['operator', 'accept', 'not-confirmed'])
    story.step('operator', 'accept').rules()
    expect(waits(story)).toEqual(['duty-manager', 'file', 'not-confirmed'])
  })

  it('what was found goes on', () => {
    const story = aCase('confirming').step('supervisor', 'confirm', { result: true }).rules()
    expect(waits(story)).toEqual(['operator', 'accept', 'policy'])
    expect(waits(aCase('accepted, confirming'))).toEqual(['assignee', 'confirm', 'confirm-task'])
  })

  it('a case returned, to be claimed, or to be summoned for, is the dispatcher’s', () => {
    expect(waits(aCase('returned'))).toEqual(['dispatcher', 'dispatch', 'returned'])
    for (const dispatchMode of ['claim', 'summon'] as const) {
      const story = aCase('filed', { report: { dispatchMode } }).rules()
      expect(waits(story)).toEqual(['dispatcher', 'dispatch', `mode-${dispatchMode}`])
    }
  })

  it('a step that the rule was refused waits for the duty manager with the refusal, once', () => {
    const nobody = aCase('replied', { onDuty: [] }).rules()
    expect(waits(nobody)).toEqual(['duty-manager', 'request-check', 'nobody-on-duty'])
    const again = advance(nobody.state, nobody.context())
    expect([again.events, again.refusal?.code]).toEqual([[], 'nobody-on-duty'])
    const ended = reported(
      { category: 'E0113' },
      { start: '2019-12-31T17:00+08:00', city: aCity(RULE_POLICIES) },
    )
    expect(waits(ended)).toEqual(['duty-manager', 'dispatch', 'calendar-ended'])
  })

  it('is tried again by rule when what was missing is there', () => {
    const { state, city } = aCase('replied', { onDuty: [] }).rules()
    const ctx = aCase('replied').context()
    const { events } = advance(state, { ...ctx, city })
    expect(events.map((e) => e.type)).toEqual(['check-requested'])
  })
})

describe('what the rules leave to people', () => {
  it.each([
    'dispatched',
    'handling',
    'suspended',
    'checking',
    'closed',
    'rejected',
    'merged',
    'voided',
  ] as const)('%s', (recipe) => {
    const { state, city } = aCase(recipe)
    expect(nextAutomatic(state, city, state.lastAt)).toBeUndefined()
  })

  it('who waits does not wait anew because a rule looked again', () => {
    const story = reported({ category: 'E0125' })
    const before = story.state
    story.wait(60).rules()
    expect(story.state).toBe(before)
  })
})

describe('stamping', () => {
  it('numbers on, never before the last event, and counts each type', () => {
    const { state } = aCase('handling')
    const note = { type: 'commented', payload: {} } as const
    const made = stamp(state, state.id, [note, note], { kind: 'user', id: 'u' }, state.lastAt - 1000)
    expect(made.events.map((e) => [e.no, e.nth, e.at])).toEqual([
      [state.no + 1, 1, state.lastAt],
      [state.no + 2, 2, state.lastAt],
    ])
    expect(made.state.seen.commented).toBe(2)
  })

  it('needs something to stamp for a new case', () => {
    expect(() => stamp(undefined, 'x', [], { kind: 'anonymous' }, 0)).toThrow('no events')
  })
})

it('policies that decide by rule ask nobody from the report to the dispatch', () => {
  const city = aCity({ ...DEMO_POLICIES, accept: [{ decide: 'rule' }], file: [{ decide: 'rule' }] })
  expect(reported({ source: 'citizen' }, { city }).state.status).toBe('dispatched')
})
