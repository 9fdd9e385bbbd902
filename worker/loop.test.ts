import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openLog } from '#store/log.ts'
import { startLoop } from './loop.ts'

const log = openLog('silent', 'test')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Lets everything run that needs no time. */
const settle = () => vi.advanceTimersByTimeAsync(0)

test('goes on at once while there is work, then polls', async () => {
  const work = [3, 1, 0, 0]
  const step = vi.fn(async () => work.shift() ?? 0)
  const loop = startLoop({ name: 'test', pollMs: 250, step, log })
  await settle()
  expect(step).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(249)
  expect(step).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(1)
  expect(step).toHaveBeenCalledTimes(4)
  await loop.close()
})

test('a wake-up cuts the pause short', async () => {
  const step = vi.fn(async () => 0)
  const loop = startLoop({ name: 'test', pollMs: 60_000, step, log })
  await settle()
  loop.wake()
  await settle()
  expect(step).toHaveBeenCalledTimes(2)
  await loop.close()
})

test('a wake-up during a step is not lost, and steps never overlap', async () => {
  const first = Promise.withResolvers<number>()
  const step = vi.fn(() => (step.mock.calls.length === 1 ? first.promise : Promise.resolve(0)))
  const loop = startLoop({ name: 'test', pollMs: 60_000, step, log })
  loop.wake()
  await settle()
  expect(step).toHaveBeenCalledTimes(1)
  first.resolve(0)
  await settle()
  expect(step).toHaveBeenCalledTimes(2)
  await loop.close()
})

test('after an error it tries again with growing pauses, which no wake-up shortens', async () => {
  let broken = true
  const step = vi.fn(async () => {
    if (broken) throw new Error('no database')
    return 0
  })
  const loop = startLoop({ name: 'test', pollMs: 60_000, step, log })
  await settle()
  expect(loop.isFailing()).toBe(true)
  loop.wake()
  await vi.advanceTimersByTimeAsync(99)
  expect(step).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(step).toHaveBeenCalledTimes(2)
  broken = false
  await vi.advanceTimersByTimeAsync(200)
  expect(step).toHaveBeenCalledTimes(3)
  expect(loop.isFailing()).toBe(false)
  await loop.close()
})

test('closing waits for the step under way, and nothing follows it', async () => {
  const first = Promise.withResolvers<number>()
  const step = vi.fn(() => first.promise)
  const loop = startLoop({ name: 'test', pollMs: 1, step, log })
  let isClosed = false
  const closing = loop.close().then(() => {
    isClosed = true
  })
  await settle()
  expect(isClosed).toBe(false)
  first.resolve(5)
  await closing
  expect(step).toHaveBeenCalledTimes(1)
})

test('what comes while a loop rests is taken in one step, and a full step is followed at once', async () => {
  const work = [3, 500, 2]
  const step = vi.fn(async () => work.shift() ?? 0)
  const loop = startLoop({ name: 'test', pollMs: 60_000, restMs: 150, most: 500, step, log })
  await settle()
  loop.wake()
  await vi.advanceTimersByTimeAsync(149)
  expect(step).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(step).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(150)
  expect(step).toHaveBeenCalledTimes(4)
  await loop.close()
})
