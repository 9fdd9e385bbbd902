// The case that the domain shows is the case that the API declares: what the schema doesn't name would be dropped from
// the answer without a word.
import fc from 'fast-check'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { boardView } from '#domain/board-view.ts'
import { fromSnapshot } from '#domain/board.ts'
import { toBoardCase } from '#domain/board-fold.ts'
import { caseView } from '#domain/case-view.ts'
import { aCase, RECIPE_NAMES } from '#domain/testing/builder.ts'
import { arbitraryMove, arbitraryStart, begin, makeMove } from '#domain/testing/walk.ts'
import { BOARD } from './board.ts'
import { CASE } from './case.ts'

/** As on the wire, and nothing beside what is declared. */
function faults(schema: TSchema, value: unknown): unknown[] {
  const closed = JSON.parse(JSON.stringify(schema), (_, v) =>
    v?.properties && v.additionalProperties === undefined ? { ...v, additionalProperties: false } : v,
  )
  return [...Compile(closed).Errors(JSON.parse(JSON.stringify(value)))]
}

const words = { description: '垃圾', address: '人民路', reporter: { name: '王小明', phone: '13812345678' } }

test.each(RECIPE_NAMES)('a case that is %s', (recipe) => {
  const story = aCase(recipe)
  const view = caseView(story.state, { now: story.clock.now(), city: story.city, words, reporter: 'full' })
  expect(faults(CASE, view)).toEqual([])
})

test('a case on any way it can go', () => {
  fc.assert(
    fc.property(arbitraryStart, fc.array(arbitraryMove, { maxLength: 25 }), (start, moves) => {
      const story = begin(start)
      for (const m of moves) makeMove(story, m)
      const { state, city } = story
      const now = story.clock.now()
      expect(faults(CASE, caseView(state, { now, city, words, reporter: 'masked' }))).toEqual([])
      const board = fromSnapshot({
        epoch: 'e',
        seq: 1,
        day: '2019-09-29',
        at: now,
        cases: [toBoardCase({ state, light: 'green', overdueSeen: false }, city)],
        counts: [{ key: 'city', metric: 'reported', n: 1 }],
        recent: [],
      })
      expect(faults(BOARD, boardView(board, now, 'city'))).toEqual([])
    }),
    { numRuns: 60 },
  )
})
