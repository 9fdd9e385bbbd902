// Which facts the timers may skip: nothing that they leave in a case moves a timer, whatever ladder its city has.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { apply } from '#domain/apply.ts'
import type { CaseState } from '#domain/case.ts'
import { isFinal } from '#domain/case.ts'
import { timersIn } from '#domain/timer.ts'
import { arbitraryMove, arbitraryStart, begin, makeMove } from '#domain/testing/walk.ts'
import { TIMELESS } from './timers.ts'

it('a fact that is skipped leaves every timer where it was', () => {
  const met = new Set<string>()
  fc.assert(
    fc.property(arbitraryStart, fc.array(arbitraryMove, { maxLength: 30, size: 'max' }), (start, moves) => {
      // The city of the rules is the one with a ladder.
      const story = begin({ ...start, policies: 'rules' })
      for (const move of moves) {
        makeMove(story, move)
        if (move.rules) story.rules()
      }
      let state: CaseState | undefined
      for (const event of story.log) {
        const next = apply(state, event)
        if (state && TIMELESS.has(event.type)) {
          met.add(event.type)
          const timers = (of: CaseState) => (isFinal(of.status) ? [] : timersIn(of, story.city))
          expect([event.type, timers(next)]).toEqual([event.type, timers(state)])
        }
        state = next
      }
    }),
    { numRuns: 60, seed: 7 },
  )
  expect([...met].sort()).toEqual(['commented', 'decision-awaited', 'screened', 'urged'])
})
