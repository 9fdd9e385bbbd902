// Light steps wait a few seconds before they are sent, so that they can be undone; nothing is ever lost: whoever leaves
// sends what waits. Without React and without a clock of its own.

interface OutboxOptions<T> {
  delayMs: number
  /** `leaving`: the page is going away, the request must outlive it. */
  send: (step: T, leaving: boolean) => void
  /** Runs later once; returns how to call it off. */
  schedule: (run: () => void, ms: number) => () => void
  onChange: (waiting: readonly T[]) => void
}

export interface Outbox<T> {
  add(step: T): void
  /** Takes back the newest that still waits. */
  undo(): T | undefined
  /** Sends everything that waits, in order. */
  flush(leaving: boolean): void
}

export function createOutbox<T>({ delayMs, send, schedule, onChange }: OutboxOptions<T>): Outbox<T> {
  let waiting: { step: T; callOff: () => void }[] = []
  const keep = (next: typeof waiting) => {
    waiting = next
    onChange(next.map((w) => w.step))
  }
  return {
    add(step) {
      const entry = {
        step,
        callOff: schedule(() => {
          keep(waiting.filter((w) => w !== entry))
          send(step, false)
        }, delayMs),
      }
      keep([...waiting, entry])
    },
    undo() {
      const last = waiting.at(-1)
      if (!last) return undefined
      last.callOff()
      keep(waiting.slice(0, -1))
      return last.step
    },
    flush(leaving) {
      const all = waiting
      if (all.length === 0) return
      keep([])
      for (const { step, callOff } of all) {
        callOff()
        send(step, leaving)
      }
    },
  }
}
