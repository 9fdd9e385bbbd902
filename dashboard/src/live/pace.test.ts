import { expect, it } from 'vitest'
import { paced } from './pace.ts'

function harness() {
  let now = 1000
  const waits: { run: () => void; ms: number }[] = []
  const call = paced(
    () => now,
    (run, ms) => waits.push({ run, ms }),
  )
  const done: number[] = []
  return {
    ask: () => {
      call(() => done.push(now))
      return waits.at(-1)?.ms
    },
    pass: (ms: number) => {
      now += ms
    },
    come: () => waits.shift()?.run(),
    done,
  }
}

it('follows a change at once after a calm time, and a burst four times a second', () => {
  const { ask, pass, come, done } = harness()
  expect(ask()).toBe(50)
  pass(50)
  come()
  expect(ask()).toBe(250)
  pass(100)
  expect(ask()).toBe(150)
  come()
  pass(10_000)
  expect(ask()).toBe(50)
  expect(done).toEqual([1050, 1150])
})
