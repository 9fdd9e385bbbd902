import { afterEach, beforeEach, expect, test } from 'vitest'
import { stamp } from '#domain/automate.ts'
import { appendWith, type Entry } from '#store/append.ts'
import { findCase } from '#store/cases.ts'
import { openProjector } from '#store/projector.ts'
import type { Loop } from '../loop.ts'
import { eventually, expectGapless, feedOf, LOG, openTown, type Town } from '../testing/stage.ts'
import { startSequencing } from './sequencing.ts'

let town: Town
let loops: Loop[]

const sequence = (holder: string) => {
  const { store, runtime } = town
  const projector = openProjector({ store, cityFor: runtime.cityFor, signals: runtime.signals })
  loops.push(startSequencing({ store, projector, signals: runtime.signals, holder, log: LOG }))
}

beforeEach(async () => {
  town = await openTown()
  loops = []
})
afterEach(async () => {
  await Promise.all(loops.map((l) => l.close()))
  await town.close()
})

/** A remark on the case, not yet appended. */
async function remarkOn(caseId: string): Promise<Entry> {
  const before = await findCase(town.store, caseId)
  if (!before) throw new Error(`no case ${caseId}`)
  const actor = { kind: 'rule', id: 'test' } as const
  const made = stamp(before.state, caseId, [{ type: 'commented', payload: {} }], actor, town.clock.now())
  return { before, state: made.state, events: made.events }
}

/** Appends the entry in a transaction that stays open until `release` settles. */
async function holdOpen(entry: Entry, release: (sql: Town['store']['sql']) => Promise<unknown>) {
  const appended = Promise.withResolvers<void>()
  let isOpen = true
  const committed = town.store.sql
    .begin(async (tx) => {
      const [outcome] = await appendWith(tx, [entry])
      expect(outcome?.result).toBe('appended')
      appended.resolve()
      await release(tx as unknown as Town['store']['sql'])
    })
    .then(() => {
      isOpen = false
    })
  await appended.promise
  return { committed, isOpen: () => isOpen }
}

test('while a write transaction is open, what others commit is sequenced without a gap or a wait', async () => {
  sequence('one')
  const first = await town.report()
  await eventually(async () => expect(await feedOf(town.store)).toEqual(['reported']))

  const gate = Promise.withResolvers<void>()
  const held = await holdOpen(await remarkOn(first.id), () => gate.promise)
  for (let round = 0; round < 10; round++) {
    await Promise.all(Array.from({ length: 10 }, () => town.report()))
    await eventually(async () => expect(await feedOf(town.store)).toHaveLength(1 + 10 * (round + 1)))
  }
  expect(held.isOpen()).toBe(true)
  await expectGapless(town.store)
  expect(await feedOf(town.store, first.id)).toEqual(['reported'])

  gate.resolve()
  await held.committed
  await eventually(async () => expect(await feedOf(town.store, first.id)).toEqual(['reported', 'commented']))
  await expectGapless(town.store)
})

test('the same for a transaction that the server holds for ten seconds', async () => {
  sequence('one')
  const first = await town.report()
  const held = await holdOpen(await remarkOn(first.id), (sql) => sql`select pg_sleep(10)`)
  await Promise.all(Array.from({ length: 100 }, () => town.report()))
  await eventually(async () => expect(await feedOf(town.store)).toHaveLength(101))
  expect(held.isOpen()).toBe(true)
  await expectGapless(town.store)
  await held.committed
  await eventually(async () => expect(await feedOf(town.store)).toHaveLength(102))
  expect(await feedOf(town.store, first.id)).toEqual(['reported', 'commented'])
  await expectGapless(town.store)
})

test('two that sequence at once, lease or not, give every fact one place', async () => {
  sequence('one')
  const { store, runtime } = town
  const rival = openProjector({ store, cityFor: runtime.cityFor })
  const reports = Promise.all(Array.from({ length: 200 }, () => town.report()))
  let isDone = false
  const racing = (async () => {
    while (!isDone) await rival.step()
  })()
  const ids = (await reports).map((c) => c.id)
  for (const id of ids.slice(0, 50)) await runtime.commander.advance(id)
  await eventually(async () => expect(await feedOf(store)).toHaveLength(200 + 50 * 4))
  isDone = true
  await racing
  await expectGapless(store)
  const [order] = await store.sql<{ wrong: number }[]>`
    select count(*)::int as wrong from feed a join feed b on b.case_id = a.case_id and b.no > a.no and b.seq < a.seq`
  expect(order?.wrong).toBe(0)
})

test('when the process that sequences goes, another takes over', async () => {
  sequence('one')
  await town.report()
  await eventually(async () => expect(await feedOf(town.store)).toHaveLength(1))
  sequence('two')
  await loops[0]?.close()
  await town.report()
  await eventually(async () => expect(await feedOf(town.store)).toHaveLength(2))
})
