// Writes a backup: the database as one moment, then its photos, into a hidden folder that gets its name when everything
// is on the disk. What is broken off is cleared away and never looks whole.
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type Snapshot, withSnapshot } from '#store/dump.ts'
import { sync, writeRows } from './files.ts'
import {
  FORMAT,
  FORMAT_VERSION,
  MANIFEST,
  type Manifest,
  photoDir,
  readManifest,
  type TableEntry,
  tableFile,
} from './manifest.ts'
import { keepPhotos, readPhotoList } from './photos.ts'
import type { Counting } from './progress.ts'

export interface BackupOptions {
  /** Application role. */
  databaseUrl: string
  dataDir: string
  /** The folder of backups; made if missing. */
  into: string
  /** Of the new folder in it. */
  name: string
  /** Version of the program. */
  version: string
  say: (line: string) => void
  count: Counting
  signal?: AbortSignal | undefined
}

export interface Backup {
  dir: string
  manifest: Manifest
  /** Photos that the backup before did not have. */
  added: number
}

const NAME = /^huiyin-\d{8}-\d{6}$/
const DRAFT = /^\.huiyin-.*\.partial$/

/** `huiyin-20260301-083000`, by the local clock of `date`. */
export function backupName(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`
  return `huiyin-${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`
}

/** Names of the backups in a folder, oldest first. */
export async function backupsIn(dir: string): Promise<string[]> {
  const names = existsSync(dir) ? (await readdir(dir)).sort() : []
  return names.filter((name) => NAME.test(name) && existsSync(join(dir, name, MANIFEST)))
}

/** Removes the oldest until `keep` are left. @returns their names */
export async function keepNewest(dir: string, keep: number): Promise<string[]> {
  const gone = (await backupsIn(dir)).slice(0, -keep)
  // Renamed first: one that is removed half-way must not look whole.
  for (const name of gone) {
    const draft = join(dir, `.${name}.partial`)
    await rename(join(dir, name), draft)
    await rm(draft, { recursive: true })
  }
  return gone
}

export async function writeBackup(options: BackupOptions): Promise<Backup> {
  const { databaseUrl, dataDir, into, name, signal } = options
  assertElsewhere(into, dataDir)
  const dir = join(into, name)
  const draft = join(into, `.${name}.partial`)
  await mkdir(into, { recursive: true, mode: 0o700 })
  if (existsSync(dir)) throw new Error(`${dir} is there already`)
  await reportDrafts(options)
  const previous = await previousPhotos(options)
  // Names and phone numbers are in it.
  await mkdir(draft, { mode: 0o700 })
  try {
    const { described, uploads } = await withSnapshot(databaseUrl, (s) => writeDatabase(draft, s, options))
    const kept = await keepPhotos({
      from: photoDir(dataDir),
      to: draft,
      previous,
      signal,
      onPhoto: (done) => options.count('photos', done, uploads.size),
    })
    const { count, bytes, sha256, added } = kept
    const missing = [...uploads].filter((id) => !kept.ids.has(id)).length
    const manifest: Manifest = { ...described, photos: { count, bytes, missing, sha256 } }
    await writeFile(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    })
    await sync(draft)
    signal?.throwIfAborted()
    await rename(draft, dir)
    await sync(into)
    return { dir, manifest, added }
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

function assertElsewhere(into: string, dataDir: string): void {
  const way = relative(dataDir, into)
  if (way === '' || !way.startsWith('..'))
    throw new Error(`${into} lies in ${dataDir}: a backup beside what it is to save is lost with it`)
}

async function reportDrafts({ into, say }: BackupOptions): Promise<void> {
  for (const name of await readdir(into))
    if (DRAFT.test(name)) say(`${join(into, name)} is of a backup that did not finish; it can be removed.`)
}

/** The photos of the newest backup in the folder that is in order. */
async function previousPhotos({ into, say }: BackupOptions) {
  for (const name of (await backupsIn(into)).reverse()) {
    const dir = join(into, name)
    try {
      const manifest = await readManifest(dir)
      if (manifest !== undefined) return { dir, digests: await readPhotoList(dir, manifest) }
    } catch (error) {
      say(`${dir} is not built upon: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return undefined
}

async function writeDatabase(dir: string, snapshot: Snapshot, options: BackupOptions) {
  const { version, count, signal } = options
  const { takenAt, server, city, migrations, head, sequences } = snapshot
  await mkdir(dirname(tableFile(dir, '')))
  const tables: TableEntry[] = []
  for (const table of snapshot.tables) {
    signal?.throwIfAborted()
    const onRows = (rows: number) => count(`rows of ${table.name}`, rows)
    const facts = await writeRows(tableFile(dir, table.name), snapshot.copy(table), { signal, onRows })
    tables.push({ ...table, ...facts })
  }
  await sync(dirname(tableFile(dir, '')))
  const uploads = await snapshot.uploads()
  const described: Omit<Manifest, 'photos'> = {
    format: FORMAT,
    version: FORMAT_VERSION,
    huiyin: version,
    postgresql: server,
    takenAt: new Date(takenAt).toISOString(),
    ...(city === undefined ? {} : { city }),
    migrations,
    head,
    tables,
    sequences: sequences.map(({ name, last }) => (last === undefined ? { name } : { name, last })),
  }
  return { described, uploads }
}
