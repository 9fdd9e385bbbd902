// Makes a database cluster: whole or not at all, UTF-8, UTC, passwords for everyone, settings for a small machine.
// The settings are written into its postgresql.conf once, so that an administrator's changes there stay.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Binaries } from './binaries.ts'
import type { Place } from './place.ts'
import type { Ids } from './service-user.ts'

export const SUPERUSER = 'postgres'

const SETTINGS: Record<string, string> = {
  max_connections: '120',
  shared_buffers: '256MB',
  wal_compression: 'on',
  max_wal_size: '1GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  // Neither values nor row contents in the log: they may hold names and phone numbers.
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
}

/** For throw-away servers of tests only: nothing survives a power cut. */
const NOT_DURABLE: Record<string, string> = { fsync: 'off', full_page_writes: 'off', shared_buffers: '128MB' }

/**
 * Sorting and case come from PostgreSQL's own C.UTF-8, the same on every system. pg_trgm asks the C library what is a
 * letter, and in its plain "C" no Chinese character is one: similarity would always be 0. So its character type must be
 * a UTF-8 one; names differ by system.
 */
const CHARACTER_TYPES = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'zh_CN.UTF-8', 'POSIX.UTF-8']

/** No variables of ours: PGDATA and its like would mislead the server, and secrets have no business there. */
export const CLEAN_ENV = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

function run(
  file: string,
  args: string[],
  user: Ids | undefined,
  input = '',
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const { LC_ALL: _, ...env } = CLEAN_ENV
    const child = spawn(file, args, {
      ...user,
      cwd: '/',
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString('utf8')
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
    child.stdin.end(input)
  })
}

/** PostgreSQL's major version of a cluster, or undefined if there is none. */
export async function clusterVersion(cluster: string): Promise<string | undefined> {
  const file = join(cluster, 'PG_VERSION')
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : undefined
}

/** Makes the cluster of `place`, with `password` for its superuser. */
export async function makeCluster(
  binaries: Binaries,
  place: Place,
  password: string,
  durable: boolean,
): Promise<void> {
  // Made beside its place and moved there when whole: an interrupted attempt is never taken for a cluster.
  const draft = `${place.cluster}.new`
  const passwordFile = join(dirname(draft), '.postgres-password')
  const settings = Object.entries({ ...SETTINGS, ...(durable ? {} : NOT_DURABLE) })
  let output = ''
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (place.user !== undefined) await chown(passwordFile, place.user.uid, place.user.gid)
    for (const characterType of CHARACTER_TYPES) {
      await rm(draft, { recursive: true, force: true })
      await mkdir(draft, { mode: 0o700 })
      if (place.user !== undefined) await chown(draft, place.user.uid, place.user.gid)
      const result = await run(
        binaries.initdb,
        [
          `--pgdata=${draft}`,
          `--username=${SUPERUSER}`,
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          '--locale=C',
          `--lc-ctype=${characterType}`,
          ...(durable ? [] : ['--no-sync']),
          ...settings.flatMap(([name, value]) => ['--set', `${name}=${value}`]),
        ],
        place.user,
      )
      if (result.code === 0) {
        await rename(draft, place.cluster)
        return
      }
      output = result.output
      if (!/invalid locale|locale name/i.test(output)) break
    }
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rm(draft, { recursive: true, force: true })
  throw new Error(`PostgreSQL could not make its files in ${place.cluster}:\n${output.trim()}`)
}

/** Sets the superuser's password on a stopped cluster whose password is not known (a copied or restored one). */
export async function resetPassword(binaries: Binaries, place: Place, password: string): Promise<void> {
  const statement = `alter role ${SUPERUSER} with superuser login password '${password}';\n`
  const { code, output } = await run(
    binaries.postgres,
    ['--single', '-D', place.cluster, 'postgres'],
    place.user,
    statement,
  )
  if (code !== 0 || /ERROR|FATAL/.test(output)) {
    throw new Error(
      `The password of the database files in ${place.cluster} could not be set:\n${output.trim()}`,
    )
  }
}
