// The pairs of characters that words are searched for by: they must hold whatever `position` finds, in their period alone.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from './testing.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const TEXTS = [
  ...[
    '',
    '灯',
    '路灯',
    '路灯路灯',
    '人民路 108 号',
    'ABab',
    'İİ路灯',
    '灯𠮷灯',
    "a'b\\c",
    'NULL,{}',
    '100%_😀',
  ],
  ...fc.sample(fc.string({ unit: 'grapheme', maxLength: 40 }), { numRuns: 300, seed: 1 }),
].filter((t) => !t.includes('\0'))

test('period, first and second character in 21 bits each', async () => {
  const period = 688
  const rows = await database.store.sql<{ lower: string; pairs: string[] }[]>`
    select lower(t) as lower, dated_pairs(t, ${period}) as pairs from unnest(${TEXTS}::text[]) t`
  const code = (c: string | undefined) => BigInt(c?.codePointAt(0) ?? 0)
  for (const { lower, pairs } of rows) {
    const characters = [...lower]
    const expected = characters
      .slice(1)
      .map((second, i) => (BigInt(period) << 42n) | (code(characters[i]) << 21n) | code(second))
    expect(pairs.map(BigInt), lower).toEqual(expected)
  }
  expect(rows).toHaveLength(TEXTS.length)
})

test('every piece of a text has pairs of its, and none of another period', async () => {
  const pieces = TEXTS.flatMap((text, i) => {
    const characters = [...text]
    const from = (i * 7) % (characters.length + 1)
    return [{ text, piece: characters.slice(from, from + 2 + (i % 4)).join('') }]
  }).filter(({ piece }) => [...piece].length > 1)
  const rows = await database.store.sql<{ text: string; held: boolean; before: boolean }[]>`
    select text, dated_pairs(text, 688) @> dated_pairs(piece, 688) as held,
      dated_pairs(text, 688) && dated_pairs(piece, 687) as before
    from unnest(${pieces.map((p) => p.text)}::text[], ${pieces.map((p) => p.piece)}::text[]) as u(text, piece)
    where position(lower(piece) in lower(text)) <> 0`
  expect(rows.length).toBeGreaterThan(100)
  expect(rows.filter((r) => !r.held || r.before)).toEqual([])
})

test('a text of no pair has none, what is unknown has no text, and 1969 has a period', async () => {
  const [row] = await database.store.sql`
    select dated_pairs('', 1) as empty, dated_pairs('灯', 1) as one, dated_pairs(null, 1) as unknown,
      dated_pairs('路灯', null) as "never", dated_pairs('路灯', -1) as before`
  const before = -(1n << 42n) + (0x8defn << 21n) + 0x706fn
  expect(row).toEqual({ empty: [], one: [], unknown: null, never: null, before: [String(before)] })
})
