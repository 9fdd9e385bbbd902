import { describe, expect, it } from 'vitest'
import { apply, type AppliedEvent, fold, openTask } from './apply.ts'
import { isClockRunning, lightOf } from './light.ts'
import { aCase, RECIPE_NAMES } from './testing/builder.ts'

const event = (
  no: number,
  type: AppliedEvent['type'],
  payload: Record<string, unknown> = {},
): AppliedEvent => ({
  caseId: 'c',
  no,
  type,
  at: 1_000,
  actor: { kind: 'rule', id: 'test' },
  payload,
})
const REPORT = { receiptNo: 'R1', cityVersion: 1, source: 'grid', dispatchMode: 'assign', photos: [] }

describe('a log', () => {
  it('begins with the report, and only once', () => {
    expect(() => apply(undefined, event(1, 'accepted'))).toThrow('does not begin with reported')
    expect(() => apply(undefined, event(2, 'reported', REPORT))).toThrow('does not begin with reported')
    const born = apply(undefined, event(1, 'reported', REPORT))
    expect(() => apply(born, event(2, 'reported', REPORT))).toThrow('reported twice')
  })

  it('has no gap and no event twice', () => {
    const born = apply(undefined, event(1, 'reported', REPORT))
    expect(() => apply(born, event(3, 'commented'))).toThrow('event 3 after 1')
    expect(() => apply(born, event(1, 'commented'))).toThrow('event 1 after 1')
  })

  it('that is empty folds to nothing', () => {
    expect(fold([])).toBeUndefined()
  })

  it.each(RECIPE_NAMES)('folds to the state, key for key, out of its JSON too: %s', (recipe) => {
    const { log, state } = aCase(recipe)
    expect(fold(JSON.parse(JSON.stringify(log)))).toStrictEqual(state)
    expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state)
  })

  it('leaves the states it was folded from alone', () => {
    const { log } = aCase('reopened')
    const states = log.map((_, i) => structuredClone(fold(log.slice(0, i + 1))))
    fold(log)
    expect(log.map((_, i) => fold(log.slice(0, i + 1)))).toEqual(states)
  })

  it('an erasure changes no fact', () => {
    const { log, state } = aCase('closed')
    const erased = apply(state, { ...event(log.length + 1, 'erased'), at: state.lastAt })
    expect(erased).toEqual({ ...state, no: state.no + 1, seen: { ...state.seen, erased: 1 } })
  })
})

describe('the clock', () => {
  it('starts with the dispatch, stops with the reply, and stays as it was', () => {
    expect(aCase('filed').state.clock).toBeUndefined()
    expect(isClockRunning(aCase('dispatched').state)).toBe(true)
    const replied = aCase('replied').state
    expect(replied.clock?.stoppedAt).toBe(replied.repliedAt)
    expect(aCase('closed').state.clock).toEqual(replied.clock)
  })

  it('a reply at the due instant is in time, a millisecond later is late', () => {
    const at = (ms: number) => {
      const story = aCase('handling')
      story.clock.set((story.state.clock?.dueAt ?? 0) + ms)
      return story.step('water', 'reply').state
    }
    expect([at(0).rounds[0]?.late, at(0).wasOverdue, lightOf(at(0), 0)]).toEqual([false, false, 'yellow'])
    expect([at(1).rounds[0]?.late, at(1).wasOverdue, lightOf(at(1), 0)]).toEqual([true, true, 'red'])
  })

  it('of what is voided while suspended stops, and its pause ends with it', () => {
    const { state } = aCase('suspended').wait(600).step('duty', 'void')
    expect(state.clock?.pauses.at(-1)?.to).toBe(state.closedAt)
    expect([state.clock?.stoppedAt, state.suspendedUntil]).toEqual([state.closedAt, undefined])
  })

  it('that ran out before a return is remembered, though the next unit’s clock is its own', () => {
    const story = aCase('overdue').step('water', 'request-return').step('dispatcher', 'grant-return')
    expect([story.state.wasOverdue, story.state.clock]).toEqual([true, undefined])
    story.step('dispatcher', 'dispatch', { department: 'municipal' })
    expect([story.state.wasOverdue, lightOf(story.state, story.clock.now())]).toEqual([true, 'green'])
  })

  it('past due when it is extended stays a fact', () => {
    const story = aCase('extension requested')
      .wait(3 * 24 * 60)
      .step('duty', 'grant-extension')
    expect(story.state.wasOverdue).toBe(true)
  })
})

