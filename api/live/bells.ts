// The namespace `/notices` beside `/live`: a person's pages are told at once that there is something new for them, and ask
// for it themselves. Carries nothing but the hint `ring`, so that a lost one costs seconds and never a notice.
import type { Server } from 'socket.io'
import { audiencesOf } from '#domain/notice.ts'
import { audiencesSince, newestNotice } from '#store/notices.ts'
import type { Logins } from '../auth/logins.ts'
import type { ApiDeps } from '../deps.ts'
import { openPeopleChannel, type PeopleChannel, type PeopleChannelOptions } from './people.ts'

export function openBells(
  io: Server,
  deps: Pick<ApiDeps, 'store' | 'runtime' | 'log'>,
  logins: Logins,
  options: Pick<PeopleChannelOptions, 'lookEvery' | 'proveEvery'> = {},
): PeopleChannel {
  let last: string | undefined
  return openPeopleChannel(io, deps, logins, {
    ...options,
    path: '/notices',
    signal: 'notice',
    mayJoin: () => true,
    // One room an audience: a notice rings in one call, however many are in the post.
    joined: (socket, login) => void socket.join([...audiencesOf(login.actor)]),
    async look(bells) {
      if (last === undefined || bells.sockets.size === 0) {
        last = await newestNotice(deps.store)
        return
      }
      const found = await audiencesSince(deps.store, last)
      last = found.last
      if (found.audiences.length > 0) bells.to(found.audiences).emit('ring')
    },
  })
}
