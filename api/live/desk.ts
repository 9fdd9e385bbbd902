// The namespace `/desk` beside `/live`: the centre's desks are told which cases are in somebody's hand. Always the whole
// list, which is no longer than there are seats: a message that was lost is made good by the next one.
import type { Server, Socket } from 'socket.io'
import { type HeldCase, heldCases } from '#store/desk-seats.ts'
import { onceMore } from '#store/once-more.ts'
import { isCentre } from '../auth/access.ts'
import type { Logins } from '../auth/logins.ts'
import { sessionTokenIn } from '../auth/tokens.ts'
import type { ApiDeps } from '../deps.ts'
import { refusal } from './protocol.ts'

interface DeskEvents {
  held: (message: { items: HeldCase[] }) => void
}
type DeskSocket = Socket<
  Record<string, never>,
  DeskEvents,
  Record<string, never>,
  { prove: () => Promise<boolean> }
>

export interface Desks {
  close(): void
}

/** Looked at anyway: a seat runs out without a signal. */
const LOOK_EVERY_MS = 5_000

export function openDesks(
  io: Server,
  { store, runtime, log }: Pick<ApiDeps, 'store' | 'runtime' | 'log'>,
  logins: Logins,
  { proveEvery = 60_000 }: { proveEvery?: number } = {},
): Desks {
  const desks = io.of('/desk')
  /** As everybody was told last. */
  let items: HeldCase[] | undefined
  let closed = false

  desks.use(async (socket, next) => {
    try {
      next(await admit(socket as DeskSocket))
    } catch (error) {
      log.error({ err: error }, 'a desk could not be let in')
      next(new Error('not available'))
    }
  })

  async function admit(socket: DeskSocket): Promise<Error | undefined> {
    const token = sessionTokenIn(socket.handshake.headers.cookie)
    const prove = async () => {
      const login = token === undefined ? undefined : await logins.ofSession(token, false)
      return (
        login !== undefined && login.via !== 'screen' && !login.account.mustChange && isCentre(login.actor)
      )
    }
    if (!(await prove())) return refusal('unauthorized')
    socket.data = { prove }
    return undefined
  }

  const { refresh } = onceMore(async () => {
    if (desks.sockets.size === 0) return
    const now = await heldCases(store)
    if (items !== undefined && JSON.stringify(now) === JSON.stringify(items)) return
    items = now
    desks.emit('held', { items })
  })
  const look = () =>
    void refresh().catch((error) => closed || log.warn({ err: error }, 'the seats could not be looked at'))

  desks.on('connection', () => {
    // Somebody knows nothing yet: all are told anew.
    items = undefined
    look()
  })
  const off = runtime.signals.on('seat', look)
  const looking = setInterval(look, LOOK_EVERY_MS)
  const proving = setInterval(() => {
    for (const socket of desks.sockets.values())
      void (socket as DeskSocket).data.prove().then(
        (holds) => !holds && socket.disconnect(true),
        (error) => log.warn({ err: error }, 'a desk could not be asked again whose it is'),
      )
  }, proveEvery)

  return {
    close() {
      closed = true
      off()
      clearInterval(looking)
      clearInterval(proving)
      desks.disconnectSockets(true)
    },
  }
}
