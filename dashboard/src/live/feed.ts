// The client's side of the live protocol, without a network: what to do with each message, what to ask for, and how
// old the data is. One BoardState, mutated by the reducer of domain/board.ts; listeners are told in batches.
import {
  applyDelta,
  applyHeartbeat,
  fromSnapshot,
  type BoardDelta,
  type BoardSnapshot,
  type BoardState,
  type BoardStep,
  type Heartbeat,
  type Verdict,
} from '#domain/board.ts'
import { createCityClock } from './city-clock.ts'

/** After this long without a message the data is shown as stopped. */
export const STALE_AFTER_MS = 15_000
/** An unanswered resync is asked for again after this long. */
const RESYNC_PATIENCE_MS = 5_000

/** `refused`: no login. `unknown-scope`: this city has no such area or department. */
export type Link = 'connecting' | 'connected' | 'refused' | 'unknown-scope'

/** What listeners see; a new object whenever something changed. */
export interface FeedView {
  /** Rises with every change of `board`, which is mutated in place. */
  revision: number
  board: BoardState | undefined
  link: Link
}

/** Where something just happened: WGS-84, and the step that did it. */
export interface Pulse {
  lng: number
  lat: number
  step: BoardStep
}

/** What the handshake carries, so that the server can send deltas instead of a snapshot. */
export interface Position {
  epoch?: string
  lastSeq?: number
}

interface FeedOptions {
  /** Monotonic milliseconds, e.g. performance.now. */
  tick: () => number
  /** Calls back soon, once; used to batch what listeners see. */
  defer: (run: () => void) => void
  sendResync: (position: { lastSeq: number; epoch: string }) => void
}

export function createFeed({ tick, defer, sendResync }: FeedOptions) {
  let view: FeedView = { revision: 0, board: undefined, link: 'connecting' }
  let link: Link = 'connecting'
  let board: BoardState | undefined
  let changed = false
  let heardTick: number | undefined
  let askedTick: number | undefined
  const clock = createCityClock(tick)
  const listeners = new Set<() => void>()
  const pulseListeners = new Set<(pulses: Pulse[]) => void>()
  let scheduled = false

  const publish = () => {
    if (scheduled) return
    scheduled = true
    defer(() => {
      scheduled = false
      view = { revision: changed ? view.revision + 1 : view.revision, board, link }
      changed = false
      for (const tell of listeners) tell()
    })
  }

  /** Only a message that leaves the board complete makes it younger. */
  const heard = () => {
    heardTick = tick()
  }

  /** Asks once for what was lost; further gaps wait for the answer. */
  const resync = () => {
    if (!board) return
    if (askedTick !== undefined && tick() - askedTick < RESYNC_PATIENCE_MS) return
    askedTick = tick()
    sendResync({ lastSeq: board.seq, epoch: board.epoch })
  }

  const settle = (verdict: Verdict) => {
    if (verdict === 'resync') return resync()
    heard()
    if (verdict === 'dropped') return
    askedTick = undefined
    changed = true
    publish()
  }

  /** Positions come from the board before the change where a case leaves it, from after where it arrives. */
  const pulsesOf = (delta: BoardDelta, state: BoardState): Pulse[] => {
    const arriving = new Map(delta.changes.cases.map((c) => [c.id, c]))
    return delta.changes.recent
      .filter((step) => step.seq > state.seq)
      .flatMap((step) => {
        const at = arriving.get(step.caseId) ?? state.cases.get(step.caseId)
        return at ? [{ lng: at.lng, lat: at.lat, step }] : []
      })
  }

  return {
    snapshot(snapshot: BoardSnapshot) {
      if (snapshot.clock) clock.tell(snapshot.clock)
      heard()
      askedTick = undefined
      board = fromSnapshot(snapshot)
      changed = true
      publish()
    },

    delta(delta: BoardDelta) {
      if (!board) return
      const pulses = pulsesOf(delta, board)
      const verdict = applyDelta(board, delta)
      if (verdict === 'applied' && pulses.length > 0) for (const tell of pulseListeners) tell(pulses)
      settle(verdict)
    },

    heartbeat(beat: Heartbeat) {
      clock.tell(beat)
      if (!board) return
      const { seq, day } = board
      const verdict = applyHeartbeat(board, beat)
      if (verdict === 'applied' && board.seq === seq && board.day === day) {
        askedTick = undefined
        return heard()
      }
      settle(verdict)
    },

    /** Shows nothing until the next snapshot. */
    forget() {
      board = undefined
      changed = true
      publish()
    },

    setLink(next: Link) {
      if (link === next) return
      link = next
      publish()
    },

    position: (): Position => (board ? { epoch: board.epoch, lastSeq: board.seq } : {}),

    view: () => view,

    /** The log's clock, epoch ms; undefined before the server told it. */
    now: clock.now,

    /** Its milliseconds in a real one; more than 1 in a fast demo. */
    rate: clock.rate,

    /** What it showed at the last message. */
    heardAt: () => (heardTick === undefined ? undefined : clock.atTick(heardTick)),

    /** Real milliseconds since the last message; undefined before the first. */
    age: () => (heardTick === undefined ? undefined : tick() - heardTick),

    subscribe(tell: () => void) {
      listeners.add(tell)
      return () => {
        listeners.delete(tell)
      }
    },

    onPulses(tell: (pulses: Pulse[]) => void) {
      pulseListeners.add(tell)
      return () => {
        pulseListeners.delete(tell)
      }
    },
  }
}

export type Feed = ReturnType<typeof createFeed>
