// The player without a browser or a server: a made-up day, a clock moved by hand, and the board that it should show.
import { beforeEach, describe, expect, it } from 'vitest'
import type { BoardSnapshot } from '#domain/board.ts'
import { boardAt, framesOf, type Moment, type Reel } from '#domain/replay.ts'
import { fromSnapshot, toSnapshot } from '#domain/board.ts'
import type { Answer } from '../../../api/request.ts'
import { blockOf, BLOCK_MS, createDayPages, stepAt } from './pages.ts'
import { createPlayer, PLAY_EVERY_MS, type Player } from './player.ts'
import { instantOf, replayDayIn } from './replay-day.ts'
import { nextSpeed, speedIn } from './virtual-clock.ts'

const DAY = '2026-11-19'
const MIDNIGHT = Date.parse(`${DAY}T00:00:00+08:00`)
const HOUR = 3_600_000
const at = (time: string) => Date.parse(`${DAY}T${time}+08:00`)

/** Something is counted every 37 seconds until ten at night. */
function aDay(): Reel {
  const first: BoardSnapshot = {
    epoch: 'e1',
    seq: 100,
    day: DAY,
    at: MIDNIGHT + 50,
    cases: [],
    counts: [],
    recent: [],
  }
  const moments: Moment[] = []
  for (let t = MIDNIGHT + 37_000, n = 1; t < MIDNIGHT + 22 * HOUR; t += 37_000, n++)
    moments.push({ seq: 100 + n, at: t, counts: [{ key: 'city', metric: 'reported', n }] })
  return { first: fromSnapshot(first), moments }
}

const reel = aDay()
const shownAt = (instant: number) => boardAt(reel, instant).counts.get('city|reported')?.n ?? 0

let tick: number
let run: () => void
let asked: string[]
/** Put in the place of the next answers. */
let answers: (() => Promise<Answer<unknown>>)[]
let epoch: string
let end: number
let isOver: boolean

function serve(path: string): unknown {
  const query = new URLSearchParams(path.split('?')[1])
  const instant = Date.parse(query.get('at') ?? '') || reel.first.at
  if (!path.startsWith('/board/replay/frames')) {
    const board = boardAt(reel, Math.max(instant, reel.first.at))
    return { day: DAY, start: reel.first.at, end, isOver, snapshot: { ...toSnapshot(board), epoch } }
  }
  const [from, to] = [Date.parse(query.get('from') ?? ''), Date.parse(query.get('to') ?? '')]
  const frames = framesOf(reel, from, Math.min(to, end), Number(query.get('step')) * 1000)
  return { deltas: frames.map((f) => ({ ...f.delta, epoch })) }
}

async function ask<T>(path: string): Promise<Answer<T>> {
  asked.push(path)
  const other = answers.shift()
  return (other ? await other() : { ok: true, value: serve(path) }) as Answer<T>
}

/** Lets everything that is on its way arrive. */
const arrive = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

/** Real time passes. */
async function pass(ms: number): Promise<void> {
  for (const until = tick + ms; tick < until; ) {
    tick = Math.min(until, tick + PLAY_EVERY_MS)
    run()
    await arrive()
  }
}

function open(options: { speed?: number; at?: number; paused?: boolean } = {}): Player {
  return createPlayer({
    pages: createDayPages(DAY, 'city', ask),
    speed: 60,
    tick: () => tick,
    defer: (call) => call(),
    every: (_ms, call) => {
      run = call
      return () => {
        run = () => {}
      }
    },
    ...options,
  })
}
/** Nothing of the future, and nothing missing of what is older than a step. */
function expectShown(player: Player): void {
  const now = player.now() ?? 0
  const step = stepAt(player.rate()) * 1000
  expect(shown(player)).toBeGreaterThanOrEqual(shownAt(Math.floor(now / step) * step))
  expect(shown(player)).toBeLessThanOrEqual(shownAt(now))
}
const shown = (player: Player) => player.view().board?.counts.get('city|reported')?.n ?? 0

