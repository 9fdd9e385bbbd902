// DATA_DIR: made, checked for write access, and held by one process at a time. The hold is a file that names its
// process; one left behind by a process that was killed is taken over.
import { randomBytes } from 'node:crypto'
import { chown, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive, startedAt } from './process-identity.ts'

export interface Holder {
  pid: number
  /** What it was started as, e.g. `npm start`. */
  command: string
  /** Where it answers, if it does. */
  address?: string | undefined
}

interface HoldFile extends Holder {
  startedAt?: string | undefined
  dataDir: string
}

export interface Hold {
  release(): Promise<void>
}

/** Another process works in this DATA_DIR. */
export class DataDirInUse extends Error {
  readonly holder: Holder
  constructor(dataDir: string, holder: Holder) {
    const at = holder.address === undefined ? '' : `, at ${holder.address}`
    super(
      [
        `${dataDir} is in use by \`${holder.command}\` (pid ${holder.pid}${at}).`,
        `Use that one, stop it (kill ${holder.pid}), or choose another folder and port: DATA_DIR=.data2 PORT=8081 npm start`,
      ].join('\n'),
    )
    this.holder = holder
  }
}

const HOLD = 'huiyin.lock'
const TURN_MS = 10_000

/** Makes the folder. @throws with advice when it can't be made or written by this user. */
export async function makeDataDir(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.write-${process.pid}`)
  try {
    await mkdir(dataDir, { recursive: true })
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new Error(
      `Cannot write in the data folder ${dataDir} (${reason}). Choose another with DATA_DIR=…, or run as its owner.`,
    )
  }
}

/** As root in another user's DATA_DIR: gives a file we made there to that user, who may start next. */
export async function handOver(dataDir: string, file: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await stat(dataDir)
  if (uid !== 0) await chown(file, uid, gid)
}

async function read(dataDir: string): Promise<HoldFile | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDir, HOLD), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    if (error instanceof SyntaxError) return { pid: 0, command: 'unknown', dataDir }
    throw error
  }
}

function isCurrent(file: HoldFile, dataDir: string): boolean {
  if (file.pid <= 0 || file.dataDir !== dataDir || !isAlive(file.pid)) return false
  const started = startedAt(file.pid)
  return started === undefined || file.startedAt === undefined || started === file.startedAt
}

/** The living process that holds the folder, or undefined. */
export async function holderOf(dataDir: string): Promise<Holder | undefined> {
  const file = await read(dataDir)
  return file !== undefined && isCurrent(file, dataDir) ? file : undefined
}

/**
 * Removes the file of a dead holder, one remover at a time: otherwise a second one, acting on what it read before, would
 * remove the file of the new holder.
 */
async function removeDead(dataDir: string, file: string, draft: string): Promise<void> {
  const turn = `${file}.turn`
  try {
    await link(draft, turn)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const { mtimeMs } = await stat(turn).catch(() => ({ mtimeMs: Date.now() }))
    // A turn takes a millisecond; one this old belongs to a process killed in it.
    if (Date.now() - mtimeMs > TURN_MS) await rm(turn, { force: true })
    else await delay(10)
    return
  }
  try {
    const present = await read(dataDir)
    if (present !== undefined && !isCurrent(present, dataDir)) await rm(file, { force: true })
  } finally {
    await rm(turn, { force: true })
  }
}

/** Holds the folder until released. @throws DataDirInUse */
export async function holdDataDir(dataDir: string, holder: Omit<Holder, 'pid'>): Promise<Hold> {
  await makeDataDir(dataDir)
  const file = join(dataDir, HOLD)
  const mine: HoldFile = { ...holder, pid: process.pid, startedAt: startedAt(process.pid), dataDir }
  // Written apart and linked into place, so that nobody ever reads half of it and only one of two wins.
  const draft = `${file}.${process.pid}-${randomBytes(3).toString('hex')}`
  await writeFile(draft, `${JSON.stringify(mine)}\n`)
  try {
    for (;;) {
      try {
        await link(draft, file)
        return { release: () => rm(file, { force: true }) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const present = await read(dataDir)
      if (present === undefined) continue
      if (isCurrent(present, dataDir)) throw new DataDirInUse(dataDir, present)
      await removeDead(dataDir, file, draft)
    }
  } finally {
    await rm(draft, { force: true })
  }
}