describe('tasks', () => {
  it.each([
    ['confirming', 'reject', 'operator'],
    ['confirming', 'merge', 'operator'],
    ['confirming', 'self-handle', 'grid'],
    ['accepted, confirming', 'void', 'duty'],
    ['checking', 'rework', 'duty'],
    ['checking', 'void', 'duty'],
  ] as const)('%s: %s cancels the open task', (recipe, action, who) => {
    const { state } = aCase(recipe).step(who, action)
    expect([openTask(state), state.tasks.at(-1)?.status]).toEqual([undefined, 'cancelled'])
  })

  it('keep their times and their result', () => {
    const { state } = aCase('check accepted').step('supervisor', 'pass')
    expect(state.tasks).toMatchObject([{ kind: 'check', status: 'reported', result: true, round: 1 }])
    const [task] = state.tasks
    expect(task?.acceptedAt).toBeGreaterThanOrEqual(task?.createdAt ?? Number.NaN)
    expect(task?.reportedAt).toBe(state.checkedAt)
  })
})

describe('who is waited for', () => {
  it('is somebody new after each step, since that step', () => {
    const waits = (recipe: Parameters<typeof aCase>[0]) => {
      const { waitsFor, lastAt } = aCase(recipe).state
      return [waitsFor?.who, waitsFor?.action, waitsFor?.since === lastAt]
    }
    expect(waits('dispatched')).toEqual(['department', 'acknowledge', true])
    expect(waits('handling')).toEqual(['department', 'reply', true])
    expect(waits('return requested')).toEqual(['dispatcher', 'grant-return', true])
    expect(waits('second return requested')).toEqual(['head', 'grant-return', true])
    expect(waits('extension requested')).toEqual(['duty-manager', 'grant-extension', true])
    expect(waits('suspension requested')).toEqual(['duty-manager', 'suspend', true])
    expect(waits('checking')).toEqual(['assignee', 'pass', true])
    expect(waits('failed')).toEqual(['duty-manager', 'rework', true])
    expect(waits('checked')).toEqual(['duty-manager', 'close', true])
    expect(waits('in a pool')).toEqual(['department', 'claim', true])
    expect(waits('suspended')).toEqual([undefined, undefined, false])
  })

  it('waits since the beginning, whatever is remarked meanwhile', () => {
    const story = aCase('handling')
    const { waitsFor } = story.state
    story.wait(30).step('operator', 'comment').step('duty', 'urge').step('leader', 'oversee')
    expect(story.state.waitsFor).toEqual(waitsFor)
  })

  it('is remembered by a rule’s reason until the case moves on', () => {
    const story = aCase('accepted')
    expect(story.state.waitsFor).toMatchObject({ action: 'file', reason: 'policy' })
    expect(story.step('duty', 'file').state.waitsFor).toBeUndefined()
  })
})

it('a new round forgets the limit that the lead had set its second-level unit in the old one', () => {
  const story = aCase('handling').step(
    'water',
    'assign',
    { handler: 'x', limit: '1工作时' },
    { resolved: { unit: 'water-canal' } },
  )
  expect(story.state.unitDueAt).toBeTypeOf('number')
  story.step('water', 'reply').rules().step('duty', 'rework', { reason: 'half-done' })
  expect(story.state).toMatchObject({ round: 2, unit: 'water-canal' })
  expect(story.state).not.toHaveProperty('unitDueAt')
})