beforeEach(() => {
  tick = 1_000
  run = () => {}
  asked = []
  answers = []
  epoch = 'e1'
  end = MIDNIGHT + 24 * HOUR - 1
  isOver = true
})

describe('playing', () => {
  it('shows the board of its clock, to the step of its speed, and fetches ahead', async () => {
    const player = open({ speed: 60 })
    await arrive()
    await pass(30_000)
    // At the first look its changes were still on their way.
    expect(player.now()).toBe(at('00:29:55'))
    expectShown(player)
    expect([player.rate(), player.age(), player.controls().state]).toEqual([60, 0, 'playing'])
    expect(asked.filter((p) => p.includes('frames') && p.includes('step=15'))).toHaveLength(2)
  })

  it('does so at every speed', async () => {
    for (const speed of [1, 20, 60, 600, 3600]) {
      const player = open({ speed, at: at('10:00:00') - 1000 })
      await arrive()
      while ((player.now() ?? 0) < at('10:00:00')) await pass(PLAY_EVERY_MS)
      for (let looks = 0; looks < 20; looks++) {
        expectShown(player)
        await pass(PLAY_EVERY_MS)
      }
      player.close()
    }
  })

  it('stops at the end of a day that is over, and begins again from there', async () => {
    const player = open({ speed: 3600, at: at('23:50:00') })
    await arrive()
    await pass(1_000)
    expect([player.controls().state, player.now(), shown(player)]).toEqual(['ended', end, shownAt(end)])
    player.play()
    await arrive()
    expect(player.controls().state).toBe('playing')
    expect(shown(player)).toBe(0)
  })

  it('waits at the end of a day that is running, and goes on when that has grown', async () => {
    end = at('12:00:00')
    isOver = false
    const player = open({ speed: 3600, at: at('11:59:00') })
    await arrive()
    await pass(1_000)
    expect([player.controls().state, player.now()]).toEqual(['playing', at('12:00:00')])
    end = at('12:10:00')
    await pass(11_000)
    expect([player.now(), shown(player)]).toEqual([at('12:10:00'), shownAt(at('12:10:00'))])
  })
})

describe('standing still', () => {
  it('is exact to the second, wherever it jumps to', async () => {
    const player = open({ paused: true, at: at('11:48:00') })
    await arrive()
    for (const time of ['11:48:00', '07:12:31', '23:59:59', '00:00:01', '12:00:00', '11:59:59', '12:00:01']) {
      player.seek(at(time))
      await arrive()
      expect([time, player.now(), shown(player)]).toEqual([time, at(time), shownAt(at(time))])
      expect(player.controls().state).toBe('paused')
    }
  })

  it('also when it is stopped while it runs, and goes on from there', async () => {
    const player = open({ speed: 3600, at: at('09:00:00') })
    await arrive()
    await pass(2_300)
    player.pause()
    await arrive()
    const stopped = player.now() ?? 0
    expect([stopped % 1000, shown(player)]).toEqual([0, shownAt(stopped)])
    await pass(5_000)
    expect(player.now()).toBe(stopped)
    player.play()
    await pass(1_000)
    expect(player.now()).toBe(stopped + HOUR)
  })

  it('costs nothing to go back to where it has been', async () => {
    const player = open({ paused: true, at: at('11:48:00') })
    await arrive()
    player.seek(at('11:40:00'))
    await arrive()
    const before = asked.length
    player.seek(at('11:48:00'))
    await arrive()
    player.seek(at('11:35:10'))
    await arrive()
    expect(asked).toHaveLength(before)
    expect(shown(player)).toBe(shownAt(at('11:35:10')))
  })

  it('of several jumps the last one counts', async () => {
    const player = open({ paused: true, at: at('08:00:00') })
    await arrive()
    for (const time of ['09:00:00', '15:00:00', '10:30:00']) player.seek(at(time))
    await arrive()
    expect([player.now(), shown(player)]).toEqual([at('10:30:00'), shownAt(at('10:30:00'))])
  })
})

