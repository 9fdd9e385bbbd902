// Lets a few pieces of heavy work run at once and the next wait; beyond a bound it says so instead of piling up.
import { Problem } from '../http/problem.ts'

export type Gate = <T>(work: () => Promise<T>) => Promise<T>

export function openGate({ atOnce, waiting }: { atOnce: number; waiting: number }): Gate {
  let running = 0
  const queue: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting)
        throw new Problem(503, 'busy', 'too much to do at this moment; send it again', {
          headers: { 'retry-after': '2' },
        })
      // Whoever leaves hands over its place: `running` stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running -= 1
    }
  }
}
