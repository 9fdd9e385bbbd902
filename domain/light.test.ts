import { expect, it } from 'vitest'
import { isClockRunning, isOverdue, lightOf } from './light.ts'
import { aCase, RECIPE_NAMES } from './testing/builder.ts'

it('is green to 80 % of the limit, yellow up to and including the due instant, red after', () => {
  const { state } = aCase('handling')
  const { warnAt = 0, dueAt = 0 } = state.clock ?? {}
  expect([warnAt - 1, warnAt, dueAt, dueAt + 1].map((at) => lightOf(state, at))).toEqual([
    'green',
    'yellow',
    'yellow',
    'red',
  ])
  expect([dueAt, dueAt + 1].map((at) => isOverdue(state, at))).toEqual([false, true])
})

it('freezes with the reply: waiting for check or closing never counts against the unit', () => {
  const { state } = aCase('replied')
  expect(lightOf(state, (state.clock?.dueAt ?? 0) + 1)).toBe('green')
})

it('is out before dispatch, after a return and while suspended', () => {
  for (const recipe of ['reported', 'filed', 'returned', 'suspended', 'rejected'] as const)
    expect(lightOf(aCase(recipe).state, Number.MAX_SAFE_INTEGER)).toBe('none')
})

it('can be turned by time alone only while the unit has the case', () => {
  for (const recipe of RECIPE_NAMES) {
    const { state } = aCase(recipe)
    expect(isClockRunning(state), recipe).toBe(['dispatched', 'handling'].includes(state.status))
  }
})
