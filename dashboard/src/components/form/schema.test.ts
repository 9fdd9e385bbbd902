import { describe, expect, it } from 'vitest'
import { PAYLOADS } from '#domain/command.ts'
import { faultsOf, formOf, payloadOf, withOffset, type JsonSchema } from './schema.ts'

const schemaOf = (action: keyof typeof PAYLOADS) => JSON.parse(JSON.stringify(PAYLOADS[action])) as JsonSchema
const kinds = (action: keyof typeof PAYLOADS) =>
  Object.fromEntries(formOf(schemaOf(action)).fields.map((f) => [f.name, f.kind]))

describe('a form from a payload schema', () => {
  it('offers a fitting control for each part of the lifecycle payloads', () => {
    expect(kinds('reply')).toEqual({ result: 'text', outcome: 'choice', photos: 'photos' })
    expect(kinds('dispatch')).toEqual({
      department: 'department',
      pool: 'line',
      coDepartments: 'departments',
    })
    expect(kinds('request-suspension')).toEqual({
      until: 'moment',
      reason: 'text',
      photos: 'photos',
    })
    expect(kinds('confirm')).toEqual({
      result: 'boolean',
      note: 'text',
      photos: 'photos',
      location: 'location',
    })
    expect(kinds('acknowledge')).toEqual({})
  })

  it('can ask for everything that any action requires', () => {
    for (const action of Object.keys(PAYLOADS) as (keyof typeof PAYLOADS)[]) {
      expect(formOf(schemaOf(action)).unknown, action).toEqual([])
    }
  })

  it('says what is missing before anything is sent', () => {
    const form = formOf(schemaOf('self-handle'))
    expect(faultsOf(form, { photos: ['a'] })).toEqual([
      { field: 'result', missing: true },
      { field: 'photos', leastPhotos: 2 },
    ])
    expect(faultsOf(form, { result: 'swept', photos: ['a', 'b'] })).toEqual([])
  })

  it('leaves out what was left empty and keeps a false answer', () => {
    const form = formOf(schemaOf('confirm'))
    expect(payloadOf(form, { result: false, note: '', photos: [] }, 'Asia/Shanghai')).toEqual({
      result: false,
    })
  })

  it('reads a moment as the city’s, summer time included', () => {
    expect(withOffset('2026-11-19T14:30', 'Asia/Shanghai')).toBe('2026-11-19T14:30:00+08:00')
    expect(withOffset('2026-07-01T09:00', 'Europe/Berlin')).toBe('2026-07-01T09:00:00+02:00')
    expect(withOffset('2026-07-01T09:00', 'UTC')).toBe('2026-07-01T09:00:00+00:00')
  })
})
