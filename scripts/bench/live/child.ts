// Programs of the bench in processes of their own, asked over IPC: each order is answered once, or with an error.
import { fork } from 'node:child_process'
import { once } from 'node:events'

type Handlers = { [name: string]: (given: never) => unknown }

interface Order {
  id: number
  name: string
  given: unknown
}
type Reply = { id: number; value: unknown } | { id: number; error: string }

export interface Child<H extends Handlers> {
  pid: number
  /** @throws when the program refuses, or ends. */
  ask<K extends keyof H & string>(name: K, given: Parameters<H[K]>[0]): Promise<Awaited<ReturnType<H[K]>>>
  stop(): Promise<void>
}

/** @param program a file that calls `serve`, whose handlers are `H` */
export function startChild<H extends Handlers>(program: URL): Child<H> {
  const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let orders = 0
  child.on('message', (reply: Reply) => {
    const asked = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('error' in reply) asked?.reject(new Error(reply.error))
    else asked?.resolve(reply.value)
  })
  const exited = once(child, 'exit').then(([code]) => {
    for (const asked of waiting.values()) asked.reject(new Error(`${program.pathname} ended with ${code}`))
    waiting.clear()
  })
  return {
    pid: child.pid ?? 0,
    ask<K extends keyof H & string>(name: K, given: Parameters<H[K]>[0]) {
      const asked = Promise.withResolvers<unknown>()
      orders += 1
      waiting.set(orders, asked)
      child.send({ id: orders, name, given } satisfies Order)
      return asked.promise as Promise<Awaited<ReturnType<H[K]>>>
    },
    async stop() {
      if (child.connected) child.disconnect()
      await exited
    },
  }
}

/** The program's side: ends when its parent does. */
export function serve(handlers: Handlers): void {
  process.on('message', async ({ id, name, given }: Order) => {
    const handler = handlers[name] as ((given: unknown) => unknown) | undefined
    try {
      if (!handler) throw new Error(`no order ${name}`)
      process.send?.({ id, value: await handler(given) } satisfies Reply)
    } catch (error) {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
      process.send?.({ id, error: words } satisfies Reply)
    }
  })
  process.on('disconnect', () => process.exit(0))
}
