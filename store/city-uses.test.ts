// What open cases name of the city, counted before a newer pack takes some of it away.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCaseUses } from './city-uses.ts'
import { openTown, type Town } from './testing-town.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
let town: Town
beforeAll(async () => {
  database = await testDatabase()
  town = await openTown(database.store)
})
afterAll(() => database.drop())

const plain = async () => {
  const uses = await openCaseUses(database.store)
  return Object.fromEntries(Object.entries(uses).map(([kind, counts]) => [kind, Object.fromEntries(counts)]))
}

test('nothing at first', async () => {
  expect(await plain()).toEqual({ departments: {}, categories: {}, conditions: {}, areas: {}, zones: {} })
})

test('open cases count for what they name, closed ones no more', async () => {
  const one = await town.report({ description: '路边有垃圾' })
  const two = await town.report({ description: '路边有垃圾' })
  await town.handle(one, 1)
  await town.handle(two, 1)
  const state = await database.store.sql<
    { category: string; department: string; area_path: string[]; condition: string }[]
  >`
    select category, department, area_path, state->>'condition' as condition from "case" where id = ${one}`
  const { category = '', department = '', area_path: path = [], condition = '' } = state[0] ?? {}
  expect([category, department, condition]).not.toContain('')
  const both = await plain()
  expect(both).toMatchObject({
    categories: { [category]: 2 },
    departments: { [department]: 2 },
    conditions: { [condition]: 2 },
    areas: Object.fromEntries(path.map((code) => [code, 2])),
  })
  await town.act(one, 'duty', { action: 'close', payload: { outcome: 'fixed' } })
  expect(await plain()).toMatchObject({ categories: { [category]: 1 }, departments: { [department]: 1 } })
})
