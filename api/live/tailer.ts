// One board in memory a process, kept at the head of the feed: woken by signals, asking every second anyway. Tells its
// listeners what changed, with the cases as they were before. Knows no clients.
import { applyDelta, type BoardCase, type BoardDelta, type BoardState, fromSnapshot } from '#domain/board.ts'
import { boardDelta, boardSnapshot } from '#store/board.ts'
import type { Log } from '#store/log.ts'
import { onceMore } from '#store/once-more.ts'
import type { Store } from '#store/open.ts'
import type { Signals } from '#store/signal.ts'

export type Change =
  | { kind: 'snapshot'; state: BoardState }
  | {
      kind: 'delta'
      state: BoardState
      delta: BoardDelta
      /** Changed and gone cases as they were. */
      before: ReadonlyMap<string, BoardCase>
      /** City day of the counts as it was. */
      dayBefore: string
    }

export interface Tailer {
  /** The board with everything that was sequenced before the call. */
  current(): Promise<BoardState>
  /** The board as last read; undefined before the first time. */
  state(): BoardState | undefined
  /** Milliseconds since the feed was last read successfully. */
  age(): number
  onChange(listener: (change: Change) => void): void
  /** From now on the board keeps up by itself. */
  follow(): void
  close(): Promise<void>
}

export interface TailerOptions {
  store: Store
  signals: Signals
  log: Log
  /** Reads at most this often when woken, and at least this often anyway; milliseconds. */
  pace?: { least: number; most: number }
}

export function openTailer({
  store,
  signals,
  log,
  pace = { least: 100, most: 1000 },
}: TailerOptions): Tailer {
  const listeners = new Set<(change: Change) => void>()
  let state: BoardState | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let failing = false
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let poll: NodeJS.Timeout | undefined
  let stopListening = () => {}

  const tell = (change: Change) => {
    for (const listener of listeners) listener(change)
  }

  async function readWhole(): Promise<void> {
    state = fromSnapshot(await boardSnapshot(store))
    tell({ kind: 'snapshot', state })
  }

  async function step(): Promise<void> {
    const delta = state && (await boardDelta(store, state.epoch, state.seq))
    if (!state || delta === 'snapshot') await readWhole()
    else if (delta) {
      const before = new Map<string, BoardCase>()
      for (const id of [...delta.changes.cases.map((c) => c.id), ...delta.changes.gone]) {
        const known = state.cases.get(id)
        if (known) before.set(id, known)
      }
      const dayBefore = state.day
      const verdict = applyDelta(state, delta)
      if (verdict === 'resync') await readWhole()
      else if (verdict === 'applied') tell({ kind: 'delta', state, delta, before, dayBefore })
    }
    readAt = performance.now()
  }

  const { refresh, settled } = onceMore(step)

  async function keepUp(): Promise<void> {
    try {
      await refresh()
      if (failing) log.info('the board is read again')
      failing = false
    } catch (error) {
      if (!failing && !closed) log.warn({ err: error }, 'the board cannot be read; clients see its age')
      failing = true
    }
  }

  const wake = () => {
    if (closed) return
    const wait = Math.max(0, readAt + pace.least - performance.now())
    timer ??= setTimeout(() => {
      timer = undefined
      void keepUp()
    }, wait)
  }

  return {
    async current() {
      await refresh()
      if (!state) throw new Error('the board was read and is not there')
      return state
    },
    state: () => state,
    age: () => performance.now() - readAt,
    onChange: (listener) => void listeners.add(listener),
    follow() {
      stopListening = signals.on('feed', wake)
      poll = setInterval(wake, pace.most)
      wake()
    },
    async close() {
      closed = true
      stopListening()
      clearInterval(poll)
      clearTimeout(timer)
      await settled()
    },
  }
}
