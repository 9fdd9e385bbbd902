import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type AppliedEvent, fold } from './apply.ts'
import type { CaseState } from './case.ts'
import { EVENT_TYPES } from './event.ts'
import { CURRENT_SCHEMA, upcast, type Upcasters } from './upcast.ts'

/** Logs as schema 1 wrote them, each with the case it meant then. Written once; never to be made anew. */
interface Fixture {
  name: string
  events: (Omit<AppliedEvent, 'type'> & { type: string; schema: number })[]
  state: CaseState
}
const fixtures = JSON.parse(
  readFileSync(new URL('./testing/events-v1.json', import.meta.url), 'utf8'),
) as Fixture[]

describe('events of schema 1', () => {
  it.each(fixtures)('still mean what they meant: $name', ({ events, state }) => {
    expect(fold(events.map((e) => upcast(e)))).toMatchObject(state)
  })

  it('are all in the fixtures', () => {
    const types = new Set(fixtures.flatMap((f) => f.events.map((e) => e.type)))
    expect([...types].sort()).toEqual([...EVENT_TYPES].sort())
  })
})

describe('upcasting', () => {
  const event = { type: 'reported', schema: 1, payload: { text: 'a' }, no: 1 }
  const steps: Upcasters = {
    1: { reported: (p) => ({ ...p, second: true }), accepted: () => ({}) },
    3: { reported: (p) => ({ words: p.text, second: p.second }) },
  }

  it('goes step by step, and past schemas that did not change the type', () => {
    expect(upcast(event, steps, 4)).toEqual({
      type: 'reported',
      schema: 4,
      payload: { words: 'a', second: true },
      no: 1,
    })
    expect(upcast({ ...event, schema: 3 }, steps, 4).payload).toEqual({ words: 'a', second: undefined })
    expect(upcast({ ...event, schema: 4 }, steps, 4).payload).toEqual({ text: 'a' })
  })

  it('leaves the stored event alone', () => {
    const stored = structuredClone(event)
    upcast(stored, steps, 4)
    expect(stored).toEqual(event)
  })

  it.each([0, 1.5, CURRENT_SCHEMA + 1])('refuses schema %s, which it cannot read', (schema) => {
    expect(() => upcast({ ...event, schema })).toThrow(`schema ${schema}`)
  })

  it('refuses a type that it does not know', () => {
    expect(() => upcast({ ...event, type: 'teleported' })).toThrow('teleported')
  })
})