describe('what can go wrong', () => {
  it('the clock stands while nothing comes, says how long, and goes on by itself', async () => {
    const player = open({ speed: 60, at: at('10:29:50') })
    await arrive()
    const down = async (): Promise<Answer<unknown>> => ({
      ok: false,
      problem: { status: 0, code: 'network', detail: undefined, fields: [], allowed: [] },
    })
    answers = Array.from({ length: 50 }, () => down)
    await pass(17_000)
    expect(player.controls().state).toBe('waiting')
    expect(player.age()).toBeGreaterThan(15_000)
    const stood = player.now() ?? 0
    expect(shown(player)).toBe(shownAt(stood))
    answers = []
    await pass(10_000)
    expect([player.controls().state, player.age()]).toEqual(['playing', 0])
    expect(player.now()).toBeGreaterThan(stood)
  })

  it('a jump that could not be made is made when the server is back', async () => {
    const player = open({ paused: true, at: at('15:00:00') })
    await arrive()
    answers = Array.from(
      { length: 3 },
      () => async (): Promise<Answer<unknown>> => ({
        ok: false,
        problem: { status: 503, code: 'http-503', detail: undefined, fields: [], allowed: [] },
      }),
    )
    player.seek(at('08:00:00'))
    await arrive()
    expect(player.controls().state).toBe('waiting')
    await pass(12_000)
    expect([player.controls().state, player.now(), shown(player)]).toEqual([
      'paused',
      at('08:00:00'),
      shownAt(at('08:00:00')),
    ])
  })

  it('a day that there is not says so and is not asked for again and again', async () => {
    answers = [
      async () => ({
        ok: false,
        problem: { status: 404, code: 'no-such-day', detail: 'none', fields: [], allowed: [] },
      }),
    ]
    const player = open()
    await arrive()
    await pass(60_000)
    expect([player.controls().state, player.controls().problem?.code]).toEqual(['failed', 'no-such-day'])
    expect(asked).toHaveLength(1)
  })

  it('after a restore it begins anew where it stood', async () => {
    const player = open({ speed: 60, at: at('10:00:00') })
    await arrive()
    epoch = 'e2'
    answers = []
    await pass(31_000)
    expect(player.view().board?.epoch).toBe('e2')
    expect(player.controls().state).toBe('playing')
    expect(player.now()).toBeGreaterThan(at('10:29:00'))
  })
})

describe('what an address says', () => {
  it('names the day, speed and time', () => {
    expect(replayDayIn(new URLSearchParams('replay=2026-11-19'))).toBe(DAY)
    for (const wrong of ['', 'replay=', 'replay=yesterday', 'replay=2026-13-01'])
      expect(replayDayIn(new URLSearchParams(wrong))).toBeUndefined()
    expect(instantOf('11:48', DAY, 'Asia/Shanghai')).toBe(at('11:48:00'))
    expect(instantOf('11:48:30', DAY, 'Asia/Shanghai')).toBe(at('11:48:30'))
    expect(instantOf('soon', DAY, 'Asia/Shanghai')).toBeUndefined()
    expect([null, '60', '0', '-5', '99999', 'fast'].map(speedIn)).toEqual([60, 60, 60, 1, 3600, 60])
    expect([nextSpeed(60, true), nextSpeed(60, false), nextSpeed(3600, true), nextSpeed(1, false)]).toEqual([
      120, 20, 3600, 1,
    ])
  })

  it('blocks are half hours that end with their last instant', () => {
    const half = Math.floor(MIDNIGHT / BLOCK_MS) * BLOCK_MS
    expect([blockOf(half), blockOf(half + 1), blockOf(half + BLOCK_MS)]).toEqual([
      half - BLOCK_MS,
      half,
      half,
    ])
  })
})
