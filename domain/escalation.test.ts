// The ladder as data of a city pack: what its schema and its check refuse.
import Type from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { escalationSchema, ladderFindings, type Rung, USUAL_LADDER } from './escalation.ts'
import { DEMO_POLICIES } from './testing/city.ts'

const stageLimits = {
  accept: '0.25紧急工作时',
  file: '1工作时',
  dispatch: '1工作时',
  acknowledge: '0.5工作时',
  confirm: '1工作时',
  check: '1工作时',
  close: '1工作时',
}
const rung = (change: Partial<Rung>): Rung => ({
  id: 'r',
  name: '级',
  stage: 'handle',
  do: 'remind',
  ...change,
})

describe('the ladder as data', () => {
  const findings = (...escalation: Rung[]) =>
    ladderFindings({ ...DEMO_POLICIES, stageLimits, escalation }).map((f) => `${f.level} ${f.path}`)
  const schema = escalationSchema(Type.Object({}, { additionalProperties: true }))

  it('the usual one is sound', () => {
    expect(findings(...USUAL_LADDER)).toEqual([])
    expect(Value.Check(schema, USUAL_LADDER)).toBe(true)
  })

  it.each<[string, Partial<Rung>, string[]]>([
    ['no measure', {}, ['fault [0]']],
    ['two measures', { share: 1, past: '1工作时' }, ['fault [0]']],
    ['a limit that cannot be read', { after: '一会儿' }, ['fault [0].after']],
    ['a limit of what is no 督办', { share: 1, limit: '1工作时' }, ['fault [0].limit']],
    ['a 督办 without one', { share: 1, do: 'oversee' }, ['warning [0].limit']],
    ['telling a unit', { share: 1, do: 'tell', who: 'unit' }, ['fault [0].who']],
    ['calling a leader', { share: 1, do: 'call', who: 'leader' }, ['fault [0].who']],
  ])('%s', (_, change, expected) => {
    expect(findings(rung(change))).toEqual(expected)
  })

  it('twice the same id, and a stage that has no limit', () => {
    expect(findings(rung({ share: 1 }), rung({ share: 2 }))).toEqual(['fault [1].id'])
    const bare = { ...DEMO_POLICIES, stageLimits: {}, escalation: [rung({ stage: 'file', share: 1 })] }
    expect(ladderFindings(bare).map((f) => f.level)).toEqual(['warning'])
    expect(ladderFindings({ ...bare, escalation: [rung({ stage: 'file', after: '1工作时' })] })).toEqual([])
  })

  it.each([
    ['an unknown stage', rung({ stage: 'sleep' as never, share: 1 })],
    ['an id with spaces', rung({ id: 'a b', share: 1 })],
    ['a field that nobody reads', { ...rung({ share: 1 }), sms: true }],
    ['a share of nothing', rung({ share: 0 })],
  ])('the schema refuses %s', (_, wrong) => {
    expect(Value.Check(schema, [wrong])).toBe(false)
  })
})
