// What the namespaces for persons beside `/live` share: who may come in is asked of the session, and asked again while the
// page stays open; something is looked for at each signal and every few seconds, should a signal be lost.
import type { Namespace, Server, Socket } from 'socket.io'
import { onceMore } from '#store/once-more.ts'
import type { Login, Logins } from '../auth/logins.ts'
import { sessionTokenIn } from '../auth/tokens.ts'
import type { ApiDeps } from '../deps.ts'
import { refusal } from './protocol.ts'

/** A namespace that is open; close it before the store. */
export interface PeopleChannel {
  close(): void
}

interface Held {
  login: Login
  prove: () => Promise<Login | undefined>
}

export interface PeopleChannelOptions {
  /** Of the namespace, as `/notices`. */
  path: string
  /** Whom it is for. Screens and persons who must change their password never come in. */
  mayJoin: (login: Login) => boolean
  /** Called for each socket that was let in. */
  joined: (socket: Socket, login: Login, look: () => void) => void
  /** One look at the store, which tells the sockets what it found; never two at a time. */
  look: (people: Namespace) => Promise<void>
  /** After which signal to look at once. */
  signal: 'notice' | 'seat'
  /** In milliseconds, without a signal. */
  lookEvery?: number
  /** In milliseconds: how soon an ended session loses its socket. */
  proveEvery?: number
}

export function openPeopleChannel(
  io: Server,
  { runtime, log }: Pick<ApiDeps, 'runtime' | 'log'>,
  logins: Logins,
  { path, mayJoin, joined, look, signal, lookEvery = 5_000, proveEvery = 60_000 }: PeopleChannelOptions,
): PeopleChannel {
  const people = io.of(path)
  let closed = false

  people.use(async (socket, next) => {
    try {
      next(await admit(socket))
    } catch (error) {
      log.error({ err: error, path }, 'a page could not be let in')
      next(new Error('not available'))
    }
  })

  async function admit(socket: Socket): Promise<Error | undefined> {
    const token = sessionTokenIn(socket.handshake.headers.cookie)
    const prove = async () => {
      const login = token === undefined ? undefined : await logins.ofSession(token, false)
      if (!login || login.via === 'screen' || login.account.mustChange || !mayJoin(login)) return undefined
      return login
    }
    const login = await prove()
    if (!login) return refusal('unauthorized')
    socket.data = { login, prove } satisfies Held
    return undefined
  }

  const { refresh } = onceMore(() => look(people))
  const lookNow = () =>
    void refresh().catch(
      (error) => closed || log.warn({ err: error, path }, 'could not look for what is new'),
    )

  people.on('connection', (socket) => joined(socket, (socket.data as Held).login, lookNow))
  const off = runtime.signals.on(signal, lookNow)
  const looking = setInterval(lookNow, lookEvery)
  const proving = setInterval(() => {
    for (const socket of people.sockets.values())
      void (socket.data as Held).prove().then(
        (login) => !login && socket.disconnect(true),
        (error) => log.warn({ err: error, path }, 'a page could not be asked again whose it is'),
      )
  }, proveEvery)
  lookNow()

  return {
    close() {
      closed = true
      off()
      clearInterval(looking)
      clearInterval(proving)
      people.disconnectSockets(true)
    },
  }
}
