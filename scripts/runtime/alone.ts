// What `npm run api` and `npm run worker` share: a given database that is migrated already, a store, a log. They never
// start a database and never migrate: several of them start at once on several machines.
import { flushCompileCache } from 'node:module'
import type { Config } from '#store/config.ts'
import { openLog } from '#store/log.ts'
import type { Log } from '#store/log.ts'
import { openStore } from '#store/open.ts'
import type { Store } from '#store/open.ts'
import { refuseMadeUpTime } from './demo-clock.ts'
import { runService } from './lifecycle.ts'
import type { Lifecycle } from './lifecycle.ts'
import { readConfig } from './settings.ts'

export interface Parts {
  config: Config
  store: Store
  log: Log
  lifecycle: Lifecycle
}

async function assertMigrated(store: Store): Promise<void> {
  const [row] = await store.sql<
    { migrated: boolean }[]
  >`select to_regclass('migration') is not null as migrated`
  if (row?.migrated !== true)
    throw new Error('The database has no tables yet. Run once, for all machines: npm run migrate')
}

/** Runs one process of the system; `boot` starts its part and registers it with the lifecycle. */
export function runAlone(name: 'api' | 'worker', boot: (parts: Parts) => Promise<void>): Promise<void> {
  return runService(async (lifecycle) => {
    const config = readConfig()
    if (config.databaseUrl === undefined) {
      throw new Error(
        `npm run ${name} works on a database that several processes share: set DATABASE_URL. For one machine there is npm start.`,
      )
    }
    const store = openStore({ databaseUrl: config.databaseUrl, max: 20, applicationName: `huiyin-${name}` })
    lifecycle.onStop('The connections', () => store.close())
    await assertMigrated(store)
    await refuseMadeUpTime(store, config)
    await boot({ config, store, log: openLog(config.logLevel, name), lifecycle })
    // Otherwise written at an orderly end only, and a process that is killed hard would start as slowly each time.
    flushCompileCache()
  })
}
