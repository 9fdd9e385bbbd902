// Where the database files of a DATA_DIR lie: inside it, except when root keeps it where the service user can't go
// (a clone in root's home). Then they lie in /var/lib/huiyin/<id>, and a note in DATA_DIR says so.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SHARED_HOME } from './binaries.ts'
import { canEnter } from './service-user.ts'
import type { Ids } from './service-user.ts'

export interface Place {
  /** Folder of the database cluster (PGDATA); may not exist yet. */
  cluster: string
  /** Who the server runs as; undefined = ourselves. */
  user?: Ids | undefined
}

const NOTE = 'postgres-is-elsewhere.txt'
const OWNER = 'belongs-to.txt'

async function firstLine(file: string): Promise<string | undefined> {
  return existsSync(file) ? (await readFile(file, 'utf8')).split('\n')[0] : undefined
}

/** A noted home is ours if it names this DATA_DIR, or one that was moved here and is gone there. A copy starts its own. */
async function notedHome(dataDir: string): Promise<string | undefined> {
  const home = await firstLine(join(dataDir, NOTE))
  if (home === undefined || !existsSync(home)) return undefined
  const owner = await firstLine(join(home, OWNER))
  const isOurs = owner === undefined || owner === dataDir || (await firstLine(join(owner, NOTE))) !== home
  return isOurs ? home : undefined
}

async function elsewhere(dataDir: string): Promise<string> {
  // Not named after DATA_DIR: a new folder at the path of a removed or moved one must not find the other's data.
  const home = (await notedHome(dataDir)) ?? join(SHARED_HOME, randomBytes(6).toString('hex'))
  await mkdir(home, { recursive: true, mode: 0o755 })
  await writeFile(
    join(home, OWNER),
    `${dataDir}\nThe database files of the Huiyin whose DATA_DIR is named above.\n`,
  )
  await writeFile(
    join(dataDir, NOTE),
    [
      home,
      'The database files lie there, because the system user that runs PostgreSQL cannot enter this folder.',
      'They belong to this folder: back them up with `npm run backup`, remove both together.',
      '',
    ].join('\n'),
  )
  return home
}

/** Decides the place and makes the folder around it. `dataDir` exists and is absolute. */
export async function findPlace(dataDir: string, user: Ids | undefined): Promise<Place> {
  const inside = join(dataDir, 'postgres')
  if (user === undefined) return { cluster: inside }
  if (existsSync(inside)) {
    // Made by an ordinary user before: the server goes on under that user, who owns the files.
    const { uid, gid } = await stat(inside)
    const owner = uid === 0 ? user : { uid, gid }
    if (!canEnter(inside, owner)) {
      throw new Error(
        [
          `The database files in ${inside} can't be reached by the system user that owns them (user id ${owner.uid}).`,
          'Let others pass through the folders above it (chmod o+x), or move the folder where they can.',
        ].join('\n'),
      )
    }
    return { cluster: inside, user: owner }
  }
  if (canEnter(dataDir, user)) return { cluster: inside, user }
  return { cluster: join(await elsewhere(dataDir), 'postgres'), user }
}

/** Removes the database files of a throw-away DATA_DIR, wherever they lie, and the folder itself. */
export async function removePlace(dataDir: string): Promise<void> {
  // A server that was killed hard may still be writing its last files there.
  const patient = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }
  const home = await firstLine(join(dataDir, NOTE))
  if (home?.startsWith(`${SHARED_HOME}/`) === true) await rm(home, patient)
  await rm(dataDir, patient)
}

/** Lets the service user pass through a temporary folder, which is made for its maker alone. */
export async function letPass(folder: string): Promise<void> {
  await chmod(folder, 0o711)
}
