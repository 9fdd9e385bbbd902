// Plays a past day into a feed that looks like a live one: the same reducer takes the same deltas, at the pace of a virtual
// clock. Standing still or after a jump it is exact to the second; while it runs, to the step of its speed.
import { type BoardDelta, type BoardSnapshot, fromSnapshot, applyDelta, toSnapshot } from '#domain/board.ts'
import type { Live } from '../../../live/connect.ts'
import { createFeed } from '../../../live/feed.ts'
import type { Problem } from '../../../api/problem.ts'
import { BLOCK_MS, blockOf, type DayPages, stepAt } from './pages.ts'
import { createVirtualClock } from './virtual-clock.ts'

const SECOND = 1_000
/** How often the board is brought up to the clock. */
export const PLAY_EVERY_MS = 100
/** A server that did not answer is asked again after so long. */
const RETRY_MS = 3_000
/** A day that is running may have grown after so long. */
const GROW_MS = 10_000

/** `loading`: nothing to show yet or on its way to an instant; `waiting`: the clock stands until the next changes arrive. */
type PlayState = 'loading' | 'playing' | 'waiting' | 'paused' | 'ended' | 'failed'

export interface PlayerView {
  state: PlayState
  speed: number
  /** Bounds of the scrubber, epoch ms. Undefined until the day is here. */
  bounds: { start: number; end: number; isOver: boolean } | undefined
  /** Why it failed. */
  problem: Problem | undefined
}

export interface Player extends Live {
  controls(): PlayerView
  onControls(tell: () => void): () => void
  play(): void
  pause(): void
  setSpeed(speed: number): void
  /** Shows the board of that instant (epoch ms, to the second). */
  seek(at: number): void
}

interface PlayerOptions {
  pages: DayPages
  speed: number
  /** Where to begin, epoch ms, and whether to stand there; the day's first instant by default. */
  at?: number | undefined
  paused?: boolean
  /** Monotonic milliseconds. */
  tick: () => number
  defer: (run: () => void) => void
  every: (ms: number, run: () => void) => () => void
}

