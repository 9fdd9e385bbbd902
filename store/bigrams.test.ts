import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from './testing.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

/** As the index of a filled database was made: what is there is found by what the function says now. */
const asBefore = `
  (select coalesce(array_agg(distinct substr(lower(t), i, 2)), '{}') from generate_series(1, length(t) - 1) i)`

test('the pairs of a text are those that a filled index holds', async () => {
  const texts = [
    ...['', '灯', '路灯', '路灯路灯', '人民路 108 号', 'ABab', 'İİ', '灯𠮷灯', "a'b\\c", 'NULL,{}'],
    ...fc.sample(fc.string({ unit: 'grapheme', maxLength: 40 }), { numRuns: 300, seed: 1 }),
  ].filter((t) => !t.includes('\0'))
  const rows = await database.store.sql.unsafe<{ t: string; same: boolean }[]>(
    `select t, bigrams(t) <@ ${asBefore} and bigrams(t) @> ${asBefore} as same
     from unnest($1::text[]) t`,
    [texts],
  )
  expect(rows).toHaveLength(texts.length)
  expect(rows.filter((r) => !r.same)).toEqual([])
})

test('a text of no pair has none, and what is unknown has no text', async () => {
  const [row] = await database.store.sql`
    select bigrams('') as empty, bigrams('灯') as one, bigrams(null) as unknown, bigrams('路灯坏') as pairs`
  expect(row).toEqual({ empty: [], one: [], unknown: null, pairs: ['路灯', '灯坏'] })
})
