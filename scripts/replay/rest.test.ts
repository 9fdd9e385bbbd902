// Waiting for the rules: over when they have nothing more to do, whether the queue does its work or has lost it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLog } from '#store/log.ts'
import { openRuntime, type Runtime } from '#store/runtime.ts'
import { MONDAY_NINE, openTown, type Town } from '#store/testing-town.ts'
import { testDatabase, type TestDatabase } from '#store/testing.ts'
import { openStepClock, type StepClock } from './clock.ts'
import { openRest } from './rest.ts'

let database: TestDatabase
let town: Town
let clock: StepClock
let runtime: Runtime
beforeAll(async () => {
  database = await testDatabase()
  town = await openTown(database.store)
  clock = openStepClock(MONDAY_NINE)
  runtime = await openRuntime(database.store, openLog('silent', 'test'), { clock })
})
afterAll(async () => {
  await runtime.close()
  await database.drop()
})

const reportRaw = async () => {
  const result = await runtime.commander.report(
    {
      facts: {
        source: 'grid',
        dispatchMode: 'assign',
        category: 'E0110',
        position: { lng: 113.4, lat: 29.6 },
        photos: [],
      },
      words: { description: '路边有垃圾' },
    },
    { actor: { kind: 'anonymous' } },
  )
  if (!result.ok) throw new Error(result.refusal.detail)
  return result.state.id
}

test('a step that no queue does is done all the same, at the instant of the case and not of another step', async () => {
  const rest = openRest(database.store, runtime, { helpAfterMs: 0 })
  const id = await clock.at(MONDAY_NINE + 1_000, reportRaw)
  const state = await clock.at(MONDAY_NINE + 3_600_000, () => rest.of(id))
  expect(state.status).toBe('dispatched')
  expect(state.dispatchedAt).toBe(MONDAY_NINE + 1_000)
  expect(rest.helped).toBe(1)
  rest.close()
})

test('a case that waits for a person is at rest, and needs no help', async () => {
  const rest = openRest(database.store, runtime, { helpAfterMs: 0 })
  const id = await town.report({ description: '又有垃圾' })
  expect((await rest.of(id)).status).toBe('dispatched')
  expect(rest.helped).toBe(0)
  rest.close()
})

test('many at once, some of which come while others are looked at', async () => {
  const rest = openRest(database.store, runtime, { helpAfterMs: 0 })
  const states = await Promise.all(
    Array.from({ length: 30 }, async () => rest.of(await clock.at(MONDAY_NINE, reportRaw))),
  )
  expect(states.every((s) => s.status === 'dispatched')).toBe(true)
  rest.close()
})

test('a case that is not there is an error', async () => {
  const rest = openRest(database.store, runtime)
  await expect(rest.of('01900000-0000-7000-8000-000000000000')).rejects.toThrow(/has gone/)
  rest.close()
})
