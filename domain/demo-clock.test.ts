// The demo's clock under any sequence of changes, pauses and readings: it never goes back, never jumps at a change, and is
// the world's as long as nobody touched it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type DemoClock,
  FASTEST_RATE,
  isWorlds,
  resumed,
  SLOWEST_RATE,
  shownAt,
  WORLD_CLOCK,
  withRate,
} from './demo-clock.ts'

const T0 = Date.parse('2026-11-19T08:00:00+08:00')
const DAY = 86_400_000

const rate = fc.integer({ min: SLOWEST_RATE, max: FASTEST_RATE })
const wait = fc.integer({ min: 0, max: 3 * DAY })
/** Time passes and somebody looks; the rate is changed; nobody is at work for a while. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('look' as const), wait }),
  fc.record({ kind: fc.constant('rate' as const), wait, rate }),
  fc.record({
    kind: fc.constant('sleep' as const),
    wait,
    newest: fc.integer({ min: -DAY, max: DAY }),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface Life {
  real: number
  clock: DemoClock
  /** What somebody saw who looked before and after each step. */
  seen: number[]
}

function live(steps: readonly Step[]): Life {
  let { real, clock } = { real: T0, clock: WORLD_CLOCK }
  const seen = [shownAt(clock, real)]
  for (const s of steps) {
    if (s.kind === 'sleep') {
      const lastAtWork = real
      real += s.wait
      clock = resumed(clock, { lastAtWork, real, newest: shownAt(clock, lastAtWork) + s.newest })
    } else {
      real += s.wait
      seen.push(shownAt(clock, real))
      if (s.kind === 'rate') clock = withRate(clock, Math.max(real, clock.anchoredAt), s.rate)
    }
    seen.push(shownAt(clock, real))
  }
  return { real, clock, seen }
}

test('never goes backwards, whatever is done to it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const { seen } = live(steps)
      expect(seen).toEqual([...seen].sort((x, y) => x - y))
    }),
  )
})

test('a change of pace is no jump: both lines meet where it begins', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), rate, wait, (steps, next, later) => {
      const { clock, real } = live(steps)
      const from = Math.max(real, clock.anchoredAt) + later
      const turned = withRate(clock, from, next)
      expect(shownAt(turned, from)).toBe(shownAt(clock, from))
      // Before it begins the new row says what the old one said, so that nobody needs to hear of it in time.
      const before = Math.max(clock.anchoredAt, from - 1_500)
      expect(shownAt(turned, before)).toBeCloseTo(shownAt(clock, before), 3)
      expect(shownAt(turned, from + 1_000) - shownAt(turned, from)).toBeCloseTo(next * 1_000, 3)
    }),
  )
})

test('is never behind the world, and keeps its lead at a rate of 1', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const { clock, real } = live(steps)
      const now = Math.max(real, clock.anchoredAt)
      expect(shownAt(clock, now)).toBeGreaterThanOrEqual(now)
      const slow = withRate(clock, now, 1)
      expect(shownAt(slow, now + DAY) - (now + DAY)).toBeCloseTo(shownAt(clock, now) - now, 3)
    }),
  )
})

test('is the world’s clock until somebody changes its rate, also over a pause', () => {
  expect(shownAt(WORLD_CLOCK, T0)).toBe(T0)
  expect(isWorlds(WORLD_CLOCK)).toBe(true)
  expect(isWorlds(withRate(WORLD_CLOCK, T0, 1))).toBe(true)
  expect(isWorlds(withRate(WORLD_CLOCK, T0, 60))).toBe(false)
  const woken = resumed(WORLD_CLOCK, { lastAtWork: T0, real: T0 + DAY, newest: T0 })
  expect([shownAt(woken, T0 + DAY), isWorlds(woken)]).toEqual([T0 + DAY, true])
})

describe('after a pause in which nobody was at work', () => {
  const fast = withRate(WORLD_CLOCK, T0, 60)
  const lastAtWork = T0 + 3_600_000
  const stoodAt = T0 + 60 * 3_600_000

  test('it goes on where it stood, at its rate', () => {
    const woken = resumed(fast, { lastAtWork, real: lastAtWork + 12 * 3_600_000, newest: 0 })
    expect(shownAt(woken, woken.anchoredAt)).toBe(stoodAt)
    expect(woken.rate).toBe(60)
  })

  test('but shows nothing earlier than the log’s newest fact', () => {
    const woken = resumed(fast, { lastAtWork, real: lastAtWork + 60_000, newest: stoodAt + 7 })
    expect(shownAt(woken, woken.anchoredAt)).toBe(stoodAt + 7)
  })

  test('nor anything earlier than the world', () => {
    const real = lastAtWork + 30 * DAY
    expect(shownAt(resumed(fast, { lastAtWork, real, newest: 0 }), real)).toBe(real)
  })
})

test('a second change may not begin before the first has', () => {
  expect(() => withRate(withRate(WORLD_CLOCK, T0 + 1_500, 60), T0 + 1_000, 10)).toThrow('before this one')
})
