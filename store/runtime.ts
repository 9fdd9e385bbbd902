// What api and worker both stand on, opened once a process: clock, numbers, people, signals, the city by version, and
// the one write side. It starts no readers and no server.
import type { City } from '#domain/city/types.ts'
import type { Clock } from '#domain/clock.ts'
import { type Appender, openAppender } from './append.ts'
import { openCities } from './cities.ts'
import { databaseClock } from './clock.ts'
import { type Commander, openCommander } from './commander.ts'
import { type Directory, openDirectory } from './directory.ts'
import type { Log } from './log.ts'
import { type Numbers, openNumbers } from './numbers.ts'
import type { Store } from './open.ts'
import { openSignals, type Signals } from './signal.ts'

export interface Runtime {
  clock: Clock
  numbers: Numbers
  directory: Directory
  signals: Signals
  appender: Appender
  commander: Commander
  /** City of a pack version; the newest when undefined. @throws when no city is loaded. */
  cityFor(version?: number): Promise<City>
  /** Answers what was handed in, then stops listening. The store stays open: it is the caller's. */
  close(): Promise<void>
}

export interface RuntimeOptions {
  /** A simulated clock for tests and replays; the database's otherwise. */
  clock?: Clock
  /** Who is given field tasks; read from the accounts otherwise. */
  directory?: Directory
}

export async function openRuntime(store: Store, log: Log, options: RuntimeOptions = {}): Promise<Runtime> {
  const signals = await openSignals(store, {
    onError: (error) => log.warn({ err: error }, 'a wake-up could not be sent; readers poll instead'),
  })
  const sampled = options.clock
    ? undefined
    : await databaseClock(
        store,
        (error) => log.warn({ err: error }, 'the clock could not be sampled'),
        signals,
      )
  const clock = options.clock ?? sampled
  if (!clock) throw new Error('no clock')
  const numbers = openNumbers(store)
  const directory = options.directory ?? openDirectory(store)
  const appender = openAppender(store, signals)
  const cityFor = openCities(store, signals)
  const commander = openCommander({ store, appender, numbers, clock, directory, cityFor })
  return {
    clock,
    numbers,
    directory,
    signals,
    appender,
    commander,
    cityFor,
    async close() {
      await appender.drain()
      sampled?.stop()
      await signals.close()
    },
  }
}
