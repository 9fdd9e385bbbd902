// The demo's clock at a start: set, left alone, refused.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cityPack } from '#domain/testing/city.ts'
import { loadPack } from '#store/city.ts'
import { changeDemo, readDemo } from '#store/demo.ts'
import { testDatabase, type TestDatabase } from '#store/testing.ts'
import { refuseMadeUpTime, settleClock } from './demo-clock.ts'

let database: TestDatabase
let notes: string[]
beforeEach(async () => {
  database = await testDatabase()
  notes = []
})
afterEach(() => database.drop())

const settle = (config: { demo: boolean; demoClock?: number }) =>
  settleClock(database.store, config, (line) => notes.push(line))
const rate = async () => (await readDemo(database.store)).clock.rate

test('is left alone where nobody asks, and then says nothing', async () => {
  await settle({ demo: true })
  await settle({ demo: false })
  expect(notes).toEqual([])
  expect((await readDemo(database.store)).isKept).toBe(false)
})

test('goes at the pace asked for, which the next start keeps', async () => {
  await loadPack(database.store, { ...cityPack(), demo: true })
  await settle({ demo: true, demoClock: 60 })
  expect(await rate()).toBe(60)
  await settle({ demo: true })
  expect(await rate()).toBe(60)
  expect(notes).toEqual([expect.stringContaining('×60'), expect.stringContaining('×60')])
})

test('is none of a city that says it is no demo', async () => {
  await loadPack(database.store, cityPack())
  await expect(settle({ demo: true, demoClock: 60 })).rejects.toThrow('is for demos')
  expect((await readDemo(database.store)).isKept).toBe(false)
})

test('made-up time never goes on as a real city’s', async () => {
  await changeDemo(database.store, { rate: 60 })
  await expect(refuseMadeUpTime(database.store, { demo: false })).rejects.toThrow('DEMO=1')
  await expect(settle({ demo: false })).rejects.toThrow('made up')
  await refuseMadeUpTime(database.store, { demo: true })
})

test('a demo whose clock was never changed may become a real city', async () => {
  await changeDemo(database.store, { scene: 'storm', rate: 1 })
  await settle({ demo: false })
})
