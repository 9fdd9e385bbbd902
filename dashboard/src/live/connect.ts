// Keeps a feed connected for ever: websocket only, exponential backoff with jitter, and a new connection when the
// line is open but silent. A refused login is reported and tried again; nothing here gives up.
import { io, type Socket } from 'socket.io-client'
import type { BoardDelta, BoardSnapshot, Heartbeat } from '#domain/board.ts'
import type { ScreenMessage } from '#domain/wall-screen.ts'
import { createFeed, STALE_AFTER_MS, type Feed, type Link } from './feed.ts'
import { paced } from './pace.ts'
import { setRevoked } from './revoked.ts'
import { createScreenFeed, type ScreenFeed } from './screen-feed.ts'

const BACKOFF_MS = { first: 500, most: 15_000 }
/** A refused screen asks again at this pace: somebody may be logging it in right now. */
const REFUSED_RETRY_MS = 10_000

interface ServerEvents {
  snapshot: (snapshot: BoardSnapshot) => void
  delta: (delta: BoardDelta) => void
  heartbeat: (beat: Heartbeat) => void
  screen: (message: ScreenMessage) => void
  revoked: () => void
}
interface ClientEvents {
  resync: (position: { lastSeq: number; epoch: string }) => void
}

export interface LiveOptions {
  /** `city`, `area:CODE` or `department:CODE`. */
  scope: string
  /** A screen's own token, instead of a session cookie. */
  token?: string | undefined
  /** For walls: `any`, or the id of a screen to look at as it is; a screen's own session is that screen whatever this says. */
  screen?: string | undefined
}

/** The server's word on a handshake that it turned down; anything else is a line that will come back. */
const REFUSALS: Record<string, Link> = {
  unauthorized: 'refused',
  revoked: 'refused',
  'unknown-scope': 'unknown-scope',
}

export interface Live extends Feed {
  /** What the desk shows on this screen; a replay has none. */
  screen?: ScreenFeed
  /** A past day is replayed: nothing of now belongs beside it. */
  past?: true
  close(): void
}

export function connectLive({ scope, token, screen: asked }: LiveOptions): Live {
  const socket: Socket<ServerEvents, ClientEvents> = io('/live', {
    transports: ['websocket'],
    reconnectionDelay: BACKOFF_MS.first,
    reconnectionDelayMax: BACKOFF_MS.most,
    randomizationFactor: 0.5,
    timeout: 10_000,
    auth: (send) =>
      send({
        scope,
        ...feed.position(),
        ...(token === undefined ? {} : { token }),
        ...(asked === undefined ? {} : { screen: asked }),
      }),
  })
  const screen = createScreenFeed(() => performance.now())
  const feed = createFeed({
    tick: () => performance.now(),
    defer: paced(() => performance.now()),
    sendResync: (position) => socket.connected && socket.emit('resync', position),
  })
  let again: ReturnType<typeof setTimeout> | undefined
  let attempts = 0

  /** Socket.IO does not reconnect by itself after a refusal or a disconnect by the server. */
  const reconnectLater = (delay: number) => {
    clearTimeout(again)
    again = setTimeout(() => socket.connect(), delay * (0.75 + Math.random() / 2))
  }

  socket.on('connect', () => {
    attempts = 0
    feed.setLink('connected')
  })
  /** Nothing that was seen may stay on a screen that was put out of use. */
  const revoked = () => {
    feed.forget()
    screen.revoke()
    setRevoked(true)
  }
  socket.on('revoked', revoked)
  socket.on('screen', screen.message)
  socket.on('connect_error', (error) => {
    const refusal = REFUSALS[error.message]
    if (error.message === 'revoked') revoked()
    feed.setLink(refusal ?? 'connecting')
    if (socket.active) return
    attempts += 1
    reconnectLater(refusal ? REFUSED_RETRY_MS : Math.min(BACKOFF_MS.first * 2 ** attempts, BACKOFF_MS.most))
  })
  socket.on('disconnect', () => {
    feed.setLink('connecting')
    if (!socket.active) reconnectLater(BACKOFF_MS.first)
  })
  socket.on('snapshot', feed.snapshot)
  socket.on('delta', feed.delta)
  socket.on('heartbeat', feed.heartbeat)

  const watchdog = setInterval(() => {
    if (socket.connected && (feed.age() ?? 0) > 2 * STALE_AFTER_MS) socket.disconnect().connect()
  }, STALE_AFTER_MS)

  return {
    ...feed,
    screen,
    close() {
      clearTimeout(again)
      clearInterval(watchdog)
      socket.disconnect()
    },
  }
}
