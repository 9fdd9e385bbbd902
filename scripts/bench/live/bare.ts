// The floor of the live feed: a Socket.IO server that knows nothing, and broadcasts what was recorded at the pace at which
// it was recorded.
import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { serve } from './child.ts'
import { machineNow } from './clock.ts'
import type { Recording } from './walls.ts'

interface Open {
  http: HttpServer
  io: Server
  recording: Recording
}

/** The api reads the feed no more often (api/live/tailer.ts); what came faster had only waited for the walls' process. */
const LEAST_MS = 100

let open: Open | undefined

const handlers = {
  /** @returns where walls find it; they get the recorded snapshot at once. */
  async load(recording: Recording): Promise<string> {
    handlers.close(null)
    const http = createServer()
    const io = new Server(http, { transports: ['websocket'], serveClient: false })
    io.of('/live').on('connection', (socket) => socket.emit('snapshot', recording.snapshot))
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    open = { http, io, recording }
    return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  },
  /** Sends everything. @returns when each was handed to Socket.IO, on the machine's clock. */
  async play(_: null): Promise<{ seq: number; at: number }[]> {
    if (!open) throw new Error('nothing is loaded')
    const { io, recording } = open
    const [first] = recording.deltas
    const shift = machineNow() - (first?.at ?? 0)
    const sent: { seq: number; at: number }[] = []
    let due = Number.NEGATIVE_INFINITY
    for (const { at, delta } of recording.deltas) {
      due = Math.max(at + shift, due + LEAST_MS)
      const wait = due - machineNow()
      if (wait > 0) await new Promise((r) => setTimeout(r, wait))
      sent.push({ seq: delta.seq, at: machineNow() })
      io.of('/live').emit('delta', delta)
    }
    return sent
  },
  close(_: null) {
    open?.io.engine.close()
    open?.http.close()
    open = undefined
  },
}
export type Bare = typeof handlers

serve(handlers)
