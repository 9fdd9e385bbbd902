// Ctrl-C in the middle of a backup or restore: what is under way is called off and cleared away; once more ends at once.

/** Aborts on the first SIGINT, SIGTERM or SIGHUP, or when the process that started this one is gone. */
export function interruptSignal(say: (line: string) => void = (line) => console.error(line)): AbortSignal {
  const controller = new AbortController()
  let askedAt = 0
  const stop = (why: string) => {
    if (!controller.signal.aborted) {
      askedAt = Date.now()
      say(`Stopping (${why}); once more to force.`)
      controller.abort(new Interrupted())
      return
    }
    // A terminal's Ctrl-C reaches us from the terminal, from npm and from run.mjs, all for one key.
    if (Date.now() - askedAt > 1000) process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  process.on('disconnect', () => stop('the process that started this one is gone'))
  return controller.signal
}

export class Interrupted extends Error {
  constructor() {
    super('interrupted')
  }
}
