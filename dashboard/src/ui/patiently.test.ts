import { describe, expect, it } from 'vitest'
import { patiently } from './patiently.ts'

describe('a piece of the program', () => {
  it('is asked for until it comes, less and less often', async () => {
    const pauses: number[] = []
    let asked = 0
    const piece = await patiently(
      async () => {
        asked += 1
        if (asked < 8) throw new TypeError('Failed to fetch dynamically imported module')
        return 'here'
      },
      async (ms) => pauses.push(ms),
    )
    expect(piece).toBe('here')
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  })
})
