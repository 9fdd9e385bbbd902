// Who is shown what: a room a scope, the changes of the board sent to each room once, a client that can't keep up taken
// out of its room until it can, then given a snapshot. Sending is synchronous with the board, so that order holds.
import type { BoardDelta, BoardState, ClockReading } from '#domain/board.ts'
import type { City } from '#domain/city/types.ts'
import { changesOf, snapshotOf } from './scope.ts'
import type { ServerEvents } from './protocol.ts'
import type { Change } from './tailer.ts'

/** A client's end, as far as rooms need to know it. */
export interface Client {
  readonly scope: string
  send<E extends keyof ServerEvents>(event: E, message: Parameters<ServerEvents[E]>[0]): void
  /** Messages handed over and not yet on the wire. */
  pending(): number
}

/** Sends one message to many, encoded once. */
export type Broadcast = <E extends keyof ServerEvents>(
  clients: readonly Client[],
  event: E,
  message: Parameters<ServerEvents[E]>[0],
) => void

export interface RoomsOptions {
  state(): BoardState | undefined
  city(): City
  broadcast: Broadcast
  /** The server's log clock. */
  clock(): ClockReading
  /** Messages a client may be behind before it is taken for slow. */
  mostPending?: number
}

interface Room {
  members: Set<Client>
  /** Seq of the last message that carried changes. */
  lastSent: number
}

/** About three seconds of deltas. */
const MOST_PENDING = 12

export interface Rooms {
  /** From `seq` on the client gets what its scope sees. False: something was sent since; catch up first. */
  join(client: Client, seq: number): boolean
  /** A snapshot with the next batch, then everything after it. */
  joinWithSnapshot(client: Client): void
  leave(client: Client): void
  change(change: Change): void
  beat(): void
  /** The client's line is free again. */
  drained(client: Client): void
  size(): number
}

export function openRooms({
  state,
  city,
  broadcast,
  clock,
  mostPending = MOST_PENDING,
}: RoomsOptions): Rooms {
  const rooms = new Map<string, Room>()
  const slow = new Set<Client>()
  let arriving = new Set<Client>()

  function roomOf(scope: string): Room {
    let room = rooms.get(scope)
    if (!room) {
      room = { members: new Set(), lastSent: state()?.seq ?? 0 }
      rooms.set(scope, room)
    }
    return room
  }

  /** Those of the room who keep up; the others wait outside for their line. */
  function ready(room: Room): Client[] {
    for (const client of room.members)
      if (client.pending() > mostPending) {
        room.members.delete(client)
        slow.add(client)
      }
    return [...room.members]
  }

  /** One snapshot a scope for all who came in this turn: a thousand walls come back at once after a restart. */
  function sendSnapshots(): void {
    const clients = arriving
    arriving = new Set()
    const board = state()
    if (!board) return
    for (const [scope, members] of Map.groupBy(clients, (c) => c.scope)) {
      const room = roomOf(scope)
      broadcast(members, 'snapshot', { ...snapshotOf(board, scope, city()), clock: clock() })
      for (const m of members) room.members.add(m)
    }
  }

  function joinWithSnapshot(client: Client): void {
    slow.delete(client)
    if (arriving.size === 0) setImmediate(sendSnapshots)
    arriving.add(client)
  }

  function sendDelta(scope: string, room: Room, delta: BoardDelta, c: Extract<Change, { kind: 'delta' }>) {
    const changes = changesOf(delta, scope, { before: c.before, dayBefore: c.dayBefore, city: city() })
    if (!changes) return
    broadcast(ready(room), 'delta', { epoch: delta.epoch, prevSeq: room.lastSent, seq: delta.seq, changes })
    room.lastSent = delta.seq
  }

  return {
    join(client, seq) {
      const room = roomOf(client.scope)
      if (seq < room.lastSent) return false
      slow.delete(client)
      room.members.add(client)
      return true
    },

    joinWithSnapshot,

    leave(client) {
      slow.delete(client)
      arriving.delete(client)
      const room = rooms.get(client.scope)
      room?.members.delete(client)
    },

    change(c) {
      for (const [scope, room] of rooms) {
        if (room.members.size === 0) rooms.delete(scope)
        else if (c.kind === 'delta') sendDelta(scope, room, c.delta, c)
        else {
          room.lastSent = c.state.seq
          broadcast(ready(room), 'snapshot', { ...snapshotOf(c.state, scope, city()), clock: clock() })
        }
      }
    },

    beat() {
      const board = state()
      if (!board) return
      for (const room of rooms.values())
        broadcast(ready(room), 'heartbeat', {
          epoch: board.epoch,
          prevSeq: room.lastSent,
          seq: board.seq,
          ...clock(),
        })
    },

    drained(client) {
      if (slow.has(client) && client.pending() === 0) joinWithSnapshot(client)
    },

    size: () => [...rooms.values()].reduce((n, r) => n + r.members.size, slow.size),
  }
}
