import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCaseLoader } from '#store/load-batch.ts'
import type { Store } from '#store/open.ts'
import { openTown, type Town } from './testing/stage.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

/** Counts the queries that a store is asked. */
function counted(store: Store): { store: Store; queries: () => number } {
  let n = 0
  const sql = new Proxy(store.sql, {
    apply(target, self, args) {
      // Nested fragments are built by the same function; only whole queries begin with `select`.
      if (String(args[0]).trimStart().startsWith('select c.id')) n += 1
      return Reflect.apply(target, self, args)
    },
  })
  return { store: { ...store, sql }, queries: () => n }
}

test('requests of one moment share a query, and each gets its own case', async () => {
  const cases = await Promise.all(Array.from({ length: 20 }, () => town.report()))
  const { store, queries } = counted(town.store)
  const load = openCaseLoader(store)
  const found = await Promise.all([...cases, ...cases].map((c) => load(c.id)))
  expect(found.map((f) => f?.state.id)).toEqual([...cases, ...cases].map((c) => c.id))
  expect(found[0]?.words).toEqual({ description: '路边有垃圾' })
  expect(queries()).toBe(1)
})

test('what does not exist is undefined, and spoils nothing for the others', async () => {
  const { id } = await town.report()
  const load = openCaseLoader(town.store)
  const [known, unknown] = await Promise.all([load(id), load(randomUUID())])
  expect(known?.state.id).toBe(id)
  expect(unknown).toBeUndefined()
})

test('a request never joins a query that was sent before it', async () => {
  const { id } = await town.report()
  const { store, queries } = counted(town.store)
  const load = openCaseLoader(store)
  const early = load(id)
  await new Promise((r) => setImmediate(r))
  await new Promise((r) => setImmediate(r))
  expect(queries()).toBe(1)
  await town.runtime.commander.advance(id)
  const late = load(id)
  await early
  expect((await late)?.state.status).toBe('dispatched')
})

test('a failed query is the failure of those who asked, and the next is tried', async () => {
  const { id } = await town.report()
  let isBroken = true
  const sql = new Proxy(town.store.sql, {
    apply(target, self, args) {
      if (isBroken) throw new Error('no connection')
      return Reflect.apply(target, self, args)
    },
  })
  const load = openCaseLoader({ ...town.store, sql })
  await expect(load(id)).rejects.toThrow('no connection')
  isBroken = false
  expect((await load(id))?.state.id).toBe(id)
})
