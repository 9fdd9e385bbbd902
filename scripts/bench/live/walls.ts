// Many walls in one process: real WebSockets, and the page's own feed, which folds each message as it comes. Notes when
// each seq was in, and what the boards are in the end.
import { io, type Socket } from 'socket.io-client'
import type { BoardDelta, BoardSnapshot, BoardState, Heartbeat } from '#domain/board.ts'
import { createFeed, type Feed } from '../../../dashboard/src/live/feed.ts'
import { paced } from '../../../dashboard/src/live/pace.ts'
import { serve } from './child.ts'
import { machineNow } from './clock.ts'
import { digestOf } from './digest.ts'

const POLL_MS = 10

/** What one wall was sent, with the machine's milliseconds at which it came. */
export interface Recording {
  snapshot: BoardSnapshot
  deltas: { at: number; delta: BoardDelta }[]
}

/** When a wall had folded what: parallel lists, both rising. */
export interface Folds {
  seqs: number[]
  ats: number[]
}

interface Wall {
  socket: Socket
  feed: Feed
  folds: Folds
}

let walls: Wall[] = []
let recording: Recording | undefined
let faults: string[] = []

function openWall(url: string, cookie: string, i: number): Promise<void> {
  const came = Promise.withResolvers<void>()
  const socket = io(`${url}/live`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { scope: 'city' },
    extraHeaders: { cookie },
  })
  const fault = (what: string) => {
    faults.push(`wall ${i}: ${what}`)
    came.reject(new Error(`wall ${i}: ${what}`))
  }
  const tick = () => performance.now()
  const feed = createFeed({ tick, defer: paced(tick), sendResync: () => fault('a gap') })
  const folds: Folds = { seqs: [], ats: [] }
  socket.on('snapshot', (snapshot: BoardSnapshot) => {
    if (feed.position().epoch !== undefined) fault('a second snapshot: it could not keep up')
    if (i === 0) recording = { snapshot, deltas: [] }
    feed.snapshot(snapshot)
    came.resolve()
  })
  socket.on('delta', (delta: BoardDelta) => {
    if (i === 0) recording?.deltas.push({ at: machineNow(), delta })
    feed.delta(delta)
    folds.seqs.push(feed.position().lastSeq ?? 0)
    folds.ats.push(machineNow())
  })
  socket.on('heartbeat', (beat: Heartbeat) => feed.heartbeat(beat))
  socket.on('connect_error', (error) => fault(error.message))
  socket.on('disconnect', (reason) => reason === 'io client disconnect' || fault(reason))
  walls.push({ socket, feed, folds })
  return came.promise
}

function boardOf({ feed }: Wall): BoardState {
  const { board } = feed.view()
  if (!board) throw new Error('a wall has no board')
  return board
}

const handlers = {
  /** One wall a cookie; answers when each has its snapshot. */
  async open({ url, cookies }: { url: string; cookies: string[] }) {
    for (const wall of walls) wall.socket.disconnect()
    walls = []
    faults = []
    recording = undefined
    await Promise.all(cookies.map((cookie, i) => openWall(url, cookie, i)))
  },
  /** Waits until every wall has folded `seq`. */
  async reach({ seq, withinMs }: { seq: number; withinMs: number }) {
    const until = performance.now() + withinMs
    while (walls.some(({ feed }) => (feed.view().board?.seq ?? 0) < seq)) {
      if (performance.now() > until) throw new Error(`not every wall came to ${seq}`)
      await new Promise((r) => setTimeout(r, POLL_MS))
    }
  },
  report: (_: null) => ({
    folds: walls.map((w) => w.folds),
    digests: walls.map((w) => digestOf(boardOf(w))),
    faults,
  }),
  recording: (_: null) => recording,
  close(_: null) {
    for (const wall of walls) wall.socket.disconnect()
    walls = []
  },
}
export type Walls = typeof handlers

serve(handlers)
