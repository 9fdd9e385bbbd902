// What is shown before a step is what the step then does: each preview is held against the step itself.
import { describe, expect, test } from 'vitest'
import { aCase } from './testing/builder.ts'
import { deskFacts } from './desk-facts.ts'
import { preview } from './preview.ts'

const HOUR = 3_600_000

function handling() {
  const story = aCase('handling')
  const ctx = {
    now: story.clock.now(),
    actor: { kind: 'rule' as const, rule: 'test' },
    city: story.city,
    newId: () => 'x',
    takeCaseNo: () => 'x',
    hasText: true,
    assigneeFor: () => undefined,
  }
  return { state: story.state, city: story.city, ctx }
}

describe('a preview', () => {
  test('of an extension is one more limit on top of the present due time', () => {
    const { state, ctx } = handling()
    const found = preview(state, { action: 'request-extension' }, ctx)
    expect(found).toMatchObject({ ok: true, dueAt: state.clock?.dueAt })
    expect(found.ok && (found.newDueAt ?? 0) > (state.clock?.dueAt ?? 0)).toBe(true)
  })

  test('of a suspension moves the due time only by what of it is working time', () => {
    const { state, ctx } = handling()
    const until = new Date(ctx.now + 2 * HOUR).toISOString()
    const longer = new Date(ctx.now + 3 * HOUR).toISOString()
    const due = (u: string) => {
      const found = preview(state, { action: 'request-suspension', until: u }, ctx)
      return found.ok ? (found.newDueAt ?? 0) : 0
    }
    expect(due(until)).toBeGreaterThan(state.clock?.dueAt ?? 0)
    expect(due(longer)).toBeGreaterThan(due(until))
  })

  test.each([undefined, '2001-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])(
    'of a suspension until %s is refused as the step would be',
    (until) => {
      const { state, ctx } = handling()
      const found = preview(state, { action: 'request-suspension', until }, ctx)
      expect(found.ok ? undefined : found.refusal.errors?.map((e) => e.path)).toEqual(['/until'])
    },
  )

  test('of a second-level dispatch has the limit of the squad, and refuses one beyond the case’s', () => {
    const { state, ctx } = handling()
    const resolved = { unit: 'water-canal' }
    const short = preview(state, { action: 'assign', limit: '1工作时' }, { ...ctx, resolved })
    expect(short.ok && (short.unitDueAt ?? 0) > ctx.now).toBe(true)
    const long = preview(state, { action: 'assign', limit: '30工作日' }, { ...ctx, resolved })
    expect(long.ok ? undefined : long.refusal.errors?.map((e) => e.path)).toEqual(['/limit'])
  })
})

describe('what a desk is told', () => {
  test('is the working time left, negative past the due time', () => {
    const { state, ctx, city } = handling()
    const { dueAt = 0 } = state.clock ?? {}
    const left = (now: number) => deskFacts(state, ctx.actor, city, now).workLeftMs
    expect(left(dueAt)).toBe(0)
    expect(left(ctx.now)).toBeGreaterThan(0)
    expect(left(ctx.now)).toBeLessThanOrEqual(dueAt - ctx.now)
    expect(left(dueAt + 7 * 24 * HOUR)).toBeLessThan(0)
  })

  test('names who decides what was asked for; of a second return the head alone', () => {
    const { state, ctx, city } = handling()
    const request = { kind: 'return' as const, reason: 'stated', at: ctx.now }
    const decides = (s: typeof state) => deskFacts(s, ctx.actor, city, ctx.now).decides
    expect(decides({ ...state, request })).toEqual(['dispatcher', 'duty-manager', 'head'])
    expect(decides({ ...state, request, returns: 1 })).toEqual(['head'])
    expect(decides(state)).toBeUndefined()
  })
})
