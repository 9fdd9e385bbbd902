import Value from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { declared, PAYLOADS, satisfactionOf, splitPrivate } from './command.ts'
import { ACTIONS, INTERNAL_ACTIONS } from './lifecycle.ts'
import { aCase } from './testing/builder.ts'
import { photo, validCommand } from './testing/payloads.ts'

const accepts = (action: keyof typeof PAYLOADS, payload: unknown) => Value.Check(PAYLOADS[action], payload)

describe('payload schemas', () => {
  it('exist for every action, and only for actions', () => {
    expect(Object.keys(PAYLOADS).sort()).toEqual([...ACTIONS].sort())
  })

  it.each(ACTIONS)('accept a valid payload out of JSON: %s', (action) => {
    const { state, clock } = aCase('checking')
    const { command } = validCommand(action, state, clock.now())
    expect(accepts(action, JSON.parse(JSON.stringify(command.payload)))).toBe(true)
  })

  /** The payloads of CONTRACT.md: fields that are needed, then fields that may be left out. */
  const CONTRACT: Record<string, [needed: string[], optional: string[]]> = {
    accept: [[], ['categoryCode']],
    reject: [['reason'], []],
    merge: [['into'], []],
    'request-confirm': [[], ['to']],
    confirm: [['result'], ['note', 'photos', 'location']],
    file: [[], ['condition']],
    dispatch: [[], ['department', 'pool', 'coDepartments']],
    acknowledge: [[], []],
    'request-return': [['reason'], ['suggested', 'photos']],
    'grant-return': [[], []],
    'refuse-return': [['reason'], []],
    assign: [['handler'], []],
    take: [[], []],
    claim: [[], []],
    'request-extension': [['reason'], []],
    'grant-extension': [[], []],
    'refuse-extension': [['reason'], []],
    'request-suspension': [['until', 'reason'], []],
    suspend: [[], ['until', 'reason']],
    'refuse-suspension': [['reason'], []],
    resume: [[], []],
    reply: [['result'], ['outcome', 'photos']],
    'self-handle': [['result', 'photos'], []],
    'request-check': [[], ['to']],
    pass: [[], ['note', 'photos', 'location']],
    fail: [['reason'], ['photos', 'location']],
    rework: [[], ['reason']],
    close: [['outcome'], ['note']],
    reopen: [['reason'], []],
    void: [['reason'], []],
    oversee: [['note'], ['dueAt']],
    'answer-oversight': [['result'], ['photos']],
    'dispatch-first': [[], ['categoryCode', 'condition', 'department', 'coDepartments']],
    'complete-papers': [[], ['condition', 'note']],
    'co-answer': [['step'], ['result', 'photos']],
    urge: [[], []],
    comment: [['text'], []],
    appeal: [['about', 'reason'], []],
    'rule-on-appeal': [['granted', 'note'], []],
    rate: [['satisfaction'], []],
  }

  it('are those of the contract', () => {
    expect(Object.keys(CONTRACT).sort()).toEqual(ACTIONS.filter((a) => !INTERNAL_ACTIONS.has(a)).sort())
    for (const [action, [needed, optional]] of Object.entries(CONTRACT)) {
      const { properties, required = [] } = PAYLOADS[action as keyof typeof PAYLOADS] as {
        properties: object
        required?: string[]
      }
      expect([action, [...required].sort()]).toEqual([action, [...needed].sort()])
      expect(Object.keys(properties)).toEqual(expect.arrayContaining([...needed, ...optional]))
    }
  })

  it.each<[keyof typeof PAYLOADS, unknown]>([
    ['reject', {}],
    ['reject', { reason: '' }],
    ['reject', { reason: 'x'.repeat(2001) }],
    ['confirm', { result: 'true' }],
    ['confirm', { result: true, location: { lng: '113', lat: 29 } }],
    ['confirm', { result: true, location: { lng: 181, lat: 29 } }],
    ['confirm', { result: true, location: { lng: 113, lat: 29, crs: 'utm' } }],
    ['reply', { result: 'x', outcome: 'done' }],
    ['reply', { result: 'x', photos: ['photo.jpg'] }],
    ['self-handle', { result: 'x', photos: [photo(1)] }],
    ['close', { outcome: 'closed' }],
    ['request-suspension', { until: 'tomorrow', reason: 'x' }],
    ['appeal', { about: 'unfair', reason: 'x' }],
    ['rule-on-appeal', { granted: 'yes', note: 'x' }],
  ])('refuse what is not one: %s %j', (action, payload) => {
    expect(accepts(action, payload)).toBe(false)
  })
})

describe('private words', () => {
  it('are all that a person may write freely', () => {
    expect(
      splitPrivate({ reason: '占道', note: 'ok', result: 'done', text: 'hm', photos: [], until: 5 }),
    ).toEqual({
      facts: { photos: [], until: 5 },
      words: { reason: '占道', note: 'ok', result: 'done', text: 'hm' },
    })
  })

  it('do not include a reason given as a known code, a yes or no, or what is absent', () => {
    expect(splitPrivate({ reason: 'not-ours', result: true, note: undefined })).toEqual({
      facts: { reason: 'not-ours', result: true },
    })
    for (const reason of ['zhangsan', 'toString', 'not-ours '])
      expect(splitPrivate({ reason }).words).toEqual({ reason })
    expect(splitPrivate({ note: 'not-ours' }).words).toEqual({ note: 'not-ours' })
  })

  it('cannot come in by a field that nobody declared', () => {
    const payload = { result: 'x', photos: [photo(1)], phone: '13800138000' }
    const command = declared({ action: 'reply', payload })
    expect(command).toEqual({ action: 'reply', payload: { result: 'x', photos: [photo(1)] } })
  })
})

it('satisfaction is known by its code or by the words of the form', () => {
  expect([satisfactionOf('满意'), satisfactionOf('satisfied')]).toEqual(['satisfied', 'satisfied'])
  expect([satisfactionOf('还行'), satisfactionOf('constructor')]).toEqual([undefined, undefined])
})
