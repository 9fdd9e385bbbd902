import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assigneeAmong, type FieldPerson, POSITION_HOLDS_MS } from './assignee.ts'
import { metresBetween } from './geo/distance.ts'
import { aCase } from './testing/builder.ts'
import type { CaseState } from './case.ts'
import { at } from './testing/calendars.ts'
import { PLACES } from './testing/city.ts'

const NOW = at('2019-09-29T12:00+08:00')
const replied = aCase('replied').state
const free: CaseState = { ...replied, position: PLACES.canal, tasks: [] }
const held = (assignee: string) => ({
  ...free,
  tasks: [
    {
      id: 't',
      kind: 'check' as const,
      round: 1,
      assignee,
      status: 'assigned' as const,
      createdAt: 0,
      dueAt: 1,
      handedOver: [],
    },
  ],
})
const person = (id: string, more: Partial<FieldPerson> = {}): FieldPerson => ({
  id,
  areas: [],
  onDuty: false,
  openTasks: 0,
  ...more,
})
const near = { ...PLACES.canal, at: NOW }
const far = { ...PLACES.west, at: NOW }
const ids = (people: FieldPerson[], by: 'area' | 'central' = 'area', state = free) =>
  assigneeAmong(people, state, { by, now: NOW })

const lead = person('lead')
const local = person('local', { areas: ['101'] })
const elsewhere = person('elsewhere', { areas: ['201'] })

describe('with nobody on duty', () => {
  it('areas decide, or the centre does', () => {
    expect(ids([lead, local, elsewhere])).toBe('local')
    expect(ids([lead, local, elsewhere], 'central')).toBe('lead')
    expect(ids([elsewhere])).toBe('elsewhere')
    expect(ids([])).toBeUndefined()
  })

  it('positions left over and open tasks decide nothing', () => {
    const busy = { ...local, openTasks: 9, position: far }
    expect(ids([lead, busy, { ...elsewhere, position: near }])).toBe('local')
  })
})

describe('with people on duty', () => {
  const on = (p: FieldPerson, more: Partial<FieldPerson> = {}) => ({ ...p, onDuty: true, ...more })

  it.each([
    ['whoever is, before whoever is not', [on(lead), local, elsewhere], 'lead'],
    ['those of the area before others on duty', [on(lead), on(local), elsewhere], 'local'],
    ['anybody on duty before nobody', [lead, local, on(elsewhere)], 'elsewhere'],
    [
      'the nearest',
      [on(local, { id: 'a', position: far }), on(local, { id: 'b', position: near, openTasks: 5 })],
      'b',
    ],
    [
      'a position that holds before none',
      [on(local, { id: 'a' }), on(local, { id: 'b', position: far, openTasks: 5 })],
      'b',
    ],
    [
      'not by a position that is too old',
      [
        on(local, { id: 'a', position: { ...near, at: NOW - POSITION_HOLDS_MS - 1 }, openTasks: 1 }),
        on(local, { id: 'b' }),
      ],
      'b',
    ],
    [
      'by one that is just in time',
      [
        on(local, { id: 'a', position: { ...near, at: NOW - POSITION_HOLDS_MS }, openTasks: 1 }),
        on(local, { id: 'b' }),
      ],
      'a',
    ],
    [
      'the one with the fewest tasks where none has a position',
      [on(local, { id: 'a', openTasks: 2 }), on(local, { id: 'b', openTasks: 1 })],
      'b',
    ],
  ])('%s', (_, people, expected) => {
    expect(ids(people)).toBe(expected)
  })

  it('centrally, who hands out has it only when on duty', () => {
    expect(ids([lead, on(local)], 'central')).toBe('local')
    expect(ids([on(lead), on(local, { position: near })], 'central')).toBe('lead')
  })

  it('never the holder while anybody else is there, on duty or not', () => {
    expect(ids([on(local), on(elsewhere)], 'area', held('local'))).toBe('elsewhere')
    expect(ids([on(local), lead], 'area', held('local'))).toBe('lead')
    expect(ids([on(local)], 'area', held('local'))).toBe('local')
  })

  it('is somebody on duty, and nobody of the same group is nearer', () => {
    const place = fc.record({
      lng: fc.double({ min: 113.9, max: 113.98, noNaN: true }),
      lat: fc.double({ min: 29.7, max: 29.74, noNaN: true }),
      at: fc.integer({ min: NOW - 2 * POSITION_HOLDS_MS, max: NOW }),
    })
    const anybody = fc.record({
      areas: fc.constantFrom<string[]>([], ['101'], ['201'], ['1']),
      onDuty: fc.boolean(),
      position: fc.option(place, { nil: undefined }),
      openTasks: fc.integer({ min: 0, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(anybody, { minLength: 1, maxLength: 8 }), fc.uuid(), (drafts, id) => {
        const people: FieldPerson[] = drafts.map((d, i) => ({ ...d, id: `p${i}` }))
        const chosen = people.find((p) => p.id === assigneeAmong(people, { ...free, id }, { now: NOW }))
        const onDuty = people.filter((p) => p.onDuty)
        expect(chosen).toBeDefined()
        if (!chosen || onDuty.length === 0) return
        expect(chosen.onDuty).toBe(true)
        const rank = (p: FieldPerson) =>
          p.areas.some((a) => free.areaPath.includes(a)) ? 0 : p.areas.length === 0 ? 1 : 2
        expect(rank(chosen)).toBe(Math.min(...onDuty.map(rank)))
        const metres = ({ position }: FieldPerson) =>
          position && position.at >= NOW - POSITION_HOLDS_MS
            ? metresBetween(position, free.position)
            : Number.POSITIVE_INFINITY
        const group = onDuty.filter((p) => rank(p) === rank(chosen))
        expect(metres(chosen)).toBe(Math.min(...group.map(metres)))
        const alike = group.filter((p) => metres(p) === metres(chosen))
        expect(chosen.openTasks).toBe(Math.min(...alike.map((p) => p.openTasks)))
      }),
    )
  })

  it('people alike take turns', () => {
    const people = [1, 2, 3].map((n) => on(local, { id: `p${n}` }))
    const chosen = Array.from({ length: 30 }, (_, i) =>
      assigneeAmong(people, { ...free, id: `c${String(i).padStart(6, '0')}` }, { now: NOW }),
    )
    expect(new Set(chosen).size).toBe(3)
  })
})
