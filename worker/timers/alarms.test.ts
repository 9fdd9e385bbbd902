import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openProjector } from '#store/projector.ts'
import { followTimers } from '#store/timers.ts'
import type { NewJob, Queues } from '../queues.ts'
import { MORNING, openTown, type Town } from '../testing/stage.ts'
import { type Alarms, openAlarms } from './alarms.ts'

const MINUTE = 60_000
let town: Town
let added: NewJob[]
let alarms: Alarms

beforeEach(async () => {
  town = await openTown()
  added = []
  const queues = { addBulk: async (jobs: readonly NewJob[]) => void added.push(...jobs) }
  alarms = openAlarms({ store: town.store, runtime: town.runtime, queues: queues as unknown as Queues })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await town.close()
})

async function dispatchedCase() {
  const { id } = await town.report()
  await town.runtime.commander.advance(id)
  await openProjector({ store: town.store, cityFor: town.runtime.cityFor }).catchUp()
  await followTimers(town.store, town.runtime.cityFor)
}

test('are set for what is due within ten minutes, with the time left, and once', async () => {
  await dispatchedCase()
  town.clock.set(MORNING + 181 * MINUTE)
  expect(await alarms.set()).toBe(0)
  town.clock.set(MORNING + 183 * MINUTE)
  expect(await alarms.set()).toBe(1)
  expect(await alarms.set()).toBe(0)
  expect(added).toMatchObject([
    { name: 'deadline', delayMs: 9 * MINUTE, payload: { kind: 'yellow', fireAt: MORNING + 192 * MINUTE } },
  ])
})

test('are set again after a while, under the same jobIds: the queue may have been flushed', async () => {
  await dispatchedCase()
  town.clock.set(MORNING + 183 * MINUTE)
  await alarms.set()
  const later = performance.now() + 61_000
  vi.spyOn(performance, 'now').mockReturnValue(later)
  expect(await alarms.set()).toBe(1)
  expect(added[1]?.jobId).toBe(added[0]?.jobId)
})

test('ring the next midnight of the city', async () => {
  town.clock.set(Date.parse('2026-03-02T23:49:59+08:00'))
  expect(await alarms.set()).toBe(0)
  town.clock.set(Date.parse('2026-03-02T23:52:00+08:00'))
  await alarms.set()
  expect(added).toEqual([
    {
      name: 'deadline',
      jobId: 'day-2026-03-03',
      delayMs: 8 * MINUTE,
      payload: { day: '2026-03-03', fireAt: Date.parse('2026-03-03T00:00:00+08:00') },
    },
  ])
})
