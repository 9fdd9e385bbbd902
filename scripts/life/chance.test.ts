import { describe, expect, it } from 'vitest'
import { chooseByChance, dice, openEven, openEvenChoice, patience, pickWeighted, whole } from './chance.ts'

const many = Array.from({ length: 4000 }, (_, i) => i)
const count = <T>(items: readonly T[], of: T) => items.filter((i) => i === of).length

describe('dice', () => {
  it('fall the same way for the same name, and evenly over many', () => {
    expect(dice('a', 1)).toBe(dice('a', 1))
    expect(dice('a', 1)).not.toBe(dice('a', 2))
    for (const about of ['even', 'x', '']) {
      const thrown = many.map((i) => dice(about, i))
      expect(thrown.reduce((a, b) => a + b) / many.length).toBeCloseTo(0.5, 1)
      // Each tenth gets its tenth: 400, give or take four standard errors.
      for (let tenth = 0; tenth < 10; tenth++) {
        const n = thrown.filter((x) => Math.floor(x * 10) === tenth).length
        expect(Math.abs(n - 400)).toBeLessThan(80)
      }
    }
  })

  it('do not know of each other, however alike their names are', () => {
    const pairs = many.map((i) => [dice('case', i, 'late'), dice('case', i, 'rework')] as const)
    const both = pairs.filter(([a, b]) => a < 0.5 && b < 0.5).length
    expect(Math.abs(both - 1000)).toBeLessThan(120)
  })

  it('give whole numbers with both ends', () => {
    const thrown = many.map((i) => whole(2, 5, 'whole', i))
    expect([Math.min(...thrown), Math.max(...thrown)]).toEqual([2, 5])
  })
})

it('picks by weight, and never what weighs nothing', () => {
  const weight: Record<string, number> = { never: 0, rarely: 1, often: 9 }
  const picked = many.map((i) => pickWeighted(['never', 'rarely', 'often'], (x) => weight[x] ?? 0, i))
  expect(picked).not.toContain('never')
  expect(count(picked, 'often') / many.length).toBeCloseTo(0.9, 1)
})

it('waits about the median, sometimes much longer', () => {
  const waits = many.map((i) => patience(60_000, 'wait', i)).sort((a, b) => a - b)
  expect(waits[2000] ?? 0).toBeGreaterThan(52_000)
  expect(waits[2000] ?? 0).toBeLessThan(68_000)
  expect(waits.at(-1) ?? 0).toBeGreaterThan(5 * 60_000)
})

describe('even chance', () => {
  it('says yes as often as the rate says, to within one, each about its own', () => {
    const even = openEven('seed')
    for (const [about, rate] of [
      ['a', 0.08],
      ['b', 0.5],
      ['c', 0.004],
    ] as const) {
      let yeses = 0
      for (const i of many) {
        if (even(about, rate)) yeses += 1
        expect(Math.abs(yeses - rate * (i + 1))).toBeLessThanOrEqual(1)
      }
    }
  })

  it('chooses as often as the weights say, to within a few, also when not all are allowed at times', () => {
    const choose = openEvenChoice()
    const weights: Record<string, number> = { a: 70, b: 25, c: 5 }
    const chosen = many.map((i) =>
      choose(
        'letter',
        ['a', 'b', 'c'],
        (x) => weights[x] ?? 0,
        `s${i}`,
        i % 10 === 0 ? (x) => x !== 'c' : undefined,
      ),
    )
    expect(Math.abs(count(chosen, 'a') - 2800)).toBeLessThan(12)
    expect(Math.abs(count(chosen, 'b') - 1000)).toBeLessThan(12)
    expect(Math.abs(count(chosen, 'c') - 200)).toBeLessThan(12)
  })

  it('by plain chance never chooses what is not allowed', () => {
    const chosen = many.map((i) =>
      chooseByChance(
        'x',
        ['a', 'b'],
        () => 1,
        `s${i}`,
        (x) => x === 'b',
      ),
    )
    expect(new Set(chosen)).toEqual(new Set(['b']))
  })
})
