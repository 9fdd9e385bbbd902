// The namespace `/notices` beside `/live`: a person's pages are told at once that there is something new for them, and ask
// for it themselves. Carries nothing but the hint, so that a lost one costs seconds and never a notice.
import type { Server, Socket } from 'socket.io'
import { audiencesOf } from '#domain/notice.ts'
import { audiencesSince, newestNotice } from '#store/notices.ts'
import { onceMore } from '#store/once-more.ts'
import type { Login, Logins } from '../auth/logins.ts'
import { sessionTokenIn } from '../auth/tokens.ts'
import type { ApiDeps } from '../deps.ts'
import { refusal } from './protocol.ts'

interface BellEvents {
  /** Something new is there: read `GET /notices`. */
  ring: () => void
}
interface BellData {
  audiences: readonly string[]
  prove: () => Promise<Login | undefined>
}
type BellSocket = Socket<Record<string, never>, BellEvents, Record<string, never>, BellData>

export interface Bells {
  close(): void
}

/** Looked at anyway, should a signal be lost. */
const LOOK_EVERY_MS = 5_000

export function openBells(
  io: Server,
  { store, runtime, log }: Pick<ApiDeps, 'store' | 'runtime' | 'log'>,
  logins: Logins,
  { lookEvery = LOOK_EVERY_MS, proveEvery = 60_000 }: { lookEvery?: number; proveEvery?: number } = {},
): Bells {
  const bells = io.of('/notices')
  let last: string | undefined

  bells.use(async (socket, next) => {
    try {
      next(await admit(socket as BellSocket))
    } catch (error) {
      log.error({ err: error }, 'a bell could not be let in')
      next(new Error('not available'))
    }
  })

  async function admit(socket: BellSocket): Promise<Error | undefined> {
    const token = sessionTokenIn(socket.handshake.headers.cookie)
    const prove = async () => {
      const login = token === undefined ? undefined : await logins.ofSession(token, false)
      // A screen has no post, and nothing is ever for it.
      return login?.account.mustChange || login?.via === 'screen' ? undefined : login
    }
    const login = await prove()
    if (!login) return refusal('unauthorized')
    socket.data = { audiences: audiencesOf(login.actor), prove }
    return undefined
  }

  // One room an audience: a notice rings in one call, however many are in the post.
  bells.on('connection', (socket) => void socket.join([...(socket as BellSocket).data.audiences]))

  const { refresh } = onceMore(async () => {
    if (last === undefined || bells.sockets.size === 0) {
      last = await newestNotice(store)
      return
    }
    const found = await audiencesSince(store, last)
    last = found.last
    if (found.audiences.length > 0) bells.to(found.audiences).emit('ring')
  })
  let closed = false
  const look = () =>
    void refresh().catch((error) => closed || log.warn({ err: error }, 'new notices could not be looked for'))

  const off = runtime.signals.on('notice', look)
  const looking = setInterval(look, lookEvery)
  const proving = setInterval(() => {
    for (const socket of bells.sockets.values())
      void (socket as BellSocket).data.prove().then(
        (login) => !login && socket.disconnect(true),
        (error) => log.warn({ err: error }, 'a bell could not be asked again whose it is'),
      )
  }, proveEvery)
  look()

  return {
    close() {
      closed = true
      off()
      clearInterval(looking)
      clearInterval(proving)
      bells.disconnectSockets(true)
    },
  }
}
