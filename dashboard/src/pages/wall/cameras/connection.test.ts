// A camera's signal with a player of the test's own and a clock moved by hand.
import { beforeEach, describe, expect, it } from 'vitest'
import { type Connection, openConnection } from './connection.ts'
import type { Attach, Listener } from './players/player.ts'
import { LOST_MS, type Moment, retryAfterMs, signalOf } from './signal.ts'

const START = 1_000_000
const stage = {} as HTMLElement

let tick: number
let players: { listener: Listener; closed: number }[]
let connection: Connection
let failures: string[]

const now = (): Moment => ({ tick, at: START + tick })
const attach: Attach = (_stage, _url, listener) => {
  const player = { listener, closed: 0 }
  players.push(player)
  return () => {
    player.closed += 1
  }
}
const open = (options: { load?: () => Promise<Attach>; silentSince?: Moment } = {}) => {
  connection = openConnection({
    stage,
    url: '/x.m3u8',
    load: async () => attach,
    now,
    lostAfterMs: LOST_MS,
    onFailure: (reason) => failures.push(reason),
    ...options,
  })
}
/** Lets loading come to its end. */
const settled = () => new Promise((resolve) => setImmediate(resolve))
const newest = () => players.at(-1)
/** Goes on second by second, as a wall does. */
async function pass(seconds: number, each?: () => void) {
  for (let i = 0; i < seconds; i++) {
    tick += 1000
    each?.()
    connection.check()
    await settled()
  }
  return connection.check()
}
const openPlayers = () => players.filter((p) => p.closed === 0).length

beforeEach(() => {
  tick = 0
  players = []
  failures = []
})

describe('the signal', () => {
  it.each([
    [false, 0, 'connecting'],
    [false, 29_999, 'connecting'],
    [false, 30_000, 'lost'],
    [true, 0, 'live'],
    [true, 29_999, 'live'],
    [true, 30_000, 'lost'],
  ] as const)('with a picture: %s, silent for %i ms: %s', (hasPicture, silent, expected) => {
    expect(signalOf({ silentSince: 500, hasPicture, lostAfterMs: LOST_MS }, 500 + silent)).toBe(expected)
  })

  it.each([
    [1, 2000],
    [2, 4000],
    [3, 8000],
    [4, 16_000],
    [5, 30_000],
    [50, 30_000],
  ])('is tried for the %i. time after %i ms', (n, ms) => {
    expect(retryAfterMs(n)).toBe(ms)
  })
})

describe('a connection', () => {
  it('begins, shows the time of the newest picture, and counts its silence from it', async () => {
    open()
    expect(connection.check()).toEqual({ signal: 'connecting', silentSince: START })
    await settled()
    expect(await pass(3, () => newest()?.listener.onFrame())).toEqual({
      signal: 'live',
      silentSince: START + 3000,
      frameAt: START + 3000,
    })
    expect((await pass(29)).signal).toBe('live')
    expect(await pass(1)).toMatchObject({ signal: 'lost', silentSince: START + 3000 })
  })

  it('is lost after the limit where nothing ever comes, and live again with the first picture', async () => {
    open()
    connection.check()
    expect(await pass(30)).toEqual({ signal: 'lost', silentSince: START })
    await pass(30)
    newest()?.listener.onFrame()
    expect(connection.check()).toMatchObject({ signal: 'live', frameAt: START + 60_000 })
  })

  it('breaks a silent player off and tries again, longer apart each time, with one player at a time', async () => {
    open()
    connection.check()
    await settled()
    const begun: number[] = []
    let known = 0
    await pass(150, () => {
      expect(openPlayers()).toBeLessThanOrEqual(1)
      if (players.length > known) begun.push(tick / 1000)
      known = players.length
    })
    const gaps = begun.slice(1).map((at, i) => at - (begun[i] ?? 0))
    // Twelve seconds of waiting for a picture, then 2, 4, 8, 16, 30 s without a player.
    expect(gaps).toEqual([14, 16, 20, 28, 42])
  })

  it('tries again after an error, and is patient again once a picture has come', async () => {
    open()
    connection.check()
    await settled()
    for (const wait of [2, 4]) {
      newest()?.listener.onError('broken off')
      const before = players.length
      await pass(wait - 1)
      expect(players).toHaveLength(before)
      await pass(1)
      expect(players).toHaveLength(before + 1)
    }
    newest()?.listener.onFrame()
    newest()?.listener.onError('broken off')
    await pass(2)
    expect(players).toHaveLength(4)
    expect(openPlayers()).toBe(1)
  })

  it('does not listen to a player that it has ended', async () => {
    open()
    connection.check()
    await settled()
    const first = newest()
    first?.listener.onError('broken off')
    first?.listener.onError('broken off, again')
    first?.listener.onFrame()
    expect(connection.check()).toEqual({ signal: 'connecting', silentSince: START })
    await pass(2)
    expect([players.length, first?.closed]).toEqual([2, 1])
  })

  it('ends a player that fails while it is made', async () => {
    const failing: Attach = (s, url, listener) => {
      const close = attach(s, url, listener)
      listener.onError('not supported')
      return close
    }
    open({ load: async () => failing })
    connection.check()
    await settled()
    expect(openPlayers()).toBe(0)
  })

  it('that is closed while its player loads never begins', async () => {
    let give: (loaded: Attach) => void = () => {}
    open({ load: () => new Promise((resolve) => (give = resolve)) })
    connection.check()
    connection.close()
    give(attach)
    await settled()
    expect(players).toHaveLength(0)
  })

  it('takes a player that cannot be loaded for a failure', async () => {
    let loads = 0
    open({
      load: async () => {
        loads += 1
        if (loads === 1) throw new Error('no such file')
        return attach
      },
    })
    connection.check()
    await settled()
    expect(failures).toEqual(['no such file'])
    await pass(2)
    expect(players).toHaveLength(1)
  })

  it('remembers over the turns of a round how long it has been silent', async () => {
    open()
    connection.check()
    await pass(15)
    const silent = connection.close()
    expect(silent).toEqual({ tick: 0, at: START })
    tick += 45_000
    open({ silentSince: silent ?? { tick: 0, at: 0 } })
    expect(connection.check()).toEqual({ signal: 'lost', silentSince: START })
    await settled()
    newest()?.listener.onFrame()
    expect(connection.check().signal).toBe('live')
    expect(connection.close()).toBeUndefined()
    expect(openPlayers()).toBe(0)
  })

  it('does not hold against the camera that nobody looked', async () => {
    open()
    connection.check()
    await settled()
    await pass(2, () => newest()?.listener.onFrame())
    tick += 600_000
    expect(connection.check().signal).toBe('live')
    expect((await pass(29)).signal).toBe('live')
    expect((await pass(1)).signal).toBe('lost')
  })
})
