// Wake-ups: a signal inside the process, and at most one NOTIFY a process every 25 ms after commits. Only a hint:
// every reader polls too, so a lost notification costs latency, never an event.
import { EventEmitter } from 'node:events'
import type { Store } from './open.ts'

export const CHANNELS = [
  'inbox',
  'feed',
  'clock',
  'register',
  'screen',
  'notice',
  'delivery',
  'seat',
] as const
export type Channel = (typeof CHANNELS)[number]

const COALESCE_MS = 25

export interface Signals {
  /** Something was committed: wake readers here now, and other processes soon. */
  raise(channel: Channel): void
  on(channel: Channel, wake: () => void): () => void
  close(): Promise<void>
}

/** `listen: false` for processes that only write (a bench, a load script). */
export async function openSignals(
  store: Store,
  { listen = true, onError }: { listen?: boolean; onError: (error: unknown) => void },
): Promise<Signals> {
  const emitter = new EventEmitter()
  const pending = new Set<Channel>()
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const flush = () => {
    timer = undefined
    const channels = [...pending]
    pending.clear()
    for (const channel of channels)
      store.sql.notify(`huiyin_${channel}`, '').catch((e) => closed || onError(e))
  }
  const subscriptions = listen
    ? await Promise.all(CHANNELS.map((c) => store.sql.listen(`huiyin_${c}`, () => emitter.emit(c))))
    : []
  return {
    raise(channel) {
      if (closed) return
      emitter.emit(channel)
      pending.add(channel)
      timer ??= setTimeout(flush, COALESCE_MS)
    },
    on(channel, wake) {
      emitter.on(channel, wake)
      return () => emitter.off(channel, wake)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await Promise.all(subscriptions.map((s) => s.unlisten()))
    },
  }
}
