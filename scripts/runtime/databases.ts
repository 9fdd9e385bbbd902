// The databases that a command works on: a given server, or the embedded one of DATA_DIR, which is started, or joined
// when another process runs it already. Migrates nothing.
import { databaseName, withDatabase } from '#store/config.ts'
import type { Config } from '#store/config.ts'
import { DataDirInUse } from './data-dir.ts'
import type { Holder } from './data-dir.ts'
import { ensureDatabase, MAIN, QUEUE } from './postgres/roles.ts'
import { joinPostgres, startPostgres } from './postgres/start.ts'
import type { Addresses } from './postgres/start.ts'

export interface DatabaseUrls {
  /** Application role. */
  databaseUrl: string
  /** Owner role. */
  migrateDatabaseUrl: string
  queueDatabaseUrl: string
}

export interface Databases extends DatabaseUrls {
  kind: 'given' | 'started' | 'joined'
  /** Another database on the same server with a queue beside it, made if missing; for replays and restores. */
  another(name: string): Promise<DatabaseUrls>
  /** Settles when a started server is gone, wanted or not; never for the others. */
  exited: Promise<void>
  /** Stops a server that was started here. */
  close(): Promise<void>
}

export interface OpenDatabasesOptions {
  /** How this process is named to another that finds the DATA_DIR in use, e.g. `npm run replay`. */
  command: string
  address?: string | undefined
  /** Refuse (DataDirInUse) instead of joining another process's server. */
  exclusive?: boolean
  log?: ((line: string) => void) | undefined
}

const NEVER = new Promise<void>(() => {})

function embeddedUrls({ url }: Addresses, name: string, queue: string): DatabaseUrls {
  return { databaseUrl: url(name), migrateDatabaseUrl: url(name, 'owner'), queueDatabaseUrl: url(queue) }
}

async function embeddedAnother(addresses: Addresses, name: string): Promise<DatabaseUrls> {
  const queue = `${name}_queue`
  await addresses.makeDatabase(name, 'owner')
  await addresses.makeDatabase(queue, 'app')
  return embeddedUrls(addresses, name, queue)
}

async function openGiven(config: Config, databaseUrl: string): Promise<Databases> {
  const migrateDatabaseUrl = config.migrateDatabaseUrl ?? databaseUrl
  const queueDatabaseUrl =
    config.queueDatabaseUrl ?? withDatabase(databaseUrl, `${databaseName(databaseUrl)}_queue`)
  await ensureDatabase(migrateDatabaseUrl)
  if (config.redisUrl === undefined) await ensureDatabase(queueDatabaseUrl)
  return {
    kind: 'given',
    databaseUrl,
    migrateDatabaseUrl,
    queueDatabaseUrl,
    another: async (name) => {
      const urls = {
        databaseUrl: withDatabase(databaseUrl, name),
        migrateDatabaseUrl: withDatabase(migrateDatabaseUrl, name),
        queueDatabaseUrl: withDatabase(queueDatabaseUrl, `${name}_queue`),
      }
      await ensureDatabase(urls.migrateDatabaseUrl)
      if (config.redisUrl === undefined) await ensureDatabase(urls.queueDatabaseUrl)
      return urls
    },
    exited: NEVER,
    close: async () => {},
  }
}

async function joinEmbedded(dataDir: string, refusal: DataDirInUse): Promise<Databases> {
  const joined = await joinPostgres(dataDir)
  if (joined === undefined) throw refusal
  try {
    // The holder may be starting or stopping at this moment; then there is nothing to join.
    await ensureDatabase(joined.url(MAIN))
  } catch (cause) {
    throw new Error(`${refusal.message}\nIts database does not answer; try again in a moment.`, { cause })
  }
  return {
    kind: 'joined',
    ...embeddedUrls(joined, MAIN, QUEUE),
    another: (name) => embeddedAnother(joined, name),
    exited: NEVER,
    close: async () => {},
  }
}

/** Opens what `config` asks for. @throws with advice; DataDirInUse when `exclusive` and another process has it. */
export async function openDatabases(config: Config, options: OpenDatabasesOptions): Promise<Databases> {
  if (config.databaseUrl !== undefined) return openGiven(config, config.databaseUrl)
  const { command, address, exclusive = false, log } = options
  try {
    const started = await startPostgres({
      dataDir: config.dataDir,
      log,
      holder: { command, address } satisfies Omit<Holder, 'pid'>,
    })
    return {
      kind: 'started',
      ...embeddedUrls(started, MAIN, QUEUE),
      another: (name) => embeddedAnother(started, name),
      exited: started.exited,
      close: started.stop,
    }
  } catch (error) {
    if (!(error instanceof DataDirInUse) || exclusive) throw error
    return joinEmbedded(config.dataDir, error)
  }
}
