// The live feed on Socket.IO: who may listen, where each client stands, and the beat. What is sent to whom is rooms.ts;
// Socket.IO's own recovery stays off, since (epoch, seq) does it exactly.
import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import type { BoardDelta } from '#domain/board.ts'
import { rateOf } from '#domain/clock.ts'
import type { City } from '#domain/city/types.ts'
import { boardDelta } from '#store/board.ts'
import { isUuid } from '#store/cases.ts'
import { screenOfSession } from '#store/screens.ts'
import { sha256 } from '#store/hash.ts'
import { mayWatchScreens } from '../auth/access.ts'
import type { Logins } from '../auth/logins.ts'
import { isSameOrigin } from '../auth/same-origin.ts'
import { isScreenSession, sessionTokenIn } from '../auth/tokens.ts'
import type { ApiDeps } from '../deps.ts'
import {
  type ClientEvents,
  type Position,
  parseHandshake,
  parsePosition,
  refusal,
  type ServerEvents,
  type SocketData,
} from './protocol.ts'
import { openBells } from './bells.ts'
import { openDesks } from './desk.ts'
import { type Client, openRooms } from './rooms.ts'
import { changesOf, knownScope } from './scope.ts'
import { openScreens, type ScreenClient } from './screens.ts'
import type { Tailer } from './tailer.ts'

type LiveSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>

export interface Live {
  clients(): number
  close(): void
}

export interface LiveOptions {
  http: HttpServer
  tailer: Tailer
  logins: Logins
  /** Milliseconds. */
  beatEvery?: number
  proveEvery?: number
}

/** Without a reading of the board for this long there is no heartbeat: clients must see that the data is old. */
const STALE_AFTER_MS = 6_000
const RESYNC_EVERY_MS = 1_000
/** A client reads at most this: its handshake and a position. */
const MOST_BYTES = 16 * 1024

