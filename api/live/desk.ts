// The namespace `/desk` beside `/live`: the centre's desks are told which cases are in somebody's hand. Always the whole
// list, `held {items}`, which is no longer than there are seats: a message that was lost is made good by the next one.
// A seat runs out without a signal; the look every few seconds sees it.
import type { Server } from 'socket.io'
import { type HeldCase, heldCases } from '#store/desk-seats.ts'
import { isCentre } from '../auth/access.ts'
import type { Logins } from '../auth/logins.ts'
import type { ApiDeps } from '../deps.ts'
import { openPeopleChannel, type PeopleChannel, type PeopleChannelOptions } from './people.ts'

export function openDesks(
  io: Server,
  deps: Pick<ApiDeps, 'store' | 'runtime' | 'log'>,
  logins: Logins,
  options: Pick<PeopleChannelOptions, 'proveEvery'> = {},
): PeopleChannel {
  /** As everybody was told last. */
  let items: HeldCase[] | undefined
  return openPeopleChannel(io, deps, logins, {
    ...options,
    path: '/desk',
    signal: 'seat',
    mayJoin: (login) => isCentre(login.actor),
    joined(_socket, _login, look) {
      // Somebody knows nothing yet: all are told anew.
      items = undefined
      look()
    },
    async look(desks) {
      if (desks.sockets.size === 0) return
      const now = await heldCases(deps.store)
      if (items !== undefined && JSON.stringify(now) === JSON.stringify(items)) return
      items = now
      desks.emit('held', { items })
    },
  })
}
