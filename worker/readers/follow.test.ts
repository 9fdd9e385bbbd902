import { afterEach, beforeEach, expect, test } from 'vitest'
import { openProjector } from '#store/projector.ts'
import type { NewJob } from '../queues.ts'
import { openTown, type Town } from '../testing/stage.ts'
import { followAutomation } from './automation.ts'

let town: Town
beforeEach(async () => {
  town = await openTown()
})
afterEach(() => town.close())

const sequence = () => openProjector({ store: town.store, cityFor: town.runtime.cityFor }).catchUp()

test('the cursor moves only after the queue has taken the jobs', async () => {
  const { id } = await town.report()
  await sequence()
  const broken = {
    addBulk: async () => {
      throw new Error('no queue')
    },
  }
  await expect(followAutomation(town.store, broken)).rejects.toThrow('no queue')
  const added: NewJob[] = []
  const working = { addBulk: async (jobs: readonly NewJob[]) => void added.push(...jobs) }
  expect(await followAutomation(town.store, working)).toBe(1)
  expect(added).toEqual([
    { name: 'screen', jobId: `${id}.1`, payload: { caseId: id, version: 1, because: 'reported' } },
  ])
  expect(await followAutomation(town.store, working)).toBe(0)
  expect(added).toHaveLength(1)
})

test('of two that follow at once, one reads and the other leaves it alone', async () => {
  await town.report()
  await sequence()
  const gate = Promise.withResolvers<void>()
  const entered = Promise.withResolvers<void>()
  const slow = followAutomation(town.store, {
    addBulk: async () => {
      entered.resolve()
      await gate.promise
    },
  })
  await entered.promise
  expect(await followAutomation(town.store, { addBulk: async () => {} })).toBe(0)
  gate.resolve()
  expect(await slow).toBe(1)
})
