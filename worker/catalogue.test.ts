import { describe, expect, test } from 'vitest'
import { BadJob, CATALOGUE, checkJob, JOB_NAMES } from './catalogue.ts'
import { type AnyHandler, assemble } from './handlers.ts'
import { HANDLERS } from './jobs/all.ts'

const ID = '01890a5d-ac96-774b-bcce-b302099a8057'
const STEP = { caseId: ID, version: 1, because: 'reported' }

describe('a payload', () => {
  test.each([
    ['screen', STEP],
    ['check', { ...STEP, because: 'stuck' }],
    ['deadline', { timerId: '17', kind: 'red', fireAt: 1_772_416_800_000 }],
    ['deadline', { day: '2026-03-03', fireAt: 1_772_467_200_000 }],
    ['reconcile', {}],
  ])('of %s that fits is let through', (name, payload) => {
    expect(checkJob(name, payload)).toBe(name)
  })

  test.each([
    ['a job that nobody declared', 'sweep', {}],
    ['a name inherited from Object', 'toString', {}],
    ['no case', 'screen', { version: 1, because: 'reported' }],
    ['a case that is not a UUID', 'screen', { ...STEP, caseId: '17' }],
    ['version 0', 'file', { ...STEP, version: 0 }],
    ['something beside the facts: personal data must not slip in', 'dispatch', { ...STEP, phone: '139' }],
    ['words instead of a reason code', 'check', { ...STEP, because: '张三报的' }],
    ['a timer of an unknown kind', 'deadline', { timerId: '17', kind: 'blue', fireAt: 1 }],
    ['a day that is none', 'deadline', { day: '2026-02-30', fireAt: 1 }],
  ])('is refused: %s', (_, name, payload) => {
    expect(() => checkJob(name, payload)).toThrow(BadJob)
  })

  test('says what does not fit', () => {
    expect(() => checkJob('screen', { ...STEP, version: 'one' })).toThrow(/screen.*\/version/)
  })
})

describe('handlers', () => {
  const withoutCheck = HANDLERS.filter((h) => h.name !== 'check')

  test('every declared job has exactly one', () => {
    expect([...assemble(HANDLERS).keys()].sort()).toEqual([...JOB_NAMES].sort())
  })

  test('a job without one is a fault that names it', () => {
    expect(() => assemble(withoutCheck)).toThrow('job check has no handler')
  })

  test('so is a job with two', () => {
    const twice = HANDLERS.find((h) => h.name === 'file') as AnyHandler
    expect(() => assemble([...HANDLERS, twice])).toThrow('job file has 2 handlers')
  })

  test('and a handler of a job that nobody declared', () => {
    const stray = { name: 'sweep', run: async () => undefined } as unknown as AnyHandler
    expect(() => assemble([...HANDLERS, stray])).toThrow('job sweep is not in the catalogue')
  })
})

test('a job is given up well before another worker may take it over', () => {
  for (const name of JOB_NAMES.filter((n) => CATALOGUE[n].queue === 'pipeline'))
    expect(CATALOGUE[name].timeoutMs).toBeLessThan(15_000)
})
