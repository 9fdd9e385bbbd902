// One replay from an open database to its figures: loads the pack, runs the real worker with its queue and readers on a
// simulated clock, and plays the rows. Opening and naming databases is the command's.
import type { CityPack } from '#domain/city/types.ts'
import { loadPack } from '#store/city.ts'
import type { Config } from '#store/config.ts'
import type { Log } from '#store/log.ts'
import { openStore } from '#store/open.ts'
import { casesOfSystem, replayFigures } from '#store/replay.ts'
import { openRuntime } from '#store/runtime.ts'
import { startWorker } from '#worker/worker.ts'
import { openStepClock } from './clock.ts'
import { findPeople } from './people.ts'
import { endOf, planOf, play, type PlayOptions } from './play.ts'
import { openRest } from './rest.ts'
import type { RequestFile } from './rows.ts'
import { SYSTEM } from './steps.ts'
import { summarize, type Summary } from './summary.ts'

export interface ReplayOptions extends PlayOptions {
  file: RequestFile
  pack: CityPack
  /** With the addresses of the replay's own databases. */
  config: Pick<Config, 'redisUrl' | 'queueDatabaseUrl'> & { databaseUrl: string }
  log: Log
  /** Redis only: keeps queues of tests apart. */
  prefix?: string
}

export interface ReplayResult {
  summary: Summary
  /** False when it was stopped before the last row. */
  ended: boolean
  /** Rows that were cases already when it began. */
  resumed: number
}

export async function replay({
  file,
  pack,
  config,
  log,
  prefix,
  ...options
}: ReplayOptions): Promise<ReplayResult> {
  const began = performance.now()
  const store = openStore({ databaseUrl: config.databaseUrl, max: 16, applicationName: 'huiyin-replay' })
  const closers: (() => Promise<void> | void)[] = [() => store.close()]
  try {
    await loadPack(store, pack)
    const steps = planOf(file.requests)
    const clock = openStepClock(steps[0]?.at ?? 0)
    const runtime = await openRuntime(store, log, { clock })
    closers.push(() => runtime.close())
    const worker = await startWorker({ store, config, log, runtime, ...(prefix ? { prefix } : {}) })
    closers.push(() => worker.close())
    const rest = openRest(store, runtime)
    closers.push(() => rest.close())
    const known = await casesOfSystem(store, SYSTEM)
    const resumed = known.size
    const { at, ended } = await play(
      steps,
      {
        runtime,
        rest,
        clock,
        known,
        people: await findPeople(store),
        codeByName: new Map(pack.categories.map((c) => [c.name, c.code])),
        firing: { store, runtime, log },
      },
      options,
    )
    const endedAt = new Map(
      file.requests.flatMap((r) => {
        const end = endOf(r)
        return end === undefined ? [] : [[r.key, end] as const]
      }),
    )
    const figures = await replayFigures(store, SYSTEM, at, endedAt)
    const seconds = (performance.now() - began) / 1000
    return { summary: summarize(file, figures, { lostByQueue: rest.helped, seconds }), ended, resumed }
  } finally {
    for (const close of closers.reverse()) await close()
  }
}
