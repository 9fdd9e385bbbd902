// Where an installation lies, and what it remembers of itself. Paths only; who may do what is decided elsewhere.
import { readFile, readlink, rename, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

export const SERVICE = 'huiyin'
export const USER = 'huiyin'
export const PREFIX = '/opt/huiyin'

export interface Place {
  prefix: string
  releases: string
  /** Link to the release in use. */
  current: string
  stateFile: string
  envFile: string
  unitDir: string
  /** On everybody's PATH. */
  command: string
}

/** @param root before every path; '' on a real machine */
export function placeOf(prefix: string, root = ''): Place {
  const at = join(root, prefix)
  return {
    prefix: at,
    releases: join(at, 'releases'),
    current: join(at, 'current'),
    stateFile: join(at, 'installed.json'),
    envFile: join(root, '/etc/huiyin/huiyin.env'),
    unitDir: join(root, '/etc/systemd/system'),
    command: join(root, '/usr/local/bin/huiyin'),
  }
}

export interface State {
  dataDir: string
  backupDir: string
  /** One step back: the release before the last upgrade, and the backup made before it. */
  before?: { release: string; backup: string; at: string; units: Record<string, string> } | undefined
}

export async function readState(place: Place): Promise<State | undefined> {
  const text = await readIfThere(place.stateFile)
  return text === undefined ? undefined : (JSON.parse(text) as State)
}

export async function writeState(place: Place, state: State): Promise<void> {
  await writeFile(`${place.stateFile}.new`, `${JSON.stringify(state, null, 2)}\n`)
  await rename(`${place.stateFile}.new`, place.stateFile)
}

/** Name of the release in use. */
export async function currentRelease(place: Place): Promise<string | undefined> {
  try {
    return basename(await readlink(place.current))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** At one stroke: nobody finds no release. */
export async function switchTo(place: Place, release: string): Promise<void> {
  await symlink(join('releases', release), `${place.current}.new`)
  await rename(`${place.current}.new`, place.current)
}

export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
