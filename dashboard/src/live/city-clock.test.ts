import { expect, it } from 'vitest'
import { createCityClock } from './city-clock.ts'

function harness() {
  let ticks = 100
  const clock = createCityClock(() => ticks)
  return {
    clock,
    pass: (ms: number) => {
      ticks += ms
    },
  }
}

it('knows nothing until it is told', () => {
  const { clock } = harness()
  expect([clock.now(), clock.rate(), clock.atTick(100)]).toEqual([undefined, 1, undefined])
})

it('goes on at the pace that it was told with', () => {
  const { clock, pass } = harness()
  clock.tell({ at: 1_000_000, rate: 60 })
  pass(500)
  expect(clock.now()).toBe(1_030_000)
  expect(clock.atTick(100)).toBe(1_000_000)
  clock.tell({ at: 1_030_000 })
  pass(500)
  expect(clock.now()).toBe(1_030_500)
})

it('stands still where it ran ahead before it heard of a slower pace', () => {
  const { clock, pass } = harness()
  clock.tell({ at: 1_000_000, rate: 60 })
  pass(1_000)
  expect(clock.now()).toBe(1_060_000)
  clock.tell({ at: 1_040_000, rate: 1 })
  expect(clock.now()).toBe(1_060_000)
  pass(19_999)
  expect(clock.now()).toBe(1_060_000)
  pass(2)
  expect(clock.now()).toBe(1_060_001)
})

it('does not believe a message that came late, for a while', () => {
  const { clock, pass } = harness()
  clock.tell({ at: 1_000_000, rate: 60 })
  pass(5_000)
  clock.tell({ at: 1_200_000, rate: 60 })
  expect(clock.now()).toBe(1_300_000)
  pass(56_000)
  clock.tell({ at: 4_600_000, rate: 60 })
  pass(1_000)
  expect(clock.now()).toBe(4_660_000)
})

it('follows a clock that is another one', () => {
  const { clock } = harness()
  clock.tell({ at: 90_000_000 })
  expect(clock.now()).toBe(90_000_000)
  clock.tell({ at: 1_000_000 })
  expect(clock.now()).toBe(1_000_000)
})
