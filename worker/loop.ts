// A loop that runs one step at a time: again at once while there is work, else until woken or the poll comes round.
// Errors are logged and tried again with growing pauses; closing waits for the step under way.
import type { Log } from '#store/log.ts'

export interface LoopOptions {
  name: string
  /** Longest pause while idle; wake-ups are only hints. */
  pollMs: number
  /**
   * Least time from the start of a step to the next, 0 by default: what comes meanwhile is taken together. A step alone is
   * not late by it; of many, each costs its statements once.
   */
  restMs?: number
  /** A step that did as much as this has more waiting: the next follows without a rest. */
  most?: number
  /** @returns how much was done; 0 = nothing left. */
  step(): Promise<number>
  log: Log
}

export interface Loop {
  readonly name: string
  wake(): void
  close(): Promise<void>
  /** The last step failed. */
  isFailing(): boolean
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000

export function startLoop({
  name,
  pollMs,
  restMs = 0,
  most = Number.POSITIVE_INFINITY,
  step,
  log,
}: LoopOptions): Loop {
  let closed = false
  let woken = false
  let failures = 0
  let endPause: (() => void) | undefined

  const pause = (ms: number, done: () => boolean) =>
    new Promise<void>((resolve) => {
      if (done()) return resolve()
      const end = () => {
        clearTimeout(timer)
        endPause = undefined
        resolve()
      }
      const timer = setTimeout(end, ms)
      endPause = () => done() && end()
    })

  async function run(): Promise<void> {
    while (!closed) {
      woken = false
      const began = performance.now()
      try {
        const did = await step()
        failures = 0
        const rest = did < most ? restMs - (performance.now() - began) : 0
        if (rest > 0) await pause(rest, () => closed)
        if (did === 0) await pause(pollMs, () => woken || closed)
      } catch (error) {
        failures += 1
        log.error({ err: error, loop: name, failures }, 'a loop failed; it goes on after a pause')
        await pause(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS), () => closed)
      }
    }
  }

  const running = run()
  return {
    name,
    wake() {
      woken = true
      endPause?.()
    },
    async close() {
      closed = true
      endPause?.()
      await running
    },
    isFailing: () => failures > 0,
  }
}