export function openLive(deps: ApiDeps, options: LiveOptions): Live {
  const { store, runtime, config, log } = deps
  const { http, tailer, logins, beatEvery = 5_000, proveEvery = 60_000 } = options
  const io = new Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>(http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MOST_BYTES,
    connectTimeout: 10_000,
    allowRequest: (request, decide) =>
      decide(null, request.headers.origin === undefined || isSameOrigin(request.headers, config.publicUrl)),
  })
  io.use((_socket, next) => next(new Error('use the namespace /live')))
  const live = io.of('/live')
  const bells = openBells(io, deps, logins, { proveEvery })
  const desks = openDesks(io, deps, logins, { proveEvery })
  const clients = new Map<string, Client>()
  let city: City | undefined
  const clock = () => ({ at: runtime.clock.now(), rate: rateOf(runtime.clock) })

  const rooms = openRooms({
    state: tailer.state,
    city: () => {
      if (!city) throw new Error('a client was let in without a city')
      return city
    },
    broadcast: (members, event, message) => {
      const ids = members.flatMap((m) => (m instanceof SocketClient ? [m.socket.id] : []))
      for (const m of members) if (m instanceof SocketClient) m.sent()
      // Typed by the interface above; Socket.IO's own overloads can't follow a generic event.
      if (ids.length > 0) live.to(ids).emit(event as 'delta', message as BoardDelta)
    },
    clock,
  })
  tailer.onChange((change) => {
    if (city) rooms.change(change)
    catchUps.clear()
  })

  /** Deltas from an earlier seq, asked once for all who stand there. */
  const catchUps = new Map<string, ReturnType<typeof boardDelta>>()
  function changesSince(epoch: string, seq: number): ReturnType<typeof boardDelta> {
    const key = `${epoch} ${seq}`
    const known = catchUps.get(key)
    if (known) return known
    const asked = boardDelta(store, epoch, seq)
    catchUps.set(key, asked)
    asked.catch(() => catchUps.delete(key))
    return asked
  }

  live.use(async (socket, next) => {
    try {
      next(await admit(socket))
    } catch (error) {
      log.error({ err: error }, 'a live client could not be let in')
      next(new Error('not available'))
    }
  })

  /** Undefined = welcome. */
  async function admit(socket: LiveSocket): Promise<Error | undefined> {
    const auth = parseHandshake(socket.handshake.auth)
    if (!auth) return refusal('bad-handshake')
    const prove = () => {
      if (auth.token !== undefined) return logins.ofKey(auth.token)
      const session = sessionTokenIn(socket.handshake.headers.cookie)
      return session === undefined ? undefined : logins.ofSession(session, false)
    }
    const login = await prove()
    if (!login && (await isRevoked(socket))) return refusal('revoked')
    if (!login || (login.via === 'session' && login.account.mustChange)) return refusal('unauthorized')
    city = await runtime.cityFor()
    const scope = knownScope(auth.scope, city)
    if (scope === undefined) return refusal('unknown-scope')
    socket.data.scope = scope
    if (login.screen) socket.data.screen = { id: login.screen.id, sessionHash: login.tokenHash }
    else if (auth.screen !== undefined && mayWatchScreens(login.actor))
      socket.data.screen = { id: isUuid(auth.screen) ? auth.screen : undefined, sessionHash: undefined }
    socket.data.isStillAllowed = async () => (await prove()) !== undefined
    return undefined
  }

  async function isRevoked(socket: LiveSocket): Promise<boolean> {
    const session = sessionTokenIn(socket.handshake.headers.cookie)
    if (session === undefined || !isScreenSession(session)) return false
    return (await screenOfSession(store, sha256(session))) === 'ended'
  }

  const screens = openScreens({
    store,
    signals: runtime.signals,
    log,
    clock: runtime.clock,
    pagesDir: deps.pagesDir,
  })
  function follow(socket: LiveSocket): void {
    const { screen } = socket.data
    if (!screen) return
    const wall: ScreenClient = {
      screenId: screen.id,
      sessionHash: screen.sessionHash,
      send: (message) => void socket.emit('screen', message),
      revoke() {
        socket.emit('revoked')
        socket.disconnect(true)
      },
    }
    screens.join(wall)
    socket.on('disconnect', () => screens.leave(wall))
  }

  live.on('connection', (socket) => {
    const client = new SocketClient(socket, () => rooms.drained(client))
    clients.set(socket.id, client)
    follow(socket)
    const settle = (position: Position) =>
      answer(client, position).catch((error) => {
        log.warn({ err: error }, 'a live client could not be answered; it comes again')
        socket.disconnect(true)
      })
    let askedAt = Number.NEGATIVE_INFINITY
    socket.on('resync', (position) => {
      if (performance.now() - askedAt < RESYNC_EVERY_MS) return
      askedAt = performance.now()
      rooms.leave(client)
      void settle(parsePosition(position))
    })
    socket.on('disconnect', () => {
      clients.delete(socket.id)
      rooms.leave(client)
    })
    void settle(parsePosition(socket.handshake.auth))
  })

  /** Brings a client from where it stands to the head: nothing, a delta, or a snapshot. */
  async function answer(client: SocketClient, { epoch, lastSeq }: Position): Promise<void> {
    const board = tailer.state() ?? (await tailer.current())
    if (!client.socket.connected) return
    if (epoch === undefined || lastSeq === undefined || epoch !== board.epoch || lastSeq > board.seq)
      return rooms.joinWithSnapshot(client)
    if (rooms.join(client, lastSeq)) return client.send('heartbeat', beatAt(lastSeq, epoch))
    const delta = await changesSince(epoch, lastSeq)
    if (!client.socket.connected) return
    // Meanwhile the room may have been sent more than this delta holds: then a snapshot is the simple truth.
    if (typeof delta !== 'object' || !rooms.join(client, delta.seq)) return rooms.joinWithSnapshot(client)
    if (!city) throw new Error('a client was let in without a city')
    const changes = changesOf(delta, client.scope, { dayBefore: '', city })
    if (changes) client.send('delta', { ...delta, changes })
  }

  /** To a client that has missed nothing: its own seq, so that it counts from there. */
  const beatAt = (seq: number, epoch: string) => ({ epoch, prevSeq: seq, seq, ...clock() })

  const beatNow = () => {
    if (tailer.age() < STALE_AFTER_MS) rooms.beat()
  }
  const beat = setInterval(beatNow, beatEvery)
  // A demo's clock that goes at another pace: screens go on by the old one until they hear of it.
  const stopListening = runtime.clock.pace?.onStretch(beatNow)
  const proof = setInterval(() => {
    for (const socket of live.sockets.values())
      void socket.data.isStillAllowed().then(
        (allowed) => !allowed && socket.disconnect(true),
        (error) => log.warn({ err: error }, 'a live client could not be asked again who it is'),
      )
    void runtime.cityFor().then(
      (newest) => {
        city = newest
      },
      (error) => log.warn({ err: error }, 'the city could not be read for the live feed'),
    )
  }, proveEvery)

  return {
    clients: () => clients.size,
    close() {
      clearInterval(beat)
      stopListening?.()
      clearInterval(proof)
      screens.close()
      live.disconnectSockets(true)
      bells.close()
      desks.close()
      io.engine.close()
    },
  }
}

class SocketClient implements Client {
  readonly socket: LiveSocket
  #pending = 0

  constructor(socket: LiveSocket, drained: () => void) {
    this.socket = socket
    const { conn } = socket
    // `drain` says the buffer was handed to the transport, `ready` that the transport has written it out.
    conn.on('drain', () => {
      this.#pending = 0
    })
    conn.transport.on('ready', () => {
      if (conn.transport.writable) drained()
    })
  }

  get scope(): string {
    return this.socket.data.scope
  }

  send<E extends keyof ServerEvents>(event: E, message: Parameters<ServerEvents[E]>[0]): void {
    this.sent()
    this.socket.emit(event as 'delta', message as BoardDelta)
  }

  /** One more message handed over; counted before it is, since a free line takes it at once. */
  sent(): void {
    this.#pending += 1
  }

  pending(): number {
    return this.#pending
  }
}
