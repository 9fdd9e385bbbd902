// How a process of ours ends: on a signal, when its parent dies, or on a bug, it closes what it opened in reverse order
// and says so. A second signal forces. Knows nothing of what is closed.
export interface Lifecycle {
  /** Registers something to close; the last registered closes first. `patience`: milliseconds that it may take. */
  onStop(name: string, close: () => Promise<void>, patience?: number): void
  /** Throws `Stopped` once a stop was asked for; between steps of a start. */
  check(): void
  /** Asks for a stop, as a signal does. The first reason wins. */
  requestStop(code: number, reason?: string): void
  /** Waits until a stop is asked for, closes everything and answers the exit code. */
  untilStopped(): Promise<number>
}

/** A stop was asked for while the process was still starting. */
export class Stopped extends Error {}

export interface LifecycleOptions {
  log: (line: string) => void
  exit: (code: number) => void
  /** Milliseconds that one close may take before the next is tried. */
  patience?: number
}

/** Ctrl-C reaches us from the terminal, from npm and from run.mjs, all for one key. */
const SAME_SIGNAL_MS = 1000
const PATIENCE_MS = 15_000

export function makeLifecycle({ log, exit, patience = PATIENCE_MS }: LifecycleOptions): Lifecycle {
  const closers: { name: string; close: () => Promise<void>; patience: number }[] = []
  const asked = Promise.withResolvers<void>()
  let code: number | undefined
  let askedAt = 0

  const requestStop = (wanted: number, reason?: string) => {
    if (code !== undefined) return
    code = wanted
    askedAt = Date.now()
    if (reason !== undefined) log(reason)
    asked.resolve()
  }

  const onSignal = (signal: NodeJS.Signals) => {
    if (code === undefined) {
      requestStop(0, `Stopping (${signal}); once more to force.`)
    } else if (Date.now() - askedAt > SAME_SIGNAL_MS) {
      log('Forced: what was in progress is carried on at the next start.')
      exit(1)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  // The channel to run.mjs closes when it dies, however it dies.
  process.on('disconnect', () => requestStop(0, 'Stopping: the process that started this one is gone.'))
  const onBug = (error: unknown) => {
    log(`A bug: ${error instanceof Error ? error.stack : String(error)}`)
    requestStop(1, 'Stopping because of it.')
  }
  process.on('uncaughtException', onBug)
  process.on('unhandledRejection', onBug)
  // A reader of our output that goes away (`| head`) must not end the service.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

  const closeAll = async () => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) {
      const { name, close, patience } = closer
      const late = Promise.withResolvers<void>()
      const timer = setTimeout(() => {
        log(`${name} takes too long to stop; going on without it.`)
        late.resolve()
      }, patience)
      try {
        await Promise.race([close(), late.promise])
      } catch (error) {
        log(`${name} did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`)
        code = 1
      } finally {
        clearTimeout(timer)
      }
    }
  }

  return {
    onStop: (name, close, own = patience) => {
      closers.push({ name, close, patience: own })
    },
    check: () => {
      if (code !== undefined) throw new Stopped()
    },
    requestStop,
    untilStopped: async () => {
      await asked.promise
      await closeAll()
      return code ?? 0
    },
  }
}

/**
 * Runs a service: `boot` starts it, registering each part with the lifecycle; then it lives until it is asked to stop.
 * An error of `boot` is shown (its message alone: boot errors are written for people) and what was started is closed.
 */
export async function runService(boot: (lifecycle: Lifecycle) => Promise<void>): Promise<void> {
  const lifecycle = makeLifecycle({ log: (line) => console.error(line), exit: (code) => process.exit(code) })
  try {
    await boot(lifecycle)
  } catch (error) {
    if (!(error instanceof Stopped)) lifecycle.requestStop(1, `\n${describe(error)}`)
  }
  process.exit(await lifecycle.untilStopped())
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? `\n  (${error.cause.message})` : ''
  const isBug = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError
  return isBug ? (error.stack ?? error.message) : `${error.message}${cause}`
}
