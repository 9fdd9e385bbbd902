import { describe, expect, it } from 'vitest'
import { lightOf } from './light.ts'
import { nextRungs } from './escalate.ts'
import { USUAL_LADDER } from './escalation.ts'
import { aCase, RECIPE_NAMES } from './testing/builder.ts'
import { aCity, DEMO_POLICIES } from './testing/city.ts'
import { timersIn, timersOf } from './timer.ts'

describe('the timers of a case', () => {
  it('turn the light at the warning and just after the due instant', () => {
    const { state } = aCase('handling')
    const lights = timersOf(state).map((t) => [
      t.kind,
      lightOf(state, t.fireAt - 1),
      lightOf(state, t.fireAt),
    ])
    expect(lights).toEqual([
      ['yellow', 'green', 'yellow'],
      ['red', 'yellow', 'red'],
    ])
  })

  it('end a suspension, and nothing else meanwhile', () => {
    const { state } = aCase('suspended')
    expect(timersOf(state)).toEqual([{ kind: 'resume', round: 1, fireAt: state.suspendedUntil }])
  })

  it('mind the limit of an open task only', () => {
    const open = aCase('checking').state
    expect(timersOf(open)).toEqual([{ kind: 'task', round: 1, fireAt: open.tasks[0]?.dueAt }])
    expect(timersOf(aCase('checked').state)).toEqual([])
  })

  it('are of the present round and the present deadline', () => {
    const reworked = aCase('reworked').state
    expect(timersOf(reworked).map((t) => [t.round, t.fireAt])).toEqual([
      [2, reworked.clock?.warnAt],
      [2, (reworked.clock?.dueAt ?? 0) + 1],
    ])
    const extended = aCase('extended').state
    expect(timersOf(extended).at(-1)?.fireAt).toBe((extended.clock?.dueAt ?? 0) + 1)
  })

  it('are none where the case waits for a person without a limit, or for nobody', () => {
    for (const recipe of RECIPE_NAMES) {
      const { state } = aCase(recipe)
      const has =
        ['dispatched', 'handling', 'suspended'].includes(state.status) ||
        state.tasks.some((t) => t.status === 'assigned' || t.status === 'accepted')
      expect(timersOf(state).length > 0, recipe).toBe(has)
    }
  })

  it('have the next rung of the city’s ladder beside their own, and no other', () => {
    const city = aCity({ ...DEMO_POLICIES, escalation: USUAL_LADDER })
    const { state } = aCase('handling', { city })
    expect(timersIn(state, aCity())).toEqual(timersOf(state))
    const rungs = timersIn(state, city).slice(timersOf(state).length)
    expect(rungs).toEqual([{ kind: 'rung', round: 1, fireAt: state.clock?.warnAt }])
    const still = nextRungs(state, city).map((r) => r.fireAt)
    expect(still.length).toBeGreaterThan(3)
    expect(Math.min(...still)).toBe(rungs[0]?.fireAt)
  })
})
