// The embedded PostgreSQL of a DATA_DIR, from nothing to two databases ready for migrations. One process at a time holds
// it; another on the same machine may join while it runs. Knows nothing of tables.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort, isFree } from '../port.ts'
import { handOver, holdDataDir, holderOf } from '../data-dir.ts'
import type { Holder } from '../data-dir.ts'
import { findBinaries } from './binaries.ts'
import { clusterVersion, makeCluster, resetPassword } from './cluster.ts'
import { findPlace } from './place.ts'
import { MAIN, makeDatabase, prepareRoles, QUEUE, ROLES } from './roles.ts'
import type { Passwords, Role } from './roles.ts'
import { clearOrphan, launch, ServerFailed } from './server.ts'
import { serviceUser } from './service-user.ts'

export interface PostgresOptions {
  /** Absolute DATA_DIR. */
  dataDir: string
  log?: ((line: string) => void) | undefined
  /** How this process is named to another that finds the DATA_DIR in use. */
  holder?: Omit<Holder, 'pid'> | undefined
  /** False only for throw-away servers of tests. */
  durable?: boolean | undefined
}

export interface Addresses {
  /** Connection address of a database there, as the application's role unless said. */
  url(database: string, role?: Role): string
  /** Makes a database if it is missing, for the owner's role unless said; true if it was made. */
  makeDatabase(name: string, owner?: Role): Promise<boolean>
}

export interface Postgres extends Addresses {
  port: number
  /** Settles when the server is gone, wanted or not. */
  exited: Promise<void>
  stop(): Promise<void>
}

interface Access {
  port: number
  passwords: Passwords
}

const ACCESS = 'postgres.json'
const TRIES = 3

async function readAccess(dataDir: string): Promise<Access | undefined> {
  const file = join(dataDir, ACCESS)
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined
}

async function writeAccess(dataDir: string, access: Access): Promise<void> {
  const file = join(dataDir, ACCESS)
  await writeFile(`${file}.new`, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 })
  await handOver(dataDir, `${file}.new`)
  await rename(`${file}.new`, file)
}

function randomPasswords(): Passwords {
  const password = () => randomBytes(24).toString('base64url')
  return { admin: password(), owner: password(), app: password() }
}

function addresses({ port, passwords }: Access): Addresses {
  const url = (database: string, role: Role = 'app') =>
    `postgres://${ROLES[role]}:${passwords[role]}@127.0.0.1:${port}/${encodeURIComponent(database)}`
  return { url, makeDatabase: (name, owner = 'owner') => makeDatabase(url('postgres', 'admin'), name, owner) }
}

/** The addresses of the server that another process runs in this DATA_DIR, or undefined if none does. */
export async function joinPostgres(dataDir: string): Promise<(Addresses & { holder: Holder }) | undefined> {
  const holder = await holderOf(dataDir)
  const access = await readAccess(dataDir)
  return holder === undefined || access === undefined ? undefined : { ...addresses(access), holder }
}

/**
 * Starts the server of `dataDir`, making it on the first run, with the databases `huiyin` and `huiyin_queue`.
 * @throws DataDirInUse when another process holds the folder; an Error with advice for everything else.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, log = () => {}, holder = { command: 'huiyin' }, durable = true } = options
  const hold = await holdDataDir(dataDir, holder)
  try {
    const started = await boot(dataDir, log, durable)
    return {
      ...started,
      stop: async () => {
        await started.stop()
        await hold.release()
      },
    }
  } catch (error) {
    await hold.release()
    throw error
  }
}

async function boot(dataDir: string, log: (line: string) => void, durable: boolean): Promise<Postgres> {
  const wantedUser = serviceUser()
  const place = await findPlace(dataDir, wantedUser)
  const binaries = await findBinaries(place.user)
  const known = await readAccess(dataDir)
  const access: Access = known ?? { port: 0, passwords: randomPasswords() }

  const version = await clusterVersion(place.cluster)
  if (version === undefined) {
    log('making the database files')
    // Kept before the files are made: files without their password would be of no use.
    await writeAccess(dataDir, access)
    await makeCluster(binaries, place, access.passwords.admin, durable)
  } else if (version !== binaries.major) {
    throw new Error(
      [
        `The database files in ${place.cluster} are of PostgreSQL ${version}; this Huiyin brings PostgreSQL ${binaries.major}.`,
        'Make a backup with the Huiyin that wrote them (npm run backup) and restore it here (npm run restore).',
      ].join('\n'),
    )
  } else {
    await clearOrphan(place.cluster, log)
    if (known === undefined) await resetPassword(binaries, place, access.passwords.admin)
  }

  const logFile = join(dataDir, 'postgres.log')
  for (let attempt = 1; ; attempt++) {
    if (access.port === 0 || !(await isFree(access.port))) access.port = await freePort()
    try {
      const server = await launch({ binaries, place, port: access.port, logFile })
      try {
        return await open(server, access, dataDir)
      } catch (error) {
        await server.stop()
        throw error
      }
    } catch (error) {
      // The port was taken in between, or the last processes of a killed server still hold its memory.
      const passes =
        error instanceof ServerFailed && /Address already in use|shared memory block/.test(error.log)
      if (!passes || attempt === TRIES) throw error
      access.port = 0
      await new Promise((resolve) => setTimeout(resolve, 500 * attempt))
    }
  }
}

async function open(
  server: Awaited<ReturnType<typeof launch>>,
  access: Access,
  dataDir: string,
): Promise<Postgres> {
  const reached = addresses(access)
  await prepareRoles(reached.url('postgres', 'admin'), access.passwords)
  await reached.makeDatabase(MAIN, 'owner')
  await reached.makeDatabase(QUEUE, 'app')
  await writeAccess(dataDir, access)
  return { ...reached, port: access.port, exited: server.exited, stop: server.stop }
}
