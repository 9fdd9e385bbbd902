// Counts come back from files as they would from memory, month by month, and the files go away.
import { mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { auditCounts, CountBook, type MonthOfCounts, type Side } from './audit-counts.ts'

const SIDES: readonly Side[] = ['stored', 'folded', 'cases', 'events']
const added = fc.record({
  side: fc.constantFrom(...SIDES),
  day: fc.constantFrom('2023-12-31', '2024-01-01', '2024-01-31', '2024-02-01', '2026-07-14'),
  key: fc.constantFrom('city', 'area:S1', '部门"\\'),
  metric: fc.constantFrom('reported', 'filed'),
  n: fc.integer({ min: -3, max: 3 }),
  seq: fc.nat(100),
})

async function all(book: CountBook): Promise<MonthOfCounts[]> {
  const months: MonthOfCounts[] = []
  for await (const month of book.months()) months.push(month)
  return months
}
const sorted = (months: readonly MonthOfCounts[]) =>
  months.map((month) => SIDES.map((side) => [...month[side]].sort(([a], [b]) => (a < b ? -1 : 1))))

test('whatever is added in whatever order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-counts-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  vi.stubEnv('TMPDIR', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  await fc.assert(
    fc.asyncProperty(
      fc.array(added, { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      async (list, most) => {
        const inMemory = new CountBook()
        const inFiles = new CountBook(most)
        for (const { side, day, key, metric, n, seq } of list)
          for (const book of [inMemory, inFiles]) book.add(side, `${day}|${key}|${metric}`, n, seq)
        const months = await all(inFiles)
        expect(sorted(months)).toEqual(sorted(await all(inMemory)))
        const sum = list.reduce((total, { n }) => total + n, 0)
        const counts = months.flatMap((month) => SIDES.flatMap((side) => [...month[side].values()]))
        expect(counts.reduce((total, { n }) => total + n, 0)).toBe(sum)
        await inFiles.close()
        await inMemory.close()
        expect(readdirSync(folder)).toEqual([])
      },
    ),
    { numRuns: 100, seed: 3 },
  )
})

test('months come in order, each once', async () => {
  const book = new CountBook(2)
  onTestFinished(() => book.close())
  for (const day of ['2024-02-03', '2023-05-01', '2024-02-01', '2023-11-09', '2023-05-31', '2025-01-01'])
    book.add('stored', `${day}|city|filed`, 1)
  const days = (await all(book)).map((month) =>
    [...month.stored.keys()].map((key) => key.slice(0, 10)).sort(),
  )
  expect(days).toEqual([
    ['2023-05-01', '2023-05-31'],
    ['2023-11-09'],
    ['2024-02-01', '2024-02-03'],
    ['2025-01-01'],
  ])
})

test('each side that says something else is named', async () => {
  const book = new CountBook()
  const key = '2024-03-04|city|filed'
  book.add('stored', key, 2, 9)
  book.add('folded', key, 2, 8)
  book.add('events', key, 3)
  book.add('stored', '2024-03-04|city|monthDispatched', 1)
  book.add('folded', '2024-03-04|city|monthDispatched', 1)
  book.add('stored', '2024-03-04|area:S1|filed', 4, 1)
  const found: string[] = []
  for (const month of await all(book)) auditCounts(month, (what, detail) => found.push(`${what} ${detail}`))
  expect(found.sort()).toEqual([
    'counts 2024-03-04|area:S1|filed: stored 4, folded nothing',
    'counts 2024-03-04|city|filed: stored 2 at seq 9, folded 2 at seq 8',
    'recount 2024-03-04|city|filed: stored 2, the events say 3',
    'recount 2024-03-04|city|monthDispatched: stored 1, the cases say 0',
  ])
})
