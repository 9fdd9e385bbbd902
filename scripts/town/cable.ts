// The wire between our processes and a server, so that it can be cut: a TCP proxy whose far end may move.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Cable {
  port: number
  /** Where it leads from now on. */
  to: number
  /** Breaks every connection at once; new ones are taken. */
  cut(): void
  close(): Promise<void>
}

export async function layCable(to: number): Promise<Cable> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    // What breaks here is the point; whoever is at the ends hears of it.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((near) => {
    const far = connect(cable.to, '127.0.0.1')
    keep(near)
    keep(far)
    near.pipe(far)
    far.pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const cable: Cable = {
    port: (server.address() as AddressInfo).port,
    to,
    cut,
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
  return cable
}
