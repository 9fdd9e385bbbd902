// Folding the board anew: from whatever an older version left, the same as the log says; nothing else is touched.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FOLD_VERSION } from '#domain/board-fold.ts'
import { audit } from './audit.ts'
import { boardSnapshot } from './board.ts'
import { rebuild, rebuildIfOlder } from './rebuild.ts'
import { HOUR, openTown, type Town } from './testing-town.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
let town: Town

beforeEach(async () => {
  database = await testDatabase()
  town = await openTown(database.store)
  const settled = await town.report({ description: '路边有垃圾' })
  await town.settle(settled, 6)
  await town.report({ description: '垃圾桶满溢' })
  await town.report({ description: '又有垃圾' })
  await town.project()
  town.clock.advance(20 * HOUR)
  await town.beginDay('2024-03-05')
  await town.project()
  await town.act(settled, 'duty', { action: 'reopen', payload: { reason: '回访不满意' } })
  await town.project()
})
afterEach(() => database.drop())

const sorted = (rows: readonly object[]) => rows.map((r) => JSON.stringify(r)).sort()
const shown = async () => {
  const { cases, counts, seq, day } = await boardSnapshot(database.store)
  return { cases: sorted(cases), counts: sorted(counts), seq, day }
}
const head = async () => {
  const [row] = await database.store.sql<{ epoch: string; seq: string; hash: Uint8Array; fold: number }[]>`
    select epoch, seq, hash, fold from feed_head`
  if (!row) throw new Error('no head')
  return { ...row, hash: Buffer.from(row.hash).toString('hex') }
}
/** As an older version would have left it: rows that this one folds otherwise, and counts that it has more of. */
async function asOlder(): Promise<void> {
  const { sql } = database.store
  await sql`update feed_head set fold = ${FOLD_VERSION - 1}`
  await sql`update board_case set board = board - 'stageDueAt', marks = '{}', overdue_seen = false`
  await sql`delete from rollup where key like 'department:%'`
  await sql`update rollup set n = n + 1 where key = 'city'`
}

test('gives what the log says, under another epoch, and leaves the feed as it was', async () => {
  const [board, before] = [await shown(), await head()]
  await asOlder()
  expect(await shown()).not.toEqual(board)
  expect(await rebuild(database.store)).toMatchObject({
    cases: 3,
    facts: board.seq - 1,
    before: FOLD_VERSION - 1,
  })
  expect(await shown()).toEqual(board)
  const after = await head()
  expect(after).toEqual({ ...before, epoch: after.epoch, fold: FOLD_VERSION })
  expect(after.epoch).not.toBe(before.epoch)
  expect((await audit(database.store)).differences).toEqual([])
})

test('is done once for an older board, and not at all for one of this version', async () => {
  expect(await rebuildIfOlder(database.store)).toBeUndefined()
  await asOlder()
  const both = await Promise.all([rebuildIfOlder(database.store), rebuildIfOlder(database.store)])
  expect(both.filter((r) => r !== undefined)).toHaveLength(1)
  expect((await audit(database.store)).differences).toEqual([])
})

test('goes on as before: what comes next is counted on top', async () => {
  await asOlder()
  await rebuild(database.store)
  await town.report({ description: '后来的' })
  await town.project()
  expect((await audit(database.store)).differences).toEqual([])
})

test('an older board is added to by nobody, and the audit says what to do', async () => {
  await asOlder()
  await town.report({ description: '后来的' })
  await expect(town.project()).rejects.toThrow('npm run rebuild')
  expect((await audit(database.store)).differences).toMatchObject([{ what: 'fold' }])
})

test('a board of a newer version is left alone', async () => {
  await database.store.sql`update feed_head set fold = ${FOLD_VERSION + 1}`
  const board = await shown()
  await expect(rebuild(database.store)).rejects.toThrow('newer version')
  expect(await rebuildIfOlder(database.store)).toBeUndefined()
  expect(await shown()).toEqual(board)
})