export function createPlayer({ pages, speed, at, paused, tick, defer, every }: PlayerOptions): Player {
  const feed = createFeed({ tick, defer, sendResync: () => void begin(clock.now()) })
  const clock = createVirtualClock(tick, { at: at ?? 0, speed })
  const listeners = new Set<() => void>()
  let view: PlayerView = { state: 'loading', speed, bounds: undefined, problem: undefined }
  /** Where it is on its way to. */
  let target: number | undefined
  /** Everything up to here is on the board. */
  let appliedTo = Number.NEGATIVE_INFINITY
  /** Since when something is missing; a monotonic reading. */
  let waitingSince: number | undefined
  let wantsToPlay = paused !== true
  /** Raised by each jump: what was on its way for an earlier one is dropped. */
  let journey = 0
  let retryAt = Number.NEGATIVE_INFINITY
  let grownAt = Number.NEGATIVE_INFINITY
  let aheadAt = Number.NEGATIVE_INFINITY
  let closed = false

  const tell = (change: Partial<PlayerView>) => {
    const next = { ...view, ...change }
    if (Object.entries(next).every(([k, v]) => view[k as keyof PlayerView] === v)) return
    view = next
    for (const run of listeners) run()
  }

  const clamp = (to: number) => {
    const { start, end } = view.bounds ?? { start: to, end: to }
    // The day's first instant may lie within a second: the second after it shows it.
    return Math.min(Math.max(Math.ceil(to / SECOND) * SECOND, Math.ceil(start / SECOND) * SECOND), end)
  }

  /** Nothing can be shown: the clock stands, and it is tried again. */
  function fail(problem: Problem): void {
    waitingSince ??= tick()
    clock.stop()
    if (problem.status === 401 || problem.status === 403) feed.setLink('refused')
    else if (problem.fields.some((f) => f.field === 'scope')) feed.setLink('unknown-scope')
    else if (view.bounds && problem.code !== 'other-epoch') {
      retryAt = tick() + RETRY_MS
      tell({ state: 'waiting', problem })
      return
    }
    const isFinal = problem.status >= 400 && problem.status < 500 && problem.status !== 401
    retryAt = isFinal ? Number.POSITIVE_INFINITY : tick() + RETRY_MS
    tell({ state: 'failed', problem })
  }

  function show(snapshot: BoardSnapshot, upTo: number): void {
    feed.snapshot(snapshot)
    feed.setLink('connected')
    appliedTo = upTo
    target = undefined
    waitingSince = undefined
  }

  /** Begins anew with what the server has: at first, after a restore, and when the day has grown. */
  async function begin(to: number | undefined): Promise<void> {
    journey += 1
    const mine = journey
    pages.forget()
    tell({ state: 'loading', problem: undefined })
    const answer = await pages.begin()
    if (closed || mine !== journey) return
    if (!answer.ok) return fail(answer.problem)
    const { start, end: until, isOver, snapshot } = answer.value
    clock.stop(to ?? start)
    tell({ bounds: { start, end: until, isOver } })
    pages.keep(blockOf(start), snapshot)
    await travel(to ?? start, mine)
  }

  /** Brings the board to an instant by the nearest board before it and the changes by the second since. */
  async function travel(wanted: number, mine: number): Promise<void> {
    const to = clamp(wanted)
    const block = Math.max(blockOf(to), blockOf(view.bounds?.start ?? to))
    target = to
    clock.stop(to)
    let from = pages.keyframe(block)
    if (!from) {
      const answer = await pages.begin(block)
      if (closed || mine !== journey) return
      if (!answer.ok) return fail(answer.problem)
      from = answer.value.snapshot
      pages.keep(block, from)
    }
    const answer = await pages.frames(block, 1)
    if (closed || mine !== journey) return
    if (!answer.ok) return fail(answer.problem)
    const board = fromSnapshot(from)
    for (const delta of answer.value) {
      if (delta.changes.at > to) break
      if (applyDelta(board, delta) === 'resync') return begin(to)
    }
    show(toSnapshot(board), to)
    settle()
  }

  function settle(): void {
    if (wantsToPlay) clock.run()
    tell({ state: wantsToPlay ? 'playing' : 'paused', problem: undefined })
  }

  /** The changes up to the clock, as far as they are here. */
  function step(): void {
    if (view.state === 'failed' || view.state === 'waiting') {
      if (tick() < retryAt) return
      if (view.state === 'failed') return void begin(at)
      if (target !== undefined) {
        retryAt = Number.POSITIVE_INFINITY
        void travel(target, journey)
        return
      }
    }
    if (view.state !== 'playing' && view.state !== 'waiting') return
    const { bounds } = view
    if (!bounds) return
    const stepS = stepAt(view.speed)
    if (view.state === 'waiting') {
      const next = blockOf(Math.floor(appliedTo) + 1)
      if (!pages.ready(next, stepS)) {
        wait(next, stepS)
        return
      }
      settle()
    }
    waitingSince = undefined
    const to = Math.min(clock.now(), bounds.end)
    while (appliedTo < to) {
      const block = blockOf(Math.floor(appliedTo) + 1)
      const page = pages.ready(block, stepS)
      if (!page) {
        wait(block, stepS)
        return
      }
      const until = Math.min(to, block + BLOCK_MS)
      if (!take(page, until)) return
      appliedTo = until
      const { board } = feed.view()
      if (until === block + BLOCK_MS && board) pages.keep(until, toSnapshot(board))
    }
    if (to >= bounds.end) end(bounds)
    else fetchAhead(Math.min(bounds.end, to + BLOCK_MS / 2), stepS)
  }

  /** A page that is not asked for in vain: what fails here is asked for again when it is needed. */
  function fetchAhead(to: number, stepS: number): void {
    if (tick() < aheadAt || pages.ready(blockOf(to), stepS)) return
    void pages.frames(blockOf(to), stepS).then((answer) => {
      if (!answer.ok) aheadAt = tick() + RETRY_MS
    })
  }

  /** False when the page does not follow on what is shown. */
  function take(page: readonly BoardDelta[], until: number): boolean {
    const { board } = feed.view()
    const mine = journey
    for (const delta of page) {
      if (delta.changes.at > until) break
      if (board && delta.seq <= board.seq) continue
      feed.delta(delta)
      if (journey !== mine) return false
    }
    return true
  }

  /** The clock stands at what is shown until the next page is here. */
  function wait(block: number, stepS: number): void {
    const mine = journey
    waitingSince ??= tick()
    clock.stop(appliedTo)
    retryAt = Number.POSITIVE_INFINITY
    tell({ state: 'waiting' })
    void pages.frames(block, stepS).then((answer) => {
      if (closed || mine !== journey) return
      if (!answer.ok)
        return answer.problem.code === 'other-epoch' ? void begin(appliedTo) : fail(answer.problem)
      retryAt = Number.NEGATIVE_INFINITY
      step()
    })
  }

  /** At the end of a day that is over it stops; one that is running is asked whether it has grown. */
  function end({ start, isOver }: NonNullable<PlayerView['bounds']>): void {
    clock.stop(view.bounds?.end)
    if (isOver) {
      wantsToPlay = false
      tell({ state: 'ended' })
      return
    }
    tell({ state: 'playing' })
    if (tick() < grownAt + GROW_MS) return
    grownAt = tick()
    const mine = journey
    void pages.begin().then((answer) => {
      if (closed || mine !== journey || !answer.ok) return
      const { end: grown, isOver: overNow } = answer.value
      if (grown === view.bounds?.end && overNow === isOver) return
      pages.forget()
      tell({ bounds: { start, end: grown, isOver: overNow } })
      clock.run()
    })
  }

  function seek(to: number): void {
    if (!view.bounds) return
    journey += 1
    clock.stop(clamp(to))
    tell({ state: 'loading' })
    void travel(to, journey)
  }

  const stopPlaying = every(PLAY_EVERY_MS, step)
  void begin(at)

  return {
    ...feed,
    past: true,
    now: () => (view.bounds ? clock.now() : undefined),
    rate: clock.speed,
    heardAt: () => (view.bounds ? clock.now() : undefined),
    age: () => (view.bounds ? (waitingSince === undefined ? 0 : tick() - waitingSince) : undefined),
    controls: () => view,
    onControls(run) {
      listeners.add(run)
      return () => {
        listeners.delete(run)
      }
    },
    play() {
      wantsToPlay = true
      if (view.state === 'ended') return seek(view.bounds?.start ?? 0)
      if (view.state !== 'paused') return
      clock.run()
      tell({ state: 'playing' })
    },
    pause() {
      wantsToPlay = false
      if (view.state === 'playing' || view.state === 'waiting') seek(clock.now())
    },
    setSpeed(next) {
      clock.setSpeed(next)
      tell({ speed: next })
    },
    seek,
    close() {
      closed = true
      stopPlaying()
      listeners.clear()
    },
  }
}
